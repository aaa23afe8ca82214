"""What was learned of times, as readings: of all, of a segment, of one customer; advice only where it is usable."""

from dataclasses import dataclass
from math import inf
from typing import Literal

import numpy as np

from minori.core.figure import NOT_ENOUGH, Reading
from minori.learning import best_time_figures as figures
from minori.learning.best_time import Approached, Finding, usable
from minori.stats.best_time import Ratios, Times
from minori.stats.best_time_proof import good_slots
from minori.stats.intervals import LEVEL
from minori.stats.rounding import significant

Level = Literal["own", "segment"]


@dataclass(frozen=True)
class Advice:
    """A good time, and by whose answers it is known: the customer's own, or its segment's."""

    slot: int
    level: Level
    reading: Reading


def slot_readings(finding: Finding) -> list[tuple[int, Reading]]:
    """Return the ratio of every slot that was seen, over all customers, the best first."""
    times = finding.times
    if times is None:
        return []
    order = sorted(np.flatnonzero(times.contacts).tolist(), key=lambda slot: (-times.all.value[slot], slot))
    return [(slot, _reading(times, times.all, slot, slot)) for slot in order]


def _reading(times: Times, ratios: Ratios, cell: int, slot: int) -> Reading:
    low, middle, high = (significant(end) for end in ratios.interval(cell, LEVEL))
    return Reading(figures.RATIO, middle, int(times.contacts[slot]), min(low, middle), max(high, middle))


def advice(finding: Finding, customer: int, most: int = 3) -> list[Advice]:
    """Return the customer's good times, the best first; none unless the finding is usable."""
    if finding.verdict != "usable" or finding.good is None:
        return []
    approached = finding.approached
    segment = int(approached.segment_now[customer])
    slots = np.flatnonzero(finding.good[customer])
    read = _active_reading if finding.how == "activity" else _own_reading
    found = [read(finding, customer, segment, int(slot)) for slot in slots]
    found.sort(key=lambda one: (-float(one.reading.value or 0), one.slot))
    return found[:most]


def segment_advice(finding: Finding, segment: int, most: int = 3) -> list[Advice]:
    """Return the good times of a segment's customers of whom nothing else is known."""
    times = finding.times
    if finding.verdict != "usable" or finding.how != "answers" or times is None:
        return []
    cells = segment * times.size + np.arange(times.size)
    good = np.flatnonzero(good_slots(times.segments.value[cells][None, :], usable(times))[0])
    found = [
        _of_cell(times.segments, segment * times.size + int(slot), int(slot), "segment", times)
        for slot in good
    ]
    found.sort(key=lambda one: (-float(one.reading.value or 0), one.slot))
    return found[:most]


def _own_reading(finding: Finding, customer: int, segment: int, slot: int) -> Advice:
    times = finding.times
    if times is None:
        raise ValueError("nothing was learned")
    code = customer * times.size + slot
    place = int(np.searchsorted(times.customer_cells, code))
    if place < len(times.customer_cells) and times.customer_cells[place] == code:
        return _of_cell(times.customers, place, slot, "own", times)
    return _of_cell(times.segments, segment * times.size + slot, slot, "segment", times)


def _of_cell(ratios: Ratios, cell: int, slot: int, level: Level, times: Times) -> Advice:
    if ratios.weight == inf:
        level = "segment"  # the customer's own answers add nothing
    return Advice(slot, level, _reading(times, ratios, cell, slot))


def _active_reading(finding: Finding, customer: int, _segment: int, slot: int) -> Advice:
    return Advice(slot, "own", active_reading(finding.approached, customer, slot))


def active_reading(approached: Approached, customer: int, slot: int) -> Reading:
    """Return the share of a customer's activity in a slot."""
    seen = approached.active_now
    total = int(seen[customer].sum()) if seen is not None else 0
    if seen is None or not total:
        return Reading(figures.ACTIVE, None, 0, missing=NOT_ENOUGH)
    return Reading(figures.ACTIVE, significant(float(seen[customer, slot]) / total), total)


def busiest(approached: Approached, customer: int, most: int = 3) -> list[tuple[int, Reading]]:
    """Return when a customer is most active; plain information, whatever the verdict."""
    seen = approached.active_now
    if seen is None or not seen[customer].any():
        return []
    order = np.argsort(-seen[customer], kind="stable")[:most]
    return [
        (int(slot), active_reading(approached, customer, int(slot))) for slot in order if seen[customer, slot]
    ]
