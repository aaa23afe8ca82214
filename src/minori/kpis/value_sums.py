"""Sums of a period as price, frequency, duration and costs: exact fractions, None where unknown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from minori.core.money import minor_unit
from minori.stats.interval import Interval
from minori.stats.person_time import rate

Basis = Literal["contracts", "orders"]
DAYS_OF_YEAR = Fraction(1461, 4)
MONTHS_OF_YEAR = 12


@dataclass(frozen=True)
class Cost:
    """What was spent on one kind in the period; ``amount`` is None where it is not known."""

    amount: Decimal | None
    entries: int


UNKNOWN_COST = Cost(None, 0)


@dataclass(frozen=True)
class Sums:
    """A row of ``value_exposure`` with its costs.

    ``span_days`` are the calendar days of the period that are counted; ``margin_otherwise`` holds where no revenue says.
    """

    basis: Basis
    span_days: int
    customers: int
    days: int
    amount: Decimal
    orders: int
    priced: int
    weighed: Decimal
    margin: Decimal
    lost: int
    won: int
    silence_days: int | None
    margin_otherwise: Decimal
    acquisition: Cost = UNKNOWN_COST
    retention: Cost = UNKNOWN_COST

    @property
    def years(self) -> Fraction:
        """Customer-years."""
        return self.days / DAYS_OF_YEAR

    @property
    def price(self) -> Fraction | None:
        """What is paid at a time: an average month of contract, or an order."""
        times = self.days if self.basis == "contracts" else self.priced
        return Fraction(self.amount) / times if times else None

    @property
    def frequency(self) -> Fraction | None:
        """How often a year."""
        if self.basis == "contracts":
            return Fraction(MONTHS_OF_YEAR)
        return self.orders / self.years if self.days else None

    @property
    def duration(self) -> Fraction | None:
        """Expected years; None where nobody was lost."""
        return self.years / self.lost if self.days and self.lost else None

    @property
    def factors(self) -> tuple[Fraction, Fraction, Fraction] | None:
        """Price, frequency and duration, whose product is LTV."""
        price, frequency, duration = self.price, self.frequency, self.duration
        if price is None or frequency is None or duration is None:
            return None
        return price, frequency, duration

    @property
    def yearly(self) -> Fraction | None:
        """Revenue of a customer within a year."""
        price, frequency = self.price, self.frequency
        return None if price is None or frequency is None else price * frequency

    @property
    def churn(self) -> Interval | None:
        """Losses per customer-month, with the exact interval."""
        return rate(self.lost, float(self.years * MONTHS_OF_YEAR))

    @property
    def margin_share(self) -> Fraction:
        """Gross margin, weighed by revenue."""
        if self.weighed > 0:
            return Fraction(self.margin) / Fraction(self.weighed)
        return Fraction(self.margin_otherwise)

    @property
    def to_win(self) -> Fraction | None:
        """Cost of winning a customer; None where unknown."""
        amount = self.acquisition.amount
        return Fraction(amount) / self.won if amount is not None and self.won else None

    @property
    def to_keep(self) -> Fraction | None:
        """Cost of keeping a customer for a year; None where unknown."""
        amount = self.retention.amount
        return Fraction(amount) / self.years if amount is not None and self.days else None

    @property
    def monthly_revenue(self) -> Fraction | None:
        """Revenue of all customers in an average month of the period."""
        if not self.span_days:
            return None
        per_day = Fraction(self.amount) / self.span_days
        return per_day if self.basis == "contracts" else per_day * DAYS_OF_YEAR / MONTHS_OF_YEAR

    def spans_of(self) -> tuple[Fraction, Fraction | None] | None:
        """Return the shortest and longest duration in years that the losses allow; the longest None without a loss."""
        churn = self.churn
        if churn is None:
            return None
        low, high = churn.low * MONTHS_OF_YEAR, churn.high * MONTHS_OF_YEAR
        return 1 / Fraction(high), 1 / Fraction(low) if low else None


def sums_of(
    row: Mapping[str, Any], costs: Iterable[Mapping[str, Any]], span_days: int, margin: Decimal
) -> Sums:
    """Return the sums of a row of ``value_exposure``; ``costs`` are its rows of ``value_cost`` that can be relied on."""
    of_kind = {cost["kind"]: _cost(cost) for cost in costs}
    names = ("customers", "days", "amount", "orders", "priced", "weighed", "margin", "lost", "won")
    return Sums(
        basis=row["basis"],
        span_days=span_days,
        silence_days=row["silence_days"],
        margin_otherwise=margin,
        acquisition=of_kind.get("acquisition", UNKNOWN_COST),
        retention=of_kind.get("retention", UNKNOWN_COST),
        **{name: row[name] for name in names},
    )


def _cost(row: Mapping[str, Any]) -> Cost:
    """A cost without a rate makes the sum unknown, not smaller."""
    return Cost(None if row["unpriced"] else row["amount"], row["entries"])


def money(value: Fraction, currency: str) -> Decimal:
    """Round exactly to the currency's minor unit, half to even."""
    step = Fraction(1, 10 ** minor_unit(currency))
    return Decimal(round(value / step)) * unit(currency)


def unit(currency: str) -> Decimal:
    """Return the smallest amount of a currency."""
    return Decimal(1).scaleb(-minor_unit(currency))
