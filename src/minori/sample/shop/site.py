"""What customers did on the shop's pages: looked, filled carts, began to pay, joined, recommended."""

from dataclasses import dataclass

import numpy as np

from minori.sample.draws import Floats, Ints, counted_positions, generator
from minori.sample.files import Columns, utc_times
from minori.sample.shop.items import IDS, PRICE
from minori.sample.shop.life import Life, customer_id
from minori.sample.shop.orders import COUPON_CODE, Orders
from minori.sample.shop.world import COUPON, HELP, ITEMS, REFERRAL

_DAY, _NOTHING = 86_400, -1
NAMES = (
    "product_viewed", "cart_updated", "checkout_started", "coupon_used",
    "referral_shared", "referral_joined", "signup",
)  # fmt: skip
VIEWED, CART, CHECKOUT, USED, SHARED, JOINED, SIGNUP = range(7)


@dataclass(frozen=True)
class _Events:
    customer: Ints
    name: Ints
    second: Ints
    value: Ints  # yen in the cart, 0: none
    item: Ints  # looked at or put into the cart, -1: none


def site_events(life: Life, made: Orders) -> Columns:
    """Return the log of the shop's pages."""
    rng = generator(life.seed, "shop", "site")
    events = _in_order(
        [_visits(life, rng), *_around_orders(made, rng), *_once(life, rng)], 7 * _DAY * life.count
    )
    return {
        "messageId": [f"V{number + 1:07d}" for number in range(len(events.name))],
        "customer": [customer_id(n) for n in events.customer.tolist()],
        "event": [NAMES[code] for code in events.name],
        "timestamp": utc_times(life.first_day, events.second),
        "value": [
            value if code == CART else None
            for code, value in zip(events.name, events.value.tolist(), strict=True)
        ],
        "properties": [_properties(c, i) for c, i in zip(events.name, events.item, strict=True)],
    }


def _properties(name: int, item: int) -> object:
    if item >= 0:
        return {"product_id": IDS[item]}
    return {"coupon": COUPON_CODE} if name == USED else None


def _visits(life: Life, rng: np.random.Generator) -> _Events:
    """Draw visits without an order: the more is wanted, the more of them, and the more is looked at."""
    need = life.weeks.need
    wish = need[:, :, ITEMS].max(axis=2)
    unsure = np.maximum(need[:, :, HELP], need[:, :, COUPON])
    often = life.traits.engagement * (0.15 + life.world.telling * (0.5 * wish + 0.6 * unsure))
    week, customer = np.nonzero(visits := rng.poisson(np.where(life.weeks.alive, often, 0.0)))
    times = visits[week, customer]
    week, customer = np.repeat(week, times), np.repeat(customer, times)
    begins = np.maximum(7 * week, life.traits.start_day[customer]) * _DAY + _within_week(len(week), rng)
    visit, place = counted_positions(1 + rng.poisson(1.4 + 1.5 * unsure[week, customer]))
    item = _looked_at(life, week[visit], customer[visit], rng)
    second = begins[visit] + place * rng.integers(20, 200, len(visit))
    views = _events(customer[visit], VIEWED, second, item=item)
    fills = np.flatnonzero(
        rng.random(len(visit)) < 0.05 + 0.25 * unsure[week, customer][visit] * (place == 0)
    )
    value = _cart(item[fills], rng)
    cart = _events(customer[visit][fills], CART, second[fills] + 15, value=value, item=item[fills])
    pays = fills[rng.random(len(fills)) < 0.35 * need[week, customer, HELP][visit][fills]]
    checkout = _events(customer[visit][pays], CHECKOUT, second[pays] + 60)
    return _in_order([views, cart, checkout], 7 * _DAY * life.count)


def _looked_at(life: Life, week: Ints, customer: Ints, rng: np.random.Generator) -> Ints:
    weights: Floats = (
        4 * life.world.telling * life.weeks.need[week, customer, ITEMS] + 0.2 * life.traits.taste[customer]
    )
    cumulative = np.cumsum(weights + 0.03, axis=1)
    lots = rng.random(len(week)) * cumulative[:, -1]
    return np.asarray((lots[:, None] >= cumulative).sum(axis=1), dtype=np.int64)


def _cart(item: Ints, rng: np.random.Generator) -> Ints:
    another = rng.integers(0, len(IDS), len(item))
    more = np.where(rng.random(len(item)) < 0.4, PRICE[another], 0.0)
    return np.asarray(PRICE[item] + more, dtype=np.int64)


def _around_orders(made: Orders, rng: np.random.Generator) -> list[_Events]:
    """Draw what leads to each order placed on the pages."""
    placed = np.flatnonzero((made.amount > 0) & (rng.random(len(made.customer)) < 0.9))
    customer, second, amount = made.customer[placed], made.second[placed], made.amount[placed]
    order, item = np.nonzero(made.pieces[placed] > 0)
    used = np.flatnonzero(made.coupon[placed])
    return [
        _events(customer[order], VIEWED, second[order] - rng.integers(200, 900, len(order)), item=item),
        _events(customer, CART, second - 150, value=amount),
        _events(customer, CHECKOUT, second - 90),
        _events(customer[used], USED, second[used] - 40),
    ]


def _once(life: Life, rng: np.random.Generator) -> list[_Events]:
    """Draw who joined, who recommended the shop, and whose friends joined."""
    traits = life.traits
    joined = np.flatnonzero(traits.start_day >= 0)
    invited = joined[traits.invited_by[joined] >= 0]
    week, customer = np.nonzero(rng.random(life.weeks.alive.shape) < 0.02 * life.weeks.need[:, :, REFERRAL])
    shared = 7 * _DAY * week + _within_week(len(week), rng)
    day = traits.start_day
    return [
        _events(joined, SIGNUP, day[joined] * _DAY + 7 * 3600),
        _events(traits.invited_by[invited], JOINED, day[invited] * _DAY + 7 * 3600 + 60),
        _events(customer, SHARED, np.maximum(shared, day[customer] * _DAY + 8 * 3600)),
    ]


def _within_week(size: int, rng: np.random.Generator) -> Ints:
    hour = np.clip(rng.normal(18.5, 4.0, size), 7.0, 23.0)
    return np.asarray(rng.integers(0, 6, size) * _DAY + (hour * 3600).astype(np.int64))


def _events(
    customer: Ints, name: int, second: Ints, *, value: Ints | None = None, item: Ints | None = None
) -> _Events:
    return _Events(
        customer,
        np.full_like(customer, name),
        second,
        np.zeros_like(customer) if value is None else value,
        np.full_like(customer, _NOTHING) if item is None else item,
    )


def _in_order(parts: list[_Events], until: int) -> _Events:
    """Return all of them by time, without what would lie after the end."""
    names = ("customer", "name", "second", "value", "item")
    columns = [np.concatenate([getattr(part, name) for part in parts]) for name in names]
    order = np.lexsort((columns[4], columns[1], columns[0], columns[2]))
    order = order[columns[2][order] < until]
    return _Events(*(column[order] for column in columns))
