"""Weight of evidence: each column cut into bins, each bin's evidence shrunk by how much is known of it.

A bin's rate is shrunk towards what was expected of its rows, p̂ = (y + k·p̄) / (n + k), with k by marginal likelihood
of the Beta-binomial (empirical Bayes; Efron & Hastie 2016, Computer Age Statistical Inference, chapter 6). The evidence
is logit p̂ − logit p̄, made monotone by pooling adjacent bins (Siddiqi 2006, Credit Risk Scorecards, chapter 6). Models
are fitted on evidence from other folds, so that no row argues for itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from minori.stats.arrays import Floats, Ints
from minori.stats.scoring import expit, logit
from minori.stats.sign_ridge import SignRidge, fit_sign_ridge

FOLDS = 5
MOST_BINS = 8
EVENTS_PER_BIN = 8
LOOSEST, TIGHTEST = 1.0, 10_000.0  # of k, in rows


@dataclass(frozen=True)
class Bins:
    """One column cut at ``edges`` (a value at an edge belongs to the upper bin); the last entry is of unknown values.

    ``evidence`` is on the log-odds scale; ``lift`` is the shrunk rate ÷ the expected one.
    """

    edges: Floats
    rows: Ints
    events: Ints
    evidence: Floats
    lift: Floats
    k: float

    def index(self, values: Floats) -> Ints:
        """Return the bin of each value."""
        found = np.searchsorted(self.edges, values, side="right")
        return np.where(np.isnan(values), len(self.edges) + 1, found)

    def of(self, values: Floats) -> Floats:
        """Return the evidence of each value."""
        return np.asarray(self.evidence[self.index(values)])

    def as_object(self) -> dict[str, Any]:
        """Return plain data."""
        names = ("edges", "rows", "events", "evidence", "lift")
        return {**{name: getattr(self, name).tolist() for name in names}, "k": self.k}

    @classmethod
    def restored(cls, data: Mapping[str, Any]) -> "Bins":
        """Rebuild from plain data."""
        rows, events = (np.array(data[name], dtype=np.int64) for name in ("rows", "events"))
        edges, evidence, lift = (
            np.array(data[name], dtype=np.float64) for name in ("edges", "evidence", "lift")
        )
        return cls(edges, rows, events, evidence, lift, float(data["k"]))


def fit_bins(values: Floats, y: Floats, sign: int, offset: Floats) -> Bins:
    """
    Cut one column and weigh its bins.

    Parameters
    ----------
    values
        NaN is unknown, a bin of its own.
    y
        1 where it happened.
    sign
        1 or -1: the evidence may only rise or only fall; 0: the data choose which.
    offset
        Log-odds expected of each row before the column is known.
    """
    edges = _edges(values, int(max(2, min(MOST_BINS, y.sum() // EVENTS_PER_BIN))))
    index = np.where(np.isnan(values), len(edges) + 1, np.searchsorted(edges, values, side="right"))
    size = len(edges) + 2
    rows, events, expected = (
        np.bincount(index, weights=w, minlength=size).astype(np.float64)
        for w in (np.ones(len(y)), y, expit(offset))
    )
    chance = np.divide(expected, rows, out=np.full(size, float(expit(offset).mean())), where=rows > 0)
    k = _k(rows, events, chance)
    shrunk = (events + k * chance) / (rows + k)
    evidence = logit(shrunk) - logit(chance)
    evidence[:-1] = _monotone(evidence[:-1], rows[:-1], sign)
    lift = expit(logit(chance) + evidence) / chance
    return Bins(edges, rows.astype(np.int64), events.astype(np.int64), evidence, lift, k)


def _edges(values: Floats, most: int) -> Floats:
    known = values[~np.isnan(values)]
    if not len(known):
        return np.zeros(0)
    cuts = np.unique(np.quantile(known, np.arange(1, most) / most, method="inverted_cdf"))
    if len(cuts) == 1 and cuts[0] == known.min():  # most rows share the least value: cut above it
        above = known[known > cuts[0]]
        cuts = np.array([above.min()]) if len(above) else cuts[:0]
    return np.asarray(cuts[cuts > known.min()])


def _k(rows: Floats, events: Floats, chance: Floats) -> float:
    """Return how many rows the expectation is worth, by marginal likelihood."""
    from scipy.optimize import minimize_scalar
    from scipy.special import betaln

    seen = rows > 0
    n, y, p = rows[seen], events[seen], np.clip(chance[seen], 1e-6, 1 - 1e-6)

    def loss(log_k: float) -> float:
        a, b = np.exp(log_k) * p, np.exp(log_k) * (1 - p)
        return -float((betaln(y + a, n - y + b) - betaln(a, b)).sum())

    found = minimize_scalar(loss, bounds=(np.log(LOOSEST), np.log(TIGHTEST)), method="bounded")
    return float(np.exp(found.x))


def _monotone(evidence: Floats, rows: Floats, sign: int) -> Floats:
    rising, falling = _pooled(evidence, rows), -_pooled(-evidence, rows)
    if sign:
        return rising if sign > 0 else falling
    misses = [float((rows * (fit - evidence) ** 2).sum()) for fit in (rising, falling)]
    return rising if misses[0] <= misses[1] else falling


def _pooled(values: Floats, weights: Floats) -> Floats:
    """Pool adjacent violators: the nearest sequence that never falls (Ayer and others, 1955)."""
    blocks: list[tuple[float, float, int]] = []
    for value, weight in zip(values.tolist(), weights.tolist(), strict=True):
        mean, total, size = value, max(weight, 1e-9), 1
        while blocks and blocks[-1][0] > mean:
            before, heft, length = blocks.pop()
            mean = (mean * total + before * heft) / (total + heft)
            total, size = total + heft, size + length
        blocks.append((mean, total, size))
    return np.repeat([mean for mean, _, _ in blocks], [size for *_, size in blocks])


@dataclass(frozen=True)
class WoeModel:
    """Evidence of every column's bin, weighed by a ridge that lets no evidence count against itself."""

    kind: ClassVar[str] = "woe"
    bins: tuple[Bins, ...]
    ridge: SignRidge

    def evidence(self, x: Floats) -> Floats:
        """Return each value's evidence, rows × columns."""
        return evidence_of(self.bins, x)

    def logit(self, x: Floats, offset: Floats) -> Floats:
        """Return log-odds of each row."""
        return self.ridge.logit(self.evidence(x), offset)

    def contributions(self, x: Floats) -> Floats:
        """Return what each column adds to the log-odds, against the average row of the training."""
        return self.ridge.contributions(self.evidence(x))

    def as_object(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "kind": self.kind,
            "bins": [bins.as_object() for bins in self.bins],
            "ridge": self.ridge.as_object(),
        }

    @classmethod
    def restored(cls, data: Mapping[str, Any]) -> "WoeModel":
        """Rebuild from plain data."""
        return cls(tuple(Bins.restored(bins) for bins in data["bins"]), SignRidge.restored(data["ridge"]))


