"""The life of the shop's customers, week by week, from one seed."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from minori.sample.draws import Flags, Floats, Ints, generator
from minori.sample.prospects import Frame, Prospects, as_truth
from minori.sample.shop import campaigns, standing, valuing
from minori.sample.shop.items import CONSUMED, IDS, PRICE
from minori.sample.shop.standing import Standing
from minori.sample.shop.world import (
    COUPON,
    FAMILIES,
    FREE_OF_CHARGE,
    HELP,
    ITEMS,
    Traits,
    World,
    draw_traits,
    draw_world,
    weekly,
)
from minori.sample.truth import Truth

_FIRST_AT_MOST = 3_000  # yen: nobody begins with a machine


@dataclass(frozen=True)
class Life:
    """Everything that happened, and what stood behind it."""

    seed: int
    first_day: date
    world: World
    traits: Traits
    weeks: Standing  # stacked, at the end of each week
    bought: Ints  # [week, customer, item] pieces
    asked: list[campaigns.Asked]
    truth: Truth

    @property
    def count(self) -> int:
        """How many weeks."""
        return len(self.weeks.alive)


def live(customers: int, days: int, until: date, seed: int) -> Life:
    """Simulate a shop's customers over the ``days`` (rounded up to whole weeks) until ``until``."""
    world, weeks = draw_world(seed), -(-days // 7)
    traits = draw_traits(world, customers, 7 * weeks, generator(seed, "shop", "traits"))
    rng = generator(seed, "shop", "life")
    now = Standing.at_first(traits)
    _had_before(now, traits, rng)
    stood: list[Standing] = []
    bought: list[Ints] = []
    outlooks: list[Prospects] = []
    asked: list[campaigns.Asked] = []
    for week in range(weeks):
        starting = standing.live_on(now, traits, world, week, rng)
        made = campaigns.propose(now, traits, world, valuing.prospects(now, traits, world), week, rng)
        pieces = _bought(now, traits, world, rng) + campaigns.sold(now, traits, made)
        pieces += _first(traits, rng) * (starting & (traits.start_day >= 0))[:, None]
        standing.take(now, pieces)
        _leave(now, traits, world, week, rng)
        stood.append(now.copy())
        bought.append(pieces)
        outlooks.append(valuing.prospects(now, traits, world))
        asked += made
    first_day = until - timedelta(days=7 * weeks - 1)
    stacked = Standing.stacked(stood)
    ids = tuple(customer_id(number) for number in range(customers))
    frame = Frame("shop", seed, first_day, ids, FAMILIES, FREE_OF_CHARGE, world.asked_again)
    truth = as_truth(frame, stacked.alive, outlooks)
    return Life(seed, first_day, world, traits, stacked, np.stack(bought), asked, truth)


def customer_id(number: int) -> str:
    """Return the outside id of the customer with this number, from 0."""
    return f"K{number + 1:06d}"


def _bought(now: Standing, traits: Traits, world: World, rng: np.random.Generator) -> Ints:
    """Draw what customers buy of their own accord; who buys one thing easily takes another."""
    need = now.need[:, ITEMS]
    held_back = (1 - 0.6 * now.need[:, COUPON]) * (1 - 0.4 * now.need[:, HELP])
    ready = now.mood * 1.5 * held_back * now.alive
    monthly = np.where(now.uses, world.restocks, world.follows * 2 * traits.readiness[:, None])
    chance = weekly(monthly * ready[:, None]) * (need > 0)
    takes: Flags = np.asarray(rng.random(need.shape) < chance)
    besides = takes.any(axis=1, keepdims=True) & (rng.random(need.shape) < 0.35 * need)
    pieces = 1 + ((rng.random(need.shape) < 0.2) & CONSUMED)
    return np.where(takes | besides, pieces, 0)


def _had_before(now: Standing, traits: Traits, rng: np.random.Generator) -> None:
    """Give those who were customers before the exported time what they had bought, partly used up."""
    early = (traits.start_day < 0)[:, None]
    standing.take(now, (_first(traits, rng) + _first(traits, rng)) * early)
    now.stock *= rng.uniform(0.0, 1.0, now.stock.shape)


def _first(traits: Traits, rng: np.random.Generator) -> Ints:
    """Draw what customers would begin with: one or two things to their taste."""
    liking: Floats = traits.taste * rng.lognormal(0, 0.5, traits.taste.shape) * (PRICE <= _FIRST_AT_MOST)
    order = np.argsort(-liking, axis=1)
    pieces = np.zeros((traits.count, len(IDS)), dtype=np.int64)
    rows = np.arange(traits.count)
    pieces[rows, order[:, 0]] = 1
    pieces[rows, order[:, 1]] += rng.random(traits.count) < 0.4
    return pieces


def _leave(now: Standing, traits: Traits, world: World, week: int, rng: np.random.Generator) -> None:
    hazard = valuing.leaving(now, world) + 0.04 * now.irritation
    settled: Flags = week > np.maximum(traits.start_week, 0)
    left: Flags = now.alive & settled & (rng.random(traits.count) < weekly(hazard))
    now.alive &= ~left
    now.need[left], now.since[left] = 0.0, -1
