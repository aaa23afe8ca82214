"""Rows of lifetime value → readings: each figure with its sample, its interval, or why there is none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from minori.core.figure import NOT_ENOUGH, Figure, Reading
from minori.core.text import Text
from minori.kpis import lifetime_figures as figures
from minori.stats.rounding import significant

Row = dict[str, Any]
_SAID = ("basis", "cohort", "what", "method", "used", "cut_on", "held_out_days")


@dataclass(frozen=True)
class Judged:
    """What one prediction was worth on held-out time: the model's readings beside the plain figure's."""

    basis: str
    cohort: str
    what: str
    method: str
    used: bool
    cut_on: date
    held_out_days: int
    model: tuple[Reading, ...]
    plain: tuple[Reading, ...]
    gain: Reading


@dataclass(frozen=True)
class Model:
    """A model and its parameters (JSON), or why there is none; ``why`` is None where it is used."""

    basis: str
    cohort: str
    method: str
    used: bool
    parameters: str | None
    why: Text | None


@dataclass(frozen=True)
class Total:
    """What is expected of all customers of a basis or of one segment."""

    basis: str
    scope: str
    segment: str | None
    customers: int
    unknown: int
    expected: Reading
    amount: Reading


@dataclass(frozen=True)
class Lifetimes:
    """Everything that was found; ``customers`` is the table ``lifetime``."""

    cut_on: date
    as_of: date
    months: int
    customers: pa.Table
    checks: tuple[Judged, ...]
    models: tuple[Model, ...]
    totals: tuple[Total, ...]

    def as_object(self) -> dict[str, Any]:
        """Return plain data for programs."""
        return {
            "as_of": self.as_of,
            "horizon_months": self.months,
            "validation": [_judged(check) for check in self.checks],
            "models": [{**vars(m), "why": m.why.as_dict() if m.why else None} for m in self.models],
            "totals": [
                {**vars(t), "expected": t.expected.as_object(), "amount": t.amount.as_object()}
                for t in self.totals
            ],
            "customers": [
                {name: value for name, value in row.items() if name not in ("as_of", "customer_key")}
                for row in self.customers.to_pylist()
            ],
        }


def read(
    cut_on: date,
    as_of: date,
    months: int,
    *,
    customers: pa.Table,
    checks: Iterable[Row],
    models: Iterable[Row],
    segments: Iterable[Row],
) -> Lifetimes:
    """Turn the tables' rows into readings."""
    listed = list(checks)
    plain = {(row["cohort"], row["what"]): row for row in listed if row["method"] == "plain"}
    judged = [_check(row, plain[row["cohort"], row["what"]]) for row in listed if row["method"] != "plain"]
    return Lifetimes(
        cut_on,
        as_of,
        months,
        customers,
        tuple(sorted(judged, key=lambda j: (j.basis != "orders", j.cohort, j.what))),
        tuple(_model(row) for row in models),
        tuple(_total(row) for row in segments),
    )


def _check(model: Row, plain: Row) -> Judged:
    sample = round(model["customers"])
    worst = plain["rmse"] ** 2
    ends = [significant(model[name] / worst) for name in ("gain_low", "gain", "gain_high")] if worst else None
    gain = (
        Reading(figures.GAIN, ends[1], sample, ends[0], ends[2])
        if ends
        else Reading(figures.GAIN, None, sample, missing=NOT_ENOUGH)
    )
    said = {name: model[name] for name in _SAID}
    return Judged(**said, model=_fit(model, sample), plain=_fit(plain, sample), gain=gain)


def _fit(row: Row, sample: int) -> tuple[Reading, ...]:
    off = significant(row["predicted"] / row["actual"] - 1) if row["actual"] else None
    values: tuple[tuple[Figure, float | None], ...] = (
        (figures.TOTAL_ERROR, off),
        (figures.CORRELATION, row["correlation"]),
        (figures.MAE, row["mae"]),
        (figures.RMSE, row["rmse"]),
    )
    return tuple(
        Reading(figure, value, sample, missing=NOT_ENOUGH if value is None else None)
        for figure, value in values
    )


def _model(row: Row) -> Model:
    why = figures.WHY[row["why"]] if row["why"] else None
    return Model(row["basis"], row["cohort"], row["method"], row["used"], row["parameters"], why)


def _total(row: Row) -> Total:
    both = {"orders": (figures.PURCHASES, figures.SPEND), "contracts": (figures.MONTHS, figures.REVENUE)}
    expected, amount = both[row["basis"]]
    known = row["customers"] - row["unknown"]
    return Total(
        row["basis"],
        row["scope"],
        row["segment"],
        row["customers"],
        row["unknown"],
        _reading(expected, row, ("expected", "low", "high"), known),
        _reading(amount, row, ("amount", "amount_low", "amount_high"), known),
    )


def _reading(figure: Figure, row: Row, names: tuple[str, str, str], sample: int) -> Reading:
    value, low, high = (row[name] for name in names)
    return Reading(figure, value, sample, low, high, missing=NOT_ENOUGH if value is None else None)


def _judged(check: Judged) -> dict[str, Any]:
    return {
        **{name: getattr(check, name) for name in _SAID},
        "model": [reading.as_object() for reading in check.model],
        "plain": [reading.as_object() for reading in check.plain],
        "gain": check.gain.as_object(),
    }
