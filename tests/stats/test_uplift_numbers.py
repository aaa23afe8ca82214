"""Uplift and off-policy value on data whose truth is known."""

import numpy as np
import pytest

from minori.stats.off_policy import off_policy
from minori.stats.qini import judge
from minori.stats.uplift import Trial, decide, net


def _trial(size: int, spread: float, seed: int = 1) -> Trial:
    """Half of the customers gain ``spread`` more than the other half; the average gain is 5 points."""
    random = np.random.default_rng(seed)
    features = random.integers(0, 2, (size, 3)).astype(float)
    treated = random.random(size) < 0.5
    gain = 0.05 + spread * (features[:, 0] - 0.5)
    outcome = (random.random(size) < 0.15 + 0.05 * features[:, 1] + gain * treated).astype(float)
    return Trial(features, treated, outcome, 0.5)


class TestDecide:
    def test_customers_who_differ_are_told_apart(self) -> None:
        trial = _trial(6000, 0.16)
        decided = decide(trial, worth=10, cost=0.5, seed=1)
        assert decided.plan == "by customer" and decided.net.middle > decided.net_of_all.middle
        assert np.array_equal(decided.contact, trial.features[:, 0] == 1)

    def test_customers_who_do_not_are_treated_alike(self) -> None:
        trial = _trial(6000, 0.0)
        assert decide(trial, worth=10, cost=0.1, seed=1).plan == "everybody"
        assert decide(trial, worth=10, cost=2.0, seed=1).plan == "nobody"

    def test_too_few_are_treated_alike_without_learning(self) -> None:
        decided = decide(_trial(300, 0.16), worth=10, cost=0.1, seed=1)
        assert decided.plan in ("everybody", "nobody") and decided.ranking is None

    def test_net_counts_worth_and_cost(self) -> None:
        trial = Trial(np.zeros((4, 1)), np.array([1, 1, 0, 0], dtype=bool), np.array([1.0, 0, 0, 0]), 0.5)
        got = net(trial, np.ones(4, dtype=bool), worth=10, cost=1)
        assert got.middle == pytest.approx(2 * (10 - 1) + 2 * -1)


class TestQini:
    @pytest.mark.parametrize(("score", "qini"), [([4, 3, 2, 1], 1.0), ([3, 1, 2, 4], -1 / 3)])
    def test_like_scikit_uplift(self, score: list[float], qini: float) -> None:
        # By hand after its qini_auc_score: curves 0 1 1 1 0 and 0 0 0 -1 0, the perfect one 0 1 1 1 0.
        treated, outcome = np.array([True, False, True, False]), np.array([1.0, 0.0, 0.0, 1.0])
        got = judge(np.array(score, dtype=float), treated, outcome, share=0.5, seed=1, draws=2)
        assert got.qini.middle == pytest.approx(qini)

    def test_a_perfect_score_has_qini_one_and_its_reverse_is_negative(self) -> None:
        trial = _trial(400, 0.16)
        known = np.where(trial.treated, trial.outcome, -trial.outcome)
        best = judge(known, trial.treated, trial.outcome, share=0.5, seed=1, draws=2)
        worst = judge(-known, trial.treated, trial.outcome, share=0.5, seed=1, draws=2)
        assert best.qini.middle == pytest.approx(1.0) and worst.qini.middle < -0.3

    def test_a_random_score_is_not_usable(self) -> None:
        trial = _trial(4000, 0.16)
        by_lot = np.random.default_rng(9).random(4000)
        assert not judge(by_lot, trial.treated, trial.outcome, share=0.5, seed=1).usable

    def test_ranking_by_the_true_effect(self) -> None:
        trial = _trial(20_000, 0.16)
        got = judge(trial.features[:, 0], trial.treated, trial.outcome, share=0.5, seed=1, best=0.5, draws=60)
        assert got.usable and got.uplift_at.low < 0.13 < got.uplift_at.high
        assert got.autoc.low < 0.04 * (1 + np.log(2)) < got.autoc.high  # 0.08 up to a half, then 0.04 / share


class TestOffPolicy:
    def test_weights_bring_back_the_value_of_another_policy(self) -> None:
        random = np.random.default_rng(1)
        action = random.random(40_000) < 0.3
        reward = (random.random(40_000) < np.where(action, 0.2, 0.1)).astype(float)
        logged, wanted = np.where(action, 0.3, 0.7), np.where(action, 0.8, 0.2)
        model = np.where(action, 0.2, 0.1)
        got = off_policy(reward, logged, wanted, expected_logged=model, expected_wanted=np.full(40_000, 0.18))
        for found in (got.ips, got.snips, got.doubly_robust):
            assert found is not None and found.low < 0.18 < found.high

    def test_refused_where_a_few_rows_carry_it(self) -> None:
        logged = np.full(10_000, 0.5)
        logged[0] = 1e-5
        got = off_policy(np.zeros(10_000), logged, np.full(10_000, 0.5))
        assert got.refused and got.effective < 100 and got.largest_weight == pytest.approx(50_000)

    def test_a_chance_of_zero_cannot_be_in_a_log(self) -> None:
        with pytest.raises(ValueError, match="above 0"):
            off_policy(np.zeros(2), np.array([0.0, 1.0]), np.ones(2))
