"""What staying is worth: revenue that is left at a monthly churn, and the profit of a customer over its time."""

from fractions import Fraction

MONTHS_OF_YEAR = 12


def left_after(churn: float, months: int) -> float:
    """Return the share that is left after so many months at a monthly churn between 0 and 1."""
    return float((1 - _share(churn)) ** months)


def months_paid(churn: float, months: int) -> float:
    """Return how many of the next months a customer pays on average, the first of them certainly."""
    gone = _share(churn)
    return float(months) if gone == 0 else (1 - (1 - gone) ** months) / gone


def yearly(churn: float) -> float:
    """Return the share lost within a year at a monthly churn."""
    return 1 - left_after(churn, MONTHS_OF_YEAR)


def monthly(yearly_churn: float) -> float:
    """Return the monthly churn that loses a share within a year."""
    return float(1 - (1 - _share(yearly_churn)) ** (1 / MONTHS_OF_YEAR))


def lifetime_profit(margin: Fraction, churn: Fraction, won_for: Fraction) -> Fraction:
    """Return what a customer leaves over its time: margin per month for 1 ÷ churn months, less the cost of winning it."""
    return margin / churn - won_for


def _share(churn: float) -> float:
    if not 0 <= churn <= 1:
        raise ValueError(f"{churn} is not a share")
    return churn
