"""Estimates → readings: a value with its interval and sample, or why there is none."""

from minori.core.figure import NOT_ENOUGH, Figure, Reading
from minori.core.text import Text
from minori.stats.interval import Interval
from minori.stats.intervals import LEVEL, jeffreys


def read(
    figure: Figure,
    value: Interval | float | None,
    sample: int,
    missing: Text = NOT_ENOUGH,
    *,
    level: float = LEVEL,
) -> Reading:
    """Return a reading; ``missing`` says why where there is no value, ``level`` is that of the interval."""
    if value is None:
        return Reading(figure, None, sample, missing=missing)
    if isinstance(value, Interval):
        return Reading(figure, value.middle, sample, value.low, value.high, level)
    return Reading(figure, value, sample)


def observed(figure: Figure, yes: int, n: int) -> Reading:
    """Return a share as seen, with Jeffreys' interval."""
    return read(figure, jeffreys(yes, n), n)
