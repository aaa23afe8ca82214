"""The models of a chance: signs hold, unknown is said apart, what is stored says the same as what was fitted."""

from collections.abc import Callable

import numpy as np
import pytest

from minori.stats.arrays import Floats, Ints
from minori.stats.boosting import fit_boosting
from minori.stats.chance_model import ChanceModel, restored
from minori.stats.equal_points import fit_equal_points, fit_rate
from minori.stats.scoring import expit
from minori.stats.sign_ridge import fit_sign_ridge
from minori.stats.woe import fit_bins, fit_woe
from stats.chance_case import answers, normal

FITS = [fit_rate, fit_equal_points, fit_sign_ridge, fit_woe, fit_boosting]
Fit = Callable[[Floats, Floats, Ints, Floats], ChanceModel]


def holes(x: Floats, share: float, seed: int) -> Floats:
    return np.where(np.random.default_rng(seed).random(x.shape) < share, np.nan, x)


@pytest.mark.parametrize("fit", FITS)
def test_a_stored_model_says_the_same(fit: Fit) -> None:
    x = holes(normal((400, 3), 1), 0.2, 2)
    y, offset = answers(x, [1.0, -0.5, 0.0], -1.0, 3), np.linspace(-2, 0, 400)
    model = fit(x, y, np.array([1, -1, 0]), offset)
    again = restored(model.as_object())
    assert np.array_equal(model.logit(x, offset), again.logit(x, offset))
    assert np.allclose(model.contributions(x), again.contributions(x))


@pytest.mark.parametrize("fit", FITS)
def test_signs_hold_against_the_data(fit: Fit) -> None:
    x = normal((500, 1), 4)
    y = answers(x, [1.5], -1.0, 5)  # more makes it likelier; we say that it may not
    model = fit(x, y, np.array([-1]), np.zeros(500))
    line = np.linspace(-2, 2, 50)[:, None]
    assert np.all(np.diff(model.logit(line, np.zeros(50))) <= 1e-9)


def test_ridge_agrees_with_scikit_learn_where_nothing_is_bound() -> None:
    from sklearn.linear_model import LogisticRegression

    x = normal((300, 4), 6)
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    y = answers(x, [1.0, -1.0, 0.3, 0.0], 0.2, 7)
    ours = fit_sign_ridge(x, y, np.zeros(4, dtype=np.int64), np.zeros(300))
    theirs = LogisticRegression(C=0.1, tol=1e-10).fit(x, y)  # λ = 1 / C
    assert ours.coefficients == pytest.approx(theirs.coef_[0], abs=1e-3)
    assert ours.intercept == pytest.approx(theirs.intercept_[0], abs=1e-3)


def test_unknown_has_an_effect_of_its_own() -> None:
    x = holes(normal((600, 1), 8), 0.5, 9)
    y = (np.isnan(x[:, 0]) ^ (np.random.default_rng(10).random(600) < 0.1)).astype(np.float64)
    for fit in (fit_sign_ridge, fit_woe):
        model = fit(x, y, np.array([1]), np.zeros(600))
        unknown, usual = expit(model.logit(np.array([[np.nan], [0.0]]), np.zeros(2)))
        assert unknown > 0.6 > 0.4 > usual


def test_boosting_reads_its_trees_as_scikit_learn_does() -> None:
    from sklearn.ensemble import HistGradientBoostingClassifier

    x = holes(normal((500, 3), 11), 0.15, 12)
    y = answers(x, [1.0, 0.0, -1.0], -0.5, 13)
    ours = fit_boosting(x, y, np.zeros(3, dtype=np.int64), np.zeros(500), trees=40, leaves=5)
    theirs = HistGradientBoostingClassifier(
        max_iter=40,
        learning_rate=0.05,
        max_leaf_nodes=5,
        min_samples_leaf=20,
        l2_regularization=1.0,
        monotonic_cst=[0, 0, 0, 1],
        early_stopping=False,
        random_state=0,
    ).fit(np.column_stack([x, np.zeros(500)]), y)
    fresh = holes(normal((200, 3), 14), 0.15, 15)
    said = theirs.predict_proba(np.column_stack([fresh, np.zeros(200)]))[:, 1]
    assert expit(ours.logit(fresh, np.zeros(200))) == pytest.approx(said, abs=1e-9)


def test_few_rows_in_a_bin_are_shrunk_and_many_are_not() -> None:
    values = np.repeat([0.0, 1.0, 2.0], [500, 500, 4])
    y = np.concatenate([np.repeat([1, 0], [50, 450]), np.repeat([1, 0], [100, 400]), np.ones(4)]).astype(
        float
    )
    bins = fit_bins(values, y, 1, np.full(len(y), -1.7))
    assert np.all(np.diff(bins.evidence[:-1]) >= 0)
    assert bins.lift[bins.index(np.array([2.0]))[0]] < 3  # four of four, but only four
    assert 1.05 < bins.lift[bins.index(np.array([1.0]))[0]] < 1.7


def test_noise_gets_a_large_k_and_no_evidence() -> None:
    x = normal((2000, 1), 16)
    y = answers(x, [0.0], -1.0, 17)
    bins = fit_bins(x[:, 0], y, 0, np.full(2000, -1.0))
    assert bins.k > 200
    assert np.abs(bins.evidence[:-1]).max() < 0.15
