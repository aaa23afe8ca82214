"""The ladder: how fine a model so many events can carry, each rung only if it beats the one below in time order.

0. The rate as it is believed, or equal-weight points over it; below 10 events "not yet learned".
1. 10 to 60: ridge with signs.
2. 60 to 500: the best of ridge, weight of evidence and small monotone boosting.
3. More: larger monotone boosting.

A rung is taken if its log-loss is lower than that of the best below by more than one standard error of the difference,
and surely lower than that of the rate alone: the whole 90 % interval below 0, and worth having.
Recalibration (Platt; isotonic from 200 events) is tried on top and kept if it helps in time order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from minori.stats.arrays import Floats
from minori.stats.boosting import fit_boosting
from minori.stats.chance_model import ChanceModel, restored
from minori.stats.equal_points import fit_equal_points, fit_rate
from minori.stats.recalibration import Recalibration, candidates
from minori.stats.rolling import MOST_WINDOWS, Fit, Rows, Window, forecasts, windows
from minori.stats.scoring import Difference, difference, expit, losses
from minori.stats.sign_ridge import fit_sign_ridge
from minori.stats.validation import Validation, validated
from minori.stats.woe import fit_woe

LEARNED_FROM = 10  # events; below it nothing is learned
LEAST_GAIN = 0.005  # share of the rate's log-loss that a model must save to be worth having
_ANCHOR = 1.0  # penalty of the intercept over a belief


@dataclass(frozen=True)
class Rung:
    """A model on the ladder: from how many events on it is tried."""

    number: int
    name: str
    from_events: int
    fit: Fit


RATE = Rung(0, "rate", 0, partial(fit_rate, intercept_penalty=_ANCHOR))
"""What every rung must beat first."""

RUNGS: tuple[Rung, ...] = (
    Rung(0, "points", 0, partial(fit_equal_points, intercept_penalty=_ANCHOR)),
    Rung(1, "sign_ridge", LEARNED_FROM, partial(fit_sign_ridge, intercept_penalty=_ANCHOR)),
    Rung(2, "woe", 60, partial(fit_woe, intercept_penalty=_ANCHOR)),
    Rung(2, "boosting", 60, partial(fit_boosting, trees=100, leaves=6)),
    Rung(3, "boosting_large", 500, partial(fit_boosting, trees=250, leaves=8)),
)


@dataclass(frozen=True)
class Step:
    """One comparison: a rung against the best below it, on the same forecasts in time order."""

    rung: int
    name: str
    log_loss: float
    below: str
    below_log_loss: float
    difference: Difference
    taken: bool


@dataclass(frozen=True)
class Climbed:
    """What came of the climb.

    ``validation`` judges forecasts that were made before the answers were known, by models of the chosen kind; None
    where there are too few events to make any.
    """

    rung: int
    name: str
    events: int
    rows: int
    model: ChanceModel
    recalibration: Recalibration | None
    trail: tuple[Step, ...]
    validation: Validation | None

    @property
    def learned(self) -> bool:
        """Whether there was enough to learn from, and learning beat the rate alone."""
        return self.events >= LEARNED_FROM and bool(self.trail) and self.name != RATE.name

    def chance(self, x: Floats, offset: Floats) -> Floats:
        """Return the chance of each row."""
        return chance_of(self.model, self.recalibration, x, offset)

    def as_object(self) -> dict[str, Any]:
        """Return the model as plain data, for ``chance_of(*restored_model(…))``."""
        again = self.recalibration.as_object() if self.recalibration else None
        return {"model": self.model.as_object(), "recalibration": again}


def chance_of(model: ChanceModel, recalibration: Recalibration | None, x: Floats, offset: Floats) -> Floats:
    """Return the chance of each row."""
    said = model.logit(x, offset)
    return expit(recalibration.logit(said) if recalibration else said)


def restored_model(data: dict[str, Any]) -> tuple[ChanceModel, Recalibration | None]:
    """Rebuild what ``Climbed.as_object`` gave."""
    again = data["recalibration"]
    return restored(data["model"]), Recalibration.restored(again) if again else None


def climb(rows: Rows, *, most_windows: int = MOST_WINDOWS) -> Climbed:
    """Climb as far as the events carry, and fit the chosen model on all rows; there must be one row at least."""
    cut = windows(rows, most_windows)
    best, said, trail = _climbed(rows, cut)
    again, put_right = _recalibrated(rows, cut, said)
    model = best.fit(rows.x, rows.y, rows.signs, rows.offset)
    validation = validated(rows, cut, put_right) if cut else None
    name = best.name
    return Climbed(best.number, name, rows.events, len(rows.y), model, again, tuple(trail), validation)


def _climbed(rows: Rows, cut: list[Window]) -> tuple[Rung, list[Floats], list[Step]]:
    """Return the best rung, its forecasts by window, and every comparison."""
    best, trail = RATE, list[Step]()
    if not cut:
        return RUNGS[0], [], trail
    said = forecasts(rows, cut, best.fit)
    answers = np.concatenate([rows.y[window.judged] for window in cut])
    loss = of_rate = _losses(answers, said)
    for number in sorted({rung.number for rung in RUNGS}):
        tried = [(rung, forecasts(rows, cut, rung.fit)) for rung in RUNGS if _carries(rung, number, rows)]
        own = {rung.name: _losses(answers, forecast) for rung, forecast in tried}
        winner = min(own, key=lambda name: (float(own[name].mean()), name), default=None)
        taken = winner if winner and _better(own[winner], loss, of_rate) else None
        trail += [_step(rung, own[rung.name], best, loss, taken=rung.name == taken) for rung, _ in tried]
        for rung, forecast in tried:
            if rung.name == taken:
                best, said, loss = rung, forecast, own[rung.name]
    return best, said, trail


def _better(own: Floats, below: Floats, of_rate: Floats) -> bool:
    gain = difference(own, of_rate)
    worth_it = gain.surely_beats and -gain.mean >= LEAST_GAIN * of_rate.mean()
    return worth_it and difference(own, below).beats


def _carries(rung: Rung, number: int, rows: Rows) -> bool:
    return rung.number == number and rows.events >= rung.from_events


def _step(rung: Rung, loss: Floats, below: Rung, below_loss: Floats, *, taken: bool) -> Step:
    means = float(loss.mean()), float(below_loss.mean())
    return Step(rung.number, rung.name, means[0], below.name, means[1], difference(loss, below_loss), taken)


def _losses(answers: Floats, said: Sequence[Floats]) -> Floats:
    return losses(answers, expit(np.concatenate(said)))


def _recalibrated(
    rows: Rows, cut: list[Window], said: list[Floats]
) -> tuple[Recalibration | None, list[Floats]]:
    """Return the recalibration that helps in time order, if one does, and the forecasts put right by it.

    Each window is put right by what the windows before it taught; what is kept is fitted on all of them.
    """
    if len(cut) < 2:
        return None, said
    answers = [rows.y[window.judged] for window in cut]
    together = np.concatenate(answers)
    loss = _losses(together, said)
    best: tuple[Recalibration | None, list[Floats]] = (None, said)
    for kind in ("platt", "isotonic"):
        put_right = [said[0], *(_by_kind(kind, said[:n], answers[:n], said[n]) for n in range(1, len(cut)))]
        last, own = _of_kind(kind, said, answers), _losses(together, put_right)
        if last is not None and difference(own, loss).beats:
            best, loss = (last, put_right), own
    return best


def _by_kind(kind: str, said: list[Floats], answers: list[Floats], value: Floats) -> Floats:
    found = _of_kind(kind, said, answers)
    return value if found is None else found.logit(value)


def _of_kind(kind: str, said: list[Floats], answers: list[Floats]) -> Recalibration | None:
    found = candidates(np.concatenate(said), np.concatenate(answers))
    return next((one for one in found if one.kind == kind), None)
