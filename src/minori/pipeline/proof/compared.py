"""Revenue figures counted in other ways, side by side, with every difference itemised by customer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlglot import exp

from minori.core.figure import Reading
from minori.kpis.periods import By, Period, periods
from minori.kpis.read import ratios
from minori.kpis.variants import COMPARED, Variant, variants
from minori.lake.stage import Pass
from minori.pipeline.proof.kpi import TOTALS, recounted, revenue_pass
from minori.pipeline.session import Session
from minori.query.sql import sql

_DIFFERENT = sql("""
    select coalesce(b.period_from, o.period_from) as period_from, coalesce(b.figure, o.figure) as figure,
           coalesce(b.customer_id, o.customer_id) as customer_id,
           coalesce(b.numerator, 0) as numerator, coalesce(b.denominator, 0) as denominator,
           coalesce(o.numerator, 0) as other_numerator, coalesce(o.denominator, 0) as other_denominator
    from base b
    full join other o
      on o.period_from = b.period_from and o.figure = b.figure and o.customer_id = b.customer_id
    where coalesce(b.numerator, 0) <> coalesce(o.numerator, 0)
       or coalesce(b.denominator, 0) <> coalesce(o.denominator, 0)
    order by period_from, figure, customer_id
""")


@dataclass(frozen=True)
class Item:
    """What one customer adds to a difference: all items of a figure sum to the difference of its two values."""

    customer_id: str
    numerator: Decimal
    denominator: Decimal
    other_numerator: Decimal
    other_denominator: Decimal
    adds: Decimal | None  # None where either value is unknown


@dataclass(frozen=True)
class Difference:
    """A figure of one period, counted as the company does and in another way."""

    period: Period
    variant: Variant
    base: Reading
    other: Reading
    items: tuple[Item, ...]


def compare(session: Session, as_of: date, by: By = "month", first: date | None = None) -> list[Difference]:
    """Return every compared figure under every variant, for the periods up to ``as_of``, oldest first."""
    found = periods(first, as_of, by, session.workspace.company.fiscal_year_starts_in)
    base = revenue_pass(session, as_of, found)
    totals = _totals(base)
    differences = []
    for number, variant in enumerate(variants(session.policy)):
        other = recounted(
            session, base, found, f"variant{number}_", policy=variant.policy, remade=variant.remade
        )
        items = _items(session, base.place, other.place)
        others = _totals(other)
        for period in found:
            differences += _of_period(period, variant, totals, others, items)
    return differences


_Key = tuple[date, str]


def _totals(run: Pass) -> dict[_Key, Mapping[str, Any]]:
    return {(row["period_from"], row["figure"]): row for row in run.fetch(TOTALS.bind()).to_pylist()}


def _items(session: Session, base: str, other: str) -> dict[_Key, list[dict[str, Any]]]:
    query = _DIFFERENT.bind()
    for reference in list(query.find_all(exp.Table)):
        place = base if reference.name == "base" else other
        reference.set("this", exp.to_identifier(f"{place}term"))
    grouped: dict[_Key, list[dict[str, Any]]] = {}
    for row in session.engine.fetch(query).to_pylist():
        grouped.setdefault((row["period_from"], row["figure"]), []).append(row)
    return grouped


def _of_period(
    period: Period,
    variant: Variant,
    totals: Mapping[_Key, Mapping[str, Any]],
    others: Mapping[_Key, Mapping[str, Any]],
    items: Mapping[_Key, list[dict[str, Any]]],
) -> list[Difference]:
    base = {r.figure.id: r for r in ratios(row for key, row in totals.items() if key[0] == period.start)}
    other = {r.figure.id: r for r in ratios(row for key, row in others.items() if key[0] == period.start)}
    return [
        Difference(
            period,
            variant,
            base[figure],
            other[figure],
            _itemised(items.get((period.start, figure), []), totals, others, (period.start, figure)),
        )
        for figure in COMPARED
    ]


def _itemised(
    rows: Sequence[Mapping[str, Any]],
    totals: Mapping[_Key, Mapping[str, Any]],
    others: Mapping[_Key, Mapping[str, Any]],
    key: _Key,
) -> tuple[Item, ...]:
    """Split N'/D' − N/D: a customer adds (Δn − (N/D)·Δd) / D', which sums to the difference exactly."""
    mine, theirs = totals.get(key), others.get(key)
    known = mine and theirs and mine["denominator"] and theirs["denominator"]
    value = Decimal(mine["numerator"]) / Decimal(mine["denominator"]) if mine and known else None
    below = Decimal(theirs["denominator"]) if theirs and known else None
    items = [
        Item(
            row["customer_id"],
            row["numerator"],
            row["denominator"],
            row["other_numerator"],
            row["other_denominator"],
            None if value is None or below is None else _adds(row, value) / below,
        )
        for row in rows
    ]
    return tuple(sorted(items, key=lambda item: (-abs(item.adds or Decimal(0)), item.customer_id)))


def _adds(row: Mapping[str, Any], value: Decimal) -> Decimal:
    above: Decimal = row["other_numerator"] - row["numerator"]
    below: Decimal = row["other_denominator"] - row["denominator"]
    return above - value * below
