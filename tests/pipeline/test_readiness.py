"""The readiness sheet: what is missing today is never expected today."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from build import TODAY, ago, both, noon, session_with
from minori.pipeline.readiness import Criterion, readiness
from minori.policy.definitions import Policy

POLICY: dict[str, Any] = {
    "metrics": {"level": {"label": both("l"), "last": "value of gauges where name = 'level'"}},
}


def sheet(root: Path, when: str, weekly: list[float]) -> Criterion:
    """The criterion for a customer with these weekly levels, the newest last."""
    words = {"label": both("p"), "hypothesis": both("h"), "because": both("b"), "offer": {"kind": "help"}}
    policy = Policy.model_validate({**POLICY, "plays": {"p": {"id": "p", "when": when, **words}}})
    facts = {
        "customers": [{"customer_id": "c", "started_on": ago(200)}],
        "gauges": [
            {"customer_id": "c", "name": "level", "observed_at": noon(ago(7 * back)), "value": value}
            for back, value in enumerate(reversed(weekly))
        ],
    }
    session = session_with(root, facts, policy)
    (criterion,) = readiness(session, TODAY, "c", list(policy.plays.values()))
    session.engine.close()
    return criterion


def tomorrow() -> date:
    return TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("when", "weekly"),
    [
        ("level < 1", [1.0] * 10),  # at the bound and flat
        ("level > 1", [1.0] * 10),
        ("level < 1", [n / 10 for n in range(1, 11)]),  # at the bound and moving away
    ],
)
def test_what_stays_at_its_bound_is_not_expected(tmp_path: Path, when: str, weekly: list[float]) -> None:
    got = sheet(tmp_path, when, weekly)
    assert (got.met, got.value, got.threshold, got.expected_on) == (False, 1.0, 1.0, None)


def test_what_falls_to_its_bound_is_expected_tomorrow(tmp_path: Path) -> None:
    got = sheet(tmp_path, "level < 1", [10.0 - n for n in range(10)])
    assert (got.met, got.expected_on, got.earliest_on) == (False, tomorrow(), tomorrow())


def test_a_line_that_is_further_than_the_newest_value(tmp_path: Path) -> None:
    got = sheet(tmp_path, "level >= 10", [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 9.0, 10.5, 12.0, 9.9])
    assert got.met is False
    assert got.expected_on == tomorrow()


def test_what_is_far_away_has_its_date(tmp_path: Path) -> None:
    got = sheet(tmp_path, "level >= 16", [float(n) for n in range(1, 11)])
    assert got.expected_on == TODAY + timedelta(days=42)
