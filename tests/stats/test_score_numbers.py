"""Intervals of shares, calibration, discrimination, order and migration, against closed forms and published answers."""

import numpy as np
import pytest

from minori.stats import calibration
from minori.stats.discrimination import auc, flagged
from minori.stats.intervals import clopper_pearson, jeffreys, wilson
from minori.stats.lift import lift_of_counts
from minori.stats.migration import migration
from minori.stats.order_test import cochran_armitage


class TestIntervals:
    @pytest.mark.parametrize(
        ("yes", "n", "low", "high"),
        [
            (14, 20, 0.52, 0.84),
            (56, 80, 0.61, 0.78),
            (112, 160, 0.64, 0.76),
            (10, 20, 0.32, 0.68),
            (40, 80, 0.41, 0.59),
        ],
    )
    def test_jeffreys_at_the_sizes_that_matter(self, yes: int, n: int, low: float, high: float) -> None:
        found = jeffreys(yes, n)
        assert found is not None
        assert (round(found.low, 2), round(found.high, 2)) == (low, high)

    def test_published_intervals_of_none_of_ten(self) -> None:
        # Brown, Cai & DasGupta (2001): 0 of 10 at 95 %
        assert clopper_pearson(0, 10, level=0.95) == pytest.approx((0, 0, 0.3085), abs=1e-4)
        assert jeffreys(0, 10, level=0.95) == pytest.approx((0, 0, 0.2172), abs=1e-4)
        assert wilson(0, 10, level=0.95) == pytest.approx((0, 0, 0.2775), abs=1e-4)

    @pytest.mark.parametrize("interval", [jeffreys, wilson, clopper_pearson])
    def test_without_a_sample_there_is_none_and_nonsense_is_refused(self, interval: object) -> None:
        assert callable(interval)
        assert interval(0, 0) is None
        with pytest.raises(ValueError, match="not a share"):
            interval(3, 2)


class TestCalibration:
    def test_brier_log_loss_and_base(self) -> None:
        chances, answers = [0.9, 0.2, 0.4], [1, 0, 1]
        assert calibration.brier(chances, answers) == pytest.approx((0.01 + 0.04 + 0.36) / 3)
        assert calibration.log_loss(chances, answers) == pytest.approx(-np.log([0.9, 0.8, 0.4]).mean())
        assert calibration.brier_of_base(answers) == pytest.approx(2 / 9)

    def test_a_sure_mistake_is_bad_not_infinite(self) -> None:
        found = calibration.log_loss([0.0], [1])
        assert found is not None and 13 < found < 14

    def test_tenths_hold_where_chances_are_true(self) -> None:
        rng = np.random.default_rng(3)
        p = rng.uniform(0, 0.6, 20_000)
        found = calibration.tenths(p, rng.random(20_000) < p)
        assert [t.n for t in found] == [2000] * 10
        assert sum(t.holds for t in found) >= 8
        assert all(t.ratio is not None and 0.8 < t.ratio < 1.25 for t in found)
        error = calibration.calibration_error(p, rng.random(20_000) < p)
        assert error is not None and error < 0.02

    def test_a_chance_too_high_is_seen(self) -> None:
        answers = [1] * 10 + [0] * 90
        ratio = calibration.observed_over_expected([0.2] * 100, answers)
        assert ratio is not None and ratio.middle == pytest.approx(0.5) and ratio.high < 1
        assert calibration.calibration_error([0.2] * 100, answers) == pytest.approx(0.1)
        assert calibration.calibration_error([0.2] * 100, answers, equal_width=True) == pytest.approx(0.1)

    def test_equal_chances_are_never_cut_apart(self) -> None:
        found = calibration.tenths([0.1] * 50 + [0.3] * 50, [0, 1] * 50)
        assert [(t.n, t.predicted) for t in found] == [(50, pytest.approx(0.1)), (50, pytest.approx(0.3))]

    def test_nobody_is_none(self) -> None:
        assert calibration.brier([], []) is None
        assert calibration.log_loss([], []) is None
        assert calibration.tenths([], []) == []
        assert calibration.calibration_error([], []) is None
        assert calibration.observed_over_expected([], []) is None

    def test_what_is_no_chance_is_refused(self) -> None:
        with pytest.raises(ValueError, match="0 to 1"):
            calibration.brier([1.2], [1])


