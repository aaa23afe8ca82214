"""A backtest in numbers: per play or variant and outcome, its readings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from minori.core.figure import Figure, Reading
from minori.learning import backtest_figures as figures
from minori.stats.intervals import jeffreys
from minori.stats.lift import Lift, lift
from minori.stats.reading import read


@dataclass(frozen=True)
class Followed:
    """What followed the fires of one play: ``fires`` that could be followed, of ``customers``."""

    play: str
    outcome: str
    fires: int
    customers: int
    happened: int
    readings: tuple[Reading, ...]

    def reading(self, figure: Figure) -> Reading:
        """Return one of the readings."""
        return next(reading for reading in self.readings if reading.figure is figure)


def summaries(fires: pa.Table, others: pa.Table, missed: pa.Table) -> list[Followed]:
    """Return one summary per play and outcome, in the order of their names.

    Parameters
    ----------
    fires, others, missed
        The tables ``followed_fire``, ``other`` and ``missed``.
    """
    foreseen = {(row["play"], row["outcome"]): (row["foreseen"], row["events"]) for row in missed.to_pylist()}
    keys = sorted({(row["play"], row["outcome"]) for row in _keys(fires)})
    return [
        _followed(play, outcome, _of(fires, play, outcome), _of(others, play, outcome), foreseen)
        for play, outcome in keys
    ]


def _keys(fires: pa.Table) -> Iterable[Mapping[str, Any]]:
    rows: list[dict[str, Any]] = fires.group_by(["play", "outcome"]).aggregate([]).to_pylist()
    return rows


def _of(rows: pa.Table, play: str, outcome: str) -> pa.Table:
    same = pc.and_(pc.equal(rows["play"], play), pc.equal(rows["outcome"], outcome))
    return rows.filter(same)


def _followed(
    play: str,
    outcome: str,
    fires: pa.Table,
    others: pa.Table,
    foreseen: Mapping[tuple[str, str], tuple[int, int]],
) -> Followed:
    fires = fires.sort_by([("customer_key", "ascending"), ("as_of", "ascending")])
    beside = others.sort_by("customer_key") if others.num_rows else None
    found = lift(
        fires["customer_key"].to_numpy(),
        fires["happened"].to_numpy().astype(float),
        fires["base"].to_numpy(),
        None if beside is None else beside["customer_key"].to_numpy(),
        None if beside is None else beside["influence"].to_numpy(),
    )
    assert found is not None  # there is a row, so something was chosen
    readings = (
        _after(found),
        Reading(figures.BASE, found.base, found.n),
        _lift(found),
        _early(fires),
        _foreseen(foreseen.get((play, outcome), (0, 0))),
    )
    return Followed(play, outcome, found.n, found.clusters, found.happened, readings)


def _after(found: Lift) -> Reading:
    effective = jeffreys(found.rate * found.clusters, found.clusters)
    return read(figures.AFTER_FIRE, effective, found.n)


def _lift(found: Lift) -> Reading:
    return read(figures.LIFT, found.lift, found.n)


def _early(fires: pa.Table) -> Reading:
    days = fires["days"].drop_null().to_numpy()
    if not len(days):
        return read(figures.EARLY, None, 0)
    low, middle, high = (float(value) for value in np.quantile(days, (0.25, 0.5, 0.75)))
    return Reading(figures.EARLY, middle, len(days), low, high, level=0.5)


def _foreseen(counts: tuple[int, int]) -> Reading:
    return read(figures.FORESEEN, jeffreys(*counts), counts[1])
