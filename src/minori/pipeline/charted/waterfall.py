"""MRR from opening to closing, over the newest period that is over."""

from typing import Any

from minori.charts.look import Look
from minori.core.text import Text
from minori.pipeline.chart import Asked, Charted
from minori.pipeline.proof.kpi import FLOWS, Kpis, Walk, kpis

_SELDOM = ("reactivation", "currency", "unknown")
_NOTHING = Text(ja="契約のデータがありません", en="there are no contracts")


def draw(asked: Asked, look: Look) -> Any:
    """Draw it."""
    with asked.workspace.session() as session:
        return picture(kpis(session, asked.workspace.day(session, asked.until), asked.by), look)


def picture(found: Kpis, look: Look) -> Any:
    """Draw the newest period of what was found."""
    from minori.charts.waterfall import waterfall

    walk = newest(found)
    return waterfall(
        rows(walk) if found.contracts else [],
        look,
        currency=found.currency,
        notes=(_period(walk),),
        missing=_NOTHING,
    )


def newest(found: Kpis) -> Walk:
    """Return the newest period that is over; the one that is not, if there is no other."""
    whole = [walk for walk in found.walks if walk.period.whole]
    return (whole or list(found.walks))[-1]


def rows(walk: Walk) -> list[dict[str, Any]]:
    """Return a row per step; what seldom moves anything is left out where it did not."""
    steps = [name for name in FLOWS if name not in _SELDOM or walk.amounts[name]]
    return [{"step": name, "amount": walk.amounts[name]} for name in ("opening", *steps, "closing")]


def _period(walk: Walk) -> Text:
    label, partly = walk.period.label, not walk.period.whole
    before, after = walk.opening_customers, walk.closing_customers
    return Text(
        ja=f"{label.ja}{'(途中)' if partly else ''}・顧客 {before:,}社から{after:,}社",
        en=f"{label.en}{' (so far)' if partly else ''}; customers from {before:,} to {after:,}",
    )


KIND = Charted(Text(ja="MRRの増減(ウォーターフォール)", en="Movements of MRR (waterfall)"), draw)
