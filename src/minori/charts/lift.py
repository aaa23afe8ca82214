"""A play's lift as one of its thresholds moves, and how often it would fire."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from minori.charts import words
from minori.charts.framed import Heading, framed, nothing
from minori.charts.look import Look
from minori.charts.marks import INTERVAL, across, count, data, haloed, tooltip
from minori.charts.rows import Row, Rows, known, plain
from minori.core.text import Text

TITLE = Text(ja="しきい値とリフト", en="Lift over a threshold")
_LIFT = Text(ja="リフト(基準の何倍か)", en="Lift (times the base rate)")
_FIRES = Text(ja="発火数", en="Fires")
_THRESHOLD = Text(ja="しきい値", en="Threshold")
_NOW = Text(ja="現在 {value}", en="now {value}")
_SAME = Text(ja="基準と同じ", en="same as the base rate")
_KEY = Text(
    ja="線はリフト、帯は90％区間。下の棒と数字は発火数。",
    en="Line: lift with its 90 % interval. Bars and figures at the bottom: how often it would have fired.",
)
_HEIGHT = 280
_BARS = 0.16  # of the height, below the lift of 0


def lift(
    rows: Rows,
    look: Look,
    *,
    what: str,
    title: Text = TITLE,
    notes: tuple[Text | None, ...] = (),
    missing: Text | None = None,
) -> Any:
    """
    Draw the curve of a backtest.

    Parameters
    ----------
    rows
        ``value`` of the threshold, ``lift`` with ``low`` and ``high`` (None: not enough data), ``fires``, and
        ``current`` (whether it is the present threshold).
    what
        What is compared with the threshold, as in the play: ``seat_use >=``.
    """
    every = [_said(row) for row in sorted(plain(rows, look.language), key=lambda row: row["value"])]
    if not known(every, "lift"):
        return nothing(look, Heading(title, notes), missing)
    x = alt.X("value:Q", title=what, scale=alt.Scale(zero=False, nice=False, padding=18), axis=_axis(look))
    lines = _lines(every, look, x)
    layers = [alt.layer(*lines), _bars(every, look, x)]
    drawn = alt.layer(*layers).resolve_scale(y="independent")
    return framed(drawn, look, Heading(title, (*notes, _KEY, words.OBSERVED_ONLY)), _HEIGHT)


def _axis(look: Look) -> Any:
    return alt.Axis(
        grid=False,
        tickCount=4 if look.narrow else 8,
        labelExpr="format(datum.value, ',.4~r')",
        labelFlush=True,
    )


def _said(row: Row) -> dict[str, Any]:
    between = "–" if row["low"] is None or row["high"] is None else f"{row['low']:.2f}–{row['high']:.2f}"
    said = "–" if row["lift"] is None else f"{row['lift']:.2f}"
    return {**row, "said": said, "between": between, "at": f"{row['value']:g}", "fired": count(row["fires"])}


def _bars(rows: Sequence[Row], look: Look, x: Any) -> Any:
    most = max(row["fires"] for row in rows) or 1
    y = alt.Y("fires:Q", scale=alt.Scale(domain=[0, most / _BARS * 1.5], nice=False), axis=None)
    bars = data(rows).mark_bar(width=5 if look.narrow else 8, color=look.palette.faint).encode(x=x, y=y)
    step = -(-len(rows) // (6 if look.narrow else 14))
    shown = [row for place, row in enumerate(rows) if place % step == 0]
    named = {"x": x, "y": y, "text": "fired:N"}
    return alt.layer(bars, *haloed(data(shown), look, named, dy=-7, fontSize=10, color=look.palette.quiet))


def _lines(rows: Sequence[Row], look: Look, x: Any) -> list[Any]:
    highest = max(row["lift"] for row in known(rows, "lift"))
    top = min(max((row["high"] or 0.0) for row in rows), max(2.5 * highest, 2.0)) * 1.15
    top = max(top, 1.5)
    scale = alt.Scale(domain=[-top * _BARS * 1.2, top], nice=False)
    step = next(step for step in (0.5, 1, 2, 5, 10, 50, top) if top / step <= 6)
    axis = alt.Axis(values=[step * place for place in range(int(top / step) + 1)], format=".1f")
    y = alt.Y("lift:Q", scale=scale, title=_LIFT[look.language], axis=axis)
    low = alt.Y("low:Q", scale=scale, title=_LIFT[look.language], axis=axis)
    tips = tooltip(look, at=_THRESHOLD, said=_LIFT, between=INTERVAL, fired=_FIRES)
    drawn, below = data(rows), known(rows, "lift")[0]["lift"] >= 1
    layers = [
        drawn.mark_area(clip=True, invalid="break-paths-show-domains").encode(x=x, y=low, y2="high:Q"),
        drawn.mark_rule(clip=True, invalid="filter", opacity=0.35, color=look.palette.main).encode(
            x=x, y=low, y2="high:Q"
        ),
        drawn.mark_line(invalid="break-paths-show-domains").encode(x=x, y=y),
        drawn.mark_point(invalid="filter").encode(x=x, y=y, tooltip=tips),
        *across(look, 1.0, _SAME[look.language], below, right=not _right_of_middle(rows)),
    ]
    return [*layers, *_now(rows, look, x)]


def _now(rows: Sequence[Row], look: Look, x: Any) -> list[Any]:
    here = [
        {**row, "now": _NOW[look.language].replace("{value}", row["at"])} for row in rows if row["current"]
    ]
    right = _right_of_middle(rows)
    text = data(here).mark_text(
        align="right" if right else "left", dx=-5 if right else 5, baseline="top", fontWeight=600
    )
    return [
        data(here).mark_rule(strokeWidth=1.5, color=look.palette.ink).encode(x=x),
        text.encode(x=x, y=alt.value(2), text="now:N"),
    ]


def _right_of_middle(rows: Sequence[Row]) -> bool:
    """Tell whether the present threshold stands in the right half."""
    middle = (rows[0]["value"] + rows[-1]["value"]) / 2
    return any(row["current"] and row["value"] > middle for row in rows)
