"""Models of lifetime value against their own definitions: gradients, closed forms, worlds with known parameters."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from minori.stats import bgnbd, gamma_gamma, pareto_nbd
from minori.stats.bgnbd import BgNbd
from minori.stats.future_purchases import HIGH, LOW, Future, worth
from minori.stats.gamma_gamma import GammaGamma, Spending
from minori.stats.histories import Histories
from minori.stats.pareto_nbd import ParetoNbd
from stats.clv_case import drawn, played

Objective = Callable[[npt.NDArray[np.float64]], tuple[float, npt.NDArray[np.float64]]]
WORLD = (0.6, 30.0, 1.2, 3.0)
AGES = np.random.default_rng(3).integers(1, 400, 6000).astype(np.float64)


@pytest.fixture(scope="module")
def histories() -> Histories:
    return drawn(WORLD, AGES, seed=4)


@pytest.fixture(scope="module")
def model(histories: Histories) -> BgNbd:
    found = bgnbd.fit(histories)
    assert isinstance(found, BgNbd)
    return found


def _check_gradient(objective: Objective, at: npt.NDArray[np.float64]) -> None:
    _, slope = objective(at)
    for number in range(len(at)):
        step = np.zeros(len(at))
        step[number] = at[number] * 1e-6
        by_difference = (objective(at + step)[0] - objective(at - step)[0]) / (2 * step[number])
        assert slope[number] == pytest.approx(by_difference, rel=1e-4, abs=1e-4)


class TestGradients:
    """Each analytic gradient against differences of its likelihood, with x = 0, t_x = 0 and T = 0 among the rows."""

    ROWS = Histories.of(
        [0, 0, 1, 3, 40, 2], [0, 0, 2, 30, 90, 90], [0, 50, 40, 35, 90, 90], [4, 3, 2, 1, 5, 1]
    )

    @pytest.mark.parametrize("at", [(0.3, 5.0, 0.8, 2.0), (4.0, 80.0, 0.05, 30.0)])
    def test_bgnbd(self, at: tuple[float, ...]) -> None:
        _check_gradient(bgnbd.Likelihood(self.ROWS).at, np.array(at))

    @pytest.mark.parametrize("at", [(0.3, 5.0, 0.8, 2.0), (0.9, 2.0, 1.0, 40.0), (5.0, 300.0, 20.0, 1.0)])
    def test_pareto_nbd(self, at: tuple[float, ...]) -> None:
        _check_gradient(pareto_nbd.Likelihood(self.ROWS).at, np.array(at))

    def test_gamma_gamma(self) -> None:
        spending = Spending.of([1, 2, 30], [5.0, 0.5, 2.0], [3, 1, 2])
        _check_gradient(gamma_gamma.Likelihood(spending).at, np.array([2.0, 3.0, 4.0]))


class TestBgNbd:
    def test_finds_the_world_it_was_drawn_from(self, model: BgNbd) -> None:
        for number, truth in enumerate((WORLD[0], WORLD[1] / model.unit, *WORLD[2:])):
            low, _, high = model.maximum.interval(number, level=0.999)
            assert low < truth < high

    def test_total_lies_in_its_interval(self, model: BgNbd, histories: Histories) -> None:
        """What the same customers do next, drawn from the world itself given what they did."""
        truth = bgnbd.predict(WORLD, histories, 90.0).sum()
        spread = np.sqrt(model.variance(histories, 90.0, lambda each: np.asarray(each.sum())))
        assert model.purchases(histories, 90.0).sum() == pytest.approx(truth, abs=3 * float(spread))

    def test_who_never_came_back_is_alive(self, model: BgNbd) -> None:
        assert model.alive(Histories.of([0, 0], [0, 0], [0, 5000])).tolist() == [1.0, 1.0]

    @pytest.mark.parametrize("a", [0.2, 0.99999, 1.0, 1.00001, 2.5])
    def test_expectation_is_the_sum_of_its_terms(self, a: float) -> None:
        """Also near a = 1, where the closed form has a hole, and for a customer with a thousand purchases."""
        rows = Histories.of([0, 3, 1000], [0, 100, 990], [200, 120, 1000])
        got = bgnbd.predict((0.5, 20.0, a, 2.0), rows, 300.0)
        world = _with((0.5, 20.0, a, 2.0))
        assert got == pytest.approx(Future(world, rows, 300.0).moments()[0], rel=1e-5)

    def test_a_plus_b_of_one_has_no_hole(self) -> None:
        got = [float(_with((0.5, 20.0, 0.4, 0.6 + shift)).expected(50.0)) for shift in (-1e-3, 0.0, 1e-3)]
        assert got[1] == pytest.approx((got[0] + got[2]) / 2, rel=1e-3)


class TestParetoNbd:
    def test_likelihood_is_that_of_the_hypergeometric_form(self) -> None:
        """Fader & Hardie (2005), for α ≥ β, by scipy's 2F1."""
        from scipy.special import gammaln, hyp2f1

        r, alpha, s, beta = 0.55, 10.6, 0.61, 9.7
        x, last, age = 3, 20.0, 38.0

        def term(time: float) -> float:
            z = (alpha - beta) / (alpha + time)
            return float(hyp2f1(r + s + x, s + 1, r + s + x + 1, z)) / (alpha + time) ** (r + s + x)

        alive = 1 / ((alpha + age) ** (r + x) * (beta + age) ** s)
        left = s / (r + s + x) * (term(last) - term(age))
        expected = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta) + np.log(alive + left)
        got, _ = pareto_nbd.Likelihood(Histories.of([x], [last], [age])).at(np.array([r, alpha, s, beta]))
        assert got == pytest.approx(expected, rel=1e-10)

    def test_agrees_with_bgnbd_on_what_comes(self, histories: Histories, model: BgNbd) -> None:
        other = pareto_nbd.fit(histories)
        assert isinstance(other, ParetoNbd)
        total = model.purchases(histories, 90.0).sum()
        assert other.purchases(histories, 90.0).sum() == pytest.approx(total, rel=0.1)
        assert np.corrcoef(other.alive(histories), model.alive(histories))[0, 1] > 0.4

    def test_at_age_zero_everybody_is_there(self) -> None:
        model = ParetoNbd(0.5, 10.0, 1.0, 5.0, 0.0, 1.0, _with(WORLD).maximum, 1.0)
        assert model.alive(Histories.of([0], [0], [0])).tolist() == [1.0]
        assert model.expected(0.0) == 0.0


