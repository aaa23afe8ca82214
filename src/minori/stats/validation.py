"""What forecasts were worth: made in time order, judged by the answers that came."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from minori.stats.arrays import Floats
from minori.stats.calibration import Tenth, brier, calibration_error, log_loss, tenths
from minori.stats.discrimination import auc
from minori.stats.interval import Interval
from minori.stats.rolling import Rows, Window
from minori.stats.scoring import expit

LEAST_PER_TENTH = 8  # events, on average; below it there are fewer and larger groups


@dataclass(frozen=True)
class Judged:
    """One window of time: when it begins, what its model was trained on, events that came and were expected."""

    begins: int
    trained_on: int
    rows: int
    events: int
    expected: float


@dataclass(frozen=True)
class Validation:
    """All windows together.

    ``brier_of_base`` is the Brier score of saying the rate known before each window to everybody. ``auc_within`` is the
    mean over windows, weighted by rows, where both kinds occur: it is free of how the base rate moved.
    """

    rows: int
    events: int
    log_loss: float
    brier: float
    brier_of_base: float
    ece: float
    auc: Interval | None
    auc_within: float | None
    observed_to_expected: float | None
    tenths: tuple[Tenth, ...]
    windows: tuple[Judged, ...]

    def as_object(self) -> dict[str, Any]:
        """Return plain data."""
        names = ("rows", "events", "log_loss", "brier", "brier_of_base", "ece", "auc_within")
        return {
            **{name: getattr(self, name) for name in (*names, "observed_to_expected")},
            "auc": list(self.auc) if self.auc else None,
            "tenths": [_plain(tenth) for tenth in self.tenths],
            "windows": [vars(window) for window in self.windows],
        }


def validated(rows: Rows, cut: list[Window], said: list[Floats]) -> Validation:
    """Judge the forecasts (log-odds) of each window; there must be one window at least."""
    chances = [expit(value) for value in said]
    answers = [rows.y[window.judged] for window in cut]
    known = [float(rows.y[window.training].mean()) for window in cut]
    base = np.concatenate([np.full(len(a), rate) for a, rate in zip(answers, known, strict=True)])
    y, p = np.concatenate(answers), np.concatenate(chances)
    parts = int(min(10, max(2, y.sum() // LEAST_PER_TENTH)))
    return Validation(
        rows=len(y),
        events=int(y.sum()),
        log_loss=log_loss(p, y) or 0.0,
        brier=brier(p, y) or 0.0,
        brier_of_base=brier(base, y) or 0.0,
        ece=calibration_error(p, y, parts=parts) or 0.0,
        auc=auc(p, y),
        auc_within=_within(answers, chances),
        observed_to_expected=float(y.sum() / p.sum()) if p.sum() > 0 else None,
        tenths=tuple(tenths(p, y, parts=parts)),
        windows=tuple(
            Judged(window.begins, int(window.training.sum()), len(a), int(a.sum()), float(c.sum()))
            for window, a, c in zip(cut, answers, chances, strict=True)
        ),
    )


def _within(answers: list[Floats], chances: list[Floats]) -> float | None:
    found = [(len(a), auc(c, a)) for a, c in zip(answers, chances, strict=True)]
    known = [(size, area.middle) for size, area in found if area is not None]
    size = sum(size for size, _ in known)
    return sum(size * area for size, area in known) / size if size else None


def _plain(tenth: Tenth) -> dict[str, Any]:
    return {
        "rows": tenth.n,
        "from": tenth.lowest,
        "to": tenth.highest,
        "predicted": tenth.predicted,
        "events": tenth.yes,
        "observed": list(tenth.observed),
        "observed_to_expected": tenth.ratio,
    }
