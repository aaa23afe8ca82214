"""Purchases and spend to come, of groups of customers with the same history: BG/NBD and gamma-gamma, or the plain rate."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, TypeAlias

import numpy as np
import pyarrow as pa

from minori.stats import bgnbd, gamma_gamma
from minori.stats.arrays import Floats, Ints
from minori.stats.bgnbd import BgNbd
from minori.stats.fitting import NotEnough
from minori.stats.future_purchases import HIGH, LOW, Future, worth
from minori.stats.gamma_gamma import GammaGamma, Spending
from minori.stats.histories import Histories
from minori.stats.rounding import significant

Method: TypeAlias = Literal["bgnbd", "gamma_gamma", "own_mean", "own_rate", "plain"]
SPEND_METHODS: tuple[Method, ...] = ("gamma_gamma", "own_mean", "own_rate")
"""Methods of predicting spend, beside the plain one."""


@dataclass(frozen=True)
class Bought:
    """Customers grouped by history and spend; ``spend`` is that of the repeats, NaN where an amount is not known.

    ``kept`` is the share of what was bought that was not returned on another day, ``each`` the mean of a purchase.
    """

    x: Ints
    last: Ints
    age: Ints
    spend: Floats
    weight: Floats
    kept: float
    each: float

    @classmethod
    def of(cls, rows: pa.Table) -> "Bought":
        """Read rows of repeats, last_days, age_days, repeat_spend, customers, spend and returned."""
        x, last, age, spend, weight = (
            _floats(rows, name) for name in ("repeats", "last_days", "age_days", "repeat_spend", "customers")
        )
        known = np.isfinite(spend)
        paid, returned = np.nan_to_num(_floats(rows, "spend")), np.nan_to_num(_floats(rows, "returned"))
        purchases = float((weight * (x + 1))[known].sum())
        kept = max(0.0, 1 - returned.sum() / paid.sum()) if paid.sum() > 0 else 1.0
        each = float(paid[known].sum()) / purchases if purchases else 0.0
        whole = [part.astype(np.int64) for part in (x, last, age)]
        return cls(whole[0], whole[1], whole[2], spend, weight, float(kept), each)

    @cached_property
    def _distinct(self) -> tuple[Ints, np.ndarray[Any, np.dtype[np.intp]]]:
        code = (self.x << 40) | (self.last << 20) | self.age
        _, first, place = np.unique(code, return_index=True, return_inverse=True)
        return first.astype(np.int64), place

    @property
    def place(self) -> np.ndarray[Any, np.dtype[np.intp]]:
        """Each row's place among the distinct histories."""
        return self._distinct[1]

    @cached_property
    def histories(self) -> Histories:
        """The distinct histories, each with its customers."""
        first, place = self._distinct
        weight = np.bincount(place, self.weight, len(first))
        return Histories.of(self.x[first], self.last[first], self.age[first], weight)

    @property
    def spending(self) -> Spending:
        """Mean spend per repeat purchase, of those whose spend is known."""
        there = (self.x > 0) & np.isfinite(self.spend)
        return Spending.of(self.x[there], self.spend[there] / self.x[there], self.weight[there])


@dataclass(frozen=True)
class Models:
    """What could be fitted to purchases up to a day."""

    purchases: BgNbd | NotEnough
    spending: GammaGamma | NotEnough

    @classmethod
    def of(cls, bought: Bought) -> "Models":
        """Fit both."""
        return cls(bgnbd.fit(bought.histories), gamma_gamma.fit(bought.spending))


@dataclass(frozen=True)
class Forecast:
    """What is expected of each distinct history; NaN where nothing can be said.

    A purchase of a customer is expected to be worth ``base + per_spend × spend``; all of them ``worth`` times that.
    """

    histories: Histories
    alive: Floats
    expected: Floats
    low: Floats
    high: Floats
    variance: Floats
    base: Floats
    per_spend: Floats
    worth: Floats
    worth_low: Floats
    worth_high: Floats
    worth_variance: Floats

    def table(self) -> pa.Table:
        """Return a row per history, of nine significant digits, for joining to customers."""
        whole = {
            "repeats": self.histories.x,
            "last_days": self.histories.last,
            "age_days": self.histories.age,
        }
        names = ("alive", "expected", "low", "high", "base", "per_spend", "worth", "worth_low", "worth_high")
        columns = {name: pa.array(part.astype(np.int64)) for name, part in whole.items()}
        return pa.table({**columns, **{name: _rounded(getattr(self, name)) for name in names}})

    def worth_of(self, other: "Forecast") -> "Forecast":
        """Return these purchases with the worth that another forecast expects."""
        names = ("base", "per_spend", "worth", "worth_low", "worth_high", "worth_variance")
        return replace(self, **{name: getattr(other, name) for name in names})

    def each(self, bought: Bought) -> Floats:
        """Return what a purchase of each row's customer is expected to be worth."""
        found: Floats = self.base[bought.place] + self.per_spend[bought.place] * bought.spend
        return found


