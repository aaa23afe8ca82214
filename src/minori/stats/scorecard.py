"""A scorecard that people can read: every column's bins with whole points that add up to 0 to 100.

Siddiqi (2006), Credit Risk Scorecards, chapter 6: weight of evidence, a logistic regression on it, points by scaling.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minori.stats.arrays import Floats, Ints
from minori.stats.woe import WoeModel, fit_woe


@dataclass(frozen=True)
class Line:
    """A bin of a column: from ``low`` (inclusive) up to ``high``, None without end; or the unknown values."""

    column: int
    low: float | None
    high: float | None
    unknown: bool
    rows: int
    events: int
    points: int

    @property
    def rate(self) -> float | None:
        """Share of events; None without rows."""
        return self.events / self.rows if self.rows else None


@dataclass(frozen=True)
class Scorecard:
    """A fitted scorecard: ``ranges`` is how far each column's bins lie apart, on the log-odds scale."""

    model: WoeModel
    lines: tuple[Line, ...]
    ranges: Floats

    def score(self, x: Floats) -> Ints:
        """Return the points of each row."""
        total = np.zeros(len(x), dtype=np.int64)
        for number, bins in enumerate(self.model.bins):
            points = np.array([line.points for line in self.lines if line.column == number])
            total += points[bins.index(x[:, number])]
        return total


def fit_scorecard(x: Floats, y: Floats, signs: Ints, *, event_is_good: bool) -> Scorecard:
    """
    Fit a scorecard.

    Parameters
    ----------
    x, y, signs
        As of ``fit_sign_ridge``; both kinds of answers must occur.
    event_is_good
        Whether more points shall mean that the event is likelier (expansion), or less likely (churn).
    """
    model = fit_woe(x, y, signs, np.zeros(len(y)))
    direction = 1.0 if event_is_good else -1.0
    worth = [direction * added for added in contributions(model)]
    known = [np.array([*w[: len(b.edges) + 1]]) for w, b in zip(worth, model.bins, strict=True)]
    ranges = np.array([float(w.max() - w.min()) for w in known])
    scale = 100 / ranges.sum() if ranges.sum() > 0 else 0.0
    lines = [
        line
        for number, own in enumerate(worth)
        for line in _lines(model, number, (own - known[number].min()) * scale)
    ]
    return Scorecard(model, tuple(lines), ranges)


def contributions(model: WoeModel) -> list[Floats]:
    """Return what each bin of each column adds to the log-odds; the last entry is of unknown values."""
    spread = model.ridge.standard.spread
    each = np.divide(model.ridge.coefficients, spread, out=np.zeros_like(spread), where=spread > 0)
    return [bins.evidence * weight for bins, weight in zip(model.bins, each, strict=True)]


def _lines(model: WoeModel, number: int, points: Sequence[float] | Floats) -> list[Line]:
    bins = model.bins[number]
    edges: list[float | None] = [None, *bins.edges.tolist(), None]
    size = len(bins.edges) + 1
    whole = [max(0, round(float(value))) for value in points]
    lines = [
        Line(number, edges[n], edges[n + 1], False, int(bins.rows[n]), int(bins.events[n]), whole[n])
        for n in range(size)
    ]
    return [*lines, Line(number, None, None, True, int(bins.rows[size]), int(bins.events[size]), whole[size])]
