"""Lifetime value from facts: the histories, the prediction, its check on held-out time, and when there is none."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from build import TODAY, ago
from kpis.lifetime_case import contract, contracts, order, session_of, shop
from minori.core.errors import WorkspaceError
from minori.kpis import lifetime_histories, movement
from minori.kpis.lifetime_months import Ahead, Curve, Spells
from minori.kpis.lifetime_read import Lifetimes
from minori.lake.types import arrow_schema
from minori.metrics import points
from minori.pipeline.proof.lifetime import lifetimes
from minori.pipeline.session import Session
from minori.query.sql import sql
from minori.schema.proof import PROOF

_HISTORY = sql("select * from purchase_history order by as_of, customer_key")
_LATER = sql("select * from purchase_later")
_RELATIONSHIP = sql("select starts_on, ended_on, cohort, mrr from relationship order by starts_on")
STAGES = (points.STAGE, movement.STAGE, lifetime_histories.STAGE)


class TestHistories:
    def test_orders_of_a_day_are_one_purchase_net_of_its_returns(self, tmp_path: Path) -> None:
        orders = [
            order("a", ago(90), 100),
            order("a", ago(60), 300, 1),
            order("a", ago(60), 200, 2),
            order("a", ago(60), -50, 3),
            order("a", ago(40), 900, 1),
            order("a", ago(40), -900, 2),  # all taken back the same day: no purchase
            order("a", ago(30), -150),  # taken back later
        ]
        run = session_of(tmp_path, orders=orders).run_pass(STAGES, [TODAY])
        (row,) = run.fetch(_HISTORY.bind()).to_pylist()
        assert (row["repeats"], row["last_days"], row["age_days"]) == (1, 30, 90)
        assert (row["repeat_spend"], row["spend"], row["returned"]) == (450, 550, 150)

    def test_a_history_does_not_see_what_came_later(self, tmp_path: Path) -> None:
        orders = [order("a", ago(90), 100), order("a", ago(10), 300), order("b", ago(5), 100)]
        run = session_of(tmp_path, orders=orders).run_pass(STAGES, [ago(30), TODAY])
        rows = run.fetch(_HISTORY.bind()).to_pylist()
        assert [(r["as_of"], r["repeats"]) for r in rows if r["as_of"] == ago(30)] == [(ago(30), 0)]
        (later,) = run.fetch(_LATER.bind()).to_pylist()
        assert (later["as_of"], later["bought"], later["spent"]) == (ago(30), 1, 300)

    def test_an_amount_without_a_rate_is_unknown_and_still_a_purchase(self, tmp_path: Path) -> None:
        orders = [order("a", ago(90), 100), order("a", ago(10), 5, currency="USD")]
        run = session_of(tmp_path, orders=orders).run_pass(STAGES, [TODAY])
        (row,) = run.fetch(_HISTORY.bind()).to_pylist()
        assert (row["repeats"], row["repeat_spend"], row["spend"]) == (1, None, 100)

    def test_a_late_renewal_is_the_same_relationship_and_a_return_is_another(self, tmp_path: Path) -> None:
        rows = [
            contract("a", date(2024, 1, 1), date(2024, 6, 1)),
            contract("a", date(2024, 6, 15), date(2025, 1, 1)),
            contract("a", date(2025, 6, 1), None, term_months=12),
        ]
        run = session_of(tmp_path, contracts=rows).run_pass(STAGES, [TODAY])
        found = run.fetch(_RELATIONSHIP.bind()).to_pylist()
        assert [(r["starts_on"], r["ended_on"], r["cohort"]) for r in found] == [
            (date(2024, 1, 1), date(2025, 1, 1), "month"),
            (date(2025, 6, 1), None, "year"),
        ]
        assert {r["mrr"] for r in found} == {1000}


class TestRenewals:
    def test_counts_by_age(self) -> None:
        """Two leave at their first renewal, one in the third month, one stays; the youngest month is not complete."""
        starts = [date(2025, 1, 10)] * 4
        ends = [date(2025, 2, 10), date(2025, 2, 10), date(2025, 3, 25), None]
        got = Spells.of(starts, ends, [1, 1, 1, 1]).renewals(date(2025, 5, 9), 1)
        assert got.lost.tolist() == [2, 0, 1]
        assert got.kept.tolist() == [2, 2, 1]

    def test_who_left_in_an_incomplete_period_is_not_counted_before_who_stays(self) -> None:
        starts = [date(2025, 1, 1), date(2025, 1, 1), date(2024, 11, 1)]
        spells = Spells.of(starts, [date(2025, 3, 20), None, date(2024, 12, 1)], [5, 5, 1])
        got = spells.renewals(date(2025, 3, 25), 1)
        assert got.lost.tolist() == [1, 0, 0, 0]
        assert got.kept.tolist() == [10, 10, 0, 0]

    def test_renewals_before_the_first_loss_are_known_of_those_who_stayed_alone(self) -> None:
        spells = Spells.of([date(2020, 1, 1), date(2024, 11, 1)], [None, date(2024, 12, 1)], [9, 1])
        got = spells.renewals(date(2025, 1, 1), 1)
        assert got.lost.sum() == 1
        assert got.kept.sum() == 18  # of the nine since 2020, December and January alone

    def test_the_end_of_january_has_no_thirtieth_of_february(self) -> None:
        spells = Spells.of([date(2025, 1, 31)], [date(2025, 3, 1)], [12])
        assert spells.renewals(date(2025, 4, 1), 1).lost.tolist()[0] == 12

    @pytest.mark.parametrize("curve", [Curve(0.7, 4.0), Curve(None, 0.9)])
    def test_months_are_those_of_a_simulation(self, curve: Curve) -> None:
        rng = np.random.default_rng(2)
        age, n = 3, 100_000
        odds = (curve.alpha or 1.0, curve.beta + age)
        chance = np.full(n, 1 - curve.beta) if curve.alpha is None else rng.beta(*odds, n)
        lasts = rng.geometric(chance)  # leaves at the end of which period from now, 1 the present one
        paid = np.minimum(np.where(lasts == 1, 0.4 * 0.5, 0.4 + (lasts - 2) + 0.5), 12.0)
        ahead = Ahead(np.array([float(age)]), np.array([0.4]), 1, 12.0, 0.5)
        got = ahead.months(curve)
        assert got.mean[0] == pytest.approx(paid.mean(), rel=0.01)
        assert got.mean == pytest.approx(ahead.mean(curve))
        assert got.variance[0] == pytest.approx(paid.var(), rel=0.02)
        assert (got.low[0], got.high[0]) == pytest.approx(np.quantile(paid, [0.05, 0.95]), abs=1e-9)

    @pytest.mark.parametrize("curve", [Curve(0.7, 4.0), Curve(None, 0.9)])
    def test_residual_is_the_discounted_sum(self, curve: Curve) -> None:
        ahead = Ahead(np.array([3.0]), np.array([0.5]), 1, 6000.0, 0.25)
        chances, ends = ahead.chances(curve)
        worth = np.minimum(ends, 0.5)
        periods = np.maximum(ends - 0.5, 0)
        whole = np.floor(periods + 1e-9)
        rate = 1.1 ** (1 / 12)
        annuity = (1 - rate**-whole) / (1 - 1 / rate) + (periods - whole) * rate**-whole
        expected = float((chances * (worth + annuity * 1.1 ** (-0.5 / 12))).sum())
        assert ahead.residual(curve)[0] == pytest.approx(expected, rel=0.01)


@pytest.fixture(scope="module")
def of_shop(tmp_path_factory: pytest.TempPathFactory) -> Session:
    return session_of(tmp_path_factory.mktemp("shop"), orders=shop())


@pytest.fixture(scope="module")
def found(of_shop: Session) -> Lifetimes:
    return lifetimes(of_shop, TODAY, months=6)


class TestOrders:
    def test_the_model_is_judged_beside_the_plain_figure(self, found: Lifetimes) -> None:
        check = next(c for c in found.checks if c.what == "purchases")
        assert check.held_out_days == 183 and check.cut_on == TODAY - timedelta(days=183)
        assert check.used and check.gain.value > 0
        assert check.model[3].value < check.plain[3].value  # root mean squared error
        assert abs(check.model[0].value) < abs(check.plain[0].value)  # of the total
        assert all(reading.sample == check.gain.sample for reading in (*check.model, *check.plain))

    def test_every_buyer_has_one_row_with_an_interval(self, found: Lifetimes) -> None:
        rows = found.customers.to_pylist()
        assert len({row["customer_id"] for row in rows}) == len(rows) == 500
        assert {row["method"] for row in rows} == {"bgnbd"}
        assert all(row["low"] <= row["expected"] + 1 and row["expected"] <= row["high"] + 1 for row in rows)
        assert all(0 <= row["alive"] <= 1 for row in rows)

    def test_the_table_is_as_declared(self, found: Lifetimes) -> None:
        declared = arrow_schema(PROOF["lifetime"], technical=False)
        assert found.customers.schema.equals(declared)

    def test_segments_add_up_to_all(self, found: Lifetimes) -> None:
        everybody, *segments = found.totals
        assert everybody.scope == "all" and {t.segment for t in segments} == {"early", None}
        assert everybody.customers == sum(t.customers for t in segments) == 500
        assert everybody.expected.value == pytest.approx(sum(t.expected.value for t in segments), rel=1e-6)
        assert everybody.expected.low < everybody.expected.value < everybody.expected.high
        one_by_one = sum(float(row["amount"]) for row in found.customers.to_pylist())
        assert everybody.amount.value == pytest.approx(one_by_one, rel=1e-6)

    def test_nothing_after_the_day_changes_it(self, tmp_path: Path) -> None:
        rows = shop(120)
        day = ago(60)
        past = [row for row in rows if row["ordered_at"].date() <= day]
        one, other = (
            lifetimes(session_of(tmp_path / name, orders=orders), day, months=3)
            for name, orders in (("all", rows), ("past", past))
        )
        assert one.as_object() == other.as_object()

    def test_one_customer_is_not_enough_and_is_not_made_up(self, tmp_path: Path) -> None:
        orders = [order("a", ago(days), 100) for days in (300, 200, 100)]
        got = lifetimes(session_of(tmp_path, orders=orders), TODAY, months=6)
        assert got.checks == ()
        assert [m.why and m.why["en"] for m in got.models] == ["too few customers", "too few customers"]
        (row,) = got.customers.to_pylist()
        assert (row["method"], row["alive"], row["low"]) == ("plain", None, None)
        assert row["expected"] == pytest.approx(2 / 300 * 183)
        assert float(row["amount"]) == pytest.approx(2 / 300 * 183 * 100, abs=0.001)

    def test_first_orders_of_today_alone(self, tmp_path: Path) -> None:
        got = lifetimes(session_of(tmp_path, orders=[order(c, TODAY, 100) for c in "abc"]), TODAY)
        assert [row["expected"] for row in got.customers.to_pylist()] == [0, 0, 0]

    def test_where_the_model_does_not_win_the_plain_figure_is_shown(self, tmp_path: Path) -> None:
        """A shop that was closed for a season: nobody bought, which the model takes for leaving."""
        orders = [
            order(f"c{n:03d}", ago(day), 100 + n)
            for n in range(60)
            for day in range(n % 5, 400 + 10 * (n % 7), 10 + n % 6)
            if not 91 <= day < 200
        ]
        got = lifetimes(session_of(tmp_path, orders=orders), TODAY, months=3)
        (purchases,) = [c for c in got.checks if c.what == "purchases"]
        assert not purchases.used and purchases.gain.value <= 0
        assert {row["method"] for row in got.customers.to_pylist()} == {"plain"}
        assert next(m for m in got.models if m.method == "bgnbd").why is not None


class TestContracts:
    def test_leaving_chances_that_differ_are_seen(self, tmp_path: Path) -> None:
        got = lifetimes(session_of(tmp_path, contracts=contracts()), TODAY, months=12)
        (check,) = got.checks
        assert (check.basis, check.cohort, check.used) == ("contracts", "month", True)
        assert check.gain.value > 0
        assert abs(check.model[0].value) < 0.05
        rows = {row["customer_id"]: row for row in got.customers.to_pylist()}
        old = max(rows.values(), key=lambda row: row["seen"])
        young = min(rows.values(), key=lambda row: row["seen"])
        assert old["expected"] > young["expected"]
        assert old["residual_months"] > young["residual_months"]
        assert float(old["amount"]) == pytest.approx(old["expected"] * 1000, abs=0.01)
        assert all(row["low"] <= row["expected"] <= row["high"] for row in rows.values())

    def test_nobody_has_left(self, tmp_path: Path) -> None:
        rows = [contract(f"c{n:02d}", date(2024, 1 + n % 12, 1), None) for n in range(40)]
        got = lifetimes(session_of(tmp_path, contracts=rows), TODAY)
        assert got.checks == ()
        assert {row["expected"] for row in got.customers.to_pylist()} == {None}
        total = got.totals[0]
        assert (total.customers, total.unknown, total.expected.value) == (40, 40, None)
        assert total.expected.missing is not None

    def test_neither_orders_nor_contracts(self, tmp_path: Path) -> None:
        with pytest.raises(WorkspaceError, match="no orders and no contracts"):
            lifetimes(session_of(tmp_path, contracts=[contract("a", TODAY, None)]), ago(5))
