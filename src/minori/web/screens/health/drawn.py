"""Bars of a distribution as numbers that a template draws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT, BELOW = 600, 150, 18
BANDS = ("act", "watch", "healthy", "thriving")


@dataclass(frozen=True)
class Bar:
    """One bar: where it stands, how it is coloured, and what it says."""

    x: float
    y: float
    width: float
    height: float
    band: str
    start: float
    until: float
    customers: int


@dataclass(frozen=True)
class Bars:
    """All bars, with the marks of the axis below (place, value)."""

    bars: Sequence[Bar]
    marks: Sequence[tuple[float, float]]
    most: int
    width: int = WIDTH
    height: int = HEIGHT + BELOW
    base: int = HEIGHT


def of_scores(bins: Sequence[Mapping[str, Any]], most: int | None = None) -> Bars:
    """Draw scores in steps of five points; the bands of one step stand on each other."""
    totals: dict[float, int] = {}
    for row in bins:
        totals[row["from"]] = totals.get(row["from"], 0) + row["customers"]
    highest = most or max(totals.values(), default=1)
    bars, below = [], dict.fromkeys(totals, 0.0)
    ordered = sorted(
        bins, key=lambda row: (row["from"], BANDS.index(row["band"]) if row["band"] in BANDS else 9)
    )
    for row in ordered:
        height = (HEIGHT - 10) * row["customers"] / highest
        y = HEIGHT - below[row["from"]] - height
        below[row["from"]] += height
        x, width = WIDTH * row["from"] / 100, WIDTH * (row["until"] - row["from"]) / 100 - 2
        bars.append(
            Bar(
                _r(x + 1),
                _r(y),
                _r(width),
                _r(height),
                row["band"],
                row["from"],
                row["until"],
                row["customers"],
            )
        )
    return Bars(bars, [(_r(WIDTH * mark / 100), mark) for mark in (0, 20, 40, 60, 80, 100)], highest)


def of_spread(bins: Sequence[Sequence[float]], most: int | None = None) -> Bars:
    """Draw the values of a metric."""
    if not bins:
        return Bars((), (), 0)
    low, high = bins[0][0], bins[-1][1]
    span, highest = (high - low) or 1.0, most or max(int(row[2]) for row in bins) or 1
    bars = []
    for start, until, customers in bins:
        height = (HEIGHT - 10) * customers / highest
        width = max(WIDTH * (until - start) / span - 2, 4.0)
        x = WIDTH * (start - low) / span + 1
        bars.append(Bar(_r(x), _r(HEIGHT - height), _r(width), _r(height), "", start, until, int(customers)))
    marks = (
        [(_r(WIDTH * step / 4), low + span * step / 4) for step in range(5)] if high > low else [(4.0, low)]
    )
    return Bars(bars, marks, highest)


def _r(value: float) -> float:
    return round(value, 1)
