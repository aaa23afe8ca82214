"""How customers grow, how they feel, and how their needs begin and end."""

import numpy as np

from minori.sample.company.catalogue import (
    ANALYTICS_OPTION,
    CALLS_A_MONTH,
    CONNECTOR_OPTION,
    EXTRA_STORAGE,
    PREMIUM,
    SECURITY_PACK,
    has_feature,
    storage_limit,
)
from minori.sample.company.standing import Standing
from minori.sample.company.traits import TRIAL_WEEKS, Traits
from minori.sample.company.world import (
    ANALYTICS,
    API,
    CONNECTOR,
    DESK,
    DOWNSELL,
    EPISODIC,
    HELP,
    RESCUE,
    SEATS,
    SECURITY,
    STORAGE,
    World,
    weekly,
)
from minori.sample.draws import Flags, Floats, bounded

_CROWDED = 1.6  # times the seats: more people than that give up waiting
_FOLLOW_WEEKS = 8  # people follow a reorganisation over so many weeks


def reorganisations(traits: Traits, weeks: int, rng: np.random.Generator) -> Floats:
    """Return the factor on each customer's head count per week and customer: 1 but for a reorganisation."""
    factors = np.ones((weeks, traits.count))
    struck = np.flatnonzero(rng.random(traits.count) < 0.3)
    factors[rng.integers(0, weeks, len(struck)), struck] = rng.lognormal(0.15, 0.25, len(struck))
    return factors


def grow(now: Standing, traits: Traits, heads: Floats, week: int, rng: np.random.Generator) -> None:
    """Let a week pass: newcomers begin, people, storage and calls grow."""
    starting = (traits.start_week == week) | ((traits.start_week < 0) & (week == 0))
    now.alive |= starting
    now.trial_until = np.where(starting & traits.by_trial, week + TRIAL_WEEKS, now.trial_until)
    now.employees *= heads[week]
    followed = np.log(heads[max(week - _FOLLOW_WEEKS + 1, 0) : week + 1]).sum(axis=0) / _FOLLOW_WEEKS
    mood = 0.012 * (now.mood - 0.55)
    step = traits.growth + followed + mood + rng.normal(0.0, 0.02, traits.count)
    most = np.minimum(now.employees, _CROWDED * now.seats)
    now.people = np.where(now.alive, np.clip(now.people * np.exp(step), 1.0, most), now.people)
    kept = traits.storage_growth + mood + rng.normal(0.0, 0.01, traits.count)
    now.storage = np.where(now.alive, now.storage * np.exp(kept), now.storage)
    called = traits.calls_growth + mood + rng.normal(0.0, 0.06, traits.count)
    now.calls = np.where(now.alive, now.calls * np.exp(called), now.calls)


def feel(now: Standing, traits: Traits, rng: np.random.Generator) -> None:
    """Move each mood towards what fit, troubles and unwanted offers make of it."""
    rest = 0.30 + 0.42 * traits.fit + 0.12 * traits.loyalty
    target = rest - 0.5 * now.need[:, RESCUE] - 0.15 * now.need[:, HELP] - 0.4 * now.irritation
    drift = 0.15 * (target - now.mood) + rng.normal(0.0, 0.03, traits.count)
    now.mood = np.where(now.alive, bounded(now.mood + drift), now.mood)
    now.irritation *= 0.92


def arise(now: Standing, traits: Traits, world: World, week: int, rng: np.random.Generator) -> None:
    """Begin and end needs: those at limits by size, the others as episodes by chance."""
    working = now.alive & ~now.on_trial
    below_top = now.plan < PREMIUM
    expandable = below_top | ~now.options[:, EXTRA_STORAGE]
    for family, ratio, can_grow in (
        (SEATS, now.people / now.seats, working),
        (STORAGE, now.storage / storage_limit(now.plan, now.options), expandable),
        (API, now.calls / CALLS_A_MONTH[now.plan], below_top),
    ):
        above = ratio - traits.felt_from[:, family]
        _mark(now, family, np.where(working & can_grow & (above > 0), bounded(0.3 + 2 * above), 0.0), week)
    _episodes(now, traits, world, week, working, rng)
    _stuck_and_troubled(now, traits, world, week, rng)
    _too_large(now, traits, week, working, rng)


def _episodes(
    now: Standing, traits: Traits, world: World, week: int, working: Flags, rng: np.random.Generator
) -> None:
    features = has_feature(now.plan, now.options)
    held = {
        ANALYTICS: features[:, ANALYTICS_OPTION],
        CONNECTOR: features[:, CONNECTOR_OPTION],
        SECURITY: features[:, SECURITY_PACK],
        DESK: now.desk > 0,
    }
    settled = week - traits.start_week >= 6
    for place, family in enumerate(EPISODIC):
        larger = np.where(family == SECURITY, np.clip(now.employees / 150, 0.4, 2.5), 1.0)
        begins = rng.random(traits.count) < weekly(world.arrival[place] * traits.interest[:, place] * larger)
        ends = held[family] | (rng.random(traits.count) < weekly(world.lapse[place]))
        drawn = rng.uniform(0.3, 0.9, traits.count)
        kept = np.where(ends, 0.0, bounded(now.need[:, family] * 1.02))
        fresh = np.where(working & settled & ~held[family] & begins, drawn, 0.0)
        _mark(now, family, np.where(working & (now.need[:, family] > 0), kept, fresh), week)


def _stuck_and_troubled(
    now: Standing, traits: Traits, world: World, week: int, rng: np.random.Generator
) -> None:
    young = np.where(week - traits.start_week < 12, 2.5, 1.0)
    for family, arrival, lapse in (
        (HELP, world.stuck * young, world.recovery * 0.5),
        (RESCUE, world.trouble, world.recovery),
    ):
        begins = rng.random(traits.count) < weekly(arrival * (1.6 - traits.fit))
        ends = rng.random(traits.count) < weekly(lapse)
        drawn = rng.uniform(0.3, 1.0, traits.count)
        kept = np.where(ends, 0.0, now.need[:, family])
        strength = np.where(now.need[:, family] > 0, kept, np.where(begins, drawn, 0.0))
        _mark(now, family, np.where(now.alive, strength, 0.0), week)


def _too_large(now: Standing, traits: Traits, week: int, working: Flags, rng: np.random.Generator) -> None:
    """Mark contracts felt as too large: seats that nobody uses, or a budget that was cut."""
    had, paying = now.need[:, DOWNSELL] > 0, working & (now.plan > 0)
    idle = bounded(1.5 * (traits.idle_below - now.people / now.seats) + 0.3) * (
        now.people / now.seats < traits.idle_below
    )
    cut = rng.random(traits.count) < weekly(0.008 * (1.3 - traits.budget))
    eased = rng.random(traits.count) < weekly(0.2)
    squeezed = np.where(had & ~eased, now.need[:, DOWNSELL], np.where(cut, 0.6, 0.0))
    _mark(now, DOWNSELL, np.where(paying, np.maximum(idle, squeezed), 0.0), week)


def _mark(now: Standing, family: int, strength: Floats, week: int) -> None:
    had, has = now.need[:, family] > 0, strength > 0
    now.since[:, family] = np.where(has, np.where(had, now.since[:, family], week), -1)
    now.need[:, family] = strength
