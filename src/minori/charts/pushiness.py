"""Pushiness by month, with its interval and the limit from which on a play is stopped."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from minori.charts import words
from minori.charts.framed import Heading, framed, nothing
from minori.charts.look import Look
from minori.charts.marks import INTERVAL, SAMPLE, across, count, data, sizes, time_axis, tooltip
from minori.charts.rows import Row, Rows, known, plain
from minori.core.text import Text

TITLE = Text(ja="押し売り度の推移", en="Pushiness by month")
_MONTH, _VALUE = Text(ja="月", en="Month"), Text(ja="押し売り度(点)", en="Pushiness (points)")
_LIMIT = Text(ja="上限 {limit}", en="limit {limit}")
_KEY = Text(ja="縦線は90％区間。下の数字は提案の件数。", en="Bars: 90 % interval. At the bottom: proposals.")
_HEIGHT = 230


def pushiness(
    rows: Rows,
    look: Look,
    *,
    limit: float | None = None,
    title: Text = TITLE,
    notes: tuple[Text | None, ...] = (),
    missing: Text | None = None,
) -> Any:
    """
    Draw pushiness month by month; a month without a value is a gap.

    Parameters
    ----------
    rows
        ``month`` (its first day), ``value`` with ``low`` and ``high``, ``sample`` (proposals), in time order.
    limit
        From where on a play is stopped.
    """
    every = [_said(row, look) for row in plain(rows, look.language)]
    found = known(every, "value")
    if not found:
        return nothing(look, Heading(title, notes), missing)
    low, high = _ends(found, limit)
    reach = high - low
    scale = alt.Scale(domain=[low - 0.16 * reach, high + 0.12 * reach], nice=False)
    order = list(dict.fromkeys(row["when"] for row in every))
    x = alt.X("when:O", sort=order, title=None, axis=time_axis())
    layers = [
        *_limit(limit, look),
        *_points(every, look, x, scale),
        sizes(every, look, x, low - 0.1 * reach, most=6 if look.narrow else 14),
    ]
    return framed(alt.layer(*layers), look, Heading(title, (*notes, _KEY)), _HEIGHT)


def _ends(rows: Sequence[Row], limit: float | None) -> tuple[float, float]:
    values = [row[name] for row in rows for name in ("value", "low", "high") if row[name] is not None]
    return min(*values, 0.0), max(*values, limit or 0.0, 1.0)


def _limit(limit: float | None, look: Look) -> list[Any]:
    if limit is None:
        return []
    said = _LIMIT[look.language].replace("{limit}", f"{limit:g}")
    return across(look, limit, said, colour=look.palette.loss)


def _points(rows: Sequence[Row], look: Look, x: Any, scale: Any) -> list[Any]:
    axis = alt.Axis(tickCount=5, format=",.0f")
    y, low = (
        alt.Y(f"{name}:Q", scale=scale, axis=axis, title=_VALUE[look.language]) for name in ("value", "low")
    )
    tips = tooltip(look, name=_MONTH, said=_VALUE, between=INTERVAL, sample_said=SAMPLE)
    drawn = data(rows)
    return [
        drawn.mark_rule(strokeWidth=3, opacity=0.45, color=look.palette.main).encode(x=x, y=low, y2="high:Q"),
        drawn.mark_line(invalid="break-paths-show-domains", strokeWidth=1).encode(x=x, y=y),
        drawn.mark_point(invalid="filter").encode(x=x, y=y, tooltip=tips),
    ]


def _said(row: Row, look: Look) -> dict[str, Any]:
    return {
        **row,
        "name": words.month(row["month"], look.language),
        "when": words.month_lines(row["month"], look.language),
        "said": _number(row["value"]),
        "between": "–" if row["low"] is None else f"{_number(row['low'])}–{_number(row['high'])}",
        "sample_said": count(row["sample"]),
    }


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f}"
