"""Rates on hand-made contracts: who counts, and what each named setting changes, customer by customer."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlglot import exp

from build import noon
from kpis.revenue_case import POLICY, contract, rate, session_of
from minori.kpis.periods import periods
from minori.kpis.variants import UNTOLD, variants
from minori.lake.types import arrow_schema
from minori.pipeline.proof.compared import Difference, compare
from minori.pipeline.proof.kpi import Kpis, kpis, revenue_pass
from minori.policy.definitions import Policy
from minori.schema.proof import PROOF

FROM, UNTIL = date(2025, 4, 1), date(2026, 3, 31)
ROWS = [
    contract("light", "01-01", "06-01", 100, customer_id="back"),
    contract("light", "09-01", None, 90, customer_id="back"),
    contract("light", "01-01", "07-01", 200, customer_id="grows", quantity=10),
    contract("light", "07-01", "2026-01-01", 260, customer_id="grows", quantity=13),
    contract("standard", "2026-01-01", None, 300, customer_id="grows", quantity=13),
    contract("light", "01-01", "08-01", 100, customer_id="shrinks", quantity=10),
    contract("light", "08-01", None, 70, customer_id="shrinks", quantity=7),
    contract("light", "05-01", "07-01", 50, customer_id="visitor"),
    contract("light", "05-01", "10-01", 40, customer_id="newcomer", quantity=1),
    contract("light", "10-01", None, 80, customer_id="newcomer", quantity=2),
    contract("analytics", "11-01", None, 10, customer_id="newcomer"),
    contract("light", "01-01", None, 5, customer_id="unknown", currency="EUR"),
]


def computed(root: Path, policy: Policy = POLICY, rows: Any = ROWS, **more: Any) -> Kpis:
    session = session_of(root, rows, policy, **more)
    found = kpis(session, UNTIL, "fiscal-year", FROM)
    session.engine.close()
    return found


def values(found: Kpis) -> Mapping[str, Any]:
    return {reading.figure.id: reading.value for reading in found.readings[0]}


class TestRates:
    def test_count_the_customers_of_the_start(self, tmp_path: Path) -> None:
        found = computed(tmp_path)
        got = values(found)
        assert got["nrr"] == round((400 + 100 - 30 - 100) / 400, 9)
        assert got["grr"] == round((400 - 30 - 100) / 400, 9)
        assert got["logo_churn"] == round(1 / 3, 9)
        assert got["quick_ratio"] == pytest.approx((90 + 100 + 90) / (30 + 100))
        assert got["arpa"] == Decimal(90 + 300 + 70 + 90) / 4
        assert got["existing_share"] == round((90 + 300 + 70) / 550, 9)
        assert {r.figure.id: r.sample for r in found.readings[0]}["nrr"] == 3

    def test_walk_of_the_year_counts_what_newcomers_add_as_new(self, tmp_path: Path) -> None:
        amounts = {k: v for k, v in computed(tmp_path).walks[0].amounts.items() if v}
        assert amounts == {
            "opening": 400, "new": 90, "upsell": 100, "downsell": -30, "churn": -100, "reactivation": 90, "closing": 550
        }  # fmt: skip

    def test_successes_are_divided_by_all_customers(self, tmp_path: Path) -> None:
        got = values(computed(tmp_path))
        assert (got["upsell_rate"], got["cross_sell_rate"]) == (0.5, 0.25)
        each = POLICY.model_copy(
            update={"revenue": POLICY.revenue.model_copy(update={"rate_counts": "successes"})}
        )
        assert values(computed(tmp_path / "each", each))["upsell_rate"] == 0.75

    def test_the_unknown_are_left_out_and_named(self, tmp_path: Path) -> None:
        found = computed(tmp_path)
        assert [row["customer_id"] for row in found.unknown] == ["unknown"]
        rates = [rate("EUR", "2024-01-01", 10)]
        assert values(computed(tmp_path / "rate", rates=rates))["grr"] == round((450 - 130) / 450, 9)

    def test_nothing_at_the_start_is_no_rate(self, tmp_path: Path) -> None:
        found = computed(tmp_path, rows=[contract("light", "05-01", None, 100)])
        nrr = found.readings[0][0]
        assert nrr.value is None
        assert nrr.missing is not None and nrr.missing.en == "no MRR at the start"

    def test_currency_is_shown_apart_at_the_opening_rate(self, tmp_path: Path) -> None:
        rows = [
            contract("light", "01-01", "09-01", 10, currency="USD"),
            contract("light", "01-01", None, 10, currency="USD", customer_id="stays"),
        ]
        rates = [rate("USD", "2024-12-01", 150), rate("USD", "06-01", 160)]
        found = computed(tmp_path, rows=rows, rates=rates)
        amounts = {k: v for k, v in found.walks[0].amounts.items() if v}
        assert amounts == {"opening": 3000, "churn": -1500, "currency": 100, "closing": 1600}
        assert values(found)["grr"] == 0.5


class TestVariants:
    def differences(self, root: Path) -> dict[tuple[str, str], Difference]:
        session = session_of(root, ROWS)
        found = compare(session, UNTIL, "fiscal-year", FROM)
        session.engine.close()
        return {(d.variant.setting, d.base.figure.id): d for d in found}

    def test_every_difference_is_the_sum_of_its_customers(self, tmp_path: Path) -> None:
        found = self.differences(tmp_path)
        for difference in found.values():
            if difference.base.value is None or difference.other.value is None:
                continue
            total = sum((item.adds or Decimal(0) for item in difference.items), Decimal(0))
            gap = float(difference.other.value) - float(difference.base.value)
            assert float(total) == pytest.approx(gap, abs=1e-8)
        who = {key: [item.customer_id for item in d.items] for key, d in found.items() if d.items}
        assert who == {
            ("newcomers", "nrr"): ["newcomer"],
            ("same_period", "quick_ratio"): ["visitor"],
            ("same_period", "logo_churn"): ["visitor"],
            ("reactivation", "nrr"): ["back"],
            ("reactivation", "logo_churn"): ["back"],
            ("contraction", "nrr"): ["shrinks"],
            ("rate_counts", "upsell_rate"): ["grows"],
            ("option_counts_as", "cross_sell_rate"): ["newcomer"],
        }

    def test_reactivation_that_offsets_churn(self, tmp_path: Path) -> None:
        difference = self.differences(tmp_path)["reactivation", "nrr"]
        assert (difference.base.value, difference.other.value) == (0.925, 1.15)
        assert difference.items[0].adds == Decimal("0.225")

    def test_metered_plans_can_be_set_apart(self, tmp_path: Path) -> None:
        catalog = POLICY.model_dump(by_alias=True)["catalog"]
        catalog["products"]["desk"]["plans"]["basic"]["model"] = "metered"
        policy = Policy.model_validate({"catalog": catalog})
        rows = [contract("light", "01-01", None, 100), contract("basic", "01-01", "06-01", 100)]
        session = session_of(tmp_path, rows, policy)
        found = [d for d in compare(session, UNTIL, "fiscal-year", FROM) if d.variant.setting == "metered"]
        session.engine.close()
        grr = next(d for d in found if d.base.figure.id == "grr")
        assert (grr.base.value, grr.other.value) == (0.5, 1.0)
        assert [item.adds for item in grr.items] == [Decimal("0.5")]

    def test_what_facts_cannot_tell_is_said(self) -> None:
        assert {untold.setting for untold in UNTOLD} == {"coupon", "past_due", "metered_usage"}
        assert all("cannot be told from these facts" in untold.why.en for untold in UNTOLD)
        assert "metered" not in {variant.setting for variant in variants(POLICY)}


TABLES = (
    "movement",
    "flow",
    "customer_flow",
    "term",
    "cohort",
    "conversion",
    "tier",
    "customer_order",
    "purchase",
    "purchase_cohort",
)


def test_tables_are_as_declared(tmp_path: Path) -> None:
    order = {"order_id": "o", "customer_id": "back", "ordered_at": noon(FROM), "amount": 5, "currency": "JPY"}
    session = session_of(tmp_path, ROWS, orders=[order])
    run = revenue_pass(session, UNTIL, periods(FROM, UNTIL, "quarter", 4))
    for name in TABLES:
        rows = run.fetch(exp.select("*").from_(name))
        assert rows.schema == arrow_schema(PROOF[name], technical=False), name
        assert rows.num_rows, name
    session.engine.close()
