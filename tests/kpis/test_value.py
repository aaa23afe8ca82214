"""LTV of contracts and of orders, counted by hand."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from build import noon, session_with
from kpis.revenue_case import POLICY, contract, session_of
from minori.core.figure import Reading
from minori.kpis import value_figures as figures
from minori.kpis import value_what_if_figures as less
from minori.kpis.value_figures import FIGURES
from minori.pipeline.proof.value import Valued, Values, values
from minori.policy.definitions import Policy

UNTIL = date(2026, 3, 31)
FIRST = date(2025, 4, 1)
A = contract("light", "2024-01-01", "2025-07-01", 1000)
B = contract("light", "2024-01-01", None, 2000, customer_id="b")
C = contract("standard", "2025-10-01", None, 3000, customer_id="c")
GONE_EARLY = contract("light", "2024-01-01", "2024-10-01", 4000, customer_id="d")
DAYS = {"a": 91, "b": 335, "c": 152}  # of the period, less the renewal grace of 30 days
ALL_DAYS = sum(DAYS.values())


def valued(
    root: Path, contracts: Iterable[Mapping[str, Any]], by: Any = None, policy: Policy = POLICY, **more: Any
) -> Values:
    session = session_of(root, contracts, policy, **more)
    try:
        return values(session, UNTIL, FIRST, by)
    finally:
        session.engine.close()


def whole(found: Values, basis: Any = "contracts") -> Valued:
    one = found.of(basis)
    assert one is not None
    return one


def reading(one: Valued, figure: Any, of: str = "readings") -> Reading:
    return next(r for r in getattr(one, of) if r.figure is figure)


def cost(kind: str, amount: int, day: date, customer: str = "c", **more: Any) -> dict[str, Any]:
    name = f"{kind}-{customer}-{day}"
    row = {"cost_id": name, "customer_id": customer, "kind": kind, "amount": amount, "currency": "JPY"}
    return {**row, "spent_on": day, **more}


COSTS = [
    cost("acquisition", 500, date(2025, 4, 20), "lost prospect"),
    cost("acquisition", 1500, date(2025, 9, 20)),
    cost("retention", 100, date(2025, 4, 5), "a"),
    cost("retention", 200, date(2025, 12, 5), "b"),
    cost("retention", 700, date(2026, 3, 20), "b"),  # within the grace: not counted, as its days are not
]


class TestContracts:
    def test_price_frequency_duration(self, tmp_path: Path) -> None:
        one = whole(valued(tmp_path, [A, B, C]))
        months = Fraction(ALL_DAYS * 12 * 4, 1461)
        assert (one.after.days, one.after.lost, one.after.won, one.after.customers) == (ALL_DAYS, 1, 1, 3)
        paid = 91 * 1000 + 335 * 2000 + 152 * 3000
        assert reading(one, figures.PRICE).value == round(Fraction(paid, ALL_DAYS))
        assert reading(one, figures.FREQUENCY).value == 12
        assert reading(one, figures.DURATION).value == pytest.approx(float(months))
        assert reading(one, figures.LTV).value == round(Fraction(paid * 48, 1461))
        assert reading(one, figures.LTV_MARGIN).value == round(Fraction(paid * 48, 1461) * Fraction(8, 10))

    def test_costs(self, tmp_path: Path) -> None:
        one = whole(valued(tmp_path, [A, B, C], costs=COSTS))
        years, paid = Fraction(ALL_DAYS * 4, 1461), 91 * 1000 + 335 * 2000 + 152 * 3000
        assert reading(one, figures.CAC).value == 2000  # also what was spent in vain
        assert reading(one, figures.KEEP).value == round(300 / years)
        margin = Fraction(paid * 48, 1461) * Fraction(8, 10)
        assert reading(one, figures.LTV_NET).value == round(
            margin - 2000 - 300
        )  # one customer's time was watched
        assert reading(one, figures.TO_CAC).value == pytest.approx(float(margin / 2000))
        assert reading(one, figures.PAYBACK).value == pytest.approx(2000 / (paid / ALL_DAYS * 0.8))
        assert reading(one, less.ONE_FIVE, "what_if").value == pytest.approx(float(2000 / (300 / years)))

    def test_costs_are_unknown_before_they_are_on_record(self, tmp_path: Path) -> None:
        for number, costs in enumerate(([], COSTS[1:2], [cost("acquisition", 5, FIRST, currency="XAU")])):
            one = whole(valued(tmp_path / str(number), [A, B, C], costs=costs))
            for figure in (figures.CAC, figures.KEEP, figures.LTV_NET, figures.TO_CAC, figures.PAYBACK):
                found = reading(one, figure)
                assert found.value is None
                assert found.missing is not None
                assert found.missing.en == "cost unknown"

    def test_nobody_lost_is_no_endless_value(self, tmp_path: Path) -> None:
        one = whole(valued(tmp_path, [B, C]))
        found = reading(one, figures.LTV)
        assert found.value is None
        assert found.low is not None
        assert found.low > 0
        assert found.high is None

    def test_margin_is_that_of_what_was_paid(self, tmp_path: Path) -> None:
        data = POLICY.model_dump(mode="json", exclude_unset=True)
        data["catalog"]["products"]["suite"]["gross_margin"] = 0.5
        data["catalog"]["products"]["desk"]["gross_margin"] = 0.9
        desk = contract("basic", "2024-01-01", None, 2000, customer_id="b")
        found = valued(tmp_path, [A, desk], policy=Policy.model_validate(data))
        share = (91 * 1000 * 0.5 + 335 * 2000 * 0.9) / (91 * 1000 + 335 * 2000)
        assert reading(whole(found), figures.MARGIN).value == pytest.approx(share)
        assert not found.margin_assumed

    def test_change_adds_up(self, tmp_path: Path) -> None:
        one = whole(valued(tmp_path, [A, B, C, GONE_EARLY]))
        before = reading(one, figures.LTV, "readings_before").value
        now, change = reading(one, figures.LTV).value, reading(one, figures.CHANGE, "change").value
        assert isinstance(now, Decimal)
        assert isinstance(before, Decimal)
        assert change == now - before
        parts = [reading(one, figure, "change").value for figure in figures.PARTS]
        assert sum(part for part in parts if isinstance(part, Decimal)) == change
        assert parts[1] == 0

    def test_who_leaves_is_found_in_the_class_it_had(self, tmp_path: Path) -> None:
        found = valued(tmp_path, [A, B, C], "plan")
        by_plan = {one.name: one.after for one in found.found if one.name}
        assert {name: (s.days, s.lost, s.won) for name, s in by_plan.items()} == {
            "light": (91 + 335, 1, 0),
            "standard": (152, 0, 1),
        }

    def test_rates_are_those_of_the_day(self, tmp_path: Path) -> None:
        dollars = contract("light", "2024-01-01", None, 10, customer_id="b", currency="USD")
        rates = [{"currency": "USD", "on": date(2024, 1, 1), "rate": 150.0}]
        one = whole(valued(tmp_path, [A, dollars], rates=rates))
        assert one.after.amount == 91 * 1000 + 335 * 1500


class TestLess:
    def test_five_percent_less_churn(self, tmp_path: Path) -> None:
        one = whole(valued(tmp_path, [A, B, C], costs=COSTS))
        assert reading(one, less.RELATIVE_MARGIN, "what_if").value == pytest.approx(1 / 0.95 - 1)
        net = float(reading(one, figures.LTV_NET).value or 0) + 2000
        more = reading(one, less.RELATIVE_PROFIT, "what_if").value
        assert more == pytest.approx(net * (1 / 0.95 - 1) / (net - 2000), rel=1e-4)

    def test_a_point_less(self, tmp_path: Path) -> None:
        one = whole(valued(tmp_path, [A, B, C]))
        churn = float(reading(one, figures.CHURN).value or 0)
        assert reading(one, less.LEFT_TODAY, "what_if").value == pytest.approx((1 - churn) ** 60)
        assert reading(one, less.LEFT_LESS, "what_if").value == pytest.approx((1 - churn + 0.01) ** 60)


class TestOrders:
    """a orders every 20 days until it stops; b orders all the time; the silence is then 30 days."""

    def facts(self) -> dict[str, list[dict[str, Any]]]:
        start = date(2025, 1, 1)
        days = {
            "a": [start + timedelta(20 * n) for n in range(10)],
            "b": [start + timedelta(20 * n) for n in range(23)],
        }
        orders = [
            {
                "order_id": f"{c}{day}",
                "customer_id": c,
                "ordered_at": noon(day),
                "amount": 600 if c == "a" else 900,
            }
            for c, every in days.items()
            for day in every
        ]
        customers = [{"customer_id": c, "name": c, "started_on": start} for c in days]
        return {"customers": customers, "orders": orders}

    def test_by_hand(self, tmp_path: Path) -> None:
        session = session_with(tmp_path, self.facts(), POLICY)
        try:
            one = whole(values(session, UNTIL, FIRST), "orders")
        finally:
            session.engine.close()
        # a: last order 2025-06-30, so there until 2025-07-30; b: last order 2026-03-17, there to the end
        days = (date(2025, 7, 30) - FIRST).days + 365
        orders_a = sum(
            row["ordered_at"].date() >= FIRST for row in self.facts()["orders"] if row["customer_id"] == "a"
        )
        orders_b = sum(
            row["ordered_at"].date() >= FIRST for row in self.facts()["orders"] if row["customer_id"] == "b"
        )
        paid = 600 * orders_a + 900 * orders_b
        assert reading(one, figures.SILENCE).value == 30
        assert (one.after.days, one.after.lost, one.after.orders) == (days, 1, orders_a + orders_b)
        assert reading(one, figures.PRICE).value == round(Fraction(paid, orders_a + orders_b))
        assert reading(one, figures.LTV).value == paid  # one lost: all that was paid is one lifetime's

    def test_nothing_is_known_before_one_silence_has_passed(self, tmp_path: Path) -> None:
        session = session_with(tmp_path, self.facts(), POLICY)
        try:
            one = whole(values(session, UNTIL, date(2025, 1, 1)), "orders")
        finally:
            session.engine.close()
        assert one.window.start == date(2025, 1, 31)
        assert one.before is None


def test_figures_are_declared_once() -> None:
    names = [figure.id for figure in (*FIGURES, *less.FIGURES)]
    assert len(names) == len(set(names))
