"""A product of factors before and after: which factor changed it by how much, exactly."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from math import factorial, prod, sqrt

from minori.stats.interval import Interval


def split_change(before: Sequence[Fraction], after: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Return what each factor adds to the change of the product: its mean over all orders of changing one after another.

    The parts add up to the change exactly, none depends on an order, and a factor that did not change adds nothing; a
    factor may be 0, which a split by logarithms cannot take.

    References
    ----------
    Shapley (1953), A value for n-person games; Sun (1998), Energy Economics 20, 85-100 (as a split of a product).
    """
    if len(before) != len(after):
        raise ValueError(f"{len(before)} factors before, {len(after)} after")
    parts = [Fraction(0)] * len(before)
    for order in permutations(range(len(before))):
        now = list(before)
        for place in order:
            was = prod(now, start=Fraction(1))
            now[place] = after[place]
            parts[place] += prod(now, start=Fraction(1)) - was
    return tuple(part / factorial(len(before)) for part in parts)


def apportioned(parts: Sequence[Fraction], total: Decimal, step: Decimal) -> tuple[Decimal, ...]:
    """Round parts to multiples of ``step`` so that they add up to ``total``; the largest remainders are rounded up.

    Each part is less than a step from what it was, where the parts add up to within a step of the total.
    """
    unit = Fraction(step)
    floors = [part // unit for part in parts]
    short = Fraction(total) / unit - sum(floors)
    if short.denominator != 1:
        raise ValueError(f"{total} is no multiple of {step}")
    order = sorted(range(len(parts)), key=lambda n: (floors[n] * unit - parts[n], n))
    whole, rest = divmod(int(short), len(parts)) if parts else (0, 0)
    for place in order[:rest]:
        floors[place] += 1
    return tuple((floor + whole) * step for floor in floors)


def difference(after: Interval, before: Interval) -> Interval:
    """Return the difference of two independent estimates, its interval made from theirs.

    References
    ----------
    Donner & Zou (2012), Statistical Methods in Medical Research 21, 347-359 (MOVER).
    """
    middle = after.middle - before.middle
    low = sqrt((after.middle - after.low) ** 2 + (before.high - before.middle) ** 2)
    high = sqrt((after.high - after.middle) ** 2 + (before.middle - before.low) ** 2)
    return Interval(middle - low, middle, middle + high)
