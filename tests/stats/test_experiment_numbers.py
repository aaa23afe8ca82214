"""Numbers around an experiment: the sceptical chance, what is provable at all, revenue with its past taken out."""

from itertools import pairwise

import numpy as np
import pytest

from minori.stats.ancova import moved
from minori.stats.provable import smallest_provable
from minori.stats.sceptical import chance_above, difference, pooled_base


class TestSceptical:
    def test_the_chance_is_that_of_drawing_both_posteriors(self) -> None:
        random = np.random.default_rng(1)
        base = 0.135
        above = random.beta(30 * base + 34, 30 * (1 - base) + 166, 400_000)
        below = random.beta(30 * base + 20, 30 * (1 - base) + 180, 400_000)
        exact = chance_above([34, 20], [200, 200], [20, 34], [200, 200], base=base)
        assert exact[0] == pytest.approx((above > below).mean(), abs=0.001)
        assert exact.sum() == pytest.approx(1.0)

    def test_few_accounts_are_drawn_to_no_difference(self) -> None:
        few, many = chance_above([3, 300], [10, 1000], [1, 100], [10, 1000], base=0.2)
        assert 0.5 < few < 0.75 and many > 0.999

    def test_base_is_pooled_over_arms_and_cells(self) -> None:
        assert pooled_base([10, 0], [50, 49]) == pytest.approx(10.5 / 100)

    def test_the_interval_holds_the_difference_as_often_as_it_says(self) -> None:
        random = np.random.default_rng(2)
        yes, held = random.binomial(120, 0.2, 200).tolist(), random.binomial(60, 0.1, 200).tolist()
        ends = [difference(a, 120, b, 60) for a, b in zip(yes, held, strict=True)]
        inside = [low <= 0.1 <= high for low, _, high in ends]
        assert 0.85 <= np.mean(inside) <= 0.95


class TestProvable:
    def test_at_400_accounts_only_ten_points_and_more(self) -> None:
        found = smallest_provable(400, 0.5, 0.1, seed=1)
        assert found.rise is not None and 0.10 <= found.rise <= 0.16

    def test_more_accounts_prove_less(self) -> None:
        sizes = [smallest_provable(n, 0.5, 0.1, seed=1).rise for n in (200, 1000, 20_000)]
        assert all(a and b and a > b for a, b in pairwise(sizes))

    def test_what_cannot_be_proven_is_said(self) -> None:
        assert smallest_provable(60, 0.5, 0.1, seed=1).fall is None
        assert smallest_provable(0, 0.5, 0.1, seed=1).rise is None


class TestRevenueMoved:
    def _accounts(self, effect: float, seed: int = 4) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        random = np.random.default_rng(seed)
        treated = random.random(300) < 0.5
        before = random.lognormal(10, 1, 300)
        return before * 1.02 + effect * treated + random.normal(0, 3000, 300), before, treated

    def test_the_past_taken_out_shows_an_effect_that_plain_means_hide(self) -> None:
        after, before, treated = self._accounts(2000)
        found = moved(after, before, treated, seed=1)
        assert found is not None and found.effect.low < 2000 < found.effect.high
        assert found.effect.low > 0 and found.chance < 0.01 and found.explained > 0.9

    def test_without_an_effect_one_in_ten_is_called_one_at_most(self) -> None:
        wrong = 0
        for seed in range(60):
            found = moved(*self._accounts(0, seed), seed=1, draws=400)
            assert found is not None
            wrong += not found.effect.low <= 0 <= found.effect.high
        assert wrong <= 12

    def test_too_few_accounts_say_nothing(self) -> None:
        few = np.arange(8.0)
        assert moved(few, few, few < 4, seed=1) is None
