"""What is left of those who began in a month: one line per start month, one cell per month after."""

from collections.abc import Sequence
from typing import Any, Literal

import altair as alt

from minori.charts import words
from minori.charts.framed import Heading, framed, nothing
from minori.charts.look import Look
from minori.charts.marks import count, data, named_axis, tooltip
from minori.charts.rows import Row, Rows, known, plain
from minori.core.text import Text

Of = Literal["customers", "revenue"]
TITLES: dict[Of, Text] = {
    "customers": Text(ja="開始月別の顧客継続率", en="Customers retained by start month"),
    "revenue": Text(ja="開始月別の売上継続率", en="Revenue retained by start month"),
}
_STARTED = Text(ja="開始月(顧客数)", en="Start month (customers)")
_MONTHS = Text(ja="開始からの月数", en="Months since the start")
_LEFT = Text(ja="継続率", en="Retained")
_CELL, _LINE = 29, 24
_STEPS = (1, 2, 3, 6, 12)


def cohorts(
    rows: Rows, look: Look, *, of: Of, notes: tuple[Text | None, ...] = (), missing: Text | None = None
) -> Any:
    """
    Draw the heat map of retention; where it is narrow, only some of the months.

    Parameters
    ----------
    rows
        ``start`` (first day of the month), ``months`` since then, ``share`` that is left, ``started`` (customers).
    of
        What ``share`` is a share of: the customers, or the monthly revenue they began with.
    """
    found = known(plain(rows, look.language), "share")
    heading = Heading(TITLES[of], notes)
    if not found:
        return nothing(look, heading, missing)
    months = _months_that_fit(found, look)
    cells = [_cell(row, look) for row in found if row["months"] in months]
    return framed(alt.layer(*_layers(cells, months, look)), look, heading, _LINE * len(_labels(cells)))


def _layers(cells: Sequence[Row], months: Sequence[int], look: Look) -> list[Any]:
    y = alt.Y("line:O", sort=_labels(cells), title=None, axis=named_axis(_labels(cells)))
    axis = alt.Axis(labelAngle=0, orient="top", labelOverlap=False)
    x = alt.X("months:O", sort=months, title=_MONTHS[look.language], axis=axis)
    tips = tooltip(look, line=_STARTED, months=_MONTHS, said=_LEFT)
    ink = alt.condition("datum.strong", alt.value(look.palette.paper), alt.value(look.palette.ink))
    rectangles = data(cells).mark_rect(stroke=look.palette.paper, strokeWidth=1.5, cornerRadius=2)
    shares = data(cells).mark_text(fontSize=10, baseline="middle")
    return [
        rectangles.encode(x=x, y=y, color=_colour(look), tooltip=tips),
        shares.encode(x=x, y=y, text="said:N", color=ink),
    ]


def _cell(row: Row, look: Look) -> dict[str, Any]:
    started = count(row["started"])
    return {
        **row,
        "line": f"{words.month(row['start'], look.language)} ({started})",
        "said": words.share(row["share"], 0),
        "strong": row["share"] > (0.62 if look.dark else 0.8),
    }


def _labels(cells: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(row["line"] for row in sorted(cells, key=lambda row: row["start"])))


def _months_that_fit(rows: Sequence[Row], look: Look) -> list[int]:
    every = sorted({row["months"] for row in rows})
    room = (look.width - 105) // _CELL
    step = next((step for step in _STEPS if every[-1] // step < room), _STEPS[-1])
    return [month for month in every if month % step == 0]


def _colour(look: Look) -> Any:
    """Return a scale of one hue: what is gone fades into the paper; above 100 % it deepens no further than 130 %."""
    ends = ["#1b2a33", "#62b5d4", "#c4e8f5"] if look.dark else ["#eaf2f5", "#1f6a88", "#08303f"]
    scale = alt.Scale(domain=[0, 1, 1.3], range=ends, clamp=True, interpolate="lab")
    return alt.Color("share:Q", scale=scale, legend=None)
