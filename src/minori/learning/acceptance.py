"""The chance of acceptance, learned from past proposals and their answers.

What is believed of a proposal beforehand is its play's rate as it was known that day - the prior of the play and the
answers until then, older ones fading - and the ladder of ``stats/ladder.py`` learns from the customer's metrics how
much likelier or less likely this one is. What it cannot prove in time order it does not claim.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from minori.learning.acceptance_columns import Column
from minori.policy.definitions import Play, Prior
from minori.stats.arrays import Flags, Floats, Ints
from minori.stats.ladder import Climbed, climb
from minori.stats.leakage import Drift, Suspect, drift, suspects
from minori.stats.recent import recent_rate
from minori.stats.rolling import Rows
from minori.stats.woe import fit_bins

MOST_SIGNALS = 8


@dataclass(frozen=True)
class Examples:
    """Past proposals of one part of the plays, in the order in which they were made."""

    x: Floats
    accepted: Floats
    plays: Sequence[str]
    asked: Ints  # ordinal of the day
    known: Ints  # ordinal of the day on which the answer was known


@dataclass(frozen=True)
class Signal:
    """A range of one metric's values and how much likelier a yes was in it, shrunk by how little is known of it.

    ``low`` belongs to the range, ``high`` does not; None is without end. A lift of 1 says nothing.
    """

    column: str
    low: float | None
    high: float | None
    answers: int
    events: int
    lift: float


@dataclass(frozen=True)
class Trained:
    """A trained part: the columns it reads, the plays' rates it starts from, what came of the climb.

    ``rates`` are log-odds by play as known after the last answer.
    """

    columns: tuple[Column, ...]
    rates: Mapping[str, float]
    climbed: Climbed
    suspects: tuple[Suspect, ...]
    drift: Drift
    signals: tuple[Signal, ...]

    def body(self) -> dict[str, Any]:
        """Return the model as plain data."""
        tenths = self.climbed.validation.tenths if self.climbed.validation else ()
        return {
            **self.climbed.as_object(),
            "columns": [column.as_object() for column in self.columns],
            "rates": dict(self.rates),
            "tenths": [[tenth.highest, tenth.n] for tenth in tenths],
        }


def train(examples: Examples, columns: Sequence[Column], plays: Mapping[str, Play]) -> Trained:
    """
    Train one part.

    Parameters
    ----------
    examples
        One row at least; columns in the order of ``columns``.
    plays
        The plays whose rates are asked for, by id.

    Returns
    -------
    Trained
        Columns that seem to know the answer, and those of which nothing is known, are left out.
    """
    found = suspects(examples.x, examples.accepted, [column.name for column in columns])
    leaking = {suspect.column for suspect in found}
    known: Flags = np.asarray(~np.isnan(examples.x).all(axis=0))
    kept = [n for n, column in enumerate(columns) if column.name not in leaking and known[n]]
    chosen = tuple(columns[n] for n in kept)
    rows = Rows(
        x=examples.x[:, kept],
        y=examples.accepted,
        signs=np.array([column.sign for column in chosen], dtype=np.int64),
        offset=_offsets(examples, plays),
        at=examples.asked,
        known=examples.known,
    )
    rates = {name: _rate_now(examples, name, play.prior) for name, play in plays.items()}
    signals = tuple(_signals(rows, chosen))
    return Trained(chosen, rates, climb(rows), tuple(found), drift(examples.accepted), signals)


def _signals(rows: Rows, columns: Sequence[Column]) -> list[Signal]:
    """Return the ranges of single metrics that say most, as evidence beside the model (empirical Bayes)."""
    found: list[tuple[float, Signal]] = []
    for number, column in enumerate(columns):
        bins = fit_bins(rows.x[:, number], rows.y, column.sign, rows.offset)
        edges = [None, *bins.edges.tolist(), None]
        for n in range(len(edges) - 1):
            counts = int(bins.rows[n]), int(bins.events[n])
            signal = Signal(column.name, edges[n], edges[n + 1], *counts, float(bins.lift[n]))
            found.append((abs(float(bins.evidence[n])) * counts[0], signal))
    found.sort(key=lambda one: (-one[0], one[1].column, one[1].low or 0.0))
    return [signal for _, signal in found[:MOST_SIGNALS]]


def _offsets(examples: Examples, plays: Mapping[str, Play]) -> Floats:
    """Return what was believed of each proposal on its day: its play's rate, as known then."""
    offset = np.zeros(len(examples.accepted))
    names = np.array(examples.plays, dtype=object)
    for name in sorted(set(examples.plays)):
        mine = names == name
        prior = plays[name].prior if name in plays else Prior()
        offset[mine] = recent_rate(
            examples.accepted[mine],
            examples.asked[mine],
            examples.known[mine],
            prior=prior.accept,
            prior_n=prior.from_,
        )
    return offset


def _rate_now(examples: Examples, name: str, prior: Prior) -> float:
    """Return the rate of a play after its last answer, as log-odds."""
    mine = np.array([play == name for play in examples.plays], dtype=bool)
    after = int(examples.known.max()) + 1 if len(examples.known) else 0
    rates = recent_rate(
        np.append(examples.accepted[mine], 0.0),
        np.append(examples.asked[mine], after),
        np.append(examples.known[mine], after),
        prior=prior.accept,
        prior_n=prior.from_,
    )
    return float(rates[-1])
