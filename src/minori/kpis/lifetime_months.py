"""Months of contract to come: at the end of each period a customer leaves or stays, with the chances of a curve.

A curve is sBG's, or the plain one that loses the same share at every age. Who leaves pays a share of the last period.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from minori.stats import sbg
from minori.stats.arrays import Floats, Ints
from minori.stats.future_purchases import HIGH, LOW
from minori.stats.sbg import Renewals, Sbg

Days: TypeAlias = npt.NDArray[np.datetime64]
DAYS_OF_MONTH = 365.25 / 12
MONTHS = {"month": 1, "year": 12}
LEAST_DECISIONS = 30  # below it a plain churn rate says nothing
DISCOUNT = 0.1  # per year, of the residual lifetime


@dataclass(frozen=True)
class Curve:
    """The share that stays at the end of period 1, 2, …: sBG's, or the plain one if α is None (then β is the share)."""

    alpha: float | None
    beta: float

    @classmethod
    def of(cls, model: Sbg) -> "Curve":
        """Return a fitted model's curve."""
        return cls(model.alpha, model.beta)

    @classmethod
    def plain(cls, renewals: Renewals) -> "Curve | None":
        """Return the plain curve; None with under 30 decisions, or if nobody left (nothing is known of leaving)."""
        if renewals.decisions < LEAST_DECISIONS or not renewals.lost.sum():
            return None
        return cls(None, float(renewals.kept.sum()) / renewals.decisions)

    def stays(self, age: Floats, ahead: int) -> Floats:
        """Return per age the chance to stay at the end of the present and of further periods, ``ahead`` in all."""
        steps = np.arange(ahead, dtype=np.float64)
        if self.alpha is None:
            return np.tile(np.power(self.beta, steps + 1), (len(age), 1))
        before = self.beta + age[:, None] + steps
        return _products(before / (self.alpha + before))

    def residual(self, age: Floats, discount: float) -> Floats:
        """Return the discounted periods after the present one, as of its end (DERL)."""
        if self.alpha is None:
            return np.full(len(age), self.beta / (1 - self.beta / (1 + discount)))
        return (
            (self.beta + age)
            / (self.alpha + self.beta + age)
            * sbg.residual(self.alpha, self.beta, age + 1, discount)
        )


@dataclass(frozen=True)
class Months:
    """Months paid within a horizon, per group: mean, variance and 90 % interval of what will come."""

    mean: Floats
    variance: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Ahead:
    """Where customers stand and what is looked at: per group periods completed and months ``left`` of the present one.

    ``period`` and ``horizon`` are in months; ``paid`` is the share of its last period that a leaving customer pays.
    """

    age: Floats
    left: Floats
    period: int
    horizon: float
    paid: float

    def chances(self, curve: Curve) -> tuple[Floats, Floats]:
        """Return per group the chance of leaving in the present and each further period, at last of staying; and the
        months paid in each case."""
        ahead = int(np.ceil(self.horizon / self.period)) + 1
        there = np.ones((len(self.age), 1))
        stays = np.concatenate([there, curve.stays(self.age, ahead), 0 * there], axis=1)
        begins = self.left[:, None] + self.period * np.arange(ahead)
        ends = [self.left[:, None] * self.paid, begins[:, :-1] + self.period * self.paid, begins[:, -1:]]
        return -np.diff(stays, axis=1), np.minimum(np.concatenate(ends, axis=1), self.horizon)

    def months(self, curve: Curve) -> Months:
        """Return the months paid within the horizon."""
        chances, ends = self.chances(curve)
        mean, square = (chances * ends).sum(axis=1), (chances * ends**2).sum(axis=1)
        gone, rows = np.cumsum(chances, axis=1), np.arange(len(self.age))
        low, high = (ends[rows, (gone[:, :-1] < level).sum(axis=1)] for level in (LOW, HIGH))
        return Months(mean, np.maximum(square - mean**2, 0.0), low, high)

    def mean(self, curve: Curve) -> Floats:
        """Return the mean of the months alone."""
        chances, ends = self.chances(curve)
        found: Floats = (chances * ends).sum(axis=1)
        return found

    def residual(self, curve: Curve) -> Floats:
        """Return the discounted months expected in all, without horizon: the rest of this period and what is beyond."""
        discount = (1 + DISCOUNT) ** (self.period / 12) - 1
        beyond, stays = curve.residual(self.age, discount), curve.stays(self.age, 1)[:, 0]
        paid = self.paid * beyond + (1 - self.paid) * (beyond - stays) * (1 + discount)
        now = self.left * (self.paid + (1 - self.paid) * stays)
        found: Floats = now + self.period * paid / (1 + DISCOUNT) ** (self.left / 12)
        return found


