"""The lift's interval against a bootstrap over customers."""

import numpy as np
import pytest

from minori.stats.lift import lift


def drawn(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Customers with their own habit: 60 of them fire twice each."""
    rng = np.random.default_rng(seed)
    habit = rng.beta(2, 4, 60)
    keys = np.repeat(np.arange(60), 2)
    return keys, (rng.random(120) < habit[keys]).astype(float)


def test_nobody_chosen_has_no_lift() -> None:
    assert lift(np.array([], dtype=np.int64), np.array([]), np.array([])) is None


def test_few_are_silent_about_the_lift_but_not_about_the_rate() -> None:
    found = lift(np.arange(5), np.ones(5), np.full(5, 0.1))
    assert found is not None
    assert (found.rate, found.lift) == (1.0, None)


def test_the_interval_is_that_of_a_bootstrap_over_customers() -> None:
    keys, happened = drawn(3)
    base = np.full(120, 0.2)
    found = lift(keys, happened, base)
    assert found is not None and found.lift is not None
    rng = np.random.default_rng(1)
    sums = happened.reshape(60, 2).sum(axis=1)
    again = [sums[rng.integers(0, 60, 60)].sum() / 120 / 0.2 for _ in range(4_000)]
    low, high = np.quantile(again, (0.05, 0.95))
    assert abs(found.lift.low - low) < 0.12 and abs(found.lift.high - high) < 0.12


def test_uncertain_others_widen_it() -> None:
    keys, happened = drawn(4)
    base = np.full(120, 0.2)
    alone = lift(keys, happened, base)
    rng = np.random.default_rng(2)
    influence = ((rng.random(80) < 0.2) - 0.2) / 80
    beside = lift(keys, happened, base, np.arange(1_000, 1_080), influence)
    assert alone is not None and alone.lift is not None
    assert beside is not None and beside.lift is not None
    assert beside.lift.high > alone.lift.high and beside.lift.low < alone.lift.low


def test_without_any_event_there_is_still_an_upper_end() -> None:
    found = lift(np.arange(100), np.zeros(100), np.full(100, 0.2))
    assert found is not None and found.lift is not None
    # Of 100 customers nothing was seen: at most 3.00 % of them (Hanley & Lippman-Hand 1983), of 20 % expected.
    assert (found.lift.low, round(found.lift.high, 3)) == (0.0, 0.15)


def test_without_any_event_fires_of_one_customer_count_once() -> None:
    often = lift(np.repeat(np.arange(20), 5), np.zeros(100), np.full(100, 0.2))
    once = lift(np.arange(20), np.zeros(20), np.full(20, 0.3))
    assert often is not None and often.lift is not None and once is not None and once.lift is not None
    assert often.lift.high == pytest.approx(once.lift.high * 0.3 / 0.2)
