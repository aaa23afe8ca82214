"""One suite over all models of lifetime value: what cannot be fitted is said, and nothing is ever NaN."""

import numpy as np
import pytest

from minori.stats import bgbb, bgnbd, gamma_gamma, pareto_nbd, sbg
from minori.stats.bgbb import Occasions
from minori.stats.fitting import NotEnough
from minori.stats.gamma_gamma import Spending
from minori.stats.held_out import compare
from minori.stats.histories import Histories
from minori.stats.sbg import Renewals
from stats.clv_case import drawn

FITS = {"bgnbd": bgnbd.fit, "pareto_nbd": pareto_nbd.fit}


@pytest.mark.parametrize("name", FITS)
class TestPurchaseModels:
    def _why(self, name: str, histories: Histories) -> str:
        found = FITS[name](histories)
        assert isinstance(found, NotEnough)
        return found.why

    def test_nobody_and_one_customer(self, name: str) -> None:
        assert self._why(name, Histories.of([], [], [])) == "few_customers"
        assert self._why(name, Histories.of([5], [100], [120])) == "few_customers"

    def test_nobody_came_back(self, name: str) -> None:
        assert self._why(name, Histories.of([0] * 50, [0] * 50, range(50))) == "few_repeats"

    def test_all_alike_however_many(self, name: str) -> None:
        assert self._why(name, Histories.of([2], [30], [60], [5000])) == "all_alike"

    def test_bought_today_for_the_first_time(self, name: str) -> None:
        """T = 0 says nothing, and changes nothing."""
        some = drawn((0.6, 30.0, 1.2, 3.0), np.linspace(50, 300, 400), seed=8)
        more = Histories.of(
            np.append(some.x, [0] * 40), np.append(some.last, [0] * 40), np.append(some.age, [0] * 40)
        )
        one, other = FITS[name](some), FITS[name](more)
        assert not isinstance(one, NotEnough) and not isinstance(other, NotEnough)
        assert one.r == pytest.approx(other.r, rel=1e-3)
        today = other.purchases(Histories.of([0], [0], [0]), 30.0)
        assert today[0] == pytest.approx(float(other.expected(30.0)))

    @pytest.mark.parametrize(
        "histories",
        [
            Histories.of([1, 2], [5, 6], [10, 10], [30, 30]),  # everybody came back, nobody left
            Histories.of([0, 1], [0, 10], [10, 10], [90, 10]),  # bought at the very end
            Histories.of([0, 1], [0, 1], [3650, 3650], [90, 10]),  # came back at once, then never
            Histories.of([0, 800, 3], [0, 364, 200], [365, 365, 365], [500, 10, 50]),  # a reseller
            Histories.of([1, 0], [0, 0], [10, 20], [20, 20]),  # came back within the same unit of time
        ],
    )
    def test_extreme_customers_give_finite_numbers(self, name: str, histories: Histories) -> None:
        model = FITS[name](histories)
        assert not isinstance(model, NotEnough)
        for values in (model.purchases(histories, 365.0), model.alive(histories), model.maximum.covariance):
            assert np.isfinite(values).all()
        assert ((model.alive(histories) >= 0) & (model.alive(histories) <= 1)).all()
        assert (model.purchases(histories, 365.0) >= 0).all()

    def test_the_unit_of_time_does_not_matter(self, name: str) -> None:
        days = drawn((0.6, 30.0, 1.2, 3.0), np.linspace(50, 300, 400), seed=9)
        of_days, of_years = FITS[name](days), FITS[name](days.scaled(365.0))
        assert not isinstance(of_days, NotEnough) and not isinstance(of_years, NotEnough)
        assert of_days.alpha == pytest.approx(of_years.alpha * 365, rel=1e-4)
        per_day = float(days.x.sum()) * np.log(365.0)
        assert of_days.log_likelihood == pytest.approx(of_years.log_likelihood - per_day, abs=0.01)


class TestWhatIsNoHistory:
    @pytest.mark.parametrize(
        ("x", "last", "age"),
        [(1, 5, 4), (-1, 0, 4), (0, 2, 4), (1, -1, 4), (1, 1, float("nan")), (0.5, 1, 4)],
    )
    def test_is_refused(self, x: float, last: float, age: float) -> None:
        with pytest.raises(ValueError, match="no history|not a finite|not a whole"):
            Histories.of([x], [last], [age])

    def test_lengths_differ(self) -> None:
        with pytest.raises(ValueError, match="length"):
            Histories.of([1, 2], [1], [2])


