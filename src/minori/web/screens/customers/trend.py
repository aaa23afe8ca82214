"""The score over time as a drawing: plain numbers that a template puts into an SVG."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from minori.web.screens.customers.kept_policy import kept

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640, 150, 30, 6, 20
_RIGHT = 14


@dataclass(frozen=True)
class Stripe:
    """A band of the score behind the line."""

    band: str
    y: float
    height: float
    text_y: float


@dataclass(frozen=True)
class Drawn:
    """The drawing: stripes, unbroken runs of the line, its dots, and the days below."""

    stripes: tuple[Stripe, ...]
    runs: tuple[str, ...]
    dots: tuple[tuple[float, float, date, float], ...]
    ticks: tuple[tuple[float, date], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = HEIGHT - BOTTOM


def drawn(history: Iterable[tuple[date, float | None]]) -> Drawn | None:
    """Return the drawing; None for less than two days with a score."""
    found = sorted(history)
    if sum(score is not None for _, score in found) < 2:
        return None
    first, last = found[0][0], found[-1][0]
    points = [(_x(day, first, last), None if s is None else _y(s), day, s) for day, s in found]
    dots = tuple((x, y, day, s) for x, y, day, s in points if y is not None and s is not None)
    runs = [
        " ".join(f"{x:.1f},{y:.1f}" for x, y, *_ in group)
        for known, group in groupby(points, key=lambda p: p[1] is not None)
        if known
    ]
    middle = found[len(found) // 2][0]
    ticks = tuple((_x(day, first, last), day) for day in sorted({first, middle, last}))
    return Drawn(_stripes(), tuple(runs), dots if len(dots) <= 30 else dots[-1:], ticks)


def _stripes() -> tuple[Stripe, ...]:
    bands = kept().policy.health.bands
    bounds = [("thriving", bands.thriving, 100.0), ("healthy", bands.healthy, bands.thriving),
              ("watch", bands.watch, bands.healthy), ("act", 0.0, bands.watch)]  # fmt: skip
    return tuple(
        Stripe(band, _y(high), round(_y(low) - _y(high), 1), round((_y(low) + _y(high)) / 2 + 3, 1))
        for band, low, high in bounds
    )


def _x(day: date, first: date, last: date) -> float:
    span = max((last - first).days, 1)
    return round(LEFT + (WIDTH - LEFT - _RIGHT) * (day - first).days / span, 1)


def _y(score: float) -> float:
    return round(TOP + (HEIGHT - BOTTOM - TOP) * (1 - score / 100), 1)