class TestDiscrimination:
    def test_auc_counts_pairs_ties_half(self) -> None:
        found = auc([1, 2, 2, 3], [0, 0, 1, 1])
        assert found is not None and found.middle == pytest.approx(3.5 / 4)

    def test_delong_error_is_that_of_the_formula(self) -> None:
        rng = np.random.default_rng(2)
        yes, no = rng.normal(0.7, 1, 80), rng.normal(0, 1, 120)
        found = auc([*yes, *no], [1] * 80 + [0] * 120)
        above, below = (yes[:, None] > no).mean(1), (yes[:, None] > no).mean(0)
        error = np.sqrt(above.var(ddof=1) / 80 + below.var(ddof=1) / 120)
        assert found is not None
        width = np.log(found.high / (1 - found.high)) - np.log(found.low / (1 - found.low))
        assert width == pytest.approx(2 * 1.6448536 * error / (found.middle * (1 - found.middle)))

    def test_perfect_order_is_not_certain_and_one_group_is_none(self) -> None:
        perfect = auc([1, 2, 3, 4], [0, 0, 1, 1])
        assert perfect is not None and perfect.middle == 1 and perfect.low < 0.9
        assert auc([1, 2], [1, 1]) is None

    def test_precision_recall_and_lift_are_three_things(self) -> None:
        found = flagged(10, 20, 10, 180)
        assert [x and x.middle for x in (found.precision, found.recall, found.base, found.lift)] == [
            pytest.approx(x) for x in (0.5, 0.5, 0.1, 5.0)
        ]

    def test_lift_covers_as_it_says(self) -> None:
        rng = np.random.default_rng(4)
        truth = 0.3 / (0.25 * 0.3 + 0.75 * 0.1)
        found = [lift_of_counts(rng.binomial(100, 0.3), 100, rng.binomial(300, 0.1), 300) for _ in range(400)]
        hits = [x is not None and x.low <= truth <= x.high for x in found]
        assert 0.86 <= np.mean(hits) <= 0.95

    def test_lift_without_events_or_flags_is_none_and_zero_is_not_sure(self) -> None:
        assert lift_of_counts(0, 10, 0, 10) is None
        assert lift_of_counts(0, 0, 5, 10) is None
        zero = lift_of_counts(0, 10, 5, 90)
        assert zero is not None and zero.middle == 0 and zero.high > 0.3


class TestOrder:
    def test_agresti_infant_malformation(self) -> None:
        # Agresti, Categorical Data Analysis, table 3.8: alcohol and malformation, scores 0, .5, 1.5, 4, 7: z² = 6.57
        yes, no = (48, 38, 5, 1, 1), (17066, 14464, 788, 126, 37)
        found = cochran_armitage(yes, [y + n for y, n in zip(yes, no, strict=True)], (0, 0.5, 1.5, 4, 7))
        assert found.z is not None and found.z**2 == pytest.approx(6.57, abs=0.005)
        assert not found.monotone

    def test_nothing_to_order(self) -> None:
        assert cochran_armitage([0, 0], [5, 5]).p is None
        assert cochran_armitage([1], [5]).p is None
        assert cochran_armitage([], []).p is None
        assert cochran_armitage([1, 0], [5, 0]).z is None

    def test_a_fall_is_no_rise(self) -> None:
        found = cochran_armitage([20, 5], [50, 50])
        assert found.p is not None and found.p > 0.99


class TestMigration:
    def test_shares_of_each_start(self) -> None:
        found = migration([("a", "b"), ("a", "a"), ("b", "b")], ("a", "b"))
        share = found.share("a", "b")
        assert share is not None and share.middle == 0.5
        assert found.stayed == pytest.approx(2 / 3)

    def test_nobody_and_unknown_classes(self) -> None:
        assert migration([], ("a",)).stayed is None
        assert migration([], ("a",)).share("a", "a") is None
        with pytest.raises(ValueError, match="unknown class 'c'"):
            migration([("a", "c")], ("a", "b"))
