"""The revenue of a company over periods: its movements, its rates, its cohorts - and a shop's purchases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
from sqlglot import exp

from minori.core.errors import UnknownName
from minori.core.figure import Reading
from minori.kpis import cohorts, conversion, flow, movement, purchases, terms
from minori.kpis.periods import By, Period, period_table, periods, twelve_months
from minori.kpis.read import conversions, ratios, shop
from minori.lake.stage import Pass
from minori.metrics import points
from minori.pipeline.session import Session
from minori.policy.definitions import Policy
from minori.query.sql import sql

FLOWS = ("new", "upsell", "cross_sell", "downsell", "churn", "reactivation", "currency", "unknown")
"""The columns between opening and closing, in the order in which they are read."""

_STAGES = (
    points.STAGE,
    movement.STAGE,
    flow.STAGE,
    terms.STAGE,
    cohorts.STAGE,
    conversion.STAGE,
    purchases.STAGE,
)
_WALK = sql("""
    select period_from, sum(opening) as opening, sum(new) as new, sum(upsell) as upsell,
           sum(cross_sell) as cross_sell, sum(downsell) as downsell, sum(churn) as churn,
           sum(reactivation) as reactivation, sum(currency) as currency, sum(unknown) as unknown,
           sum(closing) as closing
    from flow group by period_from
""")
_CUSTOMERS = sql("""
    select period_from, count(*) filter (where opening > 0) as opening_customers,
           count(*) filter (where closing > 0) as closing_customers
    from customer_flow group by period_from
""")
TOTALS = sql("""
    select period_from, figure, sum(numerator) as numerator, sum(denominator) as denominator, count(*) as sample
    from term group by period_from, figure
""")
_UNKNOWN = sql("""
    select customer_id, max(day) as since from movement where kind = 'unknown'
    group by customer_id having arg_max(cause, struct_pack(a := day, b := cause)) = 'unpriced'
    order by customer_id
""")


_LOSSES_FROM = sql("select min(day) as day from movement where amount < 0 and kind in ('churn', 'downsell')")


_KNOWN = sql("select customer_id from point order by customer_id")
_MOVEMENTS = sql("""
    select day, customer_id, product_id, kind, cause, currency, amount, local_amount
    from movement where day >= $since and ($everybody or customer_id = $customer)
    order by day, customer_id, product_id, kind, cause, currency
""")


@dataclass(frozen=True)
class Walk:
    """Opening MRR, what moved it, closing MRR, with the customers at both ends."""

    period: Period
    amounts: Mapping[str, Any]  # opening, FLOWS, closing
    by_product: Mapping[str | None, Mapping[str, Any]]
    opening_customers: int
    closing_customers: int


@dataclass(frozen=True)
class Kpis:
    """Everything that ``minori kpi`` shows."""

    as_of: date
    currency: str
    by: By
    walks: tuple[Walk, ...]
    readings: tuple[tuple[Reading, ...], ...]  # per period
    shop_readings: tuple[tuple[Reading, ...], ...]
    cohorts: list[dict[str, Any]]
    purchase_cohorts: list[dict[str, Any]]
    tiers: list[dict[str, Any]]
    unknown: list[dict[str, Any]]
    losses_from: (
        date | None
    )  # the first day on which anything was lost; before it the data may hold survivors only
    year: Period  # the twelve months up to as_of, in which rates can be held against their marks
    year_readings: tuple[Reading, ...]
    contracts: bool
    orders: bool

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods, oldest first."""
        return tuple(walk.period for walk in self.walks)


def kpis(session: Session, as_of: date, by: By = "month", first: date | None = None) -> Kpis:
    """Return the figures of the periods from the one that holds ``first`` (default: some) up to ``as_of``."""
    found = periods(first, as_of, by, session.workspace.company.fiscal_year_starts_in)
    run = revenue_pass(session, as_of, found)
    year = twelve_months(as_of)
    return Kpis(
        as_of=as_of,
        currency=run.company.currency,
        by=by,
        walks=_walks(run, found),
        readings=_readings(run, found),
        shop_readings=_shop(run, found),
        cohorts=_rows(run, "cohort", "start_month", "months"),
        purchase_cohorts=_rows(run, "purchase_cohort", "start_month", "months"),
        tiers=_rows(run, "tier", "period_from", "product_id", "rank", "plan_id"),
        unknown=run.fetch(_UNKNOWN.bind()).to_pylist(),
        losses_from=run.fetch(_LOSSES_FROM.bind())["day"][0].as_py(),
        year=year,
        year_readings=tuple(
            ratios(recounted(session, run, (year,), "year_").fetch(TOTALS.bind()).to_pylist())
        ),
        contracts="contracts" in run.connected,
        orders="orders" in run.connected,
    )


