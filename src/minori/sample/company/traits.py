"""What does not change in a customer: size, temper, own thresholds. Nothing of it is exported as such."""

from dataclasses import dataclass

import numpy as np

from minori.sample.company.catalogue import FREE, FREE_SEATS, LIGHT, PREMIUM, STANDARD, in_steps
from minori.sample.company.world import EPISODIC, World
from minori.sample.draws import Flags, Floats, Ints, bounded

MOST_SEATS = 60
TRIAL_WEEKS = 4


@dataclass(frozen=True)
class Traits:
    """One value per customer; ``start_day`` counts from the first exported day and may be negative."""

    start_day: Ints
    industry: Ints
    employees: Floats
    annual: Flags
    first_plan: Ints
    first_seats: Ints
    by_trial: Flags
    fit: Floats  # how well the product serves them
    loyalty: Floats
    annoyance: Floats  # how badly an unwanted offer is taken
    readiness: Floats  # how easily they decide
    budget: Floats  # 0 tight, 1 loose
    engagement: Floats
    growth: Floats  # of people a week, logarithmic
    storage_growth: Floats
    calls_growth: Floats
    builds: Flags  # calls the API at all
    felt_from: Floats  # [customer, 3]: own thresholds for seats, storage, API
    idle_below: Floats
    interest: Floats  # [customer, EPISODIC]
    price_factor: Floats  # negotiated share of the list price

    @property
    def count(self) -> int:
        """How many customers."""
        return len(self.fit)

    @property
    def offset(self) -> Ints:
        """The weekday (0 to 6 from the first day's) on which contracts of the customer change."""
        return self.start_day % 7

    @property
    def start_week(self) -> Ints:
        """Week of the start; negative before the exported time."""
        return self.start_day // 7

    def terms_by(self, week: int) -> Ints:
        """Return how many yearly terms (of 365 days) have ended by the end of a week."""
        return np.where(self.annual, np.maximum(7 * week + 6 - self.start_day, 0) // 365, 0)


def draw_traits(world: World, count: int, days: int, industries: int, rng: np.random.Generator) -> Traits:
    """Draw the customers of a company."""
    employees = np.clip(rng.lognormal(np.log(70), 1.1, count), 5, 5_000)
    start_day = _starts(count, days, rng)
    plan = _plans(employees, rng)
    fit = rng.beta(5, 2.5, count)
    return Traits(
        start_day=start_day,
        industry=rng.integers(0, industries, count),
        employees=employees.round(),
        annual=(rng.random(count) < 0.5) & (plan > FREE),
        first_plan=plan,
        first_seats=_seats(employees, plan, rng),
        by_trial=(start_day >= 0) & (rng.random(count) < 0.5),
        fit=fit,
        loyalty=bounded(0.6 * fit + 0.4 * rng.beta(2, 2, count)),
        annoyance=rng.beta(*world.annoyance, count),
        readiness=rng.beta(3, 3, count),
        budget=rng.beta(3, 2, count),
        engagement=rng.lognormal(0.0, 0.35, count),
        growth=rng.normal(0.003, 0.006, count),
        storage_growth=rng.normal(0.009, 0.008, count),
        calls_growth=rng.normal(0.008, 0.010, count),
        builds=rng.random(count) < 0.4,
        felt_from=rng.normal(world.limit_felt_from, 0.1, (count, 3)),
        idle_below=bounded(rng.normal(world.idle_below, 0.06, count), 0.1, 0.7),
        interest=rng.lognormal(-0.25, 0.7, (count, len(EPISODIC))),
        price_factor=np.where(rng.random(count) < 0.3, rng.uniform(0.85, 1.0, count), 1.0),
    )


def _starts(count: int, days: int, rng: np.random.Generator) -> Ints:
    before = -np.minimum(rng.exponential(480, count), 1_900).astype(np.int64) - 1
    within = rng.integers(0, max(days - 20, 1), count)
    return np.where(rng.random(count) < 0.6, before, within)


def _plans(employees: Floats, rng: np.random.Generator) -> Ints:
    """Draw the first plan: the larger the company, the higher."""
    drawn = rng.normal(0.35 * (np.log(employees) - np.log(70)), 0.8)
    steps = np.searchsorted(np.array([-0.9, 0.15, 1.25]), drawn)
    return np.asarray(np.array([FREE, LIGHT, STANDARD, PREMIUM])[steps])


def _seats(employees: Floats, plan: Ints, rng: np.random.Generator) -> Ints:
    wanted = np.minimum(employees**0.52, employees) * rng.lognormal(0.0, 0.35, len(employees))
    return np.where(plan == FREE, FREE_SEATS, np.clip(in_steps(wanted, plan), 5, MOST_SEATS))
