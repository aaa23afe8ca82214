"""A prediction against what came: the figures by which models of lifetime value are compared, on grouped rows."""

from dataclasses import dataclass

import numpy as np

from minori.stats.arrays import Floats
from minori.stats.interval import Interval
from minori.stats.intervals import normal_quantile

LEAST = 30  # customers; below it a comparison says nothing


@dataclass(frozen=True)
class Fit:
    """How well a prediction met what came; ``correlation`` is None where one of the two did not vary."""

    correlation: float | None
    mae: float
    rmse: float
    predicted: float
    actual: float

    @property
    def total_error(self) -> float | None:
        """How far the predicted total is off, as a share of the actual one; None if nothing came."""
        return self.predicted / self.actual - 1 if self.actual else None


@dataclass(frozen=True)
class Comparison:
    """A model beside the plain figure on the same held-out customers.

    ``gain`` is by how much the model's mean squared error is smaller, per customer, with its 90 % interval.
    """

    customers: float
    model: Fit
    plain: Fit
    gain: Interval

    @property
    def better(self) -> bool:
        """Whether the model has the smaller squared error: the loss whose best answer is the expected value."""
        return self.gain.middle > 0

    @property
    def clear(self) -> bool:
        """Whether the interval of the gain says the same as its middle."""
        return self.gain.low > 0 or self.gain.high < 0


def compare(model: Floats, plain: Floats, actual: Floats, weight: Floats) -> Comparison | None:
    """
    Compare two predictions, one row per ``weight`` equal customers.

    Returns
    -------
    Comparison or None
        None with under 30 customers.
    """
    customers = float(weight.sum())
    if customers < LEAST:
        return None
    gains = (plain - actual) ** 2 - (model - actual) ** 2
    gain = float(weight @ gains) / customers
    deviation = float(np.sqrt(weight @ (gains - gain) ** 2)) / customers
    half = normal_quantile(0.95) * deviation
    return Comparison(
        customers,
        _fit(model, actual, weight),
        _fit(plain, actual, weight),
        Interval(gain - half, gain, gain + half),
    )


def _fit(predicted: Floats, actual: Floats, weight: Floats) -> Fit:
    customers = weight.sum()
    error = predicted - actual
    return Fit(
        correlation=_correlation(predicted, actual, weight),
        mae=float(weight @ np.abs(error) / customers),
        rmse=float(np.sqrt(weight @ error**2 / customers)),
        predicted=float(weight @ predicted),
        actual=float(weight @ actual),
    )


def _correlation(a: Floats, b: Floats, weight: Floats) -> float | None:
    customers = weight.sum()
    left, right = a - weight @ a / customers, b - weight @ b / customers
    both = float(weight @ left**2) * float(weight @ right**2)
    return float(weight @ (left * right)) / float(np.sqrt(both)) if both > 0 else None
