"""A change of LTV between two periods, split into price, frequency and duration, as shown: to the last digit."""

from decimal import Decimal

from minori.core.figure import Reading
from minori.core.text import Text
from minori.kpis import value_figures as figures
from minori.kpis.value_sums import Sums, money, unit
from minori.stats.factors import apportioned, difference, split_change
from minori.stats.interval import Interval

NOT_BOTH = Text(
    ja="どちらかの期間のLTVが分からないため、比べられません",
    en="LTV of one of the two periods is unknown, so they cannot be compared",
)


def change(before: Sums | None, after: Sums, currency: str) -> tuple[Reading, ...]:
    """Return the change and its three parts; amounts in the currency's minor unit, parts adding up to the change."""
    n = after.customers + (before.customers if before else 0)
    was, now = before.factors if before else None, after.factors
    if before is None or was is None or now is None:
        return tuple(
            Reading(figure, None, n, missing=NOT_BOTH) for figure in (figures.CHANGE, *figures.PARTS)
        )
    total = ltv(after, currency) - ltv(before, currency)
    parts = apportioned(split_change(was, now), total, unit(currency))
    found = difference(_interval(after), _interval(before))
    low, high = (money_of(end, currency) for end in (found.low, found.high))
    return (
        Reading(figures.CHANGE, total, n, min(low, total), max(high, total)),
        *(Reading(figure, part, n) for figure, part in zip(figures.PARTS, parts, strict=True)),
    )


def ltv(sums: Sums, currency: str) -> Decimal:
    """Return LTV as it is shown; only where its factors are known."""
    if sums.factors is None:
        raise ValueError("LTV is not known")
    price, frequency, duration = sums.factors
    return money(price * frequency * duration, currency)


def money_of(value: float, currency: str) -> Decimal:
    """Return an amount that was computed in floats."""
    return Decimal(value).quantize(unit(currency))


def _interval(sums: Sums) -> Interval:
    """Return LTV with the ends that the losses allow; there was a loss, so the upper end is finite."""
    yearly, spans, duration = sums.yearly, sums.spans_of(), sums.duration
    if yearly is None or spans is None or spans[1] is None or duration is None:
        raise ValueError("LTV is not known")
    return Interval(*(float(yearly * years) for years in (spans[0], duration, spans[1])))
