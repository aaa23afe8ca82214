"""Marks that several charts use."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import altair as alt

from minori.charts.look import Look
from minori.charts.rows import Row
from minori.charts.theme import LABEL
from minori.charts.wrapping import wide
from minori.core.text import Text

INTERVAL = Text(ja="90％区間", en="90 % interval")
_PAST_NAMES = 8  # pixels between names and what they name
SAMPLE = Text(ja="件数", en="n")


def data(rows: Sequence[Row]) -> Any:
    """Return rows as the data of a chart."""
    return alt.Chart(alt.Data(values=[dict(row) for row in rows]))


def tooltip(look: Look, **fields: Text) -> list[Any]:
    """Return the lines of a tooltip: each field, already written for people, under its name."""
    return [alt.Tooltip(f"{name}:N", title=title[look.language]) for name, title in fields.items()]


def across(
    look: Look,
    value: float,
    said: str,
    below: bool = False,
    *,
    right: bool = False,
    colour: str | None = None,
) -> list[Any]:
    """Return a dashed line at a value of y, named at its left end (or right), above it (or below)."""
    row = data([{"at": value, "said": said}])
    rule = row.mark_rule(strokeDash=[5, 4], color=colour or look.palette.quiet).encode(y="at:Q")
    end = {"align": "right", "dx": -4} if right else {"align": "left", "dx": 4}
    place = {**end, "baseline": "top" if below else "bottom", "dy": 4 if below else -3}
    named = {"y": "at:Q", "x": alt.value("width") if right else alt.value(0), "text": "said:N"}
    return [rule, *haloed(row, look, named, color=colour or look.palette.quiet, **place)] if said else [rule]


def haloed(drawn: Any, look: Look, encoded: Mapping[str, Any], **how: Any) -> list[Any]:
    """Return text that stays readable where it crosses a line: first its outline in the colour of the paper."""
    outline = {**how, "color": look.palette.paper, "stroke": look.palette.paper, "strokeWidth": 4}
    plain = {name: value for name, value in encoded.items() if name != "color"}
    behind = drawn.mark_text(**outline, strokeJoin="round", aria=False).encode(**plain)
    return [behind, drawn.mark_text(**how).encode(**encoded)]


def sizes(rows: Sequence[Row], look: Look, x: Any, at: float, *, most: int) -> Any:
    """Return a strip of sample sizes along the bottom; ``most`` of them fit."""
    step = -(-len(rows) // max(most, 1)) or 1
    shown = [row for place, row in enumerate(reversed(rows)) if place % step == 0]
    text = data(shown).mark_text(color=look.palette.quiet, fontSize=10, baseline="middle", aria=False)
    return text.encode(x=x, y=alt.datum(at), text="sample_said:N")


def named_axis(names: Iterable[str], **more: Any) -> Any:
    """Return an axis of names with room for the longest, though no font that could measure it may be there."""
    room = max((wide(name, LABEL) for name in names), default=0.0) + _PAST_NAMES
    return alt.Axis(minExtent=room, **more)


def time_axis() -> Any:
    """Return an axis of periods whose names may have two lines; names that find no room are left out."""
    return alt.Axis(
        labelAngle=0, labelOverlap="greedy", labelSeparation=8, labelExpr="split(datum.label, '\\n')"
    )


def count(number: int | float) -> str:
    """Write a sample."""
    return f"{number:,.0f}"
