"""Times learned from answers: by hand, with a best time planted, and with none."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minori.stats.best_time import Contacts, Grid, Times, learn
from minori.stats.best_time_proof import LEAST_PER_SLOT, Proof, good_slots, prove

DAYS, BANDS, CUSTOMERS, SEGMENTS, EACH = 7, 5, 120, 3, 12
GRID = Grid(DAYS * BANDS, (np.repeat(np.arange(DAYS), BANDS), np.tile(np.arange(BANDS), DAYS)))
TUESDAY_MORNING = 1 * BANDS + 1
KIND = np.array([0.6, 1.0, 1.4])


def world(seed: int, *, better: float) -> Contacts:
    """Customers who answer more or less readily, each mostly approached at its own times; Tuesday mornings are better."""
    rng = np.random.default_rng(seed)
    n = CUSTOMERS * EACH
    customer = rng.permutation(np.repeat(np.arange(CUSTOMERS), EACH))
    habit = rng.integers(0, GRID.size, (CUSTOMERS, 3))
    own = habit[customer, rng.integers(0, 3, n)]
    slot = np.where(rng.random(n) < 0.5, own, rng.integers(0, GRID.size, n))
    slot = np.where(rng.random(n) < 0.15, TUESDAY_MORNING, slot)
    kind = rng.integers(0, 3, n)
    chance = 0.3 * KIND[kind] * rng.gamma(4, 0.25, CUSTOMERS)[customer]
    chance *= np.where(slot == TUESDAY_MORNING, better, 1.0)
    answered = (rng.random(n) < np.minimum(chance, 0.95)).astype(float)
    at = np.arange(n)
    return Contacts(at, at + 5, answered, slot, kind, customer, customer % SEGMENTS)


def judged(contacts: Contacts) -> tuple[Times, Proof]:
    cut = int(0.6 * len(contacts))
    earlier = contacts.only((contacts.at < cut) & (contacts.known <= cut))
    later = contacts.only(contacts.at >= cut)
    times = learn(earlier, GRID, kinds=3, customers=CUSTOMERS, segments=SEGMENTS)
    every = np.arange(CUSTOMERS)
    size = GRID.size
    worth = times.ratio(
        np.repeat(every, size), np.repeat(every % SEGMENTS, size), np.tile(np.arange(size), CUSTOMERS)
    )
    worth = worth.reshape(CUSTOMERS, size)
    good = good_slots(worth, times.contacts >= LEAST_PER_SLOT)
    place = (later.customer, later.slot)
    return times, prove(
        later.customer, np.log(worth[place]), good[place], later.answered, times.expected(later)
    )


class TestWorlds:
    def test_a_planted_time_is_found_and_borne_out(self) -> None:
        found = [judged(world(seed, better=2.2)) for seed in range(20)]
        assert sum(int(np.argmax(times.all.value)) == TUESDAY_MORNING for times, _ in found) >= 19
        assert sum(proof.p is not None and proof.p < 0.01 for _, proof in found) >= 18
        lifts = [proof.lift.middle for _, proof in found if proof.lift]
        assert 1.1 < float(np.mean(lifts)) < 2.2

    def test_without_any_it_is_rarely_claimed(self) -> None:
        found = [judged(world(seed, better=1.0))[1] for seed in range(200)]
        assert all(proof.p is not None for proof in found)
        assert sum(proof.p is not None and proof.p < 0.05 for proof in found) <= 10


class TestLearning:
    def test_ratios_are_observed_over_expected_by_hand(self) -> None:
        """Two times, one customer and kind: 40 of 100 and 10 of 100; the prior's weight is one of the grid's."""
        slot = np.repeat([0, 1], 100)
        answered = np.concatenate([np.ones(40), np.zeros(60), np.ones(10), np.zeros(90)])
        at = np.arange(200)
        nothing = np.zeros(200, dtype=np.int64)
        contacts = Contacts(at, at, answered, slot, nothing, nothing, nothing)
        times = learn(contacts, Grid(2), kinds=1, customers=1, segments=1)
        assert times.base[0] == pytest.approx(0.25)
        weight = times.all.weight
        assert weight != inf
        assert times.all.value == pytest.approx(
            [(40 + weight) / (25 + weight), (10 + weight) / (25 + weight)]
        )
        found = times.all.interval(0, 0.9)
        assert found.low < found.middle < found.high

    def test_no_difference_is_no_ratio(self) -> None:
        slot = np.repeat([0, 1], 100)
        answered = np.tile([1.0, 0.0, 0.0, 0.0], 50)
        at, nothing = np.arange(200), np.zeros(200, dtype=np.int64)
        times = learn(
            Contacts(at, at, answered, slot, nothing, nothing, nothing),
            Grid(2),
            kinds=1,
            customers=1,
            segments=1,
        )
        assert times.all.weight == inf
        assert times.all.value.tolist() == [1.0, 1.0]
        assert times.all.interval(1, 0.9) == (1.0, 1.0, 1.0)

    def test_unseen_customers_have_their_segment(self) -> None:
        times, _ = judged(world(3, better=2.2))
        new, segment = np.array([-1]), np.array([1])
        own = times.ratio(new, segment, np.array([TUESDAY_MORNING]))
        assert own[0] == times.segments.value[1 * GRID.size + TUESDAY_MORNING]


class TestProof:
    @given(st.integers(0, 10_000), st.permutations(range(6)))
    def test_order_and_names_of_customers_do_not_matter(self, seed: int, names: list[int]) -> None:
        rng = np.random.default_rng(seed)
        customer = rng.integers(0, 6, 120)
        worth, y = rng.normal(size=120), (rng.random(120) < 0.4).astype(float)
        good, expected = rng.random(120) < 0.3, np.full(120, 0.4)
        one = prove(customer, worth, good, y, expected)
        order = rng.permutation(120)
        renamed = np.array(names)[customer]
        other = prove(renamed[order], worth[order], good[order], y[order], expected[order])
        assert (one.informative, one.answered, one.good) == (other.informative, other.answered, other.good)
        assert one.p == pytest.approx(other.p)

    def test_a_customer_at_one_time_only_proves_nothing(self) -> None:
        """Ready customers are called in the morning, others at night: between customers that looks like a good time."""
        customer = np.repeat(np.arange(40), 6)
        ready = customer < 20
        rng = np.random.default_rng(5)
        y = (rng.random(240) < np.where(ready, 0.8, 0.2)).astype(float)
        found = prove(customer, ready.astype(float), ready, y, np.full(240, 0.5))
        assert found.p == 1.0
        assert found.lift is not None
        assert found.lift.low > 1  # as it looks, though nothing is proven

    def test_too_little_is_said(self) -> None:
        found = prove(np.arange(30), np.ones(30), np.ones(30, dtype=bool), np.ones(30), np.full(30, 0.5))
        assert found.p is None
        assert found.informative == 0

    def test_good_times_are_the_best_quarter_of_those_known(self) -> None:
        worth = np.array([[1.0, 5.0, 4.0, 3.0, 2.0, 9.0, 0.0, 1.0, 1.0]])
        usable = np.array([True] * 5 + [False] + [True] * 3)
        assert np.flatnonzero(good_slots(worth, usable)[0]).tolist() == [1, 2]
        assert not good_slots(worth, np.zeros(9, dtype=bool)).any()