def revenue_pass(session: Session, as_of: date, found: Sequence[Period], place: str = "kpi_") -> Pass:
    """Run every stage of revenue over some periods and return the pass, for reading its tables."""
    session.engine.register(f"{place}period", period_table(tuple(found)))
    session.engine.register(f"{place}month", _months(found[0].start, as_of))
    return session.run_pass(_STAGES, [as_of], place=place)


def recounted(
    session: Session,
    base: Pass,
    found: Sequence[Period],
    place: str,
    *,
    policy: Policy | None = None,
    remade: bool = False,
) -> Pass:
    """Return a pass that holds ``term`` for other periods or another policy.

    Unless ``remade``, its movements are those of ``base``, which the policy must not change.
    """
    session.engine.register(f"{place}period", period_table(tuple(found)))
    if remade:
        stages = (points.STAGE, movement.STAGE, flow.STAGE, terms.STAGE)
        return session.run_pass(stages, [base.as_of], place=place, policy=policy)
    session.engine.create(f"{place}movement", exp.select("*").from_(f"{base.place}movement"))
    return session.run_pass((flow.STAGE, terms.STAGE), [base.as_of], place=place, policy=policy)


def _months(first: date, last: date) -> pa.Table:
    """Return the months for cohorts: those of the periods, and two years at least."""
    back = date(last.year - 2, last.month, 1)
    every = periods(min(first, back), last, "month", 1)
    return (
        period_table(every)
        .rename_columns(["month_from", "month_until"])
        .append_column("number", pa.array(range(len(every)), pa.int64()))
        .append_column("whole", pa.array([p.whole for p in every], pa.bool_()))
    )


def _walks(run: Pass, found: Sequence[Period]) -> tuple[Walk, ...]:
    whole = {row["period_from"]: row for row in run.fetch(_WALK.bind()).to_pylist()}
    sizes = {row["period_from"]: row for row in run.fetch(_CUSTOMERS.bind()).to_pylist()}
    products: dict[date, dict[str | None, Mapping[str, Any]]] = {}
    for row in run.fetch(_of_products()).to_pylist():
        products.setdefault(row["period_from"], {})[row["product_id"]] = _amounts(row)
    return tuple(
        Walk(
            period,
            _amounts(whole.get(period.start, {})),
            products.get(period.start, {}),
            sizes.get(period.start, {}).get("opening_customers", 0),
            sizes.get(period.start, {}).get("closing_customers", 0),
        )
        for period in found
    )


def _of_products() -> exp.Query:
    query = _WALK.bind().select("product_id").group_by("product_id")
    return query.order_by("period_from", "product_id")


def _amounts(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row.get(name, 0) for name in ("opening", *FLOWS, "closing")}


def _readings(run: Pass, found: Sequence[Period]) -> tuple[tuple[Reading, ...], ...]:
    totals = _by_period(run.fetch(TOTALS.bind()).to_pylist())
    steps = _by_period(_rows(run, "conversion", "period_from", "figure"))
    return tuple((*ratios(totals.get(p.start, [])), *conversions(steps.get(p.start, []))) for p in found)


def _shop(run: Pass, found: Sequence[Period]) -> tuple[tuple[Reading, ...], ...]:
    rows = {row["period_from"]: row for row in _rows(run, "purchase", "period_from")}
    return tuple(tuple(shop(rows.get(period.start))) for period in found)


def _by_period(rows: list[dict[str, Any]]) -> dict[date, list[dict[str, Any]]]:
    grouped: dict[date, list[dict[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(row["period_from"], []).append(row)
    return grouped


def _rows(run: Pass, table: str, *order: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = run.fetch(exp.select("*").from_(table).order_by(*order)).to_pylist()
    return [{name: value for name, value in row.items() if name != "as_of"} for row in rows]


def movements_of(session: Session, as_of: date, since: date, customer: str | None) -> list[dict[str, Any]]:
    """Return every movement from a day on, of all customers or one (by id), oldest first.

    Raises UnknownName for a customer who is not there.
    """
    run = session.run_pass((points.STAGE, movement.STAGE), [as_of], place="kpi_")
    if customer is not None:
        known = run.fetch(_KNOWN.bind())["customer_id"].to_pylist()
        if customer not in known:
            raise UnknownName("customer", customer, known)
    rows = run.fetch(_MOVEMENTS.bind(since=since, everybody=customer is None, customer=customer or ""))
    found: list[dict[str, Any]] = rows.to_pylist()
    return found
