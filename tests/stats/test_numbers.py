"""Pure numbers against closed forms."""

import pytest

from minori.stats.beta_binomial import chance
from minori.stats.projection import reaches
from minori.stats.rounding import significant


class TestChance:
    def test_prior_and_answers_are_added(self) -> None:
        got = chance(0.1, 20, 3, 10)
        assert got.middle == pytest.approx(5 / 30)
        assert got.low < got.middle < got.high

    def test_a_flat_prior_without_answers_spans_nine_tenths(self) -> None:
        assert chance(0.5, 2, 0, 0) == pytest.approx((0.05, 0.5, 0.95))


class TestReaches:
    def test_an_exact_line_is_found(self) -> None:
        got = reaches([(-7.0 * k, 50 - 2.0 * k) for k in range(10)], 60, rising=True)
        assert got and got.days == pytest.approx(35)
        assert got.earliest == pytest.approx(35)

    def test_noise_widens_the_interval(self) -> None:
        got = reaches([(-7.0 * k, 50 - 2.0 * k + (-1) ** k * 3) for k in range(10)], 60, rising=True)
        assert got and got.latest and got.earliest < got.days < got.latest

    def test_too_few_points_the_wrong_way_and_too_far_are_silent(self) -> None:
        line = [(-7.0 * k, 50 - 2.0 * k) for k in range(10)]
        assert reaches(line[:5], 60, rising=True) is None
        assert reaches(line, 40, rising=False) is None
        assert reaches(line, 5000, rising=True) is None


def test_nine_significant_digits() -> None:
    assert significant(123456789.123) == 123456789.0
    assert significant(0.1 + 0.2) == 0.3
