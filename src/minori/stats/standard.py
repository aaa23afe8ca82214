"""Columns made comparable, with what is unknown said apart: never a silent zero."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from minori.stats.arrays import Floats, Ints

FURTHEST = 4.0  # standard deviations: beyond, a value says no more


@dataclass(frozen=True)
class Standard:
    """Mean and spread of each column, and which columns have a flag of their own for unknown values.

    An unknown value counts as the mean; whether it is unknown is a column of its own where training saw both.
    """

    mean: Floats
    spread: Floats  # 0: the column is the same everywhere and says nothing
    flagged: Ints  # columns with a flag
    unknown: Floats  # share unknown of each of these

    @classmethod
    def of(cls, x: Floats) -> "Standard":
        """Measure the columns of the rows a model is trained on."""
        known = ~np.isnan(x)
        count = np.maximum(known.sum(axis=0), 1)
        mean = np.where(known, x, 0.0).sum(axis=0) / count
        spread = np.sqrt((np.where(known, x - mean, 0.0) ** 2).sum(axis=0) / count)
        spread = np.where(spread > 1e-9 * np.maximum(np.abs(mean), 1.0), spread, 0.0)
        share = 1 - known.mean(axis=0)
        flagged = np.flatnonzero((share > 0) & (share < 1))
        return cls(mean, spread, flagged, share[flagged])

    def values(self, x: Floats) -> Floats:
        """Return the columns in standard deviations from their mean; unknown is 0."""
        apart = np.where(np.isnan(x), 0.0, x - self.mean)
        scaled = np.divide(apart, self.spread, out=np.zeros_like(apart), where=self.spread > 0)
        return np.clip(scaled, -FURTHEST, FURTHEST)

    def flags(self, x: Floats) -> Floats:
        """Return the standardised flags of unknown values."""
        share = self.unknown
        flags = np.isnan(x[:, self.flagged]).astype(np.float64)
        return np.asarray((flags - share) / np.sqrt(share * (1 - share)))

    def as_object(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "mean": self.mean.tolist(),
            "spread": self.spread.tolist(),
            "flagged": self.flagged.tolist(),
            "unknown": self.unknown.tolist(),
        }

    @classmethod
    def restored(cls, data: Mapping[str, Any]) -> "Standard":
        """Rebuild from plain data."""
        floats = {name: np.array(data[name], dtype=np.float64) for name in ("mean", "spread", "unknown")}
        return cls(flagged=np.array(data["flagged"], dtype=np.int64), **floats)
