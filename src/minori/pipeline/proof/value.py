"""What a customer is worth: LTV of a period and of the one before, what moved it, and what less churn would be worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

import pyarrow as pa

from minori.core.figure import Reading
from minori.core.ports import Progress
from minori.kpis import movement, value_exposure, value_orders
from minori.kpis.periods import Period
from minori.kpis.value_change import change
from minori.kpis.value_read import worth
from minori.kpis.value_sums import Basis, Sums, sums_of
from minori.kpis.value_what_if import what_if
from minori.lake.stage import Pass
from minori.metrics import contracts, points
from minori.pipeline.proof.value_slices import Slices, Window, periods_of, slices, watched
from minori.pipeline.session import Session
from minori.pipeline.stages import STANDING
from minori.policy.definitions import Policy
from minori.policy.reads import columns_of_classes
from minori.query.sql import sql

By = Literal["segment", "touch", "plan"]
BY: tuple[By, ...] = ("segment", "touch", "plan")
BASES: tuple[Basis, ...] = ("contracts", "orders")
COSTS_BEGIN = 31  # days into a period on which its first cost may be spent
_PLACE = "value_"
_GAPS = sql("select gap_days, seen from order_gap order by gap_days")
_EXPOSURE = sql("select * from value_exposure order by basis, period_from, class")
_COST = sql("select * from value_cost order by basis, period_from, class, kind")
_COSTS_FROM = sql("select kind, min(_day) as first_on from costs group by kind order by kind")
_CLASS = {
    "segment": sql("select as_of as seen_on, customer_key, segment as class from standing"),
    "touch": sql("select as_of as seen_on, customer_key, touch as class from standing"),
    "plan": sql("select as_of as seen_on, customer_key, plan as class from state"),
}
_NO_CLASS = pa.schema([("seen_on", pa.date32()), ("customer_key", pa.int64()), ("class", pa.string())])


@dataclass(frozen=True)
class Valued:
    """What customers of one basis (and class; None: all) were worth before and in the period.

    The windows are what is watched of both periods; nothing of the one before where facts begin later.
    """

    basis: Basis
    name: str | None
    window_before: Window | None
    window: Window
    before: Sums | None
    after: Sums
    readings_before: tuple[Reading, ...]
    readings: tuple[Reading, ...]
    change: tuple[Reading, ...]
    what_if: tuple[Reading, ...]


@dataclass(frozen=True)
class Values:
    """Everything that ``minori value`` shows; ``margin_assumed`` says that no margin is in the catalogue."""

    as_of: date
    currency: str
    before: Period
    period: Period
    by: By | None
    found: tuple[Valued, ...]
    margin_assumed: bool

    def of(self, basis: Basis) -> Valued | None:
        """Return all customers of a basis together; None without any."""
        return next((one for one in self.found if one.basis == basis and one.name is None), None)


def values(
    session: Session,
    as_of: date,
    first: date | None = None,
    by: By | None = None,
    progress: Progress = lambda _what, _share: None,
) -> Values:
    """
    Return what customers were worth from ``first`` to ``as_of``, beside the same time before.

    Parameters
    ----------
    as_of
        Last day, as it was known then.
    first
        Default: a year. The time before ends with it; it is as long, or shorter where facts begin within it.
    by
        Also apart for each segment, touch layer or plan.
    """
    found = periods_of(first, as_of)
    progress("who pays what", 0.1)
    run = session.run_pass((points.STAGE, movement.STAGE, value_orders.GAPS), [as_of], place=_PLACE)
    silence = value_orders.silence([(r["gap_days"], r["seen"]) for r in run.fetch(_GAPS.bind()).to_pylist()])
    cut = slices(found, watched(session, run, silence))
    progress("classes of customers", 0.3)
    _inputs(session, cut, by)
    progress("for how long, and what it cost", 0.8)
    run = session.run_pass((value_exposure.stage(silence),), [as_of], place=_PLACE)
    valued = _valued(run, cut, found, by)
    progress("done", 1.0)
    return Values(as_of, run.company.currency, found[0], found[1], by, valued, _assumed(session.policy))


def _inputs(session: Session, cut: Slices, by: By | None) -> None:
    engine, policy = session.engine, session.policy
    engine.register(f"{_PLACE}slice", cut.table())
    margins = [
        {"product_id": name, "share": Decimal(str(product.gross_margin))}
        for name, product in policy.catalog.products.items()
        if product.gross_margin is not None
    ]
    schema = pa.schema([("product_id", pa.string()), ("share", pa.decimal128(9, 6))])
    engine.register(f"{_PLACE}margin", pa.Table.from_pylist(margins, schema))
    engine.register(f"{_PLACE}value_class", _classes(session, cut.days(), by))


def _classes(session: Session, days: Sequence[date], by: By | None) -> pa.Table:
    if by is None or not days:
        return _NO_CLASS.empty_table()
    if by == "plan":
        run = session.run_pass((points.STAGE, contracts.STAGE), days, place="class_")
    else:
        needed = columns_of_classes(session.policy)
        run = session.run_pass(STANDING[:4], days, place="class_", metrics=needed)
    return run.fetch(_CLASS[by].bind())


def _valued(run: Pass, cut: Slices, found: tuple[Period, Period], by: By | None) -> tuple[Valued, ...]:
    costs, sums = _reliable(run, cut), dict[tuple[Basis, str | None], dict[date, Sums]]()
    for row in run.fetch(_EXPOSURE.bind()).to_pylist():
        window = cut.window(row["basis"], row["period_from"])
        if window is None or (by is None and row["class"] is not None):
            continue
        own = costs.get((row["basis"], row["period_from"], row["class"]), ())
        counted = sums_of(row, own, window.days, run.policy.gross_margin)
        sums.setdefault((row["basis"], row["class"]), {})[row["period_from"]] = counted
    order = sorted(sums, key=lambda key: (BASES.index(key[0]), key[1] is not None, key[1] or ""))
    each = (_one(key, sums[key], cut, found, run.company.currency) for key in order)
    return tuple(one for one in each if one is not None)


def _one(
    key: tuple[Basis, str | None],
    sums: Mapping[date, Sums],
    cut: Slices,
    found: tuple[Period, Period],
    currency: str,
) -> Valued | None:
    (basis, name), (before, period) = key, found
    was, now, window = sums.get(before.start), sums.get(period.start), cut.window(basis, period.start)
    if now is None or window is None or not now.days:
        return None
    return Valued(
        basis,
        name,
        cut.window(basis, before.start),
        window,
        was,
        now,
        worth(was, currency) if was else (),
        worth(now, currency),
        change(was, now, currency),
        what_if(now, currency),
    )


def _reliable(run: Pass, cut: Slices) -> dict[tuple[str, date, str | None], list[Mapping[str, Any]]]:
    """Return costs of the periods from whose beginning such costs are on record: before it, none is not 0."""
    recorded = {row["kind"]: row["first_on"] for row in run.fetch(_COSTS_FROM.bind()).to_pylist()}
    found: dict[tuple[str, date, str | None], list[Mapping[str, Any]]] = {}
    for row in run.fetch(_COST.bind()).to_pylist():
        window = cut.window(row["basis"], row["period_from"])
        if window and recorded[row["kind"]] <= window.start + timedelta(days=COSTS_BEGIN):
            found.setdefault((row["basis"], row["period_from"], row["class"]), []).append(row)
    return found


def _assumed(policy: Policy) -> bool:
    products = policy.catalog.products.values()
    return policy.catalog.gross_margin is None and all(p.gross_margin is None for p in products)