def predictions(models: Models, bought: Bought, horizon: float) -> dict[Method, Forecast]:
    """Return what each method that there is a model for expects within ``horizon`` days.

    ``own_mean`` and ``gamma_gamma`` take their purchases from ``bgnbd`` and differ in what a purchase is worth. With
    ``own_rate`` who came back goes on spending as before (as ``plain``), and newcomers are taken from ``own_mean``.
    """
    found: dict[Method, Forecast] = {"plain": _plain(bought, horizon)}
    if isinstance(models.purchases, NotEnough):
        return found
    future = Future(models.purchases, bought.histories, horizon)
    own = _own_mean(future, bought)
    found |= {"bgnbd": own, "own_mean": own, "own_rate": _own_rate(own, found["plain"])}
    if isinstance(models.spending, GammaGamma):
        found["gamma_gamma"] = _gamma_gamma(own, models.spending, 1 - future.more_than(0), bought)
    return found


def _plain(bought: Bought, horizon: float) -> Forecast:
    """Return the figure without a model: everybody goes on as they did, x / T, and spends what they spent."""
    histories = bought.histories
    unknown = np.full(len(histories.x), np.nan)
    rate = np.divide(histories.x, histories.age, out=np.zeros(len(unknown)), where=histories.age > 0)
    expected = rate * horizon
    base, per_spend = _plain_each(bought)
    return Forecast(
        histories,
        *(unknown, expected, unknown, unknown, unknown),
        *(base, per_spend, expected, unknown, unknown, unknown),
    )


def _own_mean(future: Future, bought: Bought) -> Forecast:
    """Return BG/NBD's purchases, each worth what the customer's others were; the interval is that of the purchases."""
    mean, variance = future.moments()
    ends = future.quantile(LOW).astype(np.float64), future.quantile(HIGH).astype(np.float64)
    base, per_spend = _plain_each(bought)
    return Forecast(
        bought.histories,
        *(future.model.alive(bought.histories), mean, *ends, variance),
        *(base, per_spend, mean, *ends, variance),
    )


def _own_rate(own: Forecast, rate: Forecast) -> Forecast:
    back = own.histories.x > 0
    names = ("worth", "worth_low", "worth_high", "worth_variance")
    return replace(own, **{name: np.where(back, getattr(rate, name), getattr(own, name)) for name in names})


def _gamma_gamma(own: Forecast, spending: GammaGamma, none: Floats, bought: Bought) -> Forecast:
    x = own.histories.x
    base = bought.kept * spending.mean(x, np.zeros(len(x)))  # NaN where the model gives no mean to newcomers
    shape = spending.p * x + spending.q - 1
    known = np.isfinite(base)
    spread = np.where(known, spending.spread(x), np.inf)
    every = worth(none, own.low.astype(np.int64), own.expected, own.variance, spread, 1 / spending.p)
    return replace(
        own,
        base=np.where(known, base, own.base),
        per_spend=np.where(known, bought.kept * spending.p / np.where(known, shape, 1.0), own.per_spend),
        worth_low=every.low,
        worth_high=every.high,
        worth_variance=every.variance,
    )


def _plain_each(bought: Bought) -> tuple[Floats, Floats]:
    """Return what a purchase is worth without a model: the mean of all at x = 0, else the mean of the customer's own."""
    x = bought.histories.x
    own = np.divide(1.0, x, out=np.zeros(len(x)), where=x > 0)
    return np.where(x > 0, 0.0, bought.kept * bought.each), bought.kept * own


def spend_variance(
    spending: GammaGamma, found: Forecast, bought: Bought, totals: Callable[[Floats], Floats]
) -> Floats:
    """Return the variance of totals of spend that comes from the uncertainty of the spend model's parameters."""
    x, spend = bought.x, np.nan_to_num(bought.spend) / spending.unit
    expected = found.expected[bought.place] * bought.kept * spending.unit

    def summed(parameters: Floats) -> Floats:
        p, q, v = parameters
        shape = p * x + q - 1
        mean = np.divide(p * (v + spend), shape, out=np.zeros(len(x)), where=shape > 0)
        return totals(expected * mean)

    return spending.maximum.variance(summed)


def _floats(rows: pa.Table, name: str) -> Floats:
    found: Floats = rows[name].cast(pa.float64()).to_numpy(zero_copy_only=False)
    return found


def _rounded(values: Floats) -> pa.Array:
    return pa.array([significant(v) if np.isfinite(v) else None for v in values.tolist()], pa.float64())
