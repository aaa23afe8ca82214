"""A chance from few answers: a Beta prior and what was seen."""

from dataclasses import dataclass
from functools import lru_cache

from minori.stats.interval import Interval

CONFIDENCE = 0.9


@dataclass(frozen=True)
class Answers:
    """How many of ``n`` answers were a yes."""

    yes: int
    n: int


@lru_cache(maxsize=4096)
def chance(prior: float, prior_n: float, yes: int, n: int) -> Interval:
    """Return the chance of a yes: Beta-Binomial, the prior worth ``prior_n`` answers (Gelman, BDA3, section 2.4).

    Parameters
    ----------
    prior
        Chance believed before any answer, above 0 and below 1.
    prior_n
        How many answers the belief is worth, above 0.
    yes, n
        Answers seen: ``yes`` of ``n``.

    Returns
    -------
    Interval
        Mean with its equal-tailed 90 % interval.
    """
    from scipy.special import betaincinv  # heavy: only when a chance is asked for

    a, b = prior * prior_n + yes, (1 - prior) * prior_n + n - yes
    low, high = (float(betaincinv(a, b, q)) for q in ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2))
    return Interval(low, a / (a + b), high)
