"""Retention by start month: of customers, or of the revenue they began with."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from minori.charts.look import Look
from minori.core.text import Text
from minori.pipeline.chart import Asked, Charted
from minori.pipeline.proof.kpi import Kpis, kpis
from minori.stats.rounding import significant

CUSTOMERS, REVENUE = "customers", "revenue"
_LINES = 24  # start months shown at most
_SINCE = Text(ja="括弧内は、その月に始めた顧客数。", en="In brackets: customers who began in that month.")
_SURVIVORS = Text(
    ja="{day}より前の解約はデータにありません。それ以前に始めた顧客の継続率は高く見えます。",
    en="No loss before {day} is on record; retention of those who began earlier looks too high.",
)
_NOTHING = Text(ja="契約の開始がデータにありません", en="nobody's first contract is on record")


def draw(asked: Asked, look: Look) -> Any:
    """Draw it."""
    with asked.workspace.session() as session:
        found = kpis(session, asked.workspace.day(session, asked.until), asked.by)
    return picture(found, asked.subject or CUSTOMERS, look)


def picture(found: Kpis, subject: str, look: Look) -> Any:
    """Draw the retention of ``customers`` or of ``revenue``."""
    from minori.charts.cohorts import Of, cohorts

    of = cast("Of", subject)
    return cohorts(rows(found.cohorts, of), look, of=of, notes=(_SINCE, _survivors(found)), missing=_NOTHING)


def rows(table: Sequence[Mapping[str, Any]], of: str) -> list[dict[str, Any]]:
    """Return the share that is left per start month and months since, from the table ``cohort``."""
    newest = sorted({row["start_month"] for row in table})[-_LINES:]
    began = {row["start_month"]: row["mrr"] for row in table if row["months"] == 0}
    found = []
    for row in table:
        start = row["start_month"]
        left, whole = (
            (row["customers"], row["started"]) if of == CUSTOMERS else (row["mrr"], began.get(start))
        )
        if start in newest:
            found.append(
                {
                    "start": start,
                    "months": row["months"],
                    "started": row["started"],
                    "share": significant(float(Decimal(left) / Decimal(whole))) if whole else None,
                }
            )
    return found


def _survivors(found: Kpis) -> Text | None:
    first = min((row["start_month"] for row in found.cohorts), default=None)
    since = found.losses_from
    return _SURVIVORS.fill({"day": str(since)}) if since and first and first < since else None


KIND = Charted(
    Text(ja="開始月別の継続率(ヒートマップ)", en="Retention by start month (heat map)"),
    draw,
    Text(ja="customers(顧客)か revenue(売上)", en="customers or revenue"),
    (CUSTOMERS, REVENUE),
)