class TestOtherModels:
    def test_all_spend_the_same(self) -> None:
        found = gamma_gamma.fit(Spending.of([1] * 40 + [2] * 40, [9.5] * 80))
        assert isinstance(found, NotEnough) and found.why == "all_alike"

    def test_few_spend(self) -> None:
        found = gamma_gamma.fit(Spending.of([1, 0], [9.5, 0.0]))
        assert isinstance(found, NotEnough) and (found.why, found.n) == ("few_customers", 1)

    @pytest.mark.parametrize("mean", [0.0, -3.0, float("nan"), float("inf")])
    def test_a_mean_that_is_none_is_refused(self, mean: float) -> None:
        with pytest.raises(ValueError, match="above 0"):
            Spending.of([1], [mean])

    def test_bgbb(self) -> None:
        alike = bgbb.fit(Occasions.of([2], [3], [6], [500]))
        assert isinstance(alike, NotEnough) and alike.why == "all_alike"
        never = bgbb.fit(Occasions.of([0, 0], [0, 0], [6, 5], [500, 500]))
        assert isinstance(never, NotEnough) and never.why == "few_repeats"
        nothing = bgbb.fit(Occasions.of([], [], []))
        assert isinstance(nothing, NotEnough) and nothing.why == "few_customers"
        with pytest.raises(ValueError, match="no history"):
            Occasions.of([4], [3], [6])

    @pytest.mark.parametrize(
        ("lost", "kept", "why"),
        [
            ([], [], "few_customers"),
            ([1, 1], [1, 0], "few_customers"),
            ([10], [90], "few_periods"),
            ([0, 0, 0], [90, 80, 70], "no_losses"),
            ([50, 50], [0, 0], "all_lost"),
        ],
    )
    def test_sbg(self, lost: list[int], kept: list[int], why: str) -> None:
        found = sbg.fit(Renewals.of(lost, kept))
        assert isinstance(found, NotEnough) and found.why == why

    def test_sbg_of_a_constant_churn_is_geometric(self) -> None:
        """There α and β grow without limit; the curve does not care."""
        model = sbg.fit(Renewals.of_survival(0.8 ** np.arange(6), 10_000))
        assert not isinstance(model, NotEnough)
        assert model.survival(10) == pytest.approx(0.8**10, rel=0.01)
        assert np.isfinite(model.maximum.covariance).all()

    def test_a_residual_lifetime_needs_a_discount(self) -> None:
        model = sbg.fit(Renewals.of([50, 30], [100, 70]))
        assert not isinstance(model, NotEnough)
        with pytest.raises(ValueError, match="discount"):
            model.residual(1, 0.0)

    def test_a_survival_curve_that_rises_is_refused(self) -> None:
        with pytest.raises(ValueError, match="rise"):
            Renewals.of_survival([1.0, 0.5, 0.6], 100)


class TestHeldOut:
    def test_better_worse_and_how_sure(self) -> None:
        actual = np.tile([0.0, 1.0, 2.0, 5.0], 25)
        found = compare(actual * 0.9, actual * 0 + 2, actual, np.ones(100))
        assert found and found.better and found.clear
        assert found.model.correlation == pytest.approx(1.0)
        assert found.plain.correlation is None
        assert found.model.total_error == pytest.approx(-0.1)
        assert found.plain.mae == pytest.approx(1.5)

    def test_weights_are_customers(self) -> None:
        rows = (np.array([1.0, 2.0]), np.array([2.0, 2.0]), np.array([1.0, 3.0]))
        one = compare(*rows, np.array([30.0, 60.0]))
        each = compare(*(np.repeat(part, [30, 60]) for part in rows), np.ones(90))
        assert one and each
        assert one.gain == pytest.approx(each.gain)
        assert one.model.rmse == pytest.approx(each.model.rmse)

    def test_under_thirty_customers_nothing_is_said(self) -> None:
        assert compare(np.ones(29), np.ones(29), np.ones(29), np.ones(29)) is None

    def test_nothing_came(self) -> None:
        found = compare(np.ones(40), np.zeros(40), np.zeros(40), np.ones(40))
        assert found and found.model.total_error is None and not found.better
