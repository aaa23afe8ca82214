"""Weekly use as a drawing: plain numbers that a template puts into an SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from minori.web.screens.qbr.pack import WEEKS, Week

WIDTH, HEIGHT, BOTTOM, TOP = 640, 150, 20, 14


@dataclass(frozen=True)
class Bar:
    """One week."""

    x: float
    y: float
    height: float
    width: float
    week: Week
    now: bool


@dataclass(frozen=True)
class Drawn:
    """The bars of both periods, the greatest count, and the days below."""

    bars: tuple[Bar, ...]
    top: int
    ticks: tuple[tuple[float, date], ...]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - BOTTOM


def drawn(weeks: Sequence[Week]) -> Drawn | None:
    """Return the drawing; None if nothing was done in any week."""
    top = max((week.times for week in weeks), default=0)
    if not top:
        return None
    step = WIDTH / len(weeks)
    bars = tuple(_bar(number, week, step, top, len(weeks)) for number, week in enumerate(weeks))
    ticks = tuple(
        (bars[n].x + bars[n].width / 2, bars[n].week.until) for n in (1, len(weeks) // 2, len(weeks) - 2)
    )
    return Drawn(bars, top, ticks)


def _bar(number: int, week: Week, step: float, top: int, every: int) -> Bar:
    height = round((HEIGHT - BOTTOM - TOP) * week.times / top, 1)
    x, y = round(number * step + step * 0.12, 1), round(HEIGHT - BOTTOM - height, 1)
    return Bar(x, y, height, round(step * 0.76, 1), week, number >= every - WEEKS)
