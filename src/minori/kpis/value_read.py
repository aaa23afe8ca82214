"""Sums of a period → readings: LTV by its three formulas, what it cost, and when that is paid back."""

from collections.abc import Callable
from fractions import Fraction

from minori.core.figure import NOT_ENOUGH, Figure, Reading
from minori.core.text import Text
from minori.kpis import value_figures as figures
from minori.kpis.figures import Marks
from minori.kpis.value_sums import MONTHS_OF_YEAR, Sums, money
from minori.stats.rounding import significant

NO_LOSS = Text(
    ja="期間中に離脱がなく、継続期間を推定できません(区間は下限のみ)",
    en="nobody was lost: the duration is unknown, only its lower end is not",
)
COST_UNKNOWN = Text(ja="コスト不明", en="cost unknown")
NO_CUSTOMERS = Text(ja="期間中に顧客がいません", en="no customers in the period")
CAC_MARKS = Marks(
    1.0,
    3.0,
    Text(ja="1倍未満: 獲得コストを回収できません", en="under 1: the cost of winning is not recovered"),
    Text(ja="目安の3倍に届いていません", en="below the mark of 3"),
    Text(ja="目安の3倍以上です", en="at the mark of 3 or above"),
)
_Amount = Callable[[Fraction], Fraction]  # years of duration → amount


def worth(sums: Sums, currency: str) -> tuple[Reading, ...]:
    """Return a reading of each of ``figures.WORTH``; a shop's silence only for orders."""
    return (
        *_basics(sums, currency),
        *_values(sums, currency),
        *_costs(sums, currency),
    )


def _basics(sums: Sums, currency: str) -> tuple[Reading, ...]:
    n, churn, spans = sums.customers, sums.churn, sums.spans_of()
    duration = sums.duration
    readings = [
        amount_of(figures.PRICE, sums.price, n, currency),
        number_of(figures.FREQUENCY, sums.frequency, n),
        Reading(
            figures.DURATION,
            None if duration is None else _number(duration * MONTHS_OF_YEAR),
            n,
            None if spans is None else _number(spans[0] * MONTHS_OF_YEAR),
            None if spans is None or spans[1] is None else _number(spans[1] * MONTHS_OF_YEAR),
            missing=_why(sums) if duration is None else None,
        ),
        Reading(figures.CHURN, None, n, missing=NO_CUSTOMERS)
        if churn is None
        else Reading(
            figures.CHURN, significant(churn.middle), n, significant(churn.low), significant(churn.high)
        ),
        number_of(figures.MARGIN, sums.margin_share, n),
    ]
    if sums.silence_days is not None:
        readings.insert(4, Reading(figures.SILENCE, float(sums.silence_days), n))
    return tuple(readings)


def _values(sums: Sums, currency: str) -> tuple[Reading, ...]:
    yearly, gross = sums.yearly, sums.margin_share
    win, keep = sums.to_win, sums.to_keep
    net = None
    if yearly is not None and win is not None and keep is not None:
        net = _growing(yearly * gross - keep, win)
    unknown = COST_UNKNOWN if yearly is not None and net is None else None
    return (
        _over_time(figures.LTV, sums, None if yearly is None else _growing(yearly), currency),
        _over_time(figures.LTV_MARGIN, sums, None if yearly is None else _growing(yearly * gross), currency),
        _over_time(figures.LTV_NET, sums, net, currency, unknown),
    )


def _growing(yearly: Fraction, once: Fraction = Fraction(0)) -> _Amount:
    """Return what a customer is worth by its years: so much a year, less what was paid once."""
    return lambda years: yearly * years - once


def _over_time(
    figure: Figure, sums: Sums, amount: _Amount | None, currency: str, unknown: Text | None = None
) -> Reading:
    spans, n = sums.spans_of(), sums.customers
    if amount is None or spans is None:
        return Reading(figure, None, n, missing=unknown or NO_CUSTOMERS)
    shortest, longest = amount(spans[0]), None if spans[1] is None else amount(spans[1])
    ends = (shortest, longest) if longest is None else (min(shortest, longest), max(shortest, longest))
    return Reading(
        figure,
        None if sums.duration is None else money(amount(sums.duration), currency),
        n,
        money(ends[0], currency) if ends[0] is not None else None,
        money(ends[1], currency) if ends[1] is not None else None,
        missing=_why(sums) if sums.duration is None else None,
    )


def _costs(sums: Sums, currency: str) -> tuple[Reading, ...]:
    win, yearly, won = sums.to_win, sums.yearly, sums.won
    margin = None if yearly is None else yearly * sums.margin_share
    payback = win * MONTHS_OF_YEAR / margin if win is not None and margin else None
    return (
        amount_of(figures.CAC, win, won, currency, COST_UNKNOWN),
        amount_of(figures.KEEP, sums.to_keep, sums.customers, currency, COST_UNKNOWN),
        _to_cac(sums, margin, win),
        number_of(figures.PAYBACK, payback, won, COST_UNKNOWN if win is None else NO_CUSTOMERS),
    )


def _to_cac(sums: Sums, margin: Fraction | None, win: Fraction | None) -> Reading:
    spans, won = sums.spans_of(), sums.won
    if not win or margin is None or spans is None:
        return Reading(figures.TO_CAC, None, won, missing=COST_UNKNOWN if not win else NO_CUSTOMERS)
    low, high = (None if years is None else _number(margin * years / win) for years in spans)
    if sums.duration is None:
        return Reading(figures.TO_CAC, None, won, low, missing=NO_LOSS)
    return Reading(figures.TO_CAC, _number(margin * sums.duration / win), won, low, high)


def amount_of(
    figure: Figure, value: Fraction | None, sample: int, currency: str, why: Text = NO_CUSTOMERS
) -> Reading:
    """Return money rounded to the currency's minor unit; ``why`` where there is none."""
    if value is None:
        return Reading(figure, None, sample, missing=why)
    return Reading(figure, money(value, currency), sample)


def number_of(figure: Figure, value: Fraction | None, sample: int, why: Text = NOT_ENOUGH) -> Reading:
    """Return a number of nine digits; ``why`` where there is none."""
    if value is None:
        return Reading(figure, None, sample, missing=why)
    return Reading(figure, _number(value), sample)


def _number(value: Fraction) -> float:
    return significant(float(value))


def _why(sums: Sums) -> Text:
    return NO_LOSS if sums.days else NO_CUSTOMERS
