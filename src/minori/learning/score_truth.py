"""Is the score true? What became of each band, against what the score said.

Windows do not overlap, so a customer counts once per horizon: intervals rest on that. Bands in order, the best first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from minori.core.figure import NOT_ENOUGH, Figure, Reading
from minori.core.text import Text
from minori.learning import score_figures as figures
from minori.learning.frozen import UNKNOWN, Flags, Frozen
from minori.learning.score_outcome import Outcome, within
from minori.policy.definitions import Churn
from minori.stats.calibration import brier, brier_of_base
from minori.stats.discrimination import Flagged, auc, flagged
from minori.stats.followed import Happened
from minori.stats.interval import Interval
from minori.stats.migration import Migration, migration
from minori.stats.order_test import OrderTest, cochran_armitage
from minori.stats.reading import read

GOOD, BAD = ("thriving", "healthy"), ("watch", "act")
BANDS = (*GOOD, *BAD)
LEFT = "left"
NOT_COMPARABLE = Text(ja="比べられません", en="not comparable")


@dataclass(frozen=True)
class Class:
    """A band, or a side of two: what was said and what was seen.

    Where customers only order, what is said is not ``comparable``: health.yaml speaks of leaving for ever, while orders
    only show who did not order within the horizon.
    """

    names: tuple[str, ...]
    lost: Happened
    gained: Happened
    predicted: float | None
    comparable: bool = True

    @property
    def holds(self) -> bool | None:
        """Whether the prediction lies in the interval of what was seen; None if either is unknown."""
        if self.predicted is None or self.lost.share is None:
            return None
        return self.lost.share.low <= self.predicted <= self.lost.share.high

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The numbers to show."""
        n, share, said = self.lost.n, self.lost.share, self.predicted
        why = NOT_ENOUGH if self.comparable else NOT_COMPARABLE
        ratio = Interval(*(end / said for end in share)) if share and said else None
        return (
            read(figures.LOST, share, n),
            read(figures.PREDICTED, said, n, why),
            read(figures.OBSERVED_OVER_PREDICTED, ratio, n, why),
            read(figures.GAINED, self.gained.share, self.gained.n),
        )


@dataclass(frozen=True)
class Truth:
    """What became of a set of frozen points, band by band and side by side."""

    bands: tuple[Class, ...]
    unknown: Class
    good: Class
    bad: Class
    all: Class  # with a known band
    lost_order: OrderTest
    gained_order: OrderTest
    lost_by_bad: Flagged
    gained_by_good: Flagged
    readings: tuple[Reading, ...]

    @property
    def lost(self) -> int:
        """How many with a known band were lost."""
        return self.all.lost.events


def truth(seen: Outcome, churn: Churn) -> Truth:
    """Return what became of the points at risk; ``churn`` is what the score says, per month."""
    said = {band: within(getattr(churn, band), seen.horizon) for band in (*BANDS, UNKNOWN)}
    of = _classes(seen, said)
    bands = tuple(of((band,)) for band in BANDS)
    good, bad, known = of(GOOD), of(BAD), of(BANDS)
    lost_order, gained_order = _order(bands, _lost), _order(bands[::-1], _gained)
    by_bad, by_good = _flag(bad.lost, good.lost), _flag(good.gained, bad.gained)
    readings = (
        *_flag_readings(by_bad, bad.lost, known.lost, _BAD),
        *_flag_readings(by_good, good.gained, known.gained, _GOOD),
        read(figures.LOST_ORDER, lost_order.p, known.lost.n),
        read(figures.GAINED_ORDER, gained_order.p, known.gained.n),
        *_discrimination(seen, said),
    )
    return Truth(bands, of((UNKNOWN,)), good, bad, known, lost_order, gained_order, by_bad, by_good, readings)


def moves(windows: Sequence[Frozen]) -> Migration:
    """Return who moved from which band to which between consecutive dates; who no longer pays has left."""
    found: list[tuple[str, str]] = []
    for before, after in pairwise(windows):
        later = dict(zip(after.customer.tolist(), after.band.tolist(), strict=True))
        pairs = zip(before.customer.tolist(), before.band.tolist(), strict=True)
        found += [(band, later.get(customer, LEFT)) for customer, band in pairs]
    return migration(found, (*BANDS, UNKNOWN, LEFT))


_Figures = tuple[Figure, Figure, Figure]
_BAD: _Figures = (figures.BAD_PRECISION, figures.BAD_RECALL, figures.BAD_LIFT)
_GOOD: _Figures = (figures.GOOD_PRECISION, figures.GOOD_RECALL, figures.GOOD_LIFT)


def _classes(seen: Outcome, said: dict[str, float]) -> Callable[[tuple[str, ...]], Class]:
    band = seen.points.band

    def of(names: tuple[str, ...]) -> Class:
        chosen: Flags = np.isin(band, names)
        counts = [int((band == name).sum()) for name in names]
        total = sum(counts)
        predicted = (
            sum(said[name] * n for name, n in zip(names, counts, strict=True)) / total if total else None
        )
        comparable = not seen.lost_is_no_order
        said_of_it = predicted if comparable else None
        return Class(names, seen.lost(chosen), seen.gained(chosen), said_of_it, comparable)

    return of


def _lost(entry: Class) -> Happened:
    return entry.lost


def _gained(entry: Class) -> Happened:
    return entry.gained


def _order(bands: Sequence[Class], of: Callable[[Class], Happened]) -> OrderTest:
    found = [of(band) for band in bands]
    return cochran_armitage([h.weighed_events for h in found], [h.effective for h in found])


def _flag(marked: Happened, others: Happened) -> Flagged:
    return flagged(marked.weighed_events, marked.effective, others.weighed_events, others.effective)


def _flag_readings(
    found: Flagged, marked: Happened, every: Happened, which: _Figures
) -> tuple[Reading, Reading, Reading]:
    precision, recall, lift = which
    return (
        read(precision, found.precision, marked.n),
        read(recall, found.recall, every.events),
        read(lift, found.lift, every.n),
    )


def _discrimination(seen: Outcome, said: dict[str, float]) -> tuple[Reading, ...]:
    """Return how well the score and its bands tell who is lost, of those whose end is known."""
    scored = seen.known & ~np.isnan(seen.points.health)
    lost, n = seen.is_lost[scored], int(scored.sum())
    chances = [said[band] for band in seen.points.band[scored].tolist()]
    error = None if seen.lost_is_no_order else brier(chances, lost)
    why = NOT_COMPARABLE if seen.lost_is_no_order else NOT_ENOUGH
    return (
        read(figures.AUC, auc(-seen.points.health[scored], lost), n),
        read(figures.BRIER, error, n, why),
        read(figures.BRIER_BASE, brier_of_base(lost), n),
    )