@dataclass(frozen=True)
class Spells:
    """Relationships in groups: ``weight`` of them began on ``starts`` and ended on ``ends`` (NaT: they last)."""

    starts: Days
    ends: Days
    weight: Floats

    @classmethod
    def of(cls, starts: Sequence[date], ends: Sequence[date | None], weight: Sequence[int]) -> "Spells":
        """Make them from columns of rows."""
        days = [np.array(list(part), "datetime64[D]") for part in (starts, ends)]
        return cls(days[0], days[1], np.array(weight, np.float64))

    def renewals(self, known_until: date, period: int) -> Renewals:
        """
        Count the decisions by age.

        Only periods complete by ``known_until`` count: else who left would be counted before those who stay. Renewals before
        the first loss that was seen do not count either: data rarely hold customers who left before they were kept, so that
        of that time one would see those who stayed alone.
        """
        gone = ~np.isnat(self.ends)
        if not gone.any():
            return Renewals.of([], [])
        renewed, since = elapsed(self.starts, self.ends[gone].min(), period)
        first = np.maximum(renewed - (since == 0), 0)  # renewals before anything was known of leaving
        complete, _ = elapsed(self.starts, known_until, period)
        whole, rest = elapsed(self.starts, np.where(gone, self.ends, self.starts), period)
        lost_in = np.where(gone, np.maximum(whole + (rest > 0), 1), np.iinfo(np.int64).max)
        lost = lost_in <= complete
        stayed = np.maximum(np.where(lost, lost_in - 1, complete), first)
        size = int(complete.max(initial=0)) + 2
        losses = np.bincount(lost_in[lost], self.weight[lost], size)
        there = np.cumsum(_count(first + 1, self.weight, size) - _count(stayed + 1, self.weight, size))
        return Renewals.of(losses[1:-1], np.maximum(there[1:-1], 0.0))

    def paid(self, period: int) -> float:
        """Return the share of their last period that customers who left had paid, on average; 1 if nobody left."""
        gone = ~np.isnat(self.ends)
        if not gone.any():
            return 1.0
        whole, rest = elapsed(self.starts[gone], self.ends[gone], period)
        begun = anniversary(self.starts[gone], whole, period)
        length = (anniversary(self.starts[gone], whole + 1, period) - begun).astype(np.float64)
        share = np.where(rest > 0, rest / length, 1.0)
        return float(self.weight[gone] @ share / self.weight[gone].sum())


def _products(shares: Floats) -> Floats:
    found: Floats = np.cumprod(shares, axis=1, dtype=np.float64)
    return found


def _count(place: Ints, weight: Floats, size: int) -> Floats:
    return np.bincount(np.minimum(place, size - 1), weight, size).astype(np.float64)


def elapsed(
    starts: Days,
    until: date | np.datetime64 | Days,
    period: int,
) -> tuple[Ints, Ints]:
    """Return the periods completed by a day, and the days since the last of them ended (that is, since this one began)."""
    day = np.asarray(until, "datetime64[D]")
    months_between = (day.astype("datetime64[M]") - starts.astype("datetime64[M]")).astype(np.int64)
    early = (day - day.astype("datetime64[M]")) < (starts - starts.astype("datetime64[M]"))
    whole = np.maximum((months_between - early) // period, 0)
    return whole, (day - anniversary(starts, whole, period)).astype(np.int64)


def anniversary(starts: Days, number: Ints, period: int) -> Days:
    """Return the first day after so many periods; a day that its month lacks is the first of the next month."""
    month = starts.astype("datetime64[M]") + number * period
    day_of_month = starts - starts.astype("datetime64[M]")
    next_month = (month + 1).astype("datetime64[D]")
    found: Days = np.minimum(month.astype("datetime64[D]") + day_of_month, next_month)
    return found
