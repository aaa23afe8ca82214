"""How the customers of one sample shop behave: drawn per seed, shared with no preset."""

from dataclasses import dataclass

import numpy as np

from minori.sample.draws import Flags, Floats, Ints, bounded, generator
from minori.sample.shop.items import IDS, TEA

FAMILIES = (*IDS, "coupon", "referral", "help", "rescue")
ITEMS = slice(0, len(IDS))
COUPON, REFERRAL, HELP, RESCUE = range(len(IDS), len(IDS) + 4)
FREE_OF_CHARGE = frozenset({"referral", "help", "rescue"})
MONTHS_A_WEEK = 7 / 30.4375


@dataclass(frozen=True)
class World:
    """Parameters of one seed; hazards are per month unless said otherwise."""

    runs_low_at: float  # weeks of stock at which more is wanted, on average
    interest: float  # chance that an item begins to be wanted
    related: tuple[float, float]  # how much more so: an upper model, what goes with something
    fades: float  # chance that the wish goes away
    restocks: float  # chance of buying what runs low of one's own accord
    follows: float  # chance of buying what is wanted otherwise
    hesitates: float  # chance of waiting for a better price
    unsure: float  # chance of not knowing what to take
    trouble: float
    recovery: float
    leaves: float
    steepness: float
    pushed: float  # chance of leaving that an unwanted offer adds, for the most sensitive
    asked_again: float
    horizon: float  # months counted
    openness: float
    telling: float
    annoyance: tuple[float, float]
    asks: float  # offers per customer and month that the shop makes of its own accord


@dataclass(frozen=True)
class Traits:
    """What does not change in a customer; ``start_day`` counts from the first exported day."""

    start_day: Ints
    pace: Floats  # how fast things are used up
    taste: Floats  # [customer, item]
    thrift: Floats  # 0 to 1: how much the price counts
    fit: Floats
    annoyance: Floats
    readiness: Floats
    engagement: Floats
    low_at: Floats
    recommends_from: Floats  # mood from which one gladly recommends
    invited_by: Ints  # number of the customer, -1: nobody

    @property
    def count(self) -> int:
        """How many customers."""
        return len(self.fit)

    @property
    def start_week(self) -> Ints:
        """Week of the first order; negative before the exported time."""
        return self.start_day // 7


def draw_world(seed: int) -> World:
    """Draw the parameters of a seed."""
    rng = generator(seed, "shop", "world")
    return World(
        runs_low_at=rng.uniform(0.0, 0.8),
        interest=rng.uniform(0.008, 0.02),
        related=(rng.uniform(2.0, 6.0), rng.uniform(2.0, 6.0)),
        fades=rng.uniform(0.4, 0.9),
        restocks=rng.uniform(0.7, 1.6),
        follows=rng.uniform(0.10, 0.30),
        hesitates=rng.uniform(0.04, 0.09),
        unsure=rng.uniform(0.03, 0.06),
        trouble=rng.uniform(0.02, 0.05),
        recovery=rng.uniform(0.2, 0.5),
        leaves=rng.uniform(0.015, 0.030),
        steepness=rng.uniform(3.0, 6.0),
        pushed=rng.uniform(0.005, 0.040),
        asked_again=rng.uniform(1.3, 2.5),
        horizon=rng.uniform(24, 36),
        openness=rng.uniform(0.8, 1.2),
        telling=rng.uniform(0.7, 1.3),
        annoyance=(rng.uniform(1.5, 3.0), rng.uniform(2.5, 5.0)),
        asks=rng.uniform(0.15, 0.35),
    )


def draw_traits(world: World, count: int, days: int, rng: np.random.Generator) -> Traits:
    """Draw the customers of a shop."""
    before = -np.minimum(rng.exponential(350, count), 1_400).astype(np.int64) - 1
    start_day = np.where(rng.random(count) < 0.45, before, rng.integers(0, max(days - 14, 1), count))
    leaning = rng.beta(1.2, 1.2, count)[:, None]  # 0 coffee, 1 tea
    taste = rng.lognormal(0.0, 0.8, (count, len(IDS))) * np.where(TEA, leaning, 1 - leaning) * 2
    fit = rng.beta(5, 2.5, count)
    return Traits(
        start_day=start_day,
        pace=rng.lognormal(-0.15, 0.4, count),
        taste=taste,
        thrift=rng.beta(2, 2, count),
        fit=fit,
        annoyance=rng.beta(*world.annoyance, count),
        readiness=rng.beta(3, 3, count),
        engagement=rng.lognormal(0.0, 0.5, count),
        low_at=np.maximum(rng.normal(world.runs_low_at, 0.3, count), -0.5),
        recommends_from=bounded(rng.normal(0.72, 0.06, count)),
        invited_by=_inviters(start_day, rng),
    )


def _inviters(start_day: Ints, rng: np.random.Generator) -> Ints:
    """Let one in twelve be invited by somebody who was a customer before."""
    guess = rng.integers(0, len(start_day), len(start_day))
    invited: Flags = (rng.random(len(start_day)) < 1 / 12) & (start_day[guess] < start_day)
    return np.where(invited, guess, -1)


def weekly(monthly: Floats | float) -> Floats:
    """Return the chance within a week of something with this hazard a month."""
    return np.asarray(1 - np.exp(-np.asarray(monthly) * MONTHS_A_WEEK))
