"""A shop's purchases by month, and what those who first bought in a month bought later."""

from minori.core.figure import Reading
from minori.core.text import Text
from minori.kpis.cohort_figures import BUYERS_BACK
from minori.pipeline.proof.part import Found, Part, Working
from minori.stats.rounding import significant

_NO_ORDERS = Text(ja="注文のデータがありません", en="there are no orders")


def find(work: Working) -> Found:
    """Return what ``minori kpi`` shows of orders, for the last two years."""
    found, result = work.kpis, Found()
    if not found.orders:
        return Found(missing=_NO_ORDERS)
    for period, readings in zip(found.periods, found.shop_readings, strict=True):
        result.show(readings, period=period)
    for row in found.purchase_cohorts:
        reading = Reading(BUYERS_BACK, significant(row["customers"] / row["started"]), row["started"])
        result.show([reading], subject=f"{row['start_month']:%Y-%m}", aspect=str(row["months"]))
    return result


KIND = Part(Text(ja="お店の売上", en="Revenue of a shop"), find, order=1)
