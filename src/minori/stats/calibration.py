"""Do predicted chances come true?

Chances are shares of 0-1, answers 0 or 1; lists of one length. Without rows every number is None.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from minori.stats.interval import Interval
from minori.stats.intervals import LEVEL, jeffreys
from minori.stats.scoring import losses

Floats = npt.NDArray[np.float64]
Values = npt.ArrayLike
PARTS = 10


@dataclass(frozen=True)
class Tenth:
    """Rows of similar predicted chance: what was predicted, what was seen.

    ``observed`` is the share seen with Jeffreys' interval; ``ratio`` is observed over predicted, None if 0 was predicted.
    """

    n: int
    lowest: float
    highest: float
    predicted: float
    yes: int
    observed: Interval

    @property
    def ratio(self) -> float | None:
        """Observed over predicted."""
        return self.observed.middle / self.predicted if self.predicted > 0 else None

    @property
    def holds(self) -> bool:
        """Whether the prediction lies in the interval of what was seen."""
        return self.observed.low <= self.predicted <= self.observed.high


def brier(chances: Values, answers: Values) -> float | None:
    """Return the mean squared error (Brier 1950, Monthly Weather Review 78, 1-3); 0 is perfect."""
    p, y = _checked(chances, answers)
    return float(np.mean((p - y) ** 2)) if len(p) else None


def brier_of_base(answers: Values) -> float | None:
    """Return the Brier score of who predicts the base rate for everybody: what a model must beat."""
    y = np.asarray(answers, dtype=np.float64)
    return float(y.mean() * (1 - y.mean())) if len(y) else None


def log_loss(chances: Values, answers: Values) -> float | None:
    """Return the mean negative log-likelihood, in nats."""
    p, y = _checked(chances, answers)
    return float(losses(y, p).mean()) if len(p) else None


def tenths(chances: Values, answers: Values, *, parts: int = PARTS, level: float = LEVEL) -> list[Tenth]:
    """
    Return the reliability table: rows in order of chance, cut into parts of about equal size.

    Equal chances are never cut apart, so a table of few different chances has fewer parts.

    References
    ----------
    Hosmer & Lemeshow, Applied Logistic Regression, 3rd ed., section 5.2.2.
    """
    p, y = _checked(chances, answers)
    order = np.argsort(p, kind="stable")
    p, y = p[order], y[order]
    ends = {int(np.searchsorted(p, p[end - 1], side="right")) for end in _ends(len(p), parts)}
    starts = [0, *sorted(ends)]
    return [_tenth(p[first:last], y[first:last], level) for first, last in pairwise(starts) if last > first]


def calibration_error(
    chances: Values, answers: Values, *, parts: int = PARTS, equal_width: bool = False
) -> float | None:
    """
    Return the expected calibration error (ECE): |predicted - observed| per part, weighted by its rows.

    ``equal_width`` cuts 0-1 evenly as in the paper; default are parts of equal size, which do not stand on single rows.

    References
    ----------
    Naeini, Cooper & Hauskrecht (2015), AAAI, section "Calibration metrics".
    """
    p, y = _checked(chances, answers)
    if not len(p):
        return None
    if not equal_width:
        return sum(t.n * abs(t.predicted - t.observed.middle) for t in tenths(p, y, parts=parts)) / len(p)
    place = np.minimum((p * parts).astype(np.int64), parts - 1)
    return float(np.abs(np.bincount(place, p - y, minlength=parts)).sum() / len(p))


def observed_over_expected(chances: Values, answers: Values, *, level: float = LEVEL) -> Interval | None:
    """Return how many answers were a yes over how many were predicted, with Jeffreys' interval of the share seen."""
    p, y = _checked(chances, answers)
    seen = jeffreys(float(y.sum()), len(y), level=level)
    if seen is None or p.mean() <= 0:
        return None
    return Interval(*(value / float(p.mean()) for value in seen))


def _ends(n: int, parts: int) -> list[int]:
    return [end for part in range(1, parts + 1) if (end := round(n * part / parts)) > 0]


def _tenth(p: Floats, y: Floats, level: float) -> Tenth:
    observed = jeffreys(float(y.sum()), len(y), level=level)
    if observed is None:
        raise ValueError("a part has rows")
    return Tenth(len(p), float(p[0]), float(p[-1]), float(p.mean()), int(y.sum()), observed)


def _checked(chances: Values, answers: Values) -> tuple[Floats, Floats]:
    p, y = np.asarray(chances, dtype=np.float64), np.asarray(answers, dtype=np.float64)
    if p.shape != y.shape or p.ndim != 1:
        raise ValueError("chances and answers are two lists of one length")
    if len(p) and not (((p >= 0) & (p <= 1)).all() and np.isin(y, (0.0, 1.0)).all()):
        raise ValueError("a chance is 0 to 1, an answer 0 or 1")
    return p, y