class TestGammaGamma:
    def test_finds_the_world_it_was_drawn_from(self) -> None:
        rng = np.random.default_rng(5)
        x = rng.integers(1, 8, 4000)
        mean = rng.gamma(6.0 * x, 1 / rng.gamma(4.0, 1 / 1500.0, 4000)) / x
        model = gamma_gamma.fit(Spending.of(x, mean))
        assert isinstance(model, GammaGamma)
        for number, truth in enumerate((6.0, 4.0, 1500.0 / model.unit)):
            low, _, high = model.maximum.interval(number, level=0.999)
            assert low < truth < high
        assert model.population_mean == pytest.approx(6.0 * 1500 / 3, rel=0.05)

    def test_few_purchases_are_drawn_to_the_mean_of_all(self) -> None:
        model = GammaGamma(6.0, 4.0, 1500.0, 0.0, 1.0, _with(WORLD).maximum, 1.0)
        once, often = model.mean([1, 100], [9000.0, 9000.0])
        assert 3000 < once < often < 9000
        assert model.mean([0], [0.0])[0] == pytest.approx(3000)

    def test_no_finite_mean_is_said_not_made_up(self) -> None:
        model = GammaGamma(2.0, 0.8, 10.0, 0.0, 1.0, _with(WORLD).maximum, 1.0)
        assert model.population_mean is None
        assert np.isnan(model.mean([0], [0.0])[0])
        assert np.isfinite(model.mean([1], [5.0])[0])


class TestFuture:
    """The chances of numbers of purchases against customers drawn from the posterior."""

    def test_chances_moments_and_worth(self) -> None:
        x, last, age, time, n = 12, 280.0, 300.0, 120.0, 100_000
        rows, world = Histories.of([x], [last], [age]), _with(WORLD)
        future, rng = Future(world, rows, time), np.random.default_rng(6)
        rate, leaving = rng.gamma(WORLD[0] + x, 1 / (WORLD[1] + age), n), rng.beta(WORLD[2], WORLD[3] + x, n)
        there = rng.random(n) < world.alive(rows)[0]
        bought = np.where(there, played(rate, leaving, np.full(n, time), rng)[0], 0)
        mean, variance = future.moments()
        assert mean[0] == pytest.approx(bought.mean(), rel=0.02)
        assert variance[0] == pytest.approx(bought.var(), rel=0.03)
        assert future.more_than(2)[0] == pytest.approx((bought > 2).mean(), abs=0.01)
        assert future.quantile(HIGH)[0] == pytest.approx(np.quantile(bought, HIGH), abs=1)
        nu = rng.gamma(6.0 * x + 4, 1 / (1500.0 + x * 2500.0), n)
        spent = np.where(bought > 0, rng.gamma(6.0 * np.maximum(bought, 1), 1 / nu), 0.0)
        each = 6.0 * (1500 + x * 2500) / (6 * x + 3)
        spread = np.array([1 / (6.0 * x + 2)])
        got = worth(1 - future.more_than(0), future.quantile(LOW), mean, variance, spread, 1 / 6)
        assert got.middle[0] * each == pytest.approx(spent.mean(), rel=0.02)
        assert got.high[0] * each == pytest.approx(np.quantile(spent, HIGH), rel=0.1)
        assert got.low[0] * each <= np.quantile(spent, LOW) + each

    def test_a_quantile_is_the_smallest_number_that_will_do(self, model: BgNbd, histories: Histories) -> None:
        future = Future(model, histories, 365.0)
        high = future.quantile(HIGH)
        assert (future.more_than(high) <= 1 - HIGH).all()
        some = high > 0
        assert (future.more_than(np.maximum(high - 1, 0))[some] > 1 - HIGH).all()


def _with(parameters: tuple[float, float, float, float]) -> BgNbd:
    """A model of given parameters, as if it had been fitted."""
    found = bgnbd.fit(drawn(WORLD, AGES[:500], seed=7))
    assert isinstance(found, BgNbd)
    return BgNbd(*parameters, found.log_likelihood, found.customers, found.maximum, 1.0)
