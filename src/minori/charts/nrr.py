"""Net and gross revenue retention over time, with the marks at 100 and 120 %."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from minori.charts import words
from minori.charts.framed import Heading, framed, nothing
from minori.charts.look import Look
from minori.charts.marks import SAMPLE, across, count, data, haloed, sizes, time_axis, tooltip
from minori.charts.rows import Row, Rows, known, plain
from minori.core.text import Text

TITLE = Text(ja="NRRとGRRの推移", en="NRR and GRR over time")
MARKS = (
    (1.0, Text(ja="100％ 維持", en="100 % kept")),
    (1.2, Text(ja="120％ 非常に高い水準", en="120 % excellent")),
)
_FIGURES = {
    "nrr": Text(ja="NRR(売上継続率)", en="NRR (net)"),
    "grr": Text(ja="GRR(売上維持率)", en="GRR (gross)"),
}
_PERIOD, _VALUE, _FIGURE = (
    Text(ja="期間", en="Period"),
    Text(ja="率", en="Rate"),
    Text(ja="指標", en="Figure"),
)
_SAMPLE_NOTE = Text(
    ja="下の数字は、期首の顧客数です。", en="The figures at the bottom are customers at the start."
)
_HEIGHT = 250


def nrr(rows: Rows, look: Look, *, notes: tuple[Text | None, ...] = (), missing: Text | None = None) -> Any:
    """
    Draw both rates over periods; a period without a value is a gap.

    Parameters
    ----------
    rows
        ``period`` (its label), ``figure`` (nrr or grr), ``value`` (1.0 is 100 %) and ``sample``, in time order.
    """
    every = plain(rows, look.language)
    found = known(every, "value")
    if not found:
        return nothing(look, Heading(TITLE, notes), missing)
    order = list(dict.fromkeys(words.month_lines(row["period"], look.language) for row in every))
    values = [row["value"] for row in found]
    low, high = min(*values, 0.95) - 0.03, max(*values, 1.2) + 0.06
    floor = low - (high - low) * 0.12
    x = alt.X("when:O", sort=order, title=None, axis=time_axis())
    y = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(domain=[floor, high], nice=False, zero=False),
        axis=alt.Axis(format=".0%", values=_ticks(low, high)),
    )
    samples = [_said(row, look) for row in found if row["figure"] == "nrr"]
    layers = [
        *_lines([_said(row, look) for row in every], look, x, y),
        *(layer for mark in MARKS for layer in across(look, *_mark(mark, found, look))),
        sizes(samples, look, x, low - (high - low) * 0.07, most=6 if look.narrow else 14),
    ]
    return framed(alt.layer(*layers), look, Heading(TITLE, (*notes, _SAMPLE_NOTE)), _HEIGHT)


def _mark(mark: tuple[float, Text], rows: Sequence[Row], look: Look) -> tuple[float, str, bool]:
    """Return a mark with its name on the side that the first points leave free."""
    first = [row["value"] >= mark[0] for row in rows if row["figure"] == "nrr"][:3]
    return mark[0], mark[1][look.language], sum(first) * 2 >= len(first) > 0


def _said(row: Row, look: Look) -> dict[str, Any]:
    named = {"name": _FIGURES[row["figure"]][look.language], "said": words.share(row["value"])}
    when = words.month_lines(row["period"], look.language)
    return {**row, **named, "when": when, "sample_said": count(row["sample"])}


def _lines(rows: Sequence[Row], look: Look, x: Any, y: Any) -> list[Any]:
    names = [text[look.language] for text in _FIGURES.values()]
    colours = alt.Scale(domain=names, range=[look.palette.main, look.palette.second])
    color = alt.Color("name:N", scale=colours, legend=alt.Legend(symbolType="stroke", direction="horizontal"))
    tips = tooltip(look, period=_PERIOD, name=_FIGURE, said=_VALUE, sample_said=SAMPLE)
    drawn = data(rows)
    layers = [
        drawn.mark_line(invalid="break-paths-show-domains").encode(x=x, y=y, color=color),
        drawn.mark_point(invalid="filter").encode(x=x, y=y, color=color, tooltip=tips),
    ]
    for figure, above in (("nrr", True), ("grr", False)):
        last = [row for row in rows if row["figure"] == figure and row["value"] is not None][-1:]
        named = {"x": x, "y": y, "color": color, "text": "said:N"}
        layers += haloed(
            data(last), look, named, dy=-13 if above else 15, align="right", dx=8, fontWeight=600
        )
    return layers


def _ticks(low: float, high: float) -> list[float]:
    step = 0.1 if high - low < 0.7 else 0.2 if high - low < 1.5 else 0.5
    first = -int(-low // step)
    return [round(step * place, 2) for place in range(first, int(high / step) + 1)]
