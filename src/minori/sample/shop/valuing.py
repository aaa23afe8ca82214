"""What each offer would bring or cost with each customer of the shop in a week: outcomes nobody sees."""

import numpy as np

from minori.sample.draws import Floats, Ints, bounded
from minori.sample.prospects import Prospects
from minori.sample.shop.items import BELOW, CONSUMED, COUPON_SHARE, LASTS, MARGIN, PRICE
from minori.sample.shop.standing import Standing
from minori.sample.shop.world import (
    COUPON,
    FAMILIES,
    HELP,
    ITEMS,
    MONTHS_A_WEEK,
    REFERRAL,
    RESCUE,
    Traits,
    World,
)

_FRIEND = 900.0  # margin that a recommendation brings on average, less its reward
_BASKET = 1_100.0  # margin of an ordinary order


def leaving(now: Standing, world: World, mood: Floats | None = None) -> Floats:
    """Return each customer's hazard of leaving a month."""
    felt = now.mood if mood is None else mood
    return np.asarray(world.leaves * np.exp(world.steepness * (0.6 - felt)))


def worth(margin: Floats, hazard: Floats, world: World) -> Floats:
    """Return the margin of the months counted, if so many leave a month."""
    return np.asarray(margin * (1 - np.exp(-hazard * world.horizon)) / hazard)


def prospects(now: Standing, traits: Traits, world: World) -> Prospects:
    """Return what would come of every offer, given how customers stand."""
    root: Ints = np.tile(np.arange(len(FAMILIES)), (traits.count, 1))
    return Prospects(
        now.need.copy(),
        now.since.copy(),
        root,
        _chance(now, traits, world),
        _gain(now, traits, world),
        _harm(now, traits, world),
    )


def _margin(now: Standing, traits: Traits) -> Floats:
    """Return the margin a month of what a customer uses regularly."""
    pieces = np.where(now.uses & CONSUMED, traits.pace[:, None] / np.maximum(LASTS, 1) / MONTHS_A_WEEK, 0.0)
    return np.where(now.alive, np.maximum((pieces * MARGIN).sum(axis=1) * 0.6, 100.0), 0.0)


def _chance(now: Standing, traits: Traits, world: World) -> Floats:
    mood = bounded((now.mood - 0.2) / 0.5)
    decided = world.openness * (0.25 + 0.9 * traits.readiness) * mood
    dear = np.zeros((traits.count, len(FAMILIES)))
    dear[:, ITEMS] = traits.thrift[:, None] * np.minimum(PRICE / 8_000, 2.0)
    with_need = decided[:, None] * (0.25 + 0.65 * now.need) / (1 + dear)
    chance = np.where(now.need > 0, with_need, 0.02 * decided[:, None] / (1 + dear))
    chance[:, COUPON] = np.where(now.need[:, COUPON] > 0, 0.75 * mood, 0.12 * mood)
    chance[:, REFERRAL] = np.where(now.need[:, REFERRAL] > 0, 0.35 * decided, 0.01)
    chance[:, HELP : RESCUE + 1] = np.where(now.need[:, HELP : RESCUE + 1] > 0, 0.5, 0.1)
    return bounded(np.where(now.alive[:, None], chance, 0.0), 0.0, 0.95)


def _gain(now: Standing, traits: Traits, world: World) -> Floats:
    hazard, margin = leaving(now, world), _margin(now, traits)
    worth_now = worth(margin, hazard, world)
    gain = np.zeros(now.need.shape)
    gain[:, ITEMS] = _of_items(now, traits, world, hazard)
    price_off = COUPON_SHARE * _BASKET * 2
    gain[:, COUPON] = np.where(now.need[:, COUPON] > 0, _BASKET + 0.03 * worth_now - price_off, -price_off)
    gain[:, REFERRAL] = np.where(now.need[:, REFERRAL] > 0, _FRIEND, 0.0)
    for family, lift in ((HELP, 0.10), (RESCUE, 0.35)):
        better = worth(margin, leaving(now, world, now.mood + lift * now.need[:, family]), world) - worth_now
        gain[:, family] = better + np.where(now.need[:, family] > 0, 0.3 * _BASKET, 0.0)
    return np.where(now.alive[:, None], gain, 0.0)


def _of_items(now: Standing, traits: Traits, world: World, hazard: Floats) -> Floats:
    """Return the margin that an item offered brings beyond what would be bought anyway.

    What runs low is mostly bought again without being told; an upper model replaces what was bought so far;
    what becomes a habit is bought again.
    """
    again = 1 / np.maximum(LASTS * MONTHS_A_WEEK, 1)
    months = 0.35 * worth(np.ones(len(hazard)), hazard + 0.15, world)
    habit = np.where(CONSUMED, again * MARGIN, 0.0) * months[:, None] * traits.pace[:, None]
    replaced = np.minimum((now.uses * MARGIN) @ BELOW, 0.8 * MARGIN) / np.maximum(MARGIN, 1)
    once = MARGIN * (1 - bounded(np.full(len(MARGIN), world.follows)))
    new = (once + habit) * (1 - replaced)
    kept = MARGIN * np.exp(-world.restocks) + 0.1 * habit
    unwanted = 0.5 * MARGIN
    wanted = np.where(now.uses, kept, new)
    return np.where(now.need[:, ITEMS] > 0, wanted, unwanted)


def _harm(now: Standing, traits: Traits, world: World) -> Floats:
    """Return what asking costs: most where nothing is wanted, more where the customer is unhappy."""
    unhappy = bounded((0.55 - now.mood) / 0.35)
    unwanted = np.where(now.need > 0, 0.5 * unhappy[:, None], 1.0 + 1.5 * unhappy[:, None])
    unwanted[:, REFERRAL : RESCUE + 1] *= np.where(now.need[:, REFERRAL : RESCUE + 1] > 0, 0.0, 0.15)
    value = worth(_margin(now, traits), leaving(now, world), world)
    return np.asarray(world.pushed * traits.annoyance[:, None] * unwanted * value[:, None])
