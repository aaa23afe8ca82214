"""Is approaching customers at learned times better than at any time? Asked of later contacts, within the same customer."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from minori.stats.arrays import Flags, Floats, Ints
from minori.stats.interval import Interval
from minori.stats.person_time import rate

GOOD_SHARE = 0.25  # of the slots that can be chosen are a customer's good times
LEAST_PER_SLOT = 8  # earlier contacts; a slot with fewer cannot be chosen
_NOTHING = 1e-12  # variance: all times were learned to be alike
LEAST_CONTACTS, LEAST_EACH = 40, 10  # later ones that tell anything, answered and not


@dataclass(frozen=True)
class Proof:
    """What later contacts said.

    ``informative`` are the later contacts of customers approached at several times with several outcomes, of which
    ``answered`` were. ``p`` is the chance of so large an advantage if times do not matter, ``lift`` observed ÷ expected
    answers at good times; both None where there is too little. Where nothing was learned, p is 1.
    """

    informative: int
    answered: int
    p: float | None
    good: int  # later contacts at good times
    lift: Interval | None


def prove(customer: Ints, worth: Floats, good: Flags, y: Floats, expected: Floats) -> Proof:
    """
    Judge learned times by contacts that came later.

    Each customer's answers are compared with that customer's own other answers, as if they had been given in any order:
    who answers readily, or is always approached at one time, proves nothing. The test is exact in mean and variance
    (permutations within customers) and normal in its tail.

    Parameters
    ----------
    customer
        Whom each contact reached.
    worth
        What was learned of its time; more is better.
    good
        Whether it was at one of the customer's good times.
    y, expected
        Whether it was answered, and the chance of that at any time.

    References
    ----------
    Strasser & Weber (1999), Mathematical Methods of Statistics 8, 220-250 (conditional mean and variance).
    """
    rest = y - expected
    _, place = np.unique(customer, return_inverse=True)
    count = np.bincount(place).astype(np.float64)
    over_worth, over_rest = (values - _mean(values, place, count) for values in (worth, rest))
    spread = _sum(over_worth**2, place) * _sum(over_rest**2, place)
    tells = (count > 1) & _mixed(y, place, count)
    chosen = tells[place]
    informative, answered = int(chosen.sum()), int(y[chosen].sum())
    lift = _lift(good, y, expected)
    if informative < LEAST_CONTACTS or min(answered, informative - answered) < LEAST_EACH:
        return Proof(informative, answered, None, int(good.sum()), lift)
    total = float((over_worth * over_rest)[chosen].sum())
    variance = float((spread[tells] / (count[tells] - 1)).sum())
    p = _beyond(total / sqrt(variance)) if variance > _NOTHING else 1.0
    return Proof(informative, answered, p, int(good.sum()), lift)


def good_slots(worth: Floats, usable: Flags) -> Flags:
    """Return per row (a customer) which slots are its good times: the best quarter of those that can be chosen."""
    if not usable.any():
        return np.zeros(worth.shape, dtype=bool)
    most = max(1, int(GOOD_SHARE * int(usable.sum())))
    ranked = np.where(usable[None, :], worth, -np.inf)
    order = np.argsort(-ranked, axis=1, kind="stable")
    found = np.zeros(worth.shape, dtype=bool)
    np.put_along_axis(found, order[:, :most], values=True, axis=1)
    return found & usable[None, :]


def _lift(good: Flags, y: Floats, expected: Floats) -> Interval | None:
    """Return observed ÷ expected at good times, the expected scaled so that over all times it is what was observed."""
    if not good.any() or expected.sum() <= 0 or not y.any():
        return None
    due = float(expected[good].sum() * y.sum() / expected.sum())
    return rate(int(y[good].sum()), due)


def _mixed(y: Floats, place: Ints, count: Floats) -> Flags:
    yes = _sum(y, place)
    return np.asarray((yes > 0) & (yes < count))


def _mean(values: Floats, place: Ints, count: Floats) -> Floats:
    return np.asarray((_sum(values, place) / count)[place])


def _sum(values: Floats, place: Ints) -> Floats:
    return np.bincount(place, values).astype(np.float64)


def _beyond(z: float) -> float:
    from scipy.special import ndtr

    return float(ndtr(-z))
