"""The rate of a yes as it was known at each moment: older answers fade, so that it follows when times change."""

import numpy as np

from minori.stats.arrays import Floats, Ints
from minori.stats.scoring import logit

HALF_LIFE = 200  # answers after which one counts half


def recent_rate(
    y: Floats, at: Ints, known: Ints, *, prior: float, prior_n: float, half_life: float = HALF_LIFE
) -> Floats:
    """
    Return, as log-odds, the Beta-binomial rate of the answers known before each question was asked.

    Parameters
    ----------
    y
        Answers, 1 or 0, in the order of ``at``.
    at, known
        When each was asked and when its answer was known; an answer counts for questions asked later than that.
    prior, prior_n
        The rate believed before any answer, and how many answers the belief is worth; it does not fade.
    half_life
        Answers after which an answer counts half.
    """
    fade = 0.5 ** (1 / half_life)
    order = np.lexsort((np.arange(len(y)), known))
    rates = np.empty(len(y))
    yes = count = 0.0
    taken = 0
    for row in range(len(y)):
        while taken < len(order) and known[order[taken]] < at[row]:
            yes, count = yes * fade + float(y[order[taken]]), count * fade + 1
            taken += 1
        rates[row] = (prior * prior_n + yes) / (prior_n + count)
    return logit(rates)
