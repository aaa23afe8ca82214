"""The two plainest models: the rate alone, and equal-weight points - what sense says before data can.

Dawes (1979), The robust beauty of improper linear models: with few cases equal weights are hard to beat.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from minori.stats.arrays import Floats, Ints
from minori.stats.sign_ridge import SignRidge, fit_sign_ridge
from minori.stats.standard import Standard


@dataclass(frozen=True)
class Rate:
    """The belief itself, moved by one number for all rows."""

    kind: ClassVar[str] = "rate"
    intercept: float

    def logit(self, x: Floats, offset: Floats) -> Floats:
        """Return log-odds of each row; of its columns none counts."""
        return np.asarray(offset + np.full(len(x), self.intercept))

    def contributions(self, x: Floats) -> Floats:
        """Return nothing for every column."""
        return np.zeros_like(x)

    def as_object(self) -> dict[str, Any]:
        """Return plain data."""
        return {"kind": self.kind, "intercept": self.intercept}

    @classmethod
    def restored(cls, data: Mapping[str, Any]) -> "Rate":
        """Rebuild from plain data."""
        return cls(float(data["intercept"]))


def fit_rate(x: Floats, y: Floats, signs: Ints, offset: Floats, *, intercept_penalty: float = 0.0) -> Rate:
    """Fit the one number; arguments as of ``fit_sign_ridge``."""
    return Rate(fit_sign_ridge(x[:, :0], y, signs[:0], offset, intercept_penalty=intercept_penalty).intercept)


@dataclass(frozen=True)
class EqualPoints:
    """Points are the mean of sign × standardised column; one slope, shrunk and never negative, makes them log-odds."""

    kind: ClassVar[str] = "points"
    standard: Standard
    signs: Ints
    slope: SignRidge  # over the points alone

    def points(self, x: Floats) -> Floats:
        """Return the points of each row as one column."""
        return _points(self.standard, self.signs, x)

    def logit(self, x: Floats, offset: Floats) -> Floats:
        """Return log-odds of each row."""
        return self.slope.logit(self.points(x), offset)

    def contributions(self, x: Floats) -> Floats:
        """Return what each column adds to the log-odds."""
        spread = self.slope.standard.spread[0]
        each = self.slope.coefficients[0] / spread / max(int(np.abs(self.signs).sum()), 1) if spread else 0.0
        return np.asarray(self.standard.values(x) * self.signs * each)

    def as_object(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "kind": self.kind,
            "standard": self.standard.as_object(),
            "signs": self.signs.tolist(),
            "slope": self.slope.as_object(),
        }

    @classmethod
    def restored(cls, data: Mapping[str, Any]) -> "EqualPoints":
        """Rebuild from plain data."""
        signs = np.array(data["signs"], dtype=np.int64)
        return cls(Standard.restored(data["standard"]), signs, SignRidge.restored(data["slope"]))


def fit_equal_points(
    x: Floats, y: Floats, signs: Ints, offset: Floats, *, intercept_penalty: float = 0.0
) -> EqualPoints:
    """Fit the slope; arguments as of ``fit_sign_ridge``."""
    standard = Standard.of(x)
    points = _points(standard, signs, x)
    rising = np.ones(1, dtype=np.int64)
    return EqualPoints(
        standard, signs, fit_sign_ridge(points, y, rising, offset, intercept_penalty=intercept_penalty)
    )


def _points(standard: Standard, signs: Ints, x: Floats) -> Floats:
    counted = max(int(np.abs(signs).sum()), 1)
    return np.asarray((standard.values(x) @ signs / counted)[:, None])
