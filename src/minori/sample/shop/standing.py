"""How every customer of the shop stands in a week, and how a week passes."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from minori.sample.draws import Flags, Floats, Ints, bounded
from minori.sample.shop.items import BELOW, BESIDE, CONSUMED, IDS, LASTS
from minori.sample.shop.world import COUPON, FAMILIES, HELP, ITEMS, REFERRAL, RESCUE, Traits, World, weekly


@dataclass
class Standing:
    """One week of all customers; stacked (first axis: week), all weeks."""

    alive: Flags
    stock: Floats  # [customer, item], weeks that it lasts; below 0: run out so long ago
    uses: Flags  # [customer, item], bought regularly
    owns: Flags  # [customer, item]
    mood: Floats
    irritation: Floats
    need: Floats  # [customer, FAMILIES]
    since: Ints

    @classmethod
    def at_first(cls, traits: Traits) -> Self:
        """Return how customers stand when they begin: with nothing."""
        count, items = traits.count, len(IDS)
        return cls(
            alive=np.zeros(count, dtype=bool),
            stock=np.zeros((count, items)),
            uses=np.zeros((count, items), dtype=bool),
            owns=np.zeros((count, items), dtype=bool),
            mood=0.3 + 0.45 * traits.fit,
            irritation=np.zeros(count),
            need=np.zeros((count, len(FAMILIES))),
            since=np.full((count, len(FAMILIES)), -1),
        )

    def copy(self) -> Self:
        """Return the same standing, not touched by what comes."""
        return type(self)(**{field.name: getattr(self, field.name).copy() for field in fields(self)})

    @classmethod
    def stacked(cls, weeks: list[Self]) -> Self:
        """Return all weeks as one."""
        return cls(**{field.name: np.stack([getattr(w, field.name) for w in weeks]) for field in fields(cls)})


def live_on(now: Standing, traits: Traits, world: World, week: int, rng: np.random.Generator) -> Flags:
    """Let a week pass before anybody buys; returns who begins in it."""
    starting: Flags = (traits.start_week == week) | ((traits.start_week < 0) & (week == 0))
    now.alive |= starting
    now.stock -= np.where(now.uses, traits.pace[:, None], 0.0)
    rest = 0.34 + 0.45 * traits.fit
    target = rest - 0.5 * now.need[:, RESCUE] - 0.1 * now.need[:, HELP] - 0.4 * now.irritation
    drift = 0.18 * (target - now.mood) + rng.normal(0.0, 0.03, traits.count)
    now.mood = np.where(now.alive, bounded(now.mood + drift), now.mood)
    now.irritation *= 0.9
    _wishes(now, traits, world, week, rng)
    _others(now, traits, world, week, rng)
    return starting


def _wishes(now: Standing, traits: Traits, world: World, week: int, rng: np.random.Generator) -> None:
    """Begin and end what is wanted: what runs low, and what one has come to like the thought of."""
    shape = now.uses.shape
    forgotten = now.uses & (now.stock < -6) & (rng.random(shape) < 0.12)
    now.uses &= ~forgotten
    low = now.uses & (now.stock < traits.low_at[:, None])
    restock = np.where(low, bounded(0.4 + 0.15 * (traits.low_at[:, None] - now.stock)), 0.0)
    upper, beside = world.related
    drawn_by = 1 + upper * ((now.uses | now.owns) @ BELOW > 0) + beside * ((now.uses | now.owns) @ BESIDE > 0)
    open_ = now.alive[:, None] & ~now.uses & ~now.owns
    begins = open_ & (rng.random(shape) < weekly(world.interest * traits.taste * drawn_by))
    had = now.need[:, ITEMS]
    kept = np.where(open_ & (rng.random(shape) >= weekly(world.fades)), had, 0.0)
    wish = np.where(had > 0, kept, np.where(begins, rng.uniform(0.3, 1.0, shape), 0.0))
    strength = np.where(now.uses, restock, wish) * now.alive[:, None]
    for item in range(len(IDS)):
        mark(now, item, strength[:, item], week)


def _others(now: Standing, traits: Traits, world: World, week: int, rng: np.random.Generator) -> None:
    """Begin and end waiting for a better price, being unsure, trouble; and who would recommend."""
    wishes = now.need[:, ITEMS].max(axis=1) > 0
    for family, arrival, lapse in (
        (COUPON, world.hesitates * 2 * traits.thrift * wishes, 0.5),
        (HELP, world.unsure * (1.5 - traits.fit), 0.6),
        (RESCUE, world.trouble * (1.6 - traits.fit), world.recovery),
    ):
        begins = rng.random(traits.count) < weekly(arrival)
        ends = rng.random(traits.count) < weekly(lapse)
        drawn = rng.uniform(0.3, 1.0, traits.count)
        had = now.need[:, family]
        strength = np.where(had > 0, np.where(ends, 0.0, had), np.where(begins, drawn, 0.0))
        mark(now, family, np.where(now.alive, strength, 0.0), week)
    glad = bounded(0.4 + 3 * (now.mood - traits.recommends_from)) * (now.mood > traits.recommends_from)
    mark(now, REFERRAL, np.where(now.alive, glad, 0.0), week)


def mark(now: Standing, family: int, strength: Floats, week: int) -> None:
    """Set the strength of a need, and since when it lasts."""
    had, has = now.need[:, family] > 0, strength > 0
    now.since[:, family] = np.where(has, np.where(had, now.since[:, family], week), -1)
    now.need[:, family] = strength


def take(now: Standing, bought: Ints) -> None:
    """Let customers have what they bought, [customer, item] pieces."""
    got = bought > 0
    now.stock = np.where(got & CONSUMED, np.maximum(now.stock, 0.0) + LASTS * bought, now.stock)
    now.uses |= got & CONSUMED
    now.owns |= got & ~CONSUMED
    now.need[:, ITEMS] = np.where(got, 0.0, now.need[:, ITEMS])
    now.since[:, ITEMS] = np.where(got, -1, now.since[:, ITEMS])
    some = got.any(axis=1)
    now.need[some, COUPON], now.since[some, COUPON] = 0.0, -1
