"""On which past days the score is frozen, so that what came of it can be looked at."""

from collections.abc import Sequence
from datetime import date, timedelta

MOST_MONTHS = 36  # older scores say little about today's


def month_ends(first: date, last: date) -> list[date]:
    """Return the last days of months from ``first`` to ``last``, at most the newest 36."""
    ends = []
    day = last + timedelta(days=1)
    while (end := day.replace(day=1) - timedelta(days=1)) >= first:
        ends.append(end)
        day = end
    return ends[:MOST_MONTHS][::-1]


def windows(frozen: Sequence[date], until: date, horizon: int, embargo: int) -> list[date]:
    """Return those of the frozen days that are wholly followed and do not overlap, chosen from the newest back.

    ``until`` is the last day on which it is known what became of everybody.
    """
    chosen: list[date] = []
    newest = until - timedelta(days=embargo + horizon)
    for day in sorted(frozen, reverse=True):
        if day <= newest:
            chosen.append(day)
            newest = day - timedelta(days=horizon)
    return chosen[::-1]
