"""What the sample company sells, as the preset ``b2b_saas`` has it: prices in yen a month."""

import numpy as np

from minori.sample.draws import Flags, Floats, Ints

PRODUCT, SECOND_PRODUCT = "suite", "desk"
PLANS = ("free", "light", "standard", "premium")
PER_SEAT = np.array([0, 980, 1_780, 2_980], dtype=float)
STORAGE_GB = np.array([5, 50, 200, 1_000], dtype=float)
CALLS_A_MONTH = np.array([500, 3_000, 20_000, 200_000], dtype=float)
SEAT_STEP = np.array([5, 5, 5, 10])
FREE_SEATS = 5
OPTIONS = ("connector", "security_pack", "extra_storage", "analytics")
OPTION_PRICE = np.array([20_000, 10_000, 5_000, 12_000], dtype=float)
OPTION_PER_SEAT = np.array([0, 200, 0, 150], dtype=float)
INCLUDED_FROM = np.array([3, 3, 9, 3])  # index of the first plan that has the option's feature
EXTRA_STORAGE_GB = 100.0
SECOND_PLANS = ("desk_basic", "desk_pro")
SECOND_PER_SEAT = np.array([1_500, 2_800], dtype=float)
_PRO_FROM_SEATS = 10  # how large teams take the second product's upper plan

CONNECTOR_OPTION, SECURITY_PACK, EXTRA_STORAGE, ANALYTICS_OPTION = range(4)
FREE, LIGHT, STANDARD, PREMIUM = range(4)


def monthly(plan: Ints, seats: Ints, options: Flags, desk: Ints) -> Floats:
    """Return the list price a month of everything held; ``options`` has one more axis, by ``OPTIONS``."""
    beside: Floats = np.where(options & (plan[..., None] > FREE), option_price(seats), 0.0).sum(axis=-1)
    return suite_price(plan, seats) + beside + desk_price(desk)


def suite_price(plan: Ints, seats: Ints) -> Floats:
    """Return the list price of a plan with so many seats."""
    return np.asarray(PER_SEAT[plan] * seats)


def option_price(seats: Ints) -> Floats:
    """Return the list price of each option beside so many seats."""
    return np.asarray(OPTION_PRICE + OPTION_PER_SEAT * seats[..., None])


def second_plan(seats: Ints) -> Ints:
    """Return which plan of the second product so many seats take."""
    return (seats >= _PRO_FROM_SEATS).astype(np.int64)


def desk_price(seats: Ints) -> Floats:
    """Return the list price of the second product; no seats: not held."""
    return np.asarray(SECOND_PER_SEAT[second_plan(seats)] * seats)


def has_feature(plan: Ints, options: Flags) -> Flags:
    """Return which options' features are at hand, bought or within the plan."""
    return np.asarray(options | (plan[..., None] >= INCLUDED_FROM))


def storage_limit(plan: Ints, options: Flags) -> Floats:
    """Return the storage that may be used, in GB."""
    return np.asarray(STORAGE_GB[plan] + EXTRA_STORAGE_GB * options[..., EXTRA_STORAGE])


def in_steps(seats: Floats, plan: Ints) -> Ints:
    """Return seats rounded up to what can be bought on a plan."""
    return np.asarray(np.ceil(seats / SEAT_STEP[plan]) * SEAT_STEP[plan], dtype=np.int64)
