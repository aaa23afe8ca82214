"""What less churn would be worth to this company: a point of it over five years, "1:5" and "5:25"."""

from collections.abc import Callable
from fractions import Fraction

from minori.core.figure import Figure, Reading
from minori.core.text import Text
from minori.kpis import value_what_if_figures as figures
from minori.kpis.value_change import money_of
from minori.kpis.value_read import COST_UNKNOWN, NO_CUSTOMERS, NO_LOSS, number_of
from minori.kpis.value_sums import MONTHS_OF_YEAR, Sums
from minori.stats.interval import Interval
from minori.stats.rounding import significant
from minori.stats.staying import left_after, lifetime_profit, monthly, months_paid, yearly

POINT = 0.01
RELATIVE = 0.05
YEARLY_POINTS = 0.05
_NO_PROFIT = Text(
    ja="1顧客の生涯利益が0以下のため、変化率は意味を持ちません",
    en="a customer's lifetime profit is not above 0, so its change says nothing",
)
_UNDER_POINTS = Text(
    ja="年間離脱率が5ポイント以下のため、5ポイントは下げられません",
    en="yearly churn is not above 5 points, so it cannot fall by them",
)
_Change = Callable[[float], float | None]  # monthly churn → monthly churn after the change


def what_if(sums: Sums, currency: str) -> tuple[Reading, ...]:
    """Return a reading of each of ``figures.FIGURES``."""
    return (*_sixty(sums, currency), _one_five(sums), *_five(sums))


def _sixty(sums: Sums, currency: str) -> tuple[Reading, ...]:
    churn, n = sums.churn, sums.customers
    revenue = sums.monthly_revenue
    if churn is None or revenue is None:
        names = (figures.LEFT_TODAY, figures.LEFT_LESS, figures.SUM_TODAY, figures.SUM_LESS)
        return tuple(Reading(figure, None, n, missing=NO_CUSTOMERS) for figure in names)
    ends = Interval(*(min(end, 1.0) for end in churn))
    less = Interval(*(max(end - POINT, 0.0) for end in ends))
    monthly_revenue = float(revenue)

    def left(figure: Figure, of: Interval) -> Reading:
        low, middle, high = (significant(left_after(c, figures.MONTHS)) for c in (of.high, of.middle, of.low))
        return Reading(figure, middle, n, low, high)

    def paid(figure: Figure, of: Interval) -> Reading:
        low, middle, high = (
            money_of(monthly_revenue * months_paid(c, figures.MONTHS), currency)
            for c in (of.high, of.middle, of.low)
        )
        return Reading(figure, middle, n, low, high)

    return (
        left(figures.LEFT_TODAY, ends),
        left(figures.LEFT_LESS, less),
        paid(figures.SUM_TODAY, ends),
        paid(figures.SUM_LESS, less),
    )


def _one_five(sums: Sums) -> Reading:
    win, keep = sums.to_win, sums.to_keep
    if not win or not keep:
        return Reading(figures.ONE_FIVE, None, sums.customers, missing=COST_UNKNOWN)
    return number_of(figures.ONE_FIVE, win / keep, sums.customers)


def _five(sums: Sums) -> tuple[Reading, ...]:
    return (
        _gain(figures.RELATIVE_MARGIN, sums, _relative, with_costs=False),
        _gain(figures.RELATIVE_PROFIT, sums, _relative, with_costs=True),
        _gain(figures.POINTS_MARGIN, sums, _points, with_costs=False),
        _gain(figures.POINTS_PROFIT, sums, _points, with_costs=True),
    )


def _relative(churn: float) -> float:
    return churn * (1 - RELATIVE)


def _points(churn: float) -> float | None:
    year = yearly(min(churn, 1.0))
    return monthly(year - YEARLY_POINTS) if year > YEARLY_POINTS else None


def _gain(figure: Figure, sums: Sums, changed: _Change, *, with_costs: bool) -> Reading:
    """Return by how much a customer's lifetime margin or profit would grow; interval from that of churn."""
    n, churn = sums.customers, sums.churn
    if churn is None or sums.yearly is None:
        return Reading(figure, None, n, missing=NO_CUSTOMERS)
    if not sums.lost:
        return Reading(figure, None, n, missing=NO_LOSS)
    margin = sums.yearly * sums.margin_share / MONTHS_OF_YEAR
    won_for = Fraction(0)
    if with_costs:
        if sums.to_win is None or sums.to_keep is None:
            return Reading(figure, None, n, missing=COST_UNKNOWN)
        margin, won_for = margin - sums.to_keep / MONTHS_OF_YEAR, sums.to_win
    if changed(churn.middle) is None:
        return Reading(figure, None, n, missing=_UNDER_POINTS)
    found = [_grown(margin, won_for, rate, changed) for rate in churn]
    if found[1] is None:
        return Reading(figure, None, n, missing=_NO_PROFIT)
    low, high = sorted([found[0] or found[1], found[2] or found[1]])
    known = None not in found
    return Reading(
        figure,
        found[1],
        n,
        min(low, found[1]) if known else None,
        max(high, found[1]) if known else None,
    )


def _grown(margin: Fraction, won_for: Fraction, churn: float, changed: _Change) -> float | None:
    """Return the growth of lifetime profit; None where there is none to grow, or churn cannot change so."""
    after = changed(churn)
    if not after or churn <= 0:
        return None
    now, then = (lifetime_profit(margin, Fraction(rate), won_for) for rate in (churn, after))
    return significant(float(then / now - 1)) if now > 0 else None
