"""Chances put right by what came: two numbers (Platt) or, with many events, any rising curve (isotonic)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from minori.stats.arrays import Floats
from minori.stats.scoring import expit, logit

LEAST_EVENTS = 30  # below it chances are left as they are
LEAST_EVENTS_ISOTONIC = 200
_BELIEF = 1.0  # how strongly "leave it as it is" is believed, as a normal prior of spread 1 on both numbers


@dataclass(frozen=True)
class Recalibration:
    """A rising curve from a model's log-odds to better ones, linear between its knots and beyond them."""

    kind: Literal["platt", "isotonic"]
    said: Floats
    meant: Floats

    def logit(self, value: Floats) -> Floats:
        """Return the better log-odds."""
        inside = np.interp(value, self.said, self.meant)
        if self.kind == "isotonic":
            return np.asarray(inside)
        slope = (self.meant[1] - self.meant[0]) / (self.said[1] - self.said[0])
        return np.asarray(self.meant[0] + slope * (value - self.said[0]))

    def as_object(self) -> dict[str, Any]:
        """Return plain data."""
        return {"kind": self.kind, "said": self.said.tolist(), "meant": self.meant.tolist()}

    @classmethod
    def restored(cls, data: Mapping[str, Any]) -> "Recalibration":
        """Rebuild from plain data."""
        said, meant = (np.array(data[name], dtype=np.float64) for name in ("said", "meant"))
        return cls(data["kind"], said, meant)


def platt(value: Floats, y: Floats) -> Recalibration:
    """Fit logit = a + b · said, b at least 0 (Platt 1999), leaning towards a = 0 and b = 1."""
    from scipy.optimize import minimize

    def loss(weights: Floats) -> tuple[float, Floats]:
        a, b = weights
        linear = a + b * value
        miss = expit(linear) - y
        belief = 0.5 * _BELIEF * (a**2 + (b - 1) ** 2)
        total = np.logaddexp(0.0, linear).sum() - y @ linear + belief
        return float(total), np.array([miss.sum() + _BELIEF * a, miss @ value + _BELIEF * (b - 1)])

    found = minimize(
        loss, np.array([0.0, 1.0]), jac=True, method="L-BFGS-B", bounds=[(None, None), (0.0, None)]
    )
    a, b = (float(weight) for weight in found.x)
    return Recalibration("platt", np.array([0.0, 1.0]), np.array([a, a + b]))


def isotonic(value: Floats, y: Floats) -> Recalibration:
    """Fit the best curve that never falls (Zadrozny & Elkan 2002); its ends stay off 0 and 1."""
    from sklearn.isotonic import IsotonicRegression

    model = IsotonicRegression(out_of_bounds="clip").fit(value, y)
    least = 0.5 / len(y)
    meant = logit(np.clip(np.asarray(model.y_thresholds_, dtype=np.float64), least, 1 - least))
    return Recalibration("isotonic", np.asarray(model.X_thresholds_, dtype=np.float64), meant)


def candidates(value: Floats, y: Floats) -> tuple[Recalibration, ...]:
    """Return the recalibrations that so many events allow."""
    events = min(int(y.sum()), int(len(y) - y.sum()))
    if events < LEAST_EVENTS:
        return ()
    return (platt(value, y), isotonic(value, y)) if events >= LEAST_EVENTS_ISOTONIC else (platt(value, y),)
