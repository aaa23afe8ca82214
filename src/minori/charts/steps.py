"""A walk from one total to another: each step begins where the one before ended."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from minori.charts import words
from minori.charts.framed import Heading, framed
from minori.charts.look import Look
from minori.charts.marks import INTERVAL, data, haloed, named_axis, tooltip
from minori.charts.rows import Row, known
from minori.charts.wrapping import wide
from minori.core.text import Text

STEP = 30  # pixels of a line
CUT = Text(ja="横軸は0から始まりません。", en="The axis does not begin at 0.")
_STEP, _AMOUNT = Text(ja="項目", en="Step"), Text(ja="金額", en="Amount")


def walked(rows: Sequence[Row], look: Look, heading: Heading, currency: str) -> Any:
    """Draw totals as lines and steps as bars; rows have ``said``, ``amount``, ``exact``, ``total``.

    ``total`` says whether it is one; ``low`` and ``high`` of a total are its interval, if it is an estimate.
    """
    placed = _placed(rows, look, currency)
    ends = [row[name] for row in placed for name in ("from", "to", "low", "high") if row[name] is not None]
    widest = max(wide(row["shown"], 11) for row in placed)
    scale = alt.Scale(domain=_domain(min(ends), max(ends), widest, look), nice=False)
    names = [row["said"] for row in placed]
    y = alt.Y("said:N", sort=names, title=None, axis=named_axis(names, grid=False))
    x = alt.X("from:Q", scale=scale, axis=_axis(look, currency))
    end = alt.X("end:Q", scale=scale)
    tips = tooltip(look, said=_STEP, exact=_AMOUNT, between=INTERVAL)
    estimated = data(known(placed, "low", "high")).mark_rule(strokeWidth=3, opacity=0.5)
    layers = [
        _bars(placed, look).encode(x=x, x2="to:Q", y=y, tooltip=tips),
        estimated.encode(x=alt.X("low:Q", scale=scale), x2="high:Q", y=y, tooltip=tips),
        data([r for r in placed if r["total"]])
        .mark_tick(orient="vertical", thickness=3, size=STEP - 8, color=look.palette.ink, opacity=1)
        .encode(x=alt.X("to:Q", scale=scale), y=y, tooltip=tips),
        *haloed(data(placed), look, {"x": end, "y": y, "text": "shown:N"}, align="left", dx=7),
    ]
    return framed(alt.layer(*layers), look, heading, STEP * len(placed))


def _placed(rows: Sequence[Row], look: Look, currency: str) -> list[dict[str, Any]]:
    level, placed = 0.0, list[dict[str, Any]]()
    for row in rows:
        start = row["amount"] if row["total"] else level
        level = row["amount"] if row["total"] else level + row["amount"]
        placed.append(
            {
                "said": row["said"],
                "total": row["total"],
                "from": start,
                "to": level,
                "low": row.get("low"),
                "high": row.get("high"),
                "end": max(start, level, row.get("high") or level),
                "kind": "gain" if row["amount"] >= 0 else "loss",
                "shown": words.amount(row["amount"], currency, look.language, signed=not row["total"]),
                "exact": words.exact(row["exact"], currency),
                "between": _between(row, currency),
            }
        )
    return placed


def _between(row: Row, currency: str) -> str:
    low, high = row.get("low"), row.get("high")
    if low is None or high is None:
        return "–"
    return f"{words.exact(low, currency)} – {words.exact(high, currency)}"


def _domain(low: float, high: float, text: float, look: Look) -> list[float]:
    """Return the ends of the axis: room for bars, and for their amounts at the right."""
    reach = (high - low) or abs(high) or 1.0
    plot = look.width - 130
    return [low - reach * 0.08, high + reach * (text + 18) / max(plot - text - 18, 60)]


def _axis(look: Look, currency: str) -> Any:
    unit = words.unit_of_money(currency, look.language)
    return alt.Axis(
        title=unit, labelExpr=words.money_axis(look.language), tickCount=3 if look.narrow else 6, grid=True
    )


def _bars(rows: Sequence[Row], look: Look) -> Any:
    colours = alt.Scale(domain=["gain", "loss"], range=[look.palette.gain, look.palette.loss])
    bars = data([row for row in rows if not row["total"]]).mark_bar(height=STEP - 12, cornerRadius=1)
    return bars.encode(color=alt.Color("kind:N", scale=colours, legend=None))
