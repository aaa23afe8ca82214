"""How well a score ranks customers by what a contact does to them: Qini, AUTOC, uplift in the best share.

Qini as Radcliffe (2007), divided by the area of a perfect ranking as scikit-uplift's ``qini_auc_score`` does, so that
figures can be compared; AUTOC as Yadlowsky, Fleming, Shah, Brunskill & Wager (2021), eq. 2.4. Intervals come from
weighing customers anew (Poisson bootstrap), which needs one sort only.
"""

from dataclasses import dataclass

import numpy as np

from minori.stats.arrays import Flags, Floats, Ints
from minori.stats.interval import Interval

DRAWS = 200
LEAST_LEAD = 0.1
"""The best share must surely gain this much more than all, as a share of what all gain, to be worth telling apart."""


@dataclass(frozen=True)
class Ranking:
    """What a score is worth as a ranking; every reading with its bootstrap interval."""

    qini: Interval
    autoc: Interval
    uplift_at: Interval  # treated less held out, among the best ``best`` of all
    average: Interval  # treated less held out, among all
    lead: Interval  # uplift_at less average
    best: float

    @property
    def usable(self) -> bool:
        """Whether customers differ in a way worth acting on: surely ranked, and by more than a little."""
        return self.qini.low > 0 and self.lead.low > LEAST_LEAD * abs(self.average.middle)


def judge(
    score: Floats,
    treated: Flags,
    outcome: Floats,
    *,
    share: float,
    seed: int,
    best: float = 0.3,
    level: float = 0.95,
    draws: int = DRAWS,
) -> Ranking:
    """
    Judge a score on customers it was not learned from.

    Parameters
    ----------
    score
        Higher: contact earlier.
    treated, outcome
        Arm, and what came of it: 0 or 1.
    share
        Chance of being drawn into the treated arm.
    seed
        Of the bootstrap.
    best
        Share of customers of which the uplift is read.
    """
    ordered = _Ordered.of(score, treated, outcome, share, best)
    random = np.random.default_rng(seed)
    again = [ordered.read(random.poisson(1.0, len(score)).astype(np.float64)) for _ in range(draws)]
    low, high = np.quantile(np.array(again), [(1 - level) / 2, (1 + level) / 2], axis=0)
    middle = ordered.read(np.ones(len(score)))
    ends = zip(low.tolist(), middle.tolist(), high.tolist(), strict=True)
    qini, autoc, uplift_at, average, lead = (Interval(*three) for three in ends)
    return Ranking(qini, autoc, uplift_at, average, lead, best)


@dataclass(frozen=True)
class _Ordered:
    """Customers from the highest score to the lowest; ``ends`` are the last places of equal scores."""

    treated: Floats
    outcome: Floats
    gained: Floats  # unbiased for the effect on the single customer
    ends: Ints
    perfect: Ints  # the order of a ranking that knows arm and outcome
    perfect_ends: Ints
    best: float

    @classmethod
    def of(cls, score: Floats, treated: Flags, outcome: Floats, share: float, best: float) -> "_Ordered":
        order = np.argsort(-score, kind="stable")
        arm, came = treated[order].astype(np.float64), outcome[order].astype(np.float64)
        known = came * arm - came * (1 - arm)
        perfect = np.argsort(-known, kind="stable")
        gained = (arm / share - (1 - arm) / (1 - share)) * (came - came.mean())
        return cls(arm, came, gained, _ends(score[order]), perfect, _ends(known[perfect]), best)

    def read(self, weight: Floats) -> Floats:
        """Return the readings of a Ranking in its order, each customer counted ``weight`` times."""
        best, average = self._uplift(weight, self.best), self._uplift(weight, 1.0)
        return np.array([self._qini(weight), self._autoc(weight), best, average, best - average])

    def _qini(self, weight: Floats) -> float:
        own = _area(weight, self.treated, self.outcome, self.ends)
        order = self.perfect
        perfect = _area(weight[order], self.treated[order], self.outcome[order], self.perfect_ends)
        return own / perfect if perfect else 0.0

    def _autoc(self, weight: Floats) -> float:
        """Return the mean over shares of: effect on those ranked above, less effect on all."""
        counted = weight > 0
        above = (np.cumsum(weight * self.gained)[counted]) / np.cumsum(weight)[counted]
        return float(np.average(above, weights=weight[counted]) - above[-1])

    def _uplift(self, weight: Floats, share: float) -> float:
        last = int(np.searchsorted(np.cumsum(weight), share * weight.sum() * (1 - 1e-12))) + 1
        own, arm, came = weight[:last], self.treated[:last], self.outcome[:last]
        return _rate(own * arm, came) - _rate(own * (1 - arm), came)


def _ends(ranked: Floats) -> Ints:
    return np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1).astype(np.int64)


def _area(weight: Floats, treated: Floats, outcome: Floats, ends: Ints) -> float:
    """Return the area between the Qini curve and the straight line to its end."""
    count, contacted = np.cumsum(weight)[ends], np.cumsum(weight * treated)[ends]
    left = count - contacted
    yes_treated = np.cumsum(weight * treated * outcome)[ends]
    yes_left = np.cumsum(weight * (1 - treated) * outcome)[ends]
    curve = yes_treated - np.divide(yes_left * contacted, left, out=np.zeros(len(left)), where=left > 0)
    x, y = np.append(0.0, count), np.append(0.0, curve)
    return float(np.trapezoid(y, x) - x[-1] * y[-1] / 2)


def _rate(weight: Floats, outcome: Floats) -> float:
    whole = float(weight.sum())
    return float(weight @ outcome) / whole if whole else 0.0
