"""Opening + movements = closing, to the smallest unit, for every period and product of random contract histories.

The oracle is a plain step function over days, written without looking at the stage's SQL.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpis.facts_in_engine import engine_in, pass_over
from kpis.revenue_case import POLICY, contract, rate
from minori.kpis import flow, movement, terms
from minori.kpis.periods import BY, By, periods
from minori.lake.engines.duckdb import DuckDBEngine
from minori.pipeline.proof.kpi import FLOWS
from minori.policy.revenue import Revenue
from minori.query.sql import sql

FIRST, UNTIL = date(2025, 1, 1), date(2025, 9, 20)
PLANS = {"light": "suite", "standard": "suite", "premium": "suite", "analytics": "suite", "basic": "desk"}
RATES = [rate("USD", "2024-12-15", 150), rate("USD", "02-01", 151.5), rate("USD", "05-17", 139.25)]
Row = Mapping[str, Any]


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A few customers with contracts that overlap, follow each other, leave gaps, end or go on."""
    rows = []
    for number in range(draw(st.integers(1, 12))):
        start = draw(st.integers(0, 250))
        length = draw(st.one_of(st.none(), st.integers(1, 120)))
        end = None if length is None else FIRST + timedelta(days=start + length)
        rows.append(
            contract(
                draw(st.sampled_from(sorted(PLANS))),
                (FIRST + timedelta(days=start)).isoformat(),
                end.isoformat() if end else None,
                Decimal(draw(st.sampled_from([0, 1, 999, 1000, 33333]))) / draw(st.sampled_from([1, 3, 7])),
                customer_id=draw(st.sampled_from("abc")),
                contract_id=str(number),
                currency=draw(st.sampled_from(["JPY", "JPY", "USD"])),
                quantity=draw(st.sampled_from([None, 5, 10])),
                is_trial=draw(st.sampled_from([False, False, False, True])),
            )
        )
    return [{**row, "mrr": row["mrr"].quantize(Decimal("0.0001"))} for row in rows]


def level(rows: list[dict[str, Any]], customer: str, product: str, day: date) -> Decimal:
    """MRR at the end of a day, gaps of up to 30 days bridged, day by day and row by row."""
    own = [r for r in rows if r["customer_id"] == customer and not r["is_trial"] and r["starts_on"] <= UNTIL]
    total = Decimal(0)
    for row in own:
        if PLANS[row["plan_id"]] == product and row["starts_on"] <= day < _end(row, own):
            total += _worth(row, day)
    return total


def _end(row: Row, own: list[dict[str, Any]]) -> date:
    end: date = row["ends_on"] or date.max
    if end > UNTIL:
        return date.max
    if not row["mrr"]:
        return end
    paying = [r for r in own if r["mrr"]]
    cell = [r for r in paying if _cell(r) == _cell(row)]
    return max(_bridged(end, cell), _bridged(end, paying))


def _cell(row: Row) -> tuple[str, str]:
    return PLANS[row["plan_id"]], row["plan_id"] if row["plan_id"] == "analytics" else ""


def _bridged(end: date, rows: list[dict[str, Any]]) -> date:
    """The next start within 30 days, if nothing is held in between and nothing ends later before it."""
    if any(r["starts_on"] <= end and (r["ends_on"] or date.max) > end for r in rows):
        return end
    starts = [r["starts_on"] for r in rows if r["starts_on"] > end]
    return min(starts) if starts and (min(starts) - end).days <= 30 else end


def _worth(row: Row, day: date) -> Decimal:
    mrr: Decimal = row["mrr"]
    if row["currency"] == "JPY":
        return mrr
    newest = max((r for r in RATES if r["on"] <= day), key=lambda r: r["on"])
    return (mrr * Decimal(str(newest["rate"]))).quantize(Decimal("0.0001"), rounding="ROUND_HALF_UP")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with engine_in(tmp_path_factory.mktemp("flow")) as engine:
        yield engine


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=histories(),
    by=st.sampled_from(BY),
    newcomers=st.sampled_from(["net", "by_kind"]),
    same_period=st.sampled_from(["ignored", "counted"]),
)
def test_opening_and_movements_are_closing(
    engine: DuckDBEngine, rows: list[dict[str, Any]], by: By, newcomers: Any, same_period: Any
) -> None:
    revenue = Revenue(newcomers=newcomers, same_period=same_period)
    policy = POLICY.model_copy(update={"revenue": revenue})
    found = periods(FIRST, UNTIL, by, 4)
    facts = {"contracts": rows, "rates": RATES}
    run = pass_over(engine, (movement.STAGE, flow.STAGE, terms.STAGE), facts, UNTIL, policy, found)
    flows = run.fetch(sql("select * from flow").bind()).to_pylist()
    seen = {(f["period_from"], f["customer_id"], f["product_id"]): f for f in flows}
    for period in found:
        for customer in {row["customer_id"] for row in rows}:
            for product in sorted(set(PLANS.values())):
                got = seen.get((period.start, customer, product), dict.fromkeys(("opening", "closing"), 0))
                before, after = period.start - timedelta(days=1), period.until - timedelta(days=1)
                assert got["opening"] == level(rows, customer, product, before)
                assert got["closing"] == level(rows, customer, product, after)
    for one in flows:
        assert one["opening"] + sum(one[name] for name in FLOWS) == one["closing"]
        assert one["unknown"] == 0
        assert one["new"] >= 0 or newcomers == "net"
        if newcomers == "by_kind":
            assert one["churn"] <= 0 <= one["reactivation"]
        if all(r["currency"] == "JPY" for r in rows if r["customer_id"] == one["customer_id"]):
            assert one["currency"] == 0
    check_movements(run)


def check_movements(run: Any) -> None:
    """Kinds have the sign that their name says, and who churns pays nothing."""
    rows = run.fetch(
        sql("""select customer_id, product_id, day, kind, sum(amount) as amount from movement
               group by customer_id, product_id, day, kind""").bind()
    ).to_pylist()
    signs = {"new": 1, "reactivation": 1, "cross_sell": 1, "churn": -1}
    assert all(row["amount"] * signs[row["kind"]] > 0 for row in rows if row["kind"] in signs)
