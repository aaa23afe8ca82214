"""What stands around every chart: title, notes, size, theme - or the reason why there is nothing to draw."""

from dataclasses import dataclass
from typing import Any

import altair as alt

from minori.charts.look import Look
from minori.charts.theme import LABEL, PADDING, SUBTITLE, TITLE, config
from minori.charts.wrapping import lines
from minori.core.figure import NOT_ENOUGH
from minori.core.text import Text

Chart = alt.TopLevelMixin
_EMPTY_HEIGHT = 120


@dataclass(frozen=True)
class Heading:
    """What a chart is called, and in lines below: of when, of how many, and what it does not say."""

    title: Text
    notes: tuple[Text | None, ...] = ()


def framed(chart: Any, look: Look, heading: Heading, height: float) -> Any:
    """Return a layered or single chart with its title, as wide as the look asks for in all."""
    return chart.properties(
        width=look.width,
        height=height,
        title=_title(look, heading),
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        description=heading.title[look.language],
    ).configure(**config(look))


def nothing(look: Look, heading: Heading, reason: Text | None) -> Any:
    """Return a chart that says why it is empty."""
    said = lines((reason or NOT_ENOUGH)[look.language], look.width - 80, LABEL + 2)
    data = alt.Data(values=[{"reason": "\n".join(said)}])
    text = (
        alt.Chart(data)
        .mark_text(
            fontSize=LABEL + 2, color=look.palette.quiet, lineBreak="\n", lineHeight=20, baseline="middle"
        )
        .encode(text="reason:N", x=alt.value({"expr": "width / 2"}), y=alt.value({"expr": "height / 2"}))
    )
    box = alt.Chart(data).mark_rect(fill=None, stroke=look.palette.grid, strokeDash=[4, 4], cornerRadius=4)
    both = box.encode(x=alt.value(0), x2=alt.value("width"), y=alt.value(0), y2=alt.value("height"))
    return framed(alt.layer(both, text), look, heading, _EMPTY_HEIGHT)


def _title(look: Look, heading: Heading) -> Any:
    width = look.width - 2 * PADDING
    notes = [note[look.language] for note in heading.notes if note is not None]
    return alt.TitleParams(
        text=lines(heading.title[look.language], width, TITLE),
        subtitle=[line for note in notes for line in lines(note, width, SUBTITLE)],
    )
