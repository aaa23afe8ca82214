"""Rows of lifetime value as both bases make them: a check, a model, totals; and how they are put together."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from sqlglot import exp

from minori.stats.arrays import Floats
from minori.stats.fitting import Maximum, NotEnough
from minori.stats.held_out import Comparison, Fit
from minori.stats.intervals import normal_quantile
from minori.stats.rounding import significant

Row = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """What one basis found: each customer as a tree over the pass's tables, and the small tables as rows."""

    customers: exp.Query
    checks: Sequence[Row]
    models: Sequence[Row]
    segments: Sequence[Row]


def check_rows(of: Mapping[str, Any], judged: Mapping[Any, Comparison | None], used: str) -> list[Row]:
    """Return a row per model that was compared with the plain figure, and one for that; none without a comparison."""
    rows: list[Row] = []
    for method, compared in judged.items():
        if compared is None:
            continue
        both = {**of, "customers": significant(compared.customers)}
        gain = dict(zip(("gain_low", "gain", "gain_high"), map(significant, compared.gain), strict=True))
        rows.append({**both, **_fit(compared.model), **gain, "method": method, "used": method == used})
        plain = {**both, **_fit(compared.plain), "method": "plain", "used": used == "plain"}
    return [*rows, plain] if rows else []


def why_not(compared: Comparison | None) -> str:
    """Return why a model that was fitted is not used."""
    if compared is None:
        return "not_checked"
    return "not_best" if compared.better else "not_better"


def _fit(fit: Fit) -> Row:
    values = {name: getattr(fit, name) for name in ("correlation", "mae", "rmse", "predicted", "actual")}
    return {name: None if value is None else significant(value) for name, value in values.items()}


@dataclass(frozen=True)
class Fitted:
    """What is said of a model: its maximum, name → factor of each parameter, log-likelihood and sample."""

    maximum: Maximum
    scales: Mapping[str, float]
    log_likelihood: float
    customers: float


def model_row(of: Mapping[str, Any], method: str, model: Fitted | NotEnough, *, used: bool, why: str) -> Row:
    """Return the row of a model with its parameters; or why there is none, or why it is not used."""
    if isinstance(model, NotEnough):
        return {**of, "method": method, "used": False, "customers": float(model.n), "why": model.why}
    parameters = {
        name: [significant(end * scale) for end in model.maximum.interval(number)]
        for number, (name, scale) in enumerate(model.scales.items())
    }
    return {
        **of,
        "method": method,
        "used": used,
        "customers": significant(model.customers),
        "log_likelihood": significant(model.log_likelihood),
        "parameters": json.dumps(parameters),
        "why": None if used else why,
    }


@dataclass(frozen=True)
class Totals:
    """Sums over groups with their variance: of purchases or months, and of money."""

    expected: Floats
    variance: Floats
    amount: Floats
    amount_variance: Floats


@dataclass(frozen=True)
class Scopes:
    """Over what totals are taken: everybody first, then each segment; ``place`` is each row's segment."""

    segments: tuple[str | None, ...]
    place: np.ndarray[Any, np.dtype[np.intp]]

    @classmethod
    def of(cls, segments: Iterable[str | None]) -> "Scopes":
        """Number the segments in order, none last."""
        listed = list(segments)
        known = tuple(sorted(set(listed), key=lambda s: (s is None, s or "")))
        number = {segment: n for n, segment in enumerate(known)}
        return cls(known, np.array([number[s] for s in listed], dtype=np.intp))

    def sums(self, values: Floats) -> Floats:
        """Return the sum over all, then over each segment."""
        each = np.bincount(self.place, values, len(self.segments)).astype(np.float64)
        return np.concatenate([[each.sum()], each])

    def rows(self, of: Mapping[str, Any], totals: Totals, weight: Floats, known: Floats) -> list[Row]:
        """Return a row per scope; what is expected is None where nothing is known of anybody."""
        counted, sure = self.sums(weight), self.sums(weight * known)
        names: list[tuple[str, str | None]] = [("all", None), *(("segment", s) for s in self.segments)]
        rows = []
        for n, (scope, segment) in enumerate(names):
            row = {**of, "scope": scope, "segment": segment, "customers": round(counted[n])}
            row["unknown"] = round(counted[n] - sure[n])
            if sure[n]:
                row |= _ends("", totals.expected[n], totals.variance[n])
                row |= _ends("amount", totals.amount[n], totals.amount_variance[n])
            rows.append(row)
        return rows


def _ends(name: str, middle: float, variance: float) -> Row:
    """Return middle, low and high: normal, for sums of many; without interval where the variance is unknown."""
    low, high = f"{name}_low".lstrip("_"), f"{name}_high".lstrip("_")
    found: Row = {name or "expected": significant(middle)}
    if np.isfinite(variance):
        half = normal_quantile(0.95) * float(np.sqrt(max(variance, 0.0)))
        found |= {low: significant(max(0.0, middle - half)), high: significant(middle + half)}
    return found


def as_table(rows: Iterable[Row], as_of: date, schema: pa.Schema) -> pa.Table:
    """Return rows as a table; what a row does not say is null."""
    full = [{name: row.get(name) for name in schema.names} | {"as_of": as_of} for row in rows]
    return pa.Table.from_pylist(full, schema)