def evidence_of(bins: tuple[Bins, ...], x: Floats) -> Floats:
    """Return each value's evidence, rows × columns."""
    return np.column_stack([one.of(x[:, number]) for number, one in enumerate(bins)])


def fit_woe(x: Floats, y: Floats, signs: Ints, offset: Floats, *, intercept_penalty: float = 0.0) -> WoeModel:
    """Fit bins on all rows and the ridge on evidence from other folds; arguments as of ``fit_sign_ridge``."""
    expected = offset + _level(y, offset)
    outside = np.zeros_like(x)
    for fold in range(FOLDS):
        inside = np.arange(len(y)) % FOLDS == fold
        bins = _all_bins(x[~inside], y[~inside], signs, expected[~inside])
        outside[inside] = evidence_of(bins, x[inside])
    rising = np.ones(x.shape[1], dtype=np.int64)
    ridge = fit_sign_ridge(outside, y, rising, offset, intercept_penalty=intercept_penalty)
    return WoeModel(_all_bins(x, y, signs, expected), ridge)


def _all_bins(x: Floats, y: Floats, signs: Ints, offset: Floats) -> tuple[Bins, ...]:
    return tuple(fit_bins(x[:, n], y, int(signs[n]), offset) for n in range(x.shape[1]))


def _level(y: Floats, offset: Floats) -> float:
    """Return what must be added to the offsets so that they expect as many events as there were."""
    low, high = -15.0, 15.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if expit(offset + middle).sum() > y.sum() else (middle, high)
    return (low + high) / 2
