"""The ship floor: what a score must show before anybody relies on it (DEFAULTS, "Health").

Each criterion is met, missed, or open for want of data. "Green" are the upper two bands, "red" is the lowest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from minori.core.figure import NOT_ENOUGH, Figure, Reading
from minori.core.text import Text
from minori.learning import floor_figures as figures
from minori.learning.frozen import UNKNOWN, Frozen
from minori.learning.score_outcome import Outcome
from minori.learning.score_truth import GOOD, Truth
from minori.learning.score_verdict import LEAST_LOST, LEAST_TO_SPEAK
from minori.stats.interval import Interval
from minori.stats.intervals import jeffreys
from minori.stats.lift import lift_of_counts
from minori.stats.reading import read

RED = "act"
RED_OVER_BASE = 3.0
WARNED = 2 / 3
EARLIEST, LATEST = 90, 60  # days before the loss
GREEN = 0.8
WORKING_DAYS = 5  # in which everybody in red should be reached
_NO_DAY = Text(ja="ご注文だけでは離脱の日が分かりません", en="orders alone have no day of leaving")


@dataclass(frozen=True)
class Criterion:
    """One criterion: what was read, what is needed, and whether it is met (None: not enough data)."""

    id: str
    needs: Text
    reading: Reading
    met: bool | None
    detail: Text | None = None


@dataclass(frozen=True)
class Swing:
    """How far one part can move a score alone: share of the known weight, and to how many customers it applies."""

    part: str
    weight_share: float
    customers: int


def red_over_base(found: Truth) -> Criterion:
    """Red is lost at least three times as often as all."""
    red = next(band for band in found.bands if band.names == (RED,)).lost
    every = found.all.lost
    enough = red.n >= LEAST_TO_SPEAK and every.events >= LEAST_LOST
    ratio = None
    if enough:
        ratio = lift_of_counts(
            red.weighed_events,
            red.effective,
            every.weighed_events - red.weighed_events,
            every.effective - red.effective,
        )
    return _judged("red_over_base", figures.RED_OVER_BASE, ratio, red.n, at_least=RED_OVER_BASE)


def early_warning(seen: Outcome, embargo: int) -> Criterion:
    """At least two thirds of the lost were below green 60 to 90 days before; each counts once, at the earlier date."""
    days = seen.lost_after + embargo
    chosen = (days >= LATEST) & (days <= EARLIEST) & (seen.lost_after <= seen.points.followed)
    chosen &= seen.points.band != UNKNOWN
    first: dict[int, tuple[float, bool]] = {}
    below = ~np.isin(seen.points.band, GOOD)
    for customer, before, warned in zip(
        seen.points.customer[chosen].tolist(), days[chosen].tolist(), below[chosen].tolist(), strict=True
    ):
        first[customer] = max(first.get(customer, (0.0, False)), (before, warned))
    warned = sum(flag for _, flag in first.values())
    if seen.lost_is_no_order:
        return _judged("early_warning", figures.EARLY_WARNING, None, 0, at_least=WARNED, missing=_NO_DAY)
    share = jeffreys(warned, len(first)) if len(first) >= LEAST_LOST else None
    return _judged("early_warning", figures.EARLY_WARNING, share, len(first), at_least=WARNED)


def green_share(newest: Frozen) -> Criterion:
    """At most 80 % of the book is green; who has no score is not counted."""
    known = newest.band[newest.band != UNKNOWN]
    green = float(np.isin(known, GOOD).mean()) if len(known) >= LEAST_TO_SPEAK else None
    return _judged("green_share", figures.GREEN_SHARE, green, len(known), at_most=GREEN)


def one_part(
    swings: Sequence[Swing], spans: Mapping[str, float], width: float, labels: Mapping[str, Text]
) -> Criterion:
    """No part alone can carry a score across a whole band.

    Parameters
    ----------
    swings
        Parts of the newest scores, with their share of the weight known.
    spans
        Points between the best and the worst value of each part.
    width
        Points of the narrowest inner band.
    """
    moved: dict[str, int] = {}
    total: dict[str, int] = {}
    for swing in swings:
        total[swing.part] = total.get(swing.part, 0) + swing.customers
        if swing.weight_share * spans.get(swing.part, 0.0) > width:
            moved[swing.part] = moved.get(swing.part, 0) + swing.customers
    sample = max(total.values(), default=0)
    if not sample:
        return _judged("one_part", figures.ONE_PART, None, 0, at_most=0.0)
    worst = max(sorted(moved), key=lambda part: moved[part], default=None)
    share = moved[worst] / total[worst] if worst else 0.0
    found = _judged("one_part", figures.ONE_PART, share, total[worst] if worst else sample, at_most=0.0)
    detail = labels.get(worst) if worst else None
    return Criterion(found.id, found.needs, found.reading, found.met, detail)


def red_capacity(newest: Frozen, proposals_a_day: Mapping[str, int], otherwise: int) -> Criterion:
    """Everybody in red can be reached within a working week, whoever is in charge."""
    red = newest.owner[newest.band == RED].tolist()
    known = int((newest.band != UNKNOWN).sum())
    loads = {
        owner: red.count(owner) / (WORKING_DAYS * a_day)
        for owner in sorted(set(red))
        if (a_day := proposals_a_day.get(owner, otherwise)) > 0
    }
    if known < LEAST_TO_SPEAK or (red and not loads):
        return _judged("red_capacity", figures.RED_CAPACITY, None, known, at_most=1.0)
    return _judged("red_capacity", figures.RED_CAPACITY, max(loads.values(), default=0.0), known, at_most=1.0)


def _judged(
    name: str,
    figure: Figure,
    value: Interval | float | None,
    sample: int,
    *,
    at_least: float | None = None,
    at_most: float | None = None,
    missing: Text = NOT_ENOUGH,
) -> Criterion:
    """Compare the value, not the end of its interval: the floor asks what was seen, the interval says how surely."""
    reading = read(figure, value, sample, missing)
    met = None
    if reading.value is not None:
        met = (
            float(reading.value) >= at_least
            if at_least is not None
            else float(reading.value) <= (at_most or 0)
        )
    return Criterion(name, figures.NEEDS[name], reading, met)
