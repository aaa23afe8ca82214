"""Orders and their lines, and the register of customers."""

from dataclasses import dataclass

import numpy as np

from minori.core.text import Language
from minori.sample.draws import Flags, Ints, generator
from minori.sample.files import Columns, days, local_times
from minori.sample.names import person_names, region_names
from minori.sample.shop.items import CONSUMED, COUPON_SHARE, IDS, PRICE
from minori.sample.shop.life import Life, customer_id
from minori.sample.shop.world import COUPON, RESCUE

_DAY = 86_400
COUPON_CODE = "early_access"


@dataclass(frozen=True)
class Orders:
    """One element per order, by time; returns have negative pieces."""

    customer: Ints
    second: Ints  # from the first exported midnight, local
    pieces: Ints  # [order, item]
    coupon: Flags

    @property
    def amount(self) -> Ints:
        """Yen paid, negative for a return."""
        total = (self.pieces * PRICE).sum(axis=1) * np.where(self.coupon, 1 - COUPON_SHARE, 1.0)
        return np.asarray(np.rint(total), dtype=np.int64)


def draw_orders(life: Life) -> Orders:
    """Draw the moments of all orders, which of them used a coupon, and what came back."""
    rng = generator(life.seed, "shop", "orders")
    week, customer = np.nonzero(life.bought.any(axis=2))
    second = _moments(life, week, customer, rng)
    told = _told(life)[week, customer]
    coupon: Flags = told | (rng.random(len(week)) < 0.08 * life.traits.thrift[customer])
    pieces = life.bought[week, customer]
    trouble = life.weeks.need[week, customer, RESCUE]
    back = np.flatnonzero((rng.random(len(week)) < 0.015 + 0.12 * trouble) & (week < life.count - 2))
    first = np.arange(len(IDS)) == np.argmax(pieces[back] > 0, axis=1)[:, None]
    returned_at = second[back] + rng.integers(5, 13, len(back)) * _DAY
    at = np.concatenate([second, returned_at])
    who = np.concatenate([customer, customer[back]])
    what = np.concatenate([pieces, -np.where(first, pieces[back], 0)])
    used = np.concatenate([coupon, coupon[back]])
    order = np.lexsort((who, at))
    return Orders(who[order], at[order], what[order], used[order])


def _told(life: Life) -> Flags:
    """Tell in which weeks customers took a coupon that was sent to them, [week, customer]."""
    told = np.zeros_like(life.weeks.alive)
    for asked in life.asked:
        told[asked.week, asked.customer] |= asked.family == COUPON and asked.result == "accepted"
    return told


def orders(life: Life, made: Orders) -> Columns:
    """Return the shop's orders."""
    rng = generator(life.seed, "shop", "channels")
    channel = rng.choice(["web", "app", "store"], len(made.customer), p=[0.6, 0.3, 0.1])
    return {
        "order_no": order_ids(made),
        "customer_no": [customer_id(n) for n in made.customer.tolist()],
        "placed_at": local_times(life.first_day, made.second),
        "total": made.amount.tolist(),
        "coupon_code": [COUPON_CODE if used else None for used in made.coupon],
        "channel": channel.tolist(),
    }


def order_lines(life: Life, made: Orders) -> Columns:
    """Return what was in each order."""
    order, item = np.nonzero(made.pieces)
    count = made.pieces[order, item]
    ids = order_ids(made)
    line = np.arange(len(order)) - np.searchsorted(order, order)
    return {
        "order_no": [ids[n] for n in order],
        "line": (line + 1).tolist(),
        "customer_no": [customer_id(n) for n in made.customer[order].tolist()],
        "sku": [IDS[place] for place in item],
        "pieces": count.tolist(),
        "amount": (count * PRICE[item]).astype(np.int64).tolist(),
        "placed_at": local_times(life.first_day, made.second[order]),
    }


def customers(life: Life, language: Language) -> Columns:
    """Return the shop's members."""
    rng = generator(life.seed, "shop", "members")
    count = life.traits.count
    names, regions = person_names(count, language, rng), region_names(count, language, rng)
    return {
        "customer_no": [customer_id(n) for n in range(count)],
        "full_name": names,
        "mail": [f"member{n + 1}@mail.example" for n in range(count)],
        "prefecture": regions,
        "member_since": days(life.first_day, life.traits.start_day),
        "invited_by": [customer_id(n) if n >= 0 else None for n in life.traits.invited_by.tolist()],
        "favourite": _favourites(life),
    }


def order_ids(made: Orders) -> list[str]:
    """Return the ids of orders."""
    return [f"O{number + 1:07d}" for number in range(len(made.customer))]


def _favourites(life: Life) -> list[str]:
    """Return what members ticked when they joined: coffee, tea, or both."""
    best = np.where(CONSUMED, life.traits.taste, 0.0).argmax(axis=1)
    return ["tea" if IDS[place].startswith(("tea", "yokan")) else "coffee" for place in best]


def _moments(life: Life, week: Ints, customer: Ints, rng: np.random.Generator) -> Ints:
    """Draw when in its week each order was placed: mostly in the evening, never before the first day."""
    day = np.maximum(7 * week + rng.integers(0, 7, len(week)), life.traits.start_day[customer])
    hour = np.clip(rng.normal(19.0, 3.5, len(week)), 7.0, 23.5)
    return np.asarray(day * _DAY + (hour * 3600).astype(np.int64))
