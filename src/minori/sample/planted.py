"""A company whose plays have planted effects: one is useful, one does harm, one does nothing; the seed says which.

Every customer comes into one situation on one day. Some days later it turns out whether they take more seats and
whether they leave. The lots are drawn before anybody decides anything: ``lot < chance`` says what happens, and the
chance is another one if somebody proposed to them before that day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

import numpy as np

from minori.core.errors import InputError
from minori.sample.draws import Floats, Ints, generator

SITUATIONS = ("limit_reached", "colleague_invited", "report_shared")
"""What the product's log says on the day a situation begins; the plays are called the same."""

HORIZON = 21  # days from a proposal in which everything it does has happened
ASKED_WITHIN = 7  # days from the situation: runs no further apart than that reach everybody once
Treated: TypeAlias = Mapping[str, date]
"""Who was proposed to, and when first."""


@dataclass(frozen=True)
class Effect:
    """Chances of buying, of those who stay, and of leaving: without and with a proposal."""

    buys: tuple[float, float]
    leaves: tuple[float, float]

    @property
    def bought(self) -> tuple[float, float]:
        """Chances of buying, of everybody: who leaves does not buy."""
        (without, with_it), (lost, lost_with_it) = self.buys, self.leaves
        return without * (1 - lost), with_it * (1 - lost_with_it)


EFFECTS = {
    "useful": Effect(buys=(0.10, 0.45), leaves=(0.05, 0.05)),
    "harmful": Effect(buys=(0.10, 0.10), leaves=(0.05, 0.45)),
    "without": Effect(buys=(0.15, 0.15), leaves=(0.05, 0.05)),
}


@dataclass(frozen=True)
class Planted:
    """What no export holds before it happened. Arrays are [customer]; days count from ``first_day``."""

    seed: int
    first_day: date
    days: int
    effects: Mapping[str, str]  # by situation, which of EFFECTS
    customer_ids: tuple[str, ...]
    situation: Ints  # place in SITUATIONS
    begins: Ints  # day of the situation
    turns_out: Ints  # day on which it turns out what they do
    buying: Floats  # lots
    leaving: Floats
    seats: Ints
    older: Ints  # days they had been customers on the first day

    def play(self, effect: str) -> str:
        """Return the play that has an effect."""
        return next(play for play, planted in self.effects.items() if planted == effect)


@dataclass(frozen=True)
class Lived:
    """What had happened to each customer by a day."""

    today: int  # in days from the first
    left: Ints  # day of leaving, the day after ``today`` if they are still there
    bought: Ints  # day of taking more seats, the same


def plant(customers: int, days: int, first_day: date, seed: int) -> Planted:
    """Draw a company of so many customers whose situations begin within the days from the first on.

    Raises
    ------
    InputError
        If there are fewer customers than plays, or fewer days than a horizon has.
    """
    if customers < len(SITUATIONS) or days <= HORIZON:
        raise InputError(f"expected at least 3 customers and {HORIZON + 1} days, read {customers} and {days}")
    draw = generator(seed, "planted", "customers")
    begins = draw.integers(0, days, customers)
    order = generator(seed, "planted", "effects").permutation(len(SITUATIONS))
    names = list(EFFECTS)
    return Planted(
        seed=seed,
        first_day=first_day,
        days=days,
        effects={SITUATIONS[place]: name for place, name in zip(order, names, strict=True)},
        customer_ids=tuple(f"P{number:04d}" for number in range(1, customers + 1)),
        situation=draw.integers(0, len(SITUATIONS), customers),
        begins=begins,
        turns_out=begins + draw.integers(ASKED_WITHIN + 1, HORIZON - ASKED_WITHIN, customers),
        buying=draw.random(customers),
        leaving=draw.random(customers),
        seats=5 * draw.integers(1, 9, customers),
        older=draw.integers(200, 900, customers),
    )


def lived(planted: Planted, treated: Treated, until: date) -> Lived:
    """Return what had happened by the end of a day, if these were proposed to when they were."""
    today = (until - planted.first_day).days
    asked = _asked(planted, treated)
    over = planted.turns_out <= today
    leaves = over & (planted.leaving < _chances(planted, "leaves", asked))
    buys = over & (planted.buying < _chances(planted, "buys", asked)) & ~leaves
    never = today + 1
    return Lived(today, np.where(leaves, planted.turns_out, never), np.where(buys, planted.turns_out, never))


def _asked(planted: Planted, treated: Treated) -> Ints:
    """Return 1 for customers who were proposed to before it turned out what they do, else 0."""
    latest = planted.days + HORIZON
    asked_on = np.array(
        [
            (treated[name] - planted.first_day).days if name in treated else latest
            for name in planted.customer_ids
        ],
        dtype=np.int64,
    )
    return (asked_on < planted.turns_out).astype(np.int64)


def _chances(planted: Planted, outcome: str, asked: Ints) -> Floats:
    """Return each customer's chance of an outcome (``buys`` or ``leaves``)."""
    by_situation = np.array([getattr(EFFECTS[planted.effects[name]], outcome) for name in SITUATIONS])
    found: Floats = by_situation[planted.situation, asked]
    return found


def run_days(planted: Planted) -> list[date]:
    """Return the days on which the company decides: once a week, the last day among them."""
    last = planted.first_day + timedelta(days=planted.days - 1)
    weeks = planted.days // ASKED_WITHIN
    return [last - timedelta(weeks=back) for back in reversed(range(weeks))]
