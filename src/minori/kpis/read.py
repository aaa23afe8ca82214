"""Rows of sums → readings: a ratio, its sample, or the reason why there is none."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from minori.core.figure import NOT_ENOUGH, Figure, Reading
from minori.core.text import Text
from minori.kpis import figures, shop_figures
from minori.kpis.shop_figures import SHOP_FIGURES
from minori.stats.rounding import significant

_NOTHING = {
    "nrr": Text(ja="期首のMRRがありません", en="no MRR at the start"),
    "grr": Text(ja="期首のMRRがありません", en="no MRR at the start"),
    "gross_mrr_churn": Text(ja="期首のMRRがありません", en="no MRR at the start"),
    "logo_churn": Text(ja="期首の顧客がいません", en="no customers at the start"),
    "quick_ratio": Text(ja="失ったMRRがありません", en="nothing was lost"),
    "trial_upgrade": Text(ja="結果の出たトライアルがありません", en="no trial ended long enough ago to say"),
}


def ratio(figure: Figure, above: Decimal | int | None, below: Decimal | int | None, sample: int) -> Reading:
    """Return ``above ÷ below``; unknown where there is nothing below the line or nobody to count."""
    if not below or above is None or not sample:
        return Reading(figure, None, sample, missing=_NOTHING.get(figure.id, NOT_ENOUGH))
    quotient = Decimal(above) / Decimal(below)
    return Reading(figure, quotient if figure.unit == "money" else significant(float(quotient)), sample)


def ratios(totals: Iterable[Mapping[str, Any]]) -> list[Reading]:
    """Return every revenue ratio from the totals of the table ``term`` over one period."""
    found = {row["figure"]: row for row in totals}
    nothing = {"numerator": None, "denominator": None, "sample": 0}
    rows = [(figure, found.get(figure.id, nothing)) for figure in figures.RATIOS]
    return [ratio(figure, row["numerator"], row["denominator"], row["sample"]) for figure, row in rows]


def conversions(rows: Iterable[Mapping[str, Any]]) -> list[Reading]:
    """Return the conversion rates from the rows of the table ``conversion`` over one period."""
    found = {row["figure"]: row for row in rows}
    nothing = {"successes": None, "sample": 0}
    pairs = [(figure, found.get(figure.id, nothing)) for figure in figures.CONVERSIONS]
    return [ratio(figure, row["successes"], row["sample"], row["sample"]) for figure, row in pairs]


def shop(row: Mapping[str, Any] | None) -> list[Reading]:
    """Return a shop's figures from its row of the table ``purchase``; None: nobody bought in the period."""
    if row is None:
        return [Reading(figure, None, 0, missing=NOT_ENOUGH) for figure in SHOP_FIGURES]
    orders, buyers, priced = row["orders"], row["buyers"], row["orders"] - row["unpriced_bought"]
    with_items = row["orders_with_items"] or 0
    return [
        ratio(shop_figures.REVENUE, row["amount"], 1, row["entries"] - row["unpriced"]),
        ratio(shop_figures.REPEAT_RATE, row["repeaters"], buyers, buyers),
        ratio(shop_figures.RETURNING, row["returning"], buyers, buyers),
        ratio(shop_figures.FREQUENCY, orders, buyers, buyers),
        ratio(shop_figures.BASKET_AMOUNT, row["bought_amount"], priced, priced),
        ratio(shop_figures.BASKET_ITEMS, row["items"], with_items, with_items),
        ratio(shop_figures.EXISTING_REVENUE, row["existing_amount"], row["amount"], buyers),
    ]
