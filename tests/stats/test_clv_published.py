"""Models of lifetime value against published parameters and forecasts."""

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from minori.stats import bgbb, bgnbd, gamma_gamma, pareto_nbd, sbg
from minori.stats.bgbb import BgBb
from minori.stats.bgnbd import BgNbd
from minori.stats.gamma_gamma import GammaGamma, Spending
from minori.stats.histories import Histories
from minori.stats.pareto_nbd import ParetoNbd
from minori.stats.sbg import Renewals, Sbg
from stats.clv_case import DATA, REALDATA, donations


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    rows = json.loads((DATA / "oracles" / "oracles.json").read_text("utf-8"))
    return {row["id"]: row["expected"] for row in rows}


@pytest.fixture(scope="module")
def cdnow() -> Histories:
    rows = pd.read_csv(DATA / "cdnow" / "cdnow_customers_summary.csv")
    return Histories.of(rows["frequency"], rows["recency"], rows["T"])


@pytest.mark.realdata
class TestCdnow:
    pytestmark = REALDATA

    def test_bgnbd_to_three_decimals(self, cdnow: Histories) -> None:
        model = bgnbd.fit(cdnow)
        assert isinstance(model, BgNbd)
        got = (model.r, model.alpha, model.a, model.b)
        assert got == pytest.approx((0.243, 4.414, 0.793, 2.426), abs=0.0006)
        assert model.log_likelihood == pytest.approx(-9582.43, abs=0.005)

    def test_bgnbd_expects_what_the_authors_did(self, cdnow: Histories, published: dict[str, Any]) -> None:
        model = bgnbd.fit(cdnow)
        assert isinstance(model, BgNbd)
        times = [0.1429, 1.0, 3.0, 31.8571, 32.0, 78.0]
        assert model.expected(times) == pytest.approx(published["clv.bgnbd.expectation"], abs=0.0005)

    def test_pareto_nbd(self, cdnow: Histories, published: dict[str, Any]) -> None:
        model = pareto_nbd.fit(cdnow)
        assert isinstance(model, ParetoNbd)
        for name, value in published["clv.paretonbd.params"].items():
            assert getattr(model, name) == pytest.approx(value, abs=0.01), name
        assert model.log_likelihood == pytest.approx(-9594.97, abs=0.01)
        assert model.expected(range(10)) == pytest.approx(published["clv.paretonbd.expectation"], abs=0.01)

    def test_gamma_gamma(self, published: dict[str, Any]) -> None:
        rows = pd.read_csv(DATA / "cdnow" / "cdnow_customers_summary_with_transactions.csv")
        model = gamma_gamma.fit(Spending.of(rows["x"], rows["zbar"]))
        assert isinstance(model, GammaGamma)
        assert model.customers == 946
        for name, value in published["clv.gammagamma.params"].items():
            assert getattr(model, name) == pytest.approx(value, abs=0.01), name

    def test_grouped_rows_say_the_same_as_one_row_per_customer(self, cdnow: Histories) -> None:
        frame = pd.DataFrame({"x": cdnow.x, "last": cdnow.last, "age": cdnow.age})
        grouped = frame.groupby(["x", "last", "age"]).size().reset_index(name="n")
        few = Histories.of(grouped["x"], grouped["last"], grouped["age"], grouped["n"])
        assert len(few.x) < len(cdnow.x)
        one, other = bgnbd.fit(cdnow), bgnbd.fit(few)
        assert isinstance(one, BgNbd) and isinstance(other, BgNbd)
        assert one.alpha == pytest.approx(other.alpha, rel=1e-5)
        assert one.purchases(cdnow, 39).sum() == pytest.approx(
            float(other.purchases(few, 39) @ few.weight), rel=1e-6
        )


def test_bgbb_on_donations() -> None:
    occasions = donations()
    assert occasions.customers == 11_104
    model = bgbb.fit(occasions)
    assert isinstance(model, BgBb)
    got = (model.alpha, model.beta, model.gamma, model.delta)
    assert got == pytest.approx((1.204, 0.750, 0.657, 2.783), abs=0.001)
    assert model.log_likelihood == pytest.approx(-33225.58, abs=0.01)
    assert model.purchases(occasions, 5) @ occasions.weight == pytest.approx(12884.2, abs=0.1)


class TestSbg:
    """Fader & Hardie (2007), table 1, fitted on seven years of a thousand customers."""

    HIGH_END = (1.0, 0.869, 0.743, 0.653, 0.593, 0.551, 0.517, 0.491)
    REGULAR = (1.0, 0.631, 0.468, 0.382, 0.326, 0.289, 0.262, 0.241)

    @pytest.mark.parametrize(
        ("survival", "parameters", "log_likelihood"),
        [(HIGH_END, (0.668, 3.806), -1611.16), (REGULAR, (0.704, 1.182), -1680.27)],
    )
    def test_parameters(
        self, survival: tuple[float, ...], parameters: tuple[float, float], log_likelihood: float
    ) -> None:
        model = sbg.fit(Renewals.of_survival(survival, 1000))
        assert isinstance(model, Sbg)
        assert (model.alpha, model.beta) == pytest.approx(parameters, abs=0.001)
        assert model.log_likelihood == pytest.approx(log_likelihood, abs=0.01)

    def test_forecast_and_value_of_who_is_left(self) -> None:
        model = sbg.fit(Renewals.of_survival(self.HIGH_END, 1000))
        assert isinstance(model, Sbg)
        assert model.survival(range(8, 13)) == pytest.approx([0.460, 0.436, 0.414, 0.395, 0.378], abs=0.001)
        # Seven renewals made, the eighth ahead.
        assert model.residual_before_renewal(8, 0.1) == pytest.approx(7.530, abs=0.001)

    def test_a_regular_account_of_seven_years_is_worth_seven_more(self) -> None:
        model = sbg.fit(Renewals.of_survival(self.REGULAR, 1000))
        assert isinstance(model, Sbg)
        assert model.residual(7, 0.1) == pytest.approx(7.22, abs=0.01)

    def test_cohorts_of_any_age_add(self) -> None:
        whole = Renewals.of_survival(self.REGULAR, 1000)
        young = Renewals.of_survival(self.REGULAR[:4], 500)
        lost, kept = whole.lost.copy(), whole.kept.copy()
        lost[:3] += young.lost
        kept[:3] += young.kept
        model, alone = sbg.fit(Renewals.of(lost, kept)), sbg.fit(whole)
        assert isinstance(model, Sbg) and isinstance(alone, Sbg)
        assert (model.alpha, model.beta) == pytest.approx((alone.alpha, alone.beta), rel=0.15)
        assert model.maximum.covariance[0, 0] < alone.maximum.covariance[0, 0]

    def test_the_band_holds_what_came_and_starts_certain(self) -> None:
        model = sbg.fit(Renewals.of_survival(self.REGULAR, 1000))
        assert isinstance(model, Sbg)
        low, high = model.survival_band(np.array([0, 12]))
        assert (low[0], high[0]) == (1.0, 1.0)
        assert low[1] < 0.173 < high[1]  # year twelve, as it came
