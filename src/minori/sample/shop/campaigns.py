"""Offers that the shop itself made before: newsletters and coupons, by habit."""

from dataclasses import dataclass

import numpy as np

from minori.sample.draws import Floats, Ints
from minori.sample.prospects import Prospects
from minori.sample.shop.items import BELOW, IDS, PRICE
from minori.sample.shop.standing import Standing
from minori.sample.shop.world import (
    COUPON,
    FAMILIES,
    FREE_OF_CHARGE,
    HELP,
    ITEMS,
    REFERRAL,
    RESCUE,
    Traits,
    World,
    weekly,
)

_HABIT = {COUPON: 0.3, REFERRAL: 0.08, HELP: 0.05, RESCUE: 0.05}
_PLAYS = {
    COUPON: "loyal_early_access",
    REFERRAL: "referral_reward",
    HELP: "orders_falling",
    RESCUE: "lapsing_care",
}
_ITEMS_SHARE = 0.52


@dataclass(frozen=True)
class Asked:
    """An offer of the shop's own accord, and its answer."""

    week: int
    customer: int
    family: int
    result: str
    reason: str
    play: str


def propose(
    now: Standing, traits: Traits, world: World, outlook: Prospects, week: int, rng: np.random.Generator
) -> list[Asked]:
    """Make a week's offers and let customers answer; what is sold is taken with the week's orders."""
    settled = now.alive & (week - traits.start_week >= 2)
    chosen = np.flatnonzero(settled & (rng.random(traits.count) < weekly(world.asks)))
    families = _chosen(now, len(chosen), chosen, rng)
    lots = rng.random((len(chosen), 3))
    made = []
    for customer, family, lot in zip(chosen.tolist(), families.tolist(), lots, strict=True):
        need = outlook.need[customer, family]
        result = _answer(lot[0] < outlook.chance[customer, family], lot[1])
        reason = _reason(need > 0, float(traits.thrift[customer]), lot[2]) if result == "declined" else ""
        made.append(Asked(week, customer, family, result, reason, _play(now, customer, family)))
        if need == 0 and result != "accepted" and FAMILIES[family] not in FREE_OF_CHARGE:
            now.irritation[customer] += 0.3 * traits.annoyance[customer]
        if result == "accepted" and family in (HELP, RESCUE):
            now.mood[customer] = min(now.mood[customer] + 0.25 * need, 1.0)
            now.need[customer, family], now.since[customer, family] = 0.0, -1
    return made


def sold(now: Standing, traits: Traits, made: list[Asked]) -> Ints:
    """Return what accepted offers sold, [customer, item] pieces; a coupon goes into what is wanted most."""
    pieces = np.zeros((traits.count, len(IDS)), dtype=np.int64)
    for asked in made:
        if asked.result != "accepted":
            continue
        if asked.family in range(len(IDS)):
            pieces[asked.customer, asked.family] += 1
        elif asked.family == COUPON:
            wanted = now.need[asked.customer, ITEMS] + 0.01 * traits.taste[asked.customer]
            pieces[asked.customer, int(wanted.argmax())] += 1
    return pieces


def _chosen(now: Standing, count: int, customers: Ints, rng: np.random.Generator) -> Ints:
    """Choose a family for each: coupons often, else an item, mostly a cheap one, never what is owned."""
    weights: Floats = np.zeros((count, len(FAMILIES)))
    popular = 1 / np.sqrt(PRICE)
    weights[:, ITEMS] = _ITEMS_SHARE * popular / popular.sum() * ~now.owns[customers]
    for family, habit in _HABIT.items():
        weights[:, family] = habit
    cumulative = np.cumsum(weights, axis=1)
    return np.asarray(((rng.random(count) * cumulative[:, -1])[:, None] >= cumulative).sum(axis=1))


def _play(now: Standing, customer: int, family: int) -> str:
    if family in _PLAYS:
        return _PLAYS[family]
    if now.uses[customer, family]:
        return "refill_due"
    return "upper_for_regulars" if BELOW[now.uses[customer], family].any() else "goes_with_last_order"


def _answer(accepts: bool, lot: float) -> str:
    if accepts:
        return "accepted"
    return "declined" if lot < 0.2 else "ignored"


def _reason(needed: bool, thrift: float, lot: float) -> str:
    if lot < 0.2:
        return "other"
    if lot < 0.2 + 0.5 * thrift:
        return "price"
    return "timing" if needed else "need"
