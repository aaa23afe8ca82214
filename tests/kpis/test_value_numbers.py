"""The numbers under LTV: an exact split of a product, exact rates, what staying is worth."""

from decimal import Decimal
from fractions import Fraction
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minori.kpis.value_orders import silence
from minori.kpis.value_sums import money
from minori.stats.factors import apportioned, difference, split_change
from minori.stats.interval import Interval
from minori.stats.person_time import rate, rate_ratio
from minori.stats.staying import left_after, lifetime_profit, monthly, months_paid, yearly

FACTOR = st.fractions(min_value=0, max_value=10**7, max_denominator=10**6)
THREE = st.tuples(FACTOR, FACTOR, FACTOR)


class TestSplit:
    @given(THREE, THREE)
    def test_adds_up_to_the_change_exactly(
        self, was: tuple[Fraction, ...], now: tuple[Fraction, ...]
    ) -> None:
        assert sum(split_change(was, now)) == prod(now) - prod(was)

    @given(THREE, THREE)
    def test_a_factor_that_stays_adds_nothing_and_back_is_the_opposite(
        self, was: tuple[Fraction, ...], now: tuple[Fraction, ...]
    ) -> None:
        same = (was[0], now[1], now[2])
        assert split_change(was, same)[0] == 0
        assert split_change(now, was) == tuple(-part for part in split_change(was, now))

    @given(THREE, THREE)
    def test_shown_parts_add_up_to_the_last_digit(
        self, was: tuple[Fraction, ...], now: tuple[Fraction, ...]
    ) -> None:
        for currency, step in (("JPY", Decimal(1)), ("EUR", Decimal("0.01"))):
            total = money(prod(now, start=Fraction(1)), currency) - money(
                prod(was, start=Fraction(1)), currency
            )
            exact = split_change(was, now)
            parts = apportioned(exact, total, step)
            assert sum(parts) == total
            assert all(part % step == 0 for part in parts)
            assert all(
                abs(Fraction(part) - e) < 2 * Fraction(step) for part, e in zip(parts, exact, strict=True)
            )

    def test_by_hand(self) -> None:
        # 10 × 2 × 3 → 20 × 2 × 4: (Δprice) 10 × 2 × (3 + 4) ÷ 2 = 70; (Δduration) 1 × 2 × (10 + 20) ÷ 2 = 30
        was, now = (Fraction(n) for n in (10, 2, 3)), (Fraction(n) for n in (20, 2, 4))
        assert split_change(tuple(was), tuple(now)) == (70, 0, 30)

    def test_rejects_what_cannot_be(self) -> None:
        with pytest.raises(ValueError, match="1 factors before"):
            split_change((Fraction(1),), ())
        with pytest.raises(ValueError, match="no multiple"):
            apportioned((Fraction(1),), Decimal("0.5"), Decimal(1))


class TestRates:
    def test_interval_is_garwood(self) -> None:
        # chi-square quantiles: 10 events, 90 %: 5.425 – 16.962 (Pearson & Hartley table 40)
        assert rate(10, 1.0) == pytest.approx(Interval(5.425, 10.0, 16.962), abs=5e-4)
        assert rate(0, 10.0) == pytest.approx((0.0, 0.0, 0.29957), abs=1e-5)
        assert rate(0, 0.0) is None

    def test_who_is_still_there_and_who_came_late_count_for_their_time(self) -> None:
        """Lifetimes of 50 months on average, watched for a window in which many begin before and most do not end."""
        rng = np.random.default_rng(3)
        inside, middles = 0, []
        for _ in range(300):
            began = rng.uniform(-60, 12, 300)
            ended = began + rng.exponential(50, 300)
            time = np.clip(ended, 0, 12) - np.clip(began, 0, 12)
            found = rate(int(((ended > 0) & (ended < 12)).sum()), float(time.sum()))
            assert found is not None
            inside += found.low <= 1 / 50 <= found.high
            middles.append(found.middle)
        assert float(np.mean(middles)) == pytest.approx(1 / 50, rel=0.03)
        assert inside / 300 >= 0.87

    def test_ratio_is_conditional_binomial(self) -> None:
        found = rate_ratio(20, 10.0, 10, 10.0)
        assert found is not None
        assert found.middle == pytest.approx(2.0)
        assert found.low < 2 < found.high
        again = rate_ratio(10, 10.0, 20, 10.0)
        assert again is not None
        assert again.low == pytest.approx(1 / found.high)
        assert rate_ratio(3, 1.0, 0, 1.0) is None

    def test_difference_of_alike_is_around_nothing(self) -> None:
        found = difference(Interval(1, 2, 4), Interval(1, 2, 4))
        assert (found.low, found.middle, found.high) == pytest.approx((-(5**0.5), 0, 5**0.5))


class TestStaying:
    def test_a_point_of_churn_over_sixty_months(self) -> None:
        assert left_after(0.03, 60) == pytest.approx(0.160807, abs=1e-6)
        assert left_after(0.02, 60) == pytest.approx(0.297553, abs=1e-6)
        assert months_paid(0.03, 60) == pytest.approx(sum(0.97**month for month in range(60)))
        assert months_paid(0.0, 60) == 60

    @given(st.floats(0, 0.5))
    def test_months_of_a_year(self, churn: float) -> None:
        assert monthly(yearly(churn)) == pytest.approx(churn, abs=1e-6)

    def test_profit_of_a_lifetime(self) -> None:
        assert lifetime_profit(Fraction(80), Fraction(1, 20), Fraction(600)) == 1000

    def test_no_share_is_refused(self) -> None:
        with pytest.raises(ValueError, match="not a share"):
            left_after(1.2, 3)


class TestSilence:
    def test_is_what_nearly_all_gaps_stay_under(self) -> None:
        assert silence([(40, 94), (100, 1), (300, 5)]) == 100
        assert silence([(40, 96), (300, 4)]) == 40

    def test_has_bounds(self) -> None:
        assert silence([(3, 100)]) == 30
        assert silence([(900, 100)]) == 365
        assert silence([]) == 365
