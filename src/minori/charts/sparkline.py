"""A metric over time, small enough to stand in a line of text: the evidence of a signal."""

from typing import Any

import altair as alt

from minori.charts.look import Look
from minori.charts.marks import data, tooltip
from minori.charts.rows import Rows, known, plain
from minori.charts.theme import config
from minori.core.figure import NOT_ENOUGH
from minori.core.text import Text

WIDTH, HEIGHT = 220, 44
_DAY, _VALUE = Text(ja="日付", en="Day"), Text(ja="値", en="Value")
_ROOM = 52  # pixels at the right for the newest value


def sparkline(
    rows: Rows,
    look: Look,
    *,
    label: Text,
    threshold: float | None = None,
    width: int = WIDTH,
    missing: Text | None = None,
) -> Any:
    """
    Draw one metric over time with the threshold it is held against; unknown days are gaps.

    Parameters
    ----------
    rows
        ``day``, ``value`` (None: unknown) and perhaps ``said`` (the value as it is to be written), in time order.
    label
        What the metric is called: read out by screen readers, not drawn.
    """
    every = [_said(row) for row in plain(rows, look.language)]
    found = known(every, "value")
    layers = _drawn(every, look, threshold, width) if found else [_reason(look, missing or NOT_ENOUGH)]
    return (
        alt.layer(*layers)
        .properties(
            width=width,
            height=HEIGHT,
            padding=2,
            autosize=alt.AutoSizeParams(type="none"),
            description=label[look.language],
        )
        .configure(**{**config(look), "padding": 2})
    )


def _drawn(every: list[dict[str, Any]], look: Look, threshold: float | None, width: int) -> list[Any]:
    found = known(every, "value")
    values = [row["value"] for row in found] + ([threshold] if threshold is not None else [])
    low, high = min(values), max(values)
    room = (high - low) * 0.15 or abs(high) * 0.15 or 1.0
    x = alt.X("day:T", axis=None, scale=alt.Scale(type="utc", range=[2, width - _ROOM], nice=False))
    y = alt.Y("value:Q", axis=None, scale=alt.Scale(domain=[low - room, high + room], nice=False, zero=False))
    tips = tooltip(look, day=_DAY, said=_VALUE)
    drawn, last = data(every), data(found[-1:])
    layers = [
        drawn.mark_line(strokeWidth=1.5, invalid="break-paths-show-domains").encode(x=x, y=y),
        drawn.mark_point(size=30, opacity=0, invalid="filter").encode(x=x, y=y, tooltip=tips),
        last.mark_point(size=28).encode(x=x, y=y, tooltip=tips),
        last.mark_text(align="left", dx=6, fontWeight=600).encode(x=x, y=y, text="said:N"),
    ]
    return [*_threshold(look, threshold, y, width), *layers]


def _threshold(look: Look, threshold: float | None, y: Any, width: int) -> list[Any]:
    if threshold is None:
        return []
    rule = data([{"value": threshold}]).mark_rule(strokeDash=[3, 3], color=look.palette.second)
    return [rule.encode(y=y, x=alt.value(2), x2=alt.value(width - _ROOM))]


def _reason(look: Look, reason: Text) -> Any:
    text = data([{"said": reason[look.language]}]).mark_text(align="left", color=look.palette.quiet)
    return text.encode(text="said:N", x=alt.value(2), y=alt.value(HEIGHT / 2))


def _said(row: dict[str, Any]) -> dict[str, Any]:
    written = row.get("said") or ("–" if row["value"] is None else f"{row['value']:,.4g}")
    return {**row, "said": written}
