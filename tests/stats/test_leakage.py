"""The leakage guard: what is known only afterwards is refused, what looks so is flagged, drift is reported."""

import numpy as np

from minori.stats.leakage import drift, suspects
from stats.chance_case import answers, normal


def history() -> tuple[np.ndarray, np.ndarray]:
    x = normal((1000, 3), 1)
    return x, answers(x, [0.8, -0.4, 0.0], -1.0, 2)


def test_a_column_declared_to_come_after_is_refused_whatever_it_says() -> None:
    x, y = history()
    found = suspects(x, y, ["a", "b", "noise"], {"noise": "after"})
    assert [(s.column, s.refused) for s in found] == [("noise", True)]


def test_an_honest_column_is_not_flagged() -> None:
    x, y = history()
    assert suspects(x, y, ["a", "b", "noise"]) == []


def test_a_column_that_knows_the_answer_is_flagged_unless_declared_before() -> None:
    x, y = history()
    knows = np.column_stack([x, y + normal((1000, 1), 3)[:, 0] * 0.4])
    names = ["a", "b", "noise", "call_seconds"]
    assert [(s.column, s.refused) for s in suspects(knows, y, names)] == [("call_seconds", False)]
    assert suspects(knows, y, names, {"call_seconds": "before"}) == []


def test_a_column_filled_in_only_after_a_yes_is_flagged() -> None:
    x, y = history()
    filled = np.where(y > 0, 1.0, np.nan)
    found = suspects(np.column_stack([x, filled]), y, ["a", "b", "noise", "signed_on"])
    assert [s.column for s in found] == ["signed_on"]


def test_a_handful_of_values_proves_nothing() -> None:
    x, y = history()
    few = np.full(1000, np.nan)
    few[:6] = y[:6]
    assert suspects(np.column_stack([x, few]), y, ["a", "b", "noise", "rare"]) == []


def test_drift_is_told_from_chance() -> None:
    steady = (np.random.default_rng(4).random(2000) < 0.1).astype(float)
    rising = (np.random.default_rng(5).random(2000) < np.linspace(0.03, 0.3, 2000)).astype(float)
    assert not drift(steady).moved
    found = drift(rising)
    assert found.moved and found.rates[-1] > 3 * found.rates[0]
    assert drift(np.zeros(50)).p_value is None
