"""The ladder in time order: nothing is learned from little, the better model wins, chances come true."""

import numpy as np
import pytest

from minori.stats.ladder import chance_of, climb, restored_model
from minori.stats.recent import recent_rate
from minori.stats.rolling import Rows, windows
from minori.stats.scoring import expit
from stats.chance_case import answers, normal, rows


def test_fewer_than_ten_yes_teach_nothing() -> None:
    x = normal((60, 2), 1)
    y = np.zeros(60)
    y[::8] = 1  # eight
    climbed = climb(rows(x, y, [1, 0], np.full(60, -2.0)))
    assert not climbed.learned
    assert climbed.rung == 0


def test_noise_is_not_learned() -> None:
    x = normal((600, 5), 2)
    climbed = climb(rows(x, answers(x, [0.0] * 5, -1.5, 3), [1, 1, 0, 0, -1], np.full(600, -1.5)))
    assert climbed.name == "rate"
    assert not climbed.learned
    assert [step.taken for step in climbed.trail] == [False] * len(climbed.trail)


def test_what_is_there_is_learned_and_comes_true() -> None:
    x = normal((3000, 4), 4)
    climbed = climb(rows(x, answers(x, [1.0, -1.0, 0.0, 0.0], -2.0, 5), [1, -1, 0, 0]))
    assert climbed.learned
    validation = climbed.validation
    assert validation is not None
    assert validation.brier < validation.brier_of_base
    assert validation.auc is not None and validation.auc.middle > 0.75
    assert validation.observed_to_expected == pytest.approx(1, abs=0.15)
    assert all(t.ratio is not None and 0.5 < t.ratio < 2 for t in validation.tenths[2:])


def test_a_step_up_needs_a_lower_loss_than_the_best_below() -> None:
    x = normal((900, 3), 6)
    climbed = climb(rows(x, answers(x, [1.2, 0.0, 0.0], -1.0, 7), [1, 0, 0]))
    for step in climbed.trail:
        assert not step.taken or step.log_loss < step.below_log_loss
        assert step.difference.low <= step.difference.mean <= step.difference.high


def test_forecasts_never_know_an_answer_that_came_later() -> None:
    x = normal((400, 1), 8)
    made = rows(x, answers(x, [1.0], -1.0, 9), [1])
    late = Rows(made.x, made.y, made.signs, made.offset, made.at, made.at + 50)
    for window in windows(late):
        assert late.known[window.training].max() < window.begins <= late.at[window.judged].min()


def test_chances_that_lie_are_put_right() -> None:
    x = normal((4000, 1), 10)
    y = answers(x, [0.5], -1.0, 11)
    loud = rows(x, y, [1], 3 * x[:, 0] - 1)  # a belief that is far too sure of itself
    climbed = climb(loud)
    chance = climbed.chance(x, loud.offset)
    assert np.abs(chance - expit(0.5 * x[:, 0] - 1)).mean() < 0.06


def test_a_stored_climb_says_the_same() -> None:
    x = normal((700, 2), 12)
    made = rows(x, answers(x, [1.0, 0.0], -1.0, 13), [1, 0])
    climbed = climb(made)
    model, again = restored_model(climbed.as_object())
    assert np.array_equal(chance_of(model, again, x, made.offset), climbed.chance(x, made.offset))


def test_rows_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="order of time"):
        Rows(np.zeros((2, 1)), np.zeros(2), np.zeros(1, int), np.zeros(2), np.array([2, 1]), np.array([2, 1]))


def test_the_recent_rate_knows_only_what_was_answered() -> None:
    y, at, known = np.array([1.0, 0.0, 1.0]), np.array([1, 2, 10]), np.array([5, 3, 11])
    said = expit(recent_rate(y, at, known, prior=0.2, prior_n=10, half_life=1e9))
    assert said == pytest.approx([0.2, 0.2, (2 + 1) / 12])  # the third was asked after both were answered


def test_the_recent_rate_follows_when_times_change() -> None:
    y = np.concatenate([np.zeros(500), np.ones(300)])
    days = np.arange(800)
    said = expit(recent_rate(y, days, days, prior=0.1, prior_n=5, half_life=50))
    assert said[499] < 0.02 and said[-1] > 0.9
