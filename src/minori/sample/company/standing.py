"""How every customer stands in a week, and the record of all weeks."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from minori.sample.company.catalogue import CALLS_A_MONTH, FREE, INCLUDED_FROM, LIGHT, OPTIONS, STORAGE_GB
from minori.sample.company.traits import Traits
from minori.sample.company.world import FAMILIES
from minori.sample.draws import Flags, Floats, Ints


@dataclass
class Standing:
    """One week of all customers; stacked (first axis: week), all weeks."""

    alive: Flags
    plan: Ints
    seats: Ints
    options: Flags  # [customer, OPTIONS]
    desk: Ints  # seats of the second product, 0: not held
    trial_until: Ints  # week in which a trial ends, -1: none
    term: Ints  # number of the contract's yearly term, from 0
    employees: Floats
    people: Floats  # who would work with it if they could
    storage: Floats  # GB they would keep if they could
    calls: Floats  # a month they would make if they could
    mood: Floats
    irritation: Floats
    need: Floats  # [customer, FAMILIES]
    since: Ints  # [customer, FAMILIES], week in which the need began, -1: none

    @classmethod
    def at_first(cls, traits: Traits, rng: np.random.Generator) -> Self:
        """Return how customers stand when they begin."""
        count, families = traits.count, len(FAMILIES)
        plan, seats = traits.first_plan.copy(), traits.first_seats.copy()
        beside = (plan[:, None] > FREE) & (plan[:, None] < INCLUDED_FROM)
        bought = (rng.random((count, len(OPTIONS))) < 0.12) & beside
        second = (rng.random(count) < 0.15) & (plan >= LIGHT)
        return cls(
            alive=np.zeros(count, dtype=bool),
            plan=plan,
            seats=seats,
            options=bought,
            desk=np.where(second, np.maximum(seats // 3, 2), 0),
            trial_until=np.full(count, -1),
            term=traits.terms_by(-1),
            employees=traits.employees.copy(),
            people=np.maximum(seats * rng.uniform(0.45, 0.95, count), 1.0),
            storage=STORAGE_GB[plan] * rng.uniform(0.1, 0.75, count),
            calls=np.where(
                traits.builds, np.maximum(CALLS_A_MONTH[plan], 500) * rng.uniform(0.1, 0.8, count), 0
            ),
            mood=0.3 + 0.45 * traits.fit,
            irritation=np.zeros(count),
            need=np.zeros((count, families)),
            since=np.full((count, families), -1),
        )

    def copy(self) -> Self:
        """Return the same standing, not touched by what comes."""
        return type(self)(**{field.name: getattr(self, field.name).copy() for field in fields(self)})

    @classmethod
    def stacked(cls, weeks: list[Self]) -> Self:
        """Return all weeks as one."""
        return cls(**{field.name: np.stack([getattr(w, field.name) for w in weeks]) for field in fields(cls)})

    @property
    def on_trial(self) -> Flags:
        """Who is on a trial."""
        return self.trial_until >= 0

    @property
    def accounts(self) -> Ints:
        """Accounts given out: as many as there are people, never above the contract."""
        wanted = np.maximum(np.rint(self.people), 1).astype(np.int64)
        return np.where(self.alive, np.minimum(wanted, self.seats), 0)
