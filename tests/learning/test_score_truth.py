"""Is the score true: what is counted, the verdict in words, and the ship floor."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from learning.score_case import points
from minori.learning import floor_figures, score_figures
from minori.learning.frozen import Living
from minori.learning.score_floor import (
    Swing,
    early_warning,
    green_share,
    one_part,
    red_capacity,
    red_over_base,
)
from minori.learning.score_outcome import left_in_embargo, outcome, within
from minori.learning.score_truth import Truth, moves, truth
from minori.learning.score_verdict import verdict
from minori.policy.definitions import Churn
from minori.stats.intervals import jeffreys

SAYS = Churn(thriving=0.01, healthy=0.01, watch=0.1, act=0.1)  # 5.8 % and 46 % in 180 days


def band(name: str, n: int, lost: int = 0, gained: int = 0, **more: Any) -> Mapping[str, Any]:
    return {"band": name, "n": n, "lost": lost, "gained": gained, **more}


def found(*groups: Mapping[str, Any], living: Living = "contracts") -> Truth:
    return truth(outcome(points(groups), living, 180), SAYS)


class TestCounting:
    def test_a_band_is_its_share_with_jeffreys_interval(self) -> None:
        lowest = found(band("act", 20, lost=10), band("thriving", 80, lost=4, gained=56)).bands[-1]
        assert lowest.lost.share == pytest.approx(jeffreys(10, 20))
        assert lowest.predicted == pytest.approx(within(0.1, 180))
        assert lowest.holds

    def test_sansan_is_read_both_ways(self) -> None:
        readings = {
            r.figure.id: r.value
            for r in found(band("watch", 40, lost=20), band("healthy", 160, lost=20, gained=112)).readings
        }
        assert readings["bad_precision"] == pytest.approx(0.5)
        assert readings["bad_recall"] == pytest.approx(0.5)
        assert readings["bad_lift"] == pytest.approx(2.5)
        assert readings["good_precision"] == pytest.approx(0.7)
        assert readings["good_recall"] == pytest.approx(1.0)
        assert readings["lost_auc"] == pytest.approx((20 * 140 + 0.5 * 20 * 20 + 0.5 * 20 * 140) / (40 * 160))

    def test_who_left_before_the_embargo_ended_is_no_success_of_a_warning(self) -> None:
        frozen = points([band("act", 5, mrr_after=0), band("act", 5, mrr=0), band("act", 5)])
        assert left_in_embargo(frozen, "contracts") == 5
        assert len(outcome(frozen, "contracts", 180).points) == 5

    def test_an_expansion_after_the_loss_is_none_and_the_horizon_ends(self) -> None:
        frozen = points([band("act", 4, lost=4), band("healthy", 4)])
        late = replace(frozen, expanded_after=np.array([90.0] * 4 + [200.0] * 4))
        entry = truth(outcome(late, "contracts", 180), SAYS).all
        assert (entry.gained.events, entry.lost.events) == (0, 4)

    def test_who_is_followed_shorter_is_censored_not_kept(self) -> None:
        frozen = points([band("act", 10, lost=5), band("act", 10, followed=10)])
        entry = truth(outcome(frozen, "contracts", 180), SAYS).all.lost
        assert entry.share is not None and entry.share.middle == pytest.approx(0.5)
        assert entry.effective == pytest.approx(10)

    def test_without_a_score_nobody_is_counted_as_well(self) -> None:
        everything = found(band("unknown", 30, lost=30), band("healthy", 10))
        assert (everything.unknown.lost.events, everything.lost, everything.all.lost.n) == (30, 0, 10)

    def test_a_shop_loses_who_does_not_order_and_says_nothing_comparable(self) -> None:
        entry = found(band("healthy", 10, gained=7), living="orders").good
        assert (entry.lost.events, entry.gained.events, entry.predicted) == (3, 7, None)
        assert entry.readings[1].missing is not None and entry.readings[1].missing.en == "not comparable"

    def test_nobody_is_not_enough_data(self) -> None:
        nothing = found()
        assert all(r.missing for r in nothing.readings)
        assert verdict(nothing).code == "not_enough_data"


class TestVerdict:
    def test_calibrated_needs_both_sides_inside(self) -> None:
        said = verdict(found(band("healthy", 200, lost=12), band("act", 100, lost=45)))
        assert said.code == "calibrated"
        assert "said 5.8%, seen 6.0%" in said.why.en

    def test_a_prediction_outside_is_indicative(self) -> None:
        assert verdict(found(band("healthy", 200, lost=40), band("act", 100, lost=45))).code == "indicative"

    def test_79_on_a_side_are_indicative(self) -> None:
        said = verdict(found(band("healthy", 200, lost=12), band("act", 79, lost=36)))
        assert said.code == "indicative" and "79" in said.why.ja

    def test_no_order_with_enough_seen_does_not_predict(self) -> None:
        assert (
            verdict(found(band("healthy", 100, lost=20), band("act", 100, lost=20))).code
            == "does_not_predict"
        )

    def test_a_score_that_warns_of_nobody_does_not_predict(self) -> None:
        assert verdict(found(band("thriving", 400, lost=40), band("act", 3))).code == "does_not_predict"

    def test_few_losses_are_not_enough(self) -> None:
        assert (
            verdict(found(band("healthy", 100, lost=3), band("act", 100, lost=6))).code == "not_enough_data"
        )

    def test_a_shop_is_indicative_at_best(self) -> None:
        shop = found(band("healthy", 200, gained=180), band("act", 200, gained=20), living="orders")
        assert verdict(shop).code == "indicative"


class TestFloor:
    def test_red_three_times_the_base(self) -> None:
        met = red_over_base(found(band("act", 20, lost=15), band("healthy", 180, lost=5)))
        assert (met.met, met.reading.value) == (True, pytest.approx(7.5))
        assert met.reading.low is not None and 3 < float(met.reading.low) < 7.5
        missed = red_over_base(found(band("act", 100, lost=20), band("healthy", 100, lost=10)))
        assert missed.met is False
        assert red_over_base(found(band("act", 5, lost=5), band("healthy", 95, lost=9))).met is None

    def test_warned_early_enough_counts_each_once_at_the_earlier_date(self) -> None:
        groups = [band("act", 8, lost=8), band("healthy", 4, lost=4)]
        early = points(groups)  # 70 days before the loss with 30 of embargo
        later = replace(
            early, as_of=early.as_of + np.timedelta64(5, "D"), band=np.full(12, "act", dtype=object)
        )
        later = replace(later, churned_after=early.churned_after - 5)
        both = type(early)(
            **{name: np.concatenate([getattr(early, name), getattr(later, name)]) for name in vars(early)}
        )
        read = early_warning(outcome(both, "contracts", 180), 30)
        assert (read.reading.sample, read.reading.value, read.met) == (12, pytest.approx(8 / 12), True)

    def test_a_warning_too_late_or_too_early_is_none(self) -> None:
        frozen = points([band("act", 12, lost=12)])
        for days in (29.0, 61.0):
            moved = replace(frozen, churned_after=np.full(12, days))
            assert early_warning(outcome(moved, "contracts", 180), 30).reading.sample == 0

    def test_green_book(self) -> None:
        assert green_share(points([band("thriving", 81), band("act", 19), band("unknown", 50)])).met is False
        assert green_share(points([band("thriving", 80), band("act", 20)])).met is True
        assert green_share(points([band("thriving", 5)])).met is None

    def test_one_part_may_not_carry_a_score_across_a_band(self) -> None:
        swings = [Swing("a", 0.25, 10), Swing("a", 0.5, 5), Swing("b", 0.2, 15)]
        read = one_part(swings, {"a": 80, "b": 100}, 20, {"a": score_figures.LOST.label})
        assert (read.met, read.reading.value) == (False, pytest.approx(5 / 15))
        assert read.detail == score_figures.LOST.label
        assert one_part(swings[:1], {"a": 80}, 20, {}).met is True
        assert one_part([], {}, 20, {}).met is None

    def test_red_band_fits_the_busiest_owner(self) -> None:
        book = points([band("act", 51, owner="sato"), band("act", 10, owner="ito"), band("healthy", 50)])
        assert red_capacity(book, {"sato": 10, "ito": 10}, 20).reading.value == pytest.approx(1.02)
        assert red_capacity(book, {"sato": 20, "ito": 10}, 20).met is True


def test_moves_follow_each_customer_and_who_left() -> None:
    before = points([band("act", 2), band("healthy", 1)])
    after = points([band("watch", 1)])
    found = moves([before, replace(after, as_of=after.as_of + np.timedelta64(180, "D"))])
    assert found.counts == {("act", "watch"): 1, ("act", "left"): 1, ("healthy", "left"): 1}


def test_chance_within_a_horizon_compounds() -> None:
    assert within(0.1, 365) == pytest.approx(1 - 0.9 ** (365 / 30.4375))


def test_figures_have_one_id_each() -> None:
    ids = [figure.id for figure in (*score_figures.FIGURES, *floor_figures.FIGURES)]
    assert len(set(ids)) == len(ids)
