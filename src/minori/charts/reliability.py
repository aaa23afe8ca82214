"""Do predicted chances come true? Per tenth what was predicted and what was seen, and the line where both are equal."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from minori.charts import words
from minori.charts.framed import Heading, framed, nothing
from minori.charts.look import Look
from minori.charts.marks import INTERVAL, SAMPLE, count, data, haloed, tooltip
from minori.charts.rows import Row, Rows, known, plain
from minori.core.text import Text

TITLE = Text(ja="承諾確率の検証: 予測と実績", en="Chances checked: predicted and observed")
_PREDICTED = Text(ja="予測した確率(平均)", en="Predicted chance (mean)")
_OBSERVED = Text(ja="実際の割合", en="Observed share")
_KEY = Text(
    ja="点は予測の低い順に分けた組。縦線は90％区間、破線は予測どおりの線、数字は件数。",
    en="Points are groups in order of the prediction, with 90 % intervals; dashed: as predicted; figures: n.",
)


def reliability(
    rows: Rows,
    look: Look,
    *,
    title: Text = TITLE,
    notes: tuple[Text | None, ...] = (),
    missing: Text | None = None,
) -> Any:
    """
    Draw the reliability diagram.

    Parameters
    ----------
    rows
        ``predicted`` (mean of the group), ``observed`` with ``low`` and ``high``, ``sample`` and ``events``.
    """
    found = [_said(row) for row in known(plain(rows, look.language), "predicted", "observed")]
    if not found:
        return nothing(look, Heading(title, notes), missing)
    top = min(1.0, max(max(row["high"] or row["observed"], row["predicted"]) for row in found) * 1.08)
    layers = _layers(found, look, top)
    return framed(alt.layer(*layers), look, Heading(title, (*notes, _KEY)), min(look.width - 70, 380))


def _layers(rows: Sequence[Row], look: Look, top: float) -> list[Any]:
    scale = alt.Scale(domain=[0, top], nice=False)
    axis = alt.Axis(format=".0%", tickCount=4 if look.narrow else 7)
    x = alt.X("predicted:Q", scale=scale, title=_PREDICTED[look.language], axis=axis)
    y, low = (
        alt.Y(f"{name}:Q", scale=scale, title=_OBSERVED[look.language], axis=axis)
        for name in ("observed", "low")
    )
    tips = tooltip(look, expected=_PREDICTED, seen=_OBSERVED, between=INTERVAL, sample_said=SAMPLE)
    ideal = data([{"predicted": 0, "observed": 0}, {"predicted": top, "observed": top}])
    named = {"x": x, "y": y, "text": "sample_said:N"}
    drawn = data(rows)
    return [
        ideal.mark_line(strokeDash=[5, 4], strokeWidth=1.2, color=look.palette.quiet).encode(x=x, y=y),
        drawn.mark_rule(strokeWidth=2, opacity=0.6, color=look.palette.main).encode(x=x, y=low, y2="high:Q"),
        drawn.mark_point().encode(x=x, y=y, tooltip=tips),
        *haloed(drawn, look, named, align="left", dx=7, fontSize=10, color=look.palette.quiet),
    ]


def _said(row: Row) -> dict[str, Any]:
    return {
        **row,
        "expected": words.share(row["predicted"]),
        "seen": words.share(row["observed"]),
        "between": words.span(row["low"], row["high"]),
        "sample_said": count(row["sample"]),
    }
