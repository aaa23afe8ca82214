"""Ridge logistic regression whose coefficients keep the sign that sense demands.

References
----------
Hoerl & Kennard (1970) for the ridge; Byrd, Lu, Nocedal & Zhu (1995) for L-BFGS-B, which holds the signs as bounds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from minori.stats.arrays import Floats, Ints
from minori.stats.scoring import expit
from minori.stats.standard import Standard
from minori.stats.threads import one_thread

PENALTY = 10.0


@dataclass(frozen=True)
class SignRidge:
    """A fitted model: log-odds = offset + intercept + sum of coefficient × standardised column."""

    kind: ClassVar[str] = "sign_ridge"
    standard: Standard
    intercept: float
    coefficients: Floats  # one per column
    flags: Floats  # one per flag of unknown values

    def logit(self, x: Floats, offset: Floats) -> Floats:
        """Return log-odds of each row."""
        linear = self.standard.values(x) @ self.coefficients + self.standard.flags(x) @ self.flags
        return np.asarray(offset + self.intercept + linear)

    def contributions(self, x: Floats) -> Floats:
        """Return what each column adds to the log-odds, against the average row of the training."""
        added = self.standard.values(x) * self.coefficients
        added[:, self.standard.flagged] += self.standard.flags(x) * self.flags
        return added

    def as_object(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "kind": self.kind,
            "standard": self.standard.as_object(),
            "intercept": self.intercept,
            "coefficients": self.coefficients.tolist(),
            "flags": self.flags.tolist(),
        }

    @classmethod
    def restored(cls, data: Mapping[str, Any]) -> "SignRidge":
        """Rebuild from plain data."""
        coefficients, flags = (np.array(data[name], dtype=np.float64) for name in ("coefficients", "flags"))
        return cls(Standard.restored(data["standard"]), float(data["intercept"]), coefficients, flags)


def fit_sign_ridge(
    x: Floats,
    y: Floats,
    signs: Ints,
    offset: Floats,
    *,
    penalty: float = PENALTY,
    intercept_penalty: float = 0.0,
) -> SignRidge:
    """
    Fit by L-BFGS-B.

    Parameters
    ----------
    x
        Rows × columns; NaN is unknown.
    y
        1 where it happened, else 0.
    signs
        Per column 1 (more makes it likelier), -1 (less likely) or 0 (either).
    offset
        Log-odds that each row starts from; zeros if there is no earlier belief.
    penalty
        λ of λ/2·Σβ² on standardised columns, beside the sum of log-losses.
    intercept_penalty
        The same for the intercept: above 0 where the offset is itself a belief.
    """
    from scipy.optimize import minimize  # heavy: only when a model is fitted

    standard = Standard.of(x)
    design = np.column_stack([np.ones(len(x)), standard.values(x), standard.flags(x)])
    columns, flags = x.shape[1], len(standard.flagged)
    bounds = [(None, None), *(_bound(int(sign)) for sign in signs), *[(None, None)] * flags]
    penalties = np.array([intercept_penalty, *[penalty] * (columns + flags)])
    with one_thread():
        found = minimize(
            _loss,
            np.zeros(design.shape[1]),
            args=(design, y, offset, penalties),
            jac=True,
            method="L-BFGS-B",
            bounds=bounds,
            options={"maxiter": 500},
        )
    weights: Floats = np.asarray(found.x, dtype=np.float64)
    return SignRidge(standard, float(weights[0]), weights[1 : columns + 1], weights[columns + 1 :])


def _bound(sign: int) -> tuple[float | None, float | None]:
    return {1: (0.0, None), -1: (None, 0.0)}.get(sign, (None, None))


def _loss(
    weights: Floats, design: Floats, y: Floats, offset: Floats, penalties: Floats
) -> tuple[float, Floats]:
    linear = design @ weights + offset
    loss = np.logaddexp(0.0, linear).sum() - y @ linear + 0.5 * penalties @ weights**2
    return float(loss), design.T @ (expit(linear) - y) + penalties * weights
