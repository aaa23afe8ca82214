"""Competing risks, and shares within a horizon."""

import numpy as np
import pytest

from minori.stats.competing import cumulative_incidence
from minori.stats.followed import happened_within
from minori.stats.intervals import jeffreys
from minori.stats.survival import kaplan_meier

NAN = float("nan")


def sample(n: int = 200) -> tuple[list[int], list[str | None]]:
    rng = np.random.default_rng(1)
    times = rng.integers(1, 30, n).tolist()
    causes = rng.choice([None, "a", "b"], n).tolist()
    return times, causes


class TestCumulativeIncidence:
    def test_published_package_gives_the_same(self) -> None:
        # statsmodels 0.15 CumIncidenceRight on the same rows: estimate and variance at 5, 15, 28
        curve = cumulative_incidence(*sample(), "a")
        place = [int(np.searchsorted(curve.times, t)) for t in (5, 15, 28)]
        assert curve.estimate[place] == pytest.approx([0.06127984, 0.18045089, 0.44665479], abs=1e-8)
        assert curve.variance[place] == pytest.approx([0.00029392, 0.00081725, 0.00194044], abs=1e-8)

    def test_causes_add_up_to_everything(self) -> None:
        times, causes = sample()
        of_a, of_b = (cumulative_incidence(times, causes, c).estimate for c in ("a", "b"))
        gone = 1 - kaplan_meier(times, [c is not None for c in causes]).estimate
        assert of_a + of_b == pytest.approx(gone)

    def test_one_cause_is_kaplan_meier(self) -> None:
        times, causes = sample()
        alone = ["a" if c == "a" else None for c in causes]
        found, kept = cumulative_incidence(times, alone, "a"), kaplan_meier(times, [c == "a" for c in alone])
        assert found.estimate == pytest.approx(1 - kept.estimate)
        inside = (kept.estimate > 0) & (kept.estimate < 1)
        assert found.variance[inside] == pytest.approx(kept.variance[inside])
        assert found.low[inside] == pytest.approx(1 - kept.high[inside])

    def test_a_cause_never_seen_is_zero_with_a_bound(self) -> None:
        found = cumulative_incidence([3, 4, 4], ["b", None, None], "a").at(4)
        assert found is not None and (found.low, found.middle) == (0, 0)
        assert found.high == pytest.approx(1 - 0.05**0.5)

    def test_nobody(self) -> None:
        assert cumulative_incidence([], [], "a").at(1) is None


class TestHappenedWithin:
    def test_wholly_followed_it_is_the_plain_share(self) -> None:
        found = happened_within(180, [10, 200, NAN, NAN], [NAN] * 4, [400] * 4)
        assert (found.n, found.events, found.effective) == (4, 1, pytest.approx(4))
        assert found.share == pytest.approx(jeffreys(1, 4))

    def test_what_rules_it_out_first_counts(self) -> None:
        found = happened_within(180, [50, 50, NAN], [20, 90, NAN], [400] * 3)
        assert found.events == 1
        assert found.share is not None and found.share.middle == pytest.approx(1 / 3)

    def test_who_was_followed_shorter_counts_less(self) -> None:
        found = happened_within(100, [50, NAN, NAN, NAN], [NAN] * 4, [400, 10, 400, 400])
        assert found.share is not None and found.share.middle == pytest.approx(1 / 3)
        assert 3 <= found.effective < 4

    def test_followed_too_short_is_unknown(self) -> None:
        assert happened_within(100, [5, NAN], [NAN] * 2, [60, 60]).share is None

    def test_nobody_and_none(self) -> None:
        assert happened_within(100, [], [], []).share is None
        none = happened_within(100, [NAN] * 20, [NAN] * 20, [400] * 20)
        assert none.share == pytest.approx(jeffreys(0, 20))

    def test_after_the_follow_up_nothing_is_seen(self) -> None:
        assert happened_within(100, [150, 50], [NAN] * 2, [400, 30]).events == 0
