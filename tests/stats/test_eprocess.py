"""The sequential test: exact by enumeration, at most 5 % of empty plays proven, strata multiply, stakes average."""

from itertools import product

import numpy as np
import pytest

from minori.stats.e_values import discoveries
from minori.stats.eprocess import EProcess, Side, e_process, together

LIMIT = 20.0


def _streams(count: int, size: int, *, base: float, effect: float, share: float, seed: int) -> EProcess:
    random = np.random.default_rng(seed)
    treated = random.random((count, size)) < share
    yes = random.random((count, size)) < base + effect * treated
    return e_process(treated, yes, share, side="benefit" if effect >= 0 else "harm")


@pytest.mark.parametrize("side", ["benefit", "harm"])
@pytest.mark.parametrize(("share", "rate"), [(0.5, 0.3), (0.8, 0.1)])
def test_the_stake_is_worth_one_on_average_whatever_the_rate(side: Side, share: float, rate: float) -> None:
    worlds = np.array(list(product([False, True], repeat=8))).reshape(-1, 2, 4)
    treated, yes = worlds[:, 0], worlds[:, 1]
    chance = np.where(treated, share, 1 - share).prod(axis=1) * np.where(yes, rate, 1 - rate).prod(axis=1)
    stake = np.exp(e_process(treated, yes, share, side=side).log_path)
    assert chance @ stake == pytest.approx(np.ones(4))


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_stake_on_benefit_shrinks_where_treated_do_worse(share: float) -> None:
    worlds = np.array(list(product([False, True], repeat=8))).reshape(-1, 2, 4)
    treated, yes = worlds[:, 0], worlds[:, 1]
    rate = np.where(treated, 0.2, 0.5)
    chance = np.where(treated, share, 1 - share).prod(axis=1) * np.where(yes, rate, 1 - rate).prod(axis=1)
    stake = np.exp(e_process(treated, yes, share, side="benefit").log_path)
    assert np.all(np.diff(chance @ stake) < 1e-12) and chance @ stake[:, -1] < 1


@pytest.mark.parametrize(("share", "base"), [(0.5, 0.1), (0.8, 0.1), (0.9, 0.03)])
def test_a_play_without_effect_is_proven_in_at_most_one_of_twenty_streams(share: float, base: float) -> None:
    process = _streams(400, 520, base=base, effect=0.0, share=share, seed=11)
    weekly = process.log_path[:, 9::10]  # ten accounts a week, looked at every week of a year
    assert (weekly.max(axis=1) >= np.log(LIMIT)).mean() <= 0.05


@pytest.mark.parametrize(("effect", "least"), [(0.1, 0.45), (-0.05, 0.15)])
def test_an_effect_is_found_as_often_as_published(effect: float, least: float) -> None:
    process = _streams(1000, 400, base=0.1, effect=effect, share=0.5, seed=5)
    assert (process.most >= LIMIT).mean() >= least  # .54 and .26 with the base known beforehand


def test_the_first_account_at_a_limit_is_told() -> None:
    process = _streams(50, 3000, base=0.1, effect=0.1, share=0.5, seed=5)
    first = process.first_at(LIMIT)
    assert np.all((first > 0) == (process.most >= LIMIT))
    assert np.all(np.exp(process.log_path[np.arange(50), first - 1]) >= LIMIT)


def test_strata_learn_apart_and_their_stakes_multiply() -> None:
    random = np.random.default_rng(3)
    treated, yes = random.random(300) < 0.5, random.random(300) < 0.3
    strata = random.integers(0, 3, 300)
    whole = e_process(treated, yes, 0.5, side="benefit", strata=strata)
    apart = [e_process(treated[strata == k], yes[strata == k], 0.5, side="benefit") for k in range(3)]
    assert float(whole.e_value) == pytest.approx(np.prod([float(one.e_value) for one in apart]))


def test_together_is_the_mean_stake() -> None:
    one, two = EProcess(np.log([1.0, 2.0, 8.0])), EProcess(np.log([1.0, 4.0, 2.0]))
    assert np.exp(together([one, two]).log_path) == pytest.approx([1.0, 3.0, 5.0])


def test_nothing_seen_proves_nothing() -> None:
    empty = np.zeros(0, dtype=bool)
    process = e_process(empty, empty, 0.5, side="benefit")
    assert float(process.e_value) == float(process.most) == 1.0


class TestDiscoveries:
    def test_one_large_value_among_many(self) -> None:
        assert discoveries([400.0, 1.0, 1.0, 1.0]).tolist() == [True, False, False, False]
        assert not discoveries([60.0, 1.0, 1.0, 1.0]).any()

    def test_several_share_the_bar(self) -> None:
        assert discoveries([41.0, 0.5, 40.0, 3.0]).tolist() == [True, False, True, False]
        assert discoveries([]).tolist() == []
