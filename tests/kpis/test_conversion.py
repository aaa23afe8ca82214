"""Trials, free users and payers a step further; plans chosen; retention by start month."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kpis.facts_in_engine import engine_in, pass_over
from kpis.revenue_case import POLICY, contract
from minori.kpis import cohorts, conversion, movement
from minori.kpis.periods import periods

UNTIL = date(2025, 12, 31)
YEAR = periods(date(2025, 1, 1), UNTIL, "fiscal-year", 1)
MONTHS = periods(date(2025, 1, 1), UNTIL, "month", 1)


def computed(folder: Path, rows: Iterable[Mapping[str, Any]], table: str) -> list[dict[str, Any]]:
    from sqlglot import exp

    stages = (movement.STAGE, conversion.STAGE, cohorts.STAGE)
    with engine_in(folder) as engine:
        run = pass_over(engine, stages, {"contracts": rows}, UNTIL, POLICY, YEAR, MONTHS)
        return run.fetch(exp.select("*").from_(table)).to_pylist()


def conversions(folder: Path, rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[int, int]]:
    return {r["figure"]: (r["successes"], r["sample"]) for r in computed(folder, rows, "conversion")}


def trial(customer: str, start: str, end: str | None, **more: Any) -> dict[str, Any]:
    return contract("premium", start, end, 0, customer_id=customer, is_trial=True, **more)


class TestTrials:
    def test_a_paid_contract_within_the_grace_is_an_upgrade(self, tmp_path: Path) -> None:
        rows = [
            trial("at once", "03-01", "03-15"),
            contract("premium", "03-15", None, 300, customer_id="at once"),
            trial("in time", "03-01", "03-15"),
            contract("light", "04-14", None, 100, customer_id="in time"),
            trial("late", "03-01", "03-15"),
            contract("light", "04-15", None, 100, customer_id="late"),
            trial("other product", "03-01", "03-15"),
            contract("basic", "03-15", None, 40, customer_id="other product"),
            trial("too early to say", "12-01", "12-15"),
        ]
        assert conversions(tmp_path, rows)["trial_upgrade"] == (2, 4)

    def test_who_pays_already_must_take_the_plan_that_was_tried(self, tmp_path: Path) -> None:
        rows = [
            contract("light", "01-01", "03-15", 100, customer_id=customer, contract_id=customer)
            for customer in ("seats", "plan")
        ]
        rows += [trial("seats", "03-01", "03-15"), trial("plan", "03-01", "03-15")]
        rows += [
            contract("light", "03-15", None, 200, customer_id="seats", contract_id="more"),
            contract("premium", "03-15", None, 300, customer_id="plan"),
        ]
        assert conversions(tmp_path, rows)["trial_upgrade"] == (1, 2)

    def test_a_trial_is_over_on_its_last_day_even_if_nobody_closed_it(self, tmp_path: Path) -> None:
        rows = [trial("a", "03-01", None, trial_ends_on=date(2025, 3, 15))]
        assert conversions(tmp_path, rows)["trial_upgrade"] == (0, 1)


def test_free_users_who_pay_and_payers_who_take_an_option(tmp_path: Path) -> None:
    before = "2024-06-01"
    rows = [
        contract("free", before, "05-01", 0, customer_id="pays"),
        contract("light", "05-01", None, 100, customer_id="pays"),
        contract("free", before, None, 0, customer_id="stays free"),
        contract("free", "02-01", "03-01", 0, customer_id="came within"),
        contract("light", "03-01", None, 100, customer_id="came within"),
        contract("light", before, None, 100, customer_id="option"),
        contract("analytics", "06-01", None, 30, customer_id="option"),
        contract("light", before, None, 100, customer_id="had one"),
        contract("analytics", before, None, 30, customer_id="had one"),
        contract("light", before, None, 100, customer_id="none"),
    ]
    got = conversions(tmp_path, rows)
    assert (got["free_to_paid"], got["paid_to_option"]) == ((1, 2), (1, 2))


def test_plans_chosen_are_not_plans_renewed(tmp_path: Path) -> None:
    rows = [
        contract("light", "2024-01-01", "02-01", 100, customer_id="renews", contract_id="1"),
        contract("light", "02-01", None, 110, customer_id="renews", contract_id="2"),
        contract("light", "2024-01-01", "02-01", 100, customer_id="rises"),
        contract("standard", "02-01", None, 180, customer_id="rises"),
        contract("light", "03-01", "04-01", 100, customer_id="leaves"),
    ]
    got = {r["plan_id"]: (r["chosen"], r["held"]) for r in computed(tmp_path, rows, "tier")}
    assert got == {"light": (1, 1), "standard": (1, 1)}


def test_cohorts_keep_who_comes_back(tmp_path: Path) -> None:
    rows = [
        contract("light", "01-10", "03-10", 100, customer_id="back"),
        contract("light", "06-10", None, 50, customer_id="back"),
        contract("light", "01-20", None, 100, customer_id="stays"),
        contract("light", "02-20", None, 70, customer_id="later"),
    ]
    cells = [c for c in computed(tmp_path, rows, "cohort") if c["start_month"] == date(2025, 1, 1)]
    got = {c["months"]: (c["started"], c["customers"], int(c["mrr"])) for c in cells}
    assert [got[n] for n in (0, 1, 2, 4, 5, 11)] == [
        (2, 2, 200), (2, 2, 200), (2, 1, 100), (2, 1, 100), (2, 2, 150), (2, 2, 150)
    ]  # fmt: skip
    assert max(got) == 11
