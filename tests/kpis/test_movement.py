"""Each movement by what made it, on hand-made contracts in a real lake."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kpis.revenue_case import POLICY, contract, movements, rate, session_of, told
from minori.lake.types import arrow_schema
from minori.policy.definitions import Policy
from minori.schema.proof import PROOF


class TestKinds:
    def test_new_then_each_cause_of_upsell_and_downsell(self, tmp_path: Path) -> None:
        rows = [
            contract("light", "01-01", "02-01", 100, quantity=10),
            contract("light", "02-01", "03-01", 150, quantity=15),
            contract("standard", "03-01", "04-01", 300, quantity=15),
            contract("standard", "04-01", "05-01", 330, quantity=15),
            contract("standard", "05-01", None, 220, quantity=10),
        ]
        assert told(movements(tmp_path, rows)) == [
            ("01-01", "new", "start", 100),
            ("02-01", "upsell", "seats", 50),
            ("03-01", "upsell", "plan", 150),
            ("04-01", "upsell", "price", 30),
            ("05-01", "downsell", "seats", -110),
        ]

    def test_another_product_is_cross_sell_and_losing_one_of_two_is_downsell(self, tmp_path: Path) -> None:
        rows = [contract("light", "01-01", None, 100), contract("basic", "02-01", "03-01", 40)]
        got = movements(tmp_path, rows)
        assert told(got)[1:] == [
            ("02-01", "cross_sell", "product", 40),
            ("03-01", "downsell", "product", -40),
        ]
        assert [row["product_id"] for row in got] == ["suite", "desk", "desk"]

    def test_everything_lost_is_churn_and_the_return_after_it_reactivation(self, tmp_path: Path) -> None:
        rows = [
            contract("light", "01-01", "03-01", 100),
            contract("basic", "01-01", "03-01", 40),
            contract("light", "06-01", None, 90),
        ]
        assert told(movements(tmp_path, rows)) == [
            ("01-01", "new", "start", 40),
            ("01-01", "new", "start", 100),
            ("03-01", "churn", "end", -40),
            ("03-01", "churn", "end", -100),
            ("06-01", "reactivation", "start", 90),
        ]

    @pytest.mark.parametrize(("counts_as", "kind"), [("cross_sell", "cross_sell"), ("upsell", "upsell")])
    def test_an_option_counts_as_the_catalogue_says_but_capacity_is_upsell(
        self, tmp_path: Path, counts_as: str, kind: str
    ) -> None:
        catalog = POLICY.catalog.model_copy(update={"option_counts_as": counts_as})
        policy: Policy = POLICY.model_copy(update={"catalog": catalog})
        rows = [
            contract("light", "01-01", None, 100),
            contract("analytics", "02-01", "04-01", 30),
            contract("storage", "03-01", None, 5),
        ]
        assert told(movements(tmp_path, rows, policy=policy))[1:] == [
            ("02-01", kind, "option", 30),
            ("03-01", "upsell", "capacity", 5),
            ("04-01", "downsell", "option", -30),
        ]

    def test_an_option_that_goes_as_the_plan_rises_is_one_movement(self, tmp_path: Path) -> None:
        rows = [
            contract("light", "01-01", "02-01", 100),
            contract("analytics", "01-01", "02-01", 30),
            contract("premium", "02-01", None, 300),
        ]
        assert told(movements(tmp_path, rows))[-1] == ("02-01", "upsell", "plan", 170)

    def test_trials_are_worth_nothing_and_free_plans_are_held(self, tmp_path: Path) -> None:
        rows = [
            contract("premium", "01-01", "02-01", 300, is_trial=True),
            contract("light", "02-01", None, 100),
            contract("basic", "01-01", "03-01", 0),
            contract("basic", "03-01", None, 40),
        ]
        assert told(movements(tmp_path, rows)) == [
            ("02-01", "new", "start", 100),
            ("03-01", "upsell", "price", 40),
        ]

    def test_a_newer_row_of_a_contract_ends_the_one_before(self, tmp_path: Path) -> None:
        rows = [
            contract("light", "01-01", None, 100, contract_id="c"),
            contract("standard", "02-01", None, 180, contract_id="c"),
        ]
        assert told(movements(tmp_path, rows))[1:] == [("02-01", "upsell", "plan", 80)]

    def test_rows_are_as_declared(self, tmp_path: Path) -> None:
        session = session_of(tmp_path, [contract("light", "01-01", None, 100)])
        from minori.kpis import movement
        from minori.metrics import points
        from minori.query.sql import sql

        run = session.run_pass((points.STAGE, movement.STAGE), [date(2026, 3, 31)])
        assert run.fetch(sql("select * from movement").bind()).schema == arrow_schema(
            PROOF["movement"], False
        )
        session.engine.close()


class TestGaps:
    @pytest.mark.parametrize(
        ("again", "kinds"),
        [("03-31", ["new", "upsell"]), ("04-01", ["new", "churn", "reactivation"])],
        ids=["within the grace", "one day more"],
    )
    def test_a_gap_within_the_grace_is_the_same_relationship(
        self, tmp_path: Path, again: str, kinds: list[str]
    ) -> None:
        rows = [contract("light", "01-01", "03-01", 100), contract("light", again, None, 120)]
        assert [row["kind"] for row in movements(tmp_path, rows)] == kinds

    def test_before_the_successor_can_be_seen_it_is_churn(self, tmp_path: Path) -> None:
        rows = [contract("light", "01-01", "03-01", 100), contract("light", "03-20", None, 100)]
        assert told(movements(tmp_path, rows, until=date(2025, 3, 19)))[-1] == ("03-01", "churn", "end", -100)
        assert told(movements(tmp_path / "later", rows, until=date(2025, 3, 20))) == [
            ("01-01", "new", "start", 100)
        ]

    def test_another_product_within_the_grace_keeps_the_customer(self, tmp_path: Path) -> None:
        rows = [contract("light", "01-01", "03-01", 100), contract("basic", "03-10", None, 40)]
        assert told(movements(tmp_path, rows))[1:] == [
            ("03-10", "cross_sell", "product", 40),
            ("03-10", "downsell", "product", -100),
        ]

    def test_an_end_that_has_not_come_is_not_seen(self, tmp_path: Path) -> None:
        rows = [contract("light", "01-01", "03-01", 100)]
        assert told(movements(tmp_path, rows, until=date(2025, 2, 28))) == [("01-01", "new", "start", 100)]


class TestCurrency:
    RATES = (rate("USD", "2024-12-01", 150), rate("USD", "02-01", 160), rate("USD", "03-01", 140))

    def test_rates_move_currency_and_nothing_else(self, tmp_path: Path) -> None:
        rows = [
            contract("light", "01-01", "03-01", 10, currency="USD"),
            contract("standard", "03-01", "04-01", 12, currency="USD"),
        ]
        got = movements(tmp_path, rows, rates=self.RATES)
        assert told(got) == [
            ("01-01", "new", "start", 1500),
            ("02-01", "currency", "rate", 100),
            ("03-01", "currency", "rate", -240),
            ("03-01", "upsell", "plan", 320),
            ("04-01", "churn", "end", -1680),
        ]
        assert [row["local_amount"] for row in got] == [Decimal(n) for n in (10, 0, 0, 2, -12)]

    def test_a_missing_rate_is_unknown_until_there_is_one(self, tmp_path: Path) -> None:
        rows = [
            contract("light", "01-01", None, 100),
            contract("basic", "01-10", None, 10, currency="USD"),
            contract("light", "01-01", None, 7, customer_id="b", currency="EUR"),
        ]
        got = movements(tmp_path, rows, rates=self.RATES[1:])
        assert [(r["customer_id"], r["product_id"], *t) for r, t in zip(got, told(got), strict=True)] == [
            ("a", "suite", "01-01", "new", "start", 100),
            ("a", "suite", "01-10", "unknown", "unpriced", -100),
            ("a", None, "01-10", "unknown", "unpriced", 0),
            ("a", "desk", "02-01", "unknown", "priced", 1600),
            ("a", "suite", "02-01", "unknown", "priced", 100),
            ("a", None, "02-01", "unknown", "priced", 0),
            ("a", "desk", "03-01", "currency", "rate", -200),
            ("b", None, "01-01", "unknown", "unpriced", 0),
        ]
