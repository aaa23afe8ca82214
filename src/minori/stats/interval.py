"""An estimate with its interval."""

from typing import NamedTuple


class Interval(NamedTuple):
    """Low, middle and high, in the estimate's unit."""

    low: float
    middle: float
    high: float
