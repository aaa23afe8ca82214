"""Rolling origin: a model is trained on what was known at a moment and judged on what came after, again and again."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from minori.stats.arrays import Flags, Floats, Ints
from minori.stats.chance_model import ChanceModel

FIRST_SHARE = 0.4  # of the events, to train the first model
MOST_WINDOWS = 5
LEAST_EVENTS = 4  # in a window, and to train the first model

Fit = Callable[[Floats, Floats, Ints, Floats], ChanceModel]


@dataclass(frozen=True)
class Rows:
    """Questions with their answers, in the order in which they were asked.

    ``at`` is when each was asked and ``known`` when its answer was, as any rising number (a day's ordinal); ``offset``
    is the log-odds believed beforehand, from what was known then.
    """

    x: Floats
    y: Floats
    signs: Ints
    offset: Floats
    at: Ints
    known: Ints

    def __post_init__(self) -> None:
        if np.any(np.diff(self.at) < 0):
            raise ValueError("rows must stand in the order of time")

    @property
    def events(self) -> int:
        """How many are a yes."""
        return int(self.y.sum())

    def only(self, chosen: Flags) -> "Rows":
        """Return some of the rows."""
        return Rows(
            self.x[chosen],
            self.y[chosen],
            self.signs,
            self.offset[chosen],
            self.at[chosen],
            self.known[chosen],
        )


@dataclass(frozen=True)
class Window:
    """A stretch of time judged by a model trained on what was known before it."""

    begins: int
    training: Flags
    judged: Flags


def windows(rows: Rows, most: int = MOST_WINDOWS) -> list[Window]:
    """Cut the time after the first events into windows of about as many events each; none if there are too few."""
    total = rows.events
    first = max(LEAST_EVENTS, int(np.ceil(total * FIRST_SHARE)))
    count = min(most, (total - first) // LEAST_EVENTS)
    if count < 1:
        return []
    return spans(rows, _cuts(rows, first, count))


def spans(rows: Rows, cuts: list[int]) -> list[Window]:
    """Return the windows between moments; the last is open. A window without training of both kinds is left out."""
    found = []
    for begins, ends in zip(cuts, [*cuts[1:], None], strict=True):
        judged = (rows.at >= begins) & (np.ones(len(rows.y), bool) if ends is None else rows.at < ends)
        training = (rows.known < begins) & (rows.at < begins)
        seen = rows.y[training]
        if judged.any() and 0 < seen.sum() < len(seen):
            found.append(Window(begins, training, judged))
    return found


def forecasts(rows: Rows, cut: list[Window], fit: Fit) -> list[Floats]:
    """Return each window's log-odds, said by a model that knew only what was known before it."""
    said = []
    for window in cut:
        known, asked = rows.only(window.training), rows.only(window.judged)
        model = fit(known.x, known.y, known.signs, known.offset)
        said.append(model.logit(asked.x, asked.offset))
    return said


def _cuts(rows: Rows, first: int, count: int) -> list[int]:
    event_at = rows.at[rows.y > 0]
    steps = np.linspace(first, rows.events, count + 1)[:-1].astype(int)
    cuts = sorted({int(event_at[step]) for step in steps if step < len(event_at)})
    return [cut for cut in cuts if cut > rows.at[0]]
