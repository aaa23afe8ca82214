"""Seats: which plans are sold by them, and what so many cost with the options beside them."""

from decimal import Decimal

from minori.offers.present import Present, monthly
from minori.policy.catalog import PerSeat, Plan


def by_seat(plan: Plan) -> bool:
    """Return whether seats can be bought: by price, or because a limit of the plan follows the quantity."""
    return bool(plan.price.per_seat) or any(
        x == "quantity" or isinstance(x, PerSeat) for x in plan.limits.values()
    )


def seats_price(held: Present, seats: Decimal) -> Decimal:
    """Return the list price a month of the plan and its options for so many seats."""
    case = held.case
    options = sum((monthly(case, option.price, seats) * n for _, option, n in held.options), Decimal(0))
    return monthly(case, held.plan.price, seats) + options
