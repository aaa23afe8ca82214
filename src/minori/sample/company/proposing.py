"""Proposals that the company's own people made before: by habit and what they happened to see."""

from dataclasses import dataclass

import numpy as np

from minori.sample.company.buying import buy
from minori.sample.company.catalogue import FREE, PREMIUM, has_feature
from minori.sample.company.standing import Standing
from minori.sample.company.traits import Traits
from minori.sample.company.valuing import extra_monthly
from minori.sample.company.world import (
    ANALYTICS,
    API,
    ASKS_FOR_MONEY,
    CONNECTOR,
    DESK,
    DOWNSELL,
    FAMILIES,
    HELP,
    PLAN,
    RESCUE,
    SEATS,
    SECURITY,
    STORAGE,
    World,
    weekly,
)
from minori.sample.draws import Flags, Floats, Ints
from minori.sample.prospects import Prospects

_HABIT = {
    SEATS: 0.12, STORAGE: 0.08, API: 0.05, ANALYTICS: 0.14, CONNECTOR: 0.10, SECURITY: 0.08, DESK: 0.12,
    HELP: 0.10, RESCUE: 0.07, DOWNSELL: 0.02, PLAN: 0.12,
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A proposal of the company's own accord, and its answer."""

    week: int
    customer: int
    family: int
    result: str
    reason: str  # of a decline, else empty
    mrr_change: float  # list price a month


def propose(
    now: Standing, traits: Traits, world: World, outlook: Prospects, week: int, rng: np.random.Generator
) -> list[Asked]:
    """Make a week's proposals, let customers answer, and change what they hold."""
    settled = now.alive & ~now.on_trial & (week - traits.start_week >= 4)
    thought_of = settled & (rng.random(traits.count) < weekly(world.asks * _occasion(now, traits, week)))
    families = _chosen(now, rng)
    extra = extra_monthly(now)
    lots = rng.random((traits.count, 3))
    made = []
    for customer in np.flatnonzero(thought_of):
        family = int(families[customer])
        needed, chance = outlook.need[customer, family] > 0, outlook.chance[customer, family]
        result = _answer(lots[customer, 0] < chance, lots[customer, 1])
        reason = _reason(needed, now.mood[customer], lots[customer, 2]) if result == "declined" else ""
        change = float(extra[customer, family])
        made.append(Asked(week, int(customer), family, result, reason, change))
    _take_effect(now, traits, outlook, made)
    return made


def _occasion(now: Standing, traits: Traits, week: int) -> Floats:
    """Return how much more often somebody thinks of a customer: all accounts used, renewal near."""
    days_into_term = (7 * week - traits.start_day) % 365
    renewing = traits.annual & (days_into_term > 300)
    return np.where(now.accounts >= now.seats, 1.8, 0.8) + np.where(renewing, 1.0, 0.0)


def _chosen(now: Standing, rng: np.random.Generator) -> Ints:
    """Choose a family for each customer: by habit, seats where all are used, never what is held."""
    weights = np.tile(np.array([_HABIT[family] for family in range(len(FAMILIES))]), (len(now.plan), 1))
    features = has_feature(now.plan, now.options)
    weights[:, [CONNECTOR, SECURITY, STORAGE, ANALYTICS]] *= ~features
    weights[:, DESK] *= now.desk == 0
    weights[:, [API, PLAN]] *= (now.plan < PREMIUM)[:, None]
    weights[:, DOWNSELL] *= now.plan > FREE
    weights[:, SEATS] *= np.where(now.accounts >= now.seats, 8.0, 0.6)
    cumulative = np.cumsum(weights, axis=1)
    lots = rng.random(len(weights)) * cumulative[:, -1]
    return np.asarray((lots[:, None] >= cumulative).sum(axis=1), dtype=np.int64)


def _answer(accepts: bool, lot: float) -> str:
    if accepts:
        return "accepted"
    if lot < 0.6:
        return "declined"
    return "ignored" if lot < 0.9 else "expired"


def _reason(needed: bool, mood: float, lot: float) -> str:
    if lot < 0.2:
        return "other"
    if needed:
        return "price" if lot < 0.65 else "timing"
    if mood < 0.45:
        return "fit"
    return "need" if lot < 0.75 else "timing"


def _take_effect(now: Standing, traits: Traits, outlook: Prospects, made: list[Asked]) -> None:
    for asked in made:
        if asked.result == "accepted":
            who: Flags = np.arange(traits.count) == asked.customer
            buy(now, asked.family, who)
            root = int(outlook.root[asked.customer, asked.family])
            now.need[asked.customer, root], now.since[asked.customer, root] = 0.0, -1
        elif asked.family in ASKS_FOR_MONEY and outlook.need[asked.customer, asked.family] == 0:
            now.irritation[asked.customer] += 0.5 * traits.annoyance[asked.customer]
