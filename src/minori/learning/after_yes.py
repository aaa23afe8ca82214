"""After the yes: did customers use what they bought, and fare better? Against hold-outs, or said to be observational."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from minori.core.figure import Figure, Reading
from minori.learning import after_yes_figures as figures
from minori.learning.aftermath import SIX_MONTHS, WITHIN
from minori.learning.experiment_readings import compared
from minori.learning.pushiness import Row, Seen
from minori.stats.clustered import less, mean_and_error
from minori.stats.reading import observed, read

LEAST = 10  # occasions on each side; below, no mean is given
_YES, _TREATED, _HELD_OUT = "yes", "treated", "held_out"


@dataclass(frozen=True)
class AfterYes:
    """A play (or all, named ``""``): what followed its yeses, and what followed its lots."""

    play: str
    readings: tuple[Reading, ...]

    def as_object(self) -> dict[str, Any]:
        """Return plain data for programs."""
        return {"play": self.play or None, "readings": [reading.as_object() for reading in self.readings]}


def after_yes(rows: Iterable[Row], seen: Seen, *, known_until: date) -> list[AfterYes]:
    """Return what followed, over all plays first, then by play.

    Parameters
    ----------
    rows
        Rows of ``aftermath``.
    known_until
        The last day of which it is final what followed.
    """
    every = list(rows)
    plays = sorted({str(row["play"]) for row in every if row["role"] == _YES})
    return [
        AfterYes(play, _readings([r for r in every if play in ("", r["play"])], seen, known_until))
        for play in ("", *plays)
        if plays
    ]


def _readings(rows: Sequence[Row], seen: Seen, known_until: date) -> tuple[Reading, ...]:
    said_yes = [row for row in rows if row["role"] == _YES]
    half_year = [row for row in rows if row["asked_on"] + timedelta(days=SIX_MONTHS) <= known_until]
    span = [row for row in rows if row["asked_on"] + timedelta(days=WITHIN) <= known_until]
    return (
        _share(figures.USED, [row["used"] for row in _of(half_year, _YES)], len(said_yes)),
        _share(figures.REDUCED, [_reduced(row, seen) for row in _of(half_year, _YES)], len(said_yes)),
        _change(figures.HEALTH, _of(span, _YES), _health),
        _change(figures.NPS, _of(half_year, _YES), _nps),
        _reduced_by_lot(half_year, seen),
        _by_lot(figures.HEALTH_BY_LOT, span, _health),
        _by_lot(figures.NPS_BY_LOT, half_year, _nps),
    )


def _of(rows: Sequence[Row], role: str) -> list[Row]:
    return [row for row in rows if row["role"] == role]


def _reduced(row: Row, seen: Seen) -> bool | None:
    if not seen.churned:
        return None
    until = row["asked_on"] + timedelta(days=SIX_MONTHS)
    return any(row[name] is not None and row[name] <= until for name in ("reduced_on", "churned_on"))


def _health(row: Row) -> float | None:
    return _less(row["health_after"], row["health"])


def _nps(row: Row) -> float | None:
    return _less(row["nps_after"], row["nps_before"])


def _less(after: float | None, before: float | None) -> float | None:
    return None if after is None or before is None else float(after) - float(before)


def _share(figure: Figure, values: Sequence[Any], asked: int) -> Reading:
    known = [bool(value) for value in values if value is not None]
    return observed(figure, sum(known), len(known)) if known else read(figure, None, asked)


def _change(figure: Figure, rows: Sequence[Row], value: Callable[[Row], float | None]) -> Reading:
    found = _mean(rows, value)
    return read(figure, less(found[0], (0.0, 0.0)) if found else None, found[1] if found else len(rows))


def _by_lot(figure: Figure, rows: Sequence[Row], value: Callable[[Row], float | None]) -> Reading:
    treated, held_out = (_mean(_of(rows, role), value) for role in (_TREATED, _HELD_OUT))
    if treated is None or held_out is None:
        return read(figure, None, len(_of(rows, _TREATED)) + len(_of(rows, _HELD_OUT)))
    return read(figure, less(treated[0], held_out[0]), treated[1] + held_out[1])


def _mean(
    rows: Sequence[Row], value: Callable[[Row], float | None]
) -> tuple[tuple[float, float], int] | None:
    """Return mean and error of the known values and how many they are; None if they are few."""
    known = [(found, row["customer_key"]) for row in rows if (found := value(row)) is not None]
    if len({customer for _, customer in known}) < LEAST:
        return None
    values = np.array([found for found, _ in known], dtype=np.float64)
    return mean_and_error(values, [customer for _, customer in known]), len(known)


def _reduced_by_lot(rows: Sequence[Row], seen: Seen) -> Reading:
    arms = [[_reduced(row, seen) for row in _of(rows, role)] for role in (_TREATED, _HELD_OUT)]
    known = [[value for value in arm if value is not None] for arm in arms]
    if min(len(arm) for arm in known) < LEAST:
        return read(figures.REDUCED_BY_LOT, None, sum(len(arm) for arm in known))
    (treated, held_out) = known
    return compared(figures.REDUCED_BY_LOT, sum(treated), len(treated), sum(held_out), len(held_out))
