"""What merely changed between two periods, beside published claims: seen, and never an effect."""

from minori.core.figure import Figure, Reading
from minori.core.text import Text
from minori.kpis.value_sums import Sums
from minori.learning import claim_figures as figures
from minori.pipeline.proof.value import Values
from minori.stats.interval import Interval
from minori.stats.person_time import rate_ratio
from minori.stats.rounding import significant

_NOT_BOTH = Text(
    ja="どちらかの期間の値が分からないため、比べられません", en="one of the two periods is not known"
)


def seen(claim: str, found: Values) -> Reading | None:
    """Return what changed between the periods, of contracts or else of orders; None where nothing compares."""
    one = found.of("contracts") or found.of("orders")
    before, after = (one.before, one.after) if one else (None, None)
    if claim == "ltv":
        return _changed(figures.LTV_SEEN, before, after, _ltv(before, after))
    if claim == "cost":
        return _changed(figures.COST_SEEN, before, after, _cost(before, after))
    return _changed(figures.CHURN_SEEN, before, after, _churn(before, after)) if claim == "churn" else None


def _changed(
    figure: Figure, before: Sums | None, after: Sums | None, found: Interval | float | None
) -> Reading:
    """Return a ratio of two periods, less 1."""
    n = sum(sums.customers for sums in (before, after) if sums)
    if found is None:
        return Reading(figure, None, n, missing=_NOT_BOTH)
    if isinstance(found, float):
        return Reading(figure, significant(found - 1), n)
    low, middle, high = (significant(end - 1) for end in found)
    return Reading(figure, middle, n, low, high)


def _churn(before: Sums | None, after: Sums | None) -> Interval | None:
    if before is None or after is None:
        return None
    return rate_ratio(after.lost, float(after.years), before.lost, float(before.years))


def _ltv(before: Sums | None, after: Sums | None) -> Interval | None:
    """LTV is yearly revenue ÷ churn, so its ratio is exact where that of the churns is."""
    if before is None or after is None or not before.yearly or after.yearly is None:
        return None
    stays = rate_ratio(before.lost, float(before.years), after.lost, float(after.years))
    grown = float(after.yearly / before.yearly)
    return Interval(*(end * grown for end in stays)) if stays and before.lost else None


def _cost(before: Sums | None, after: Sums | None) -> Interval | float | None:
    """What was spent is known; how many were won for it is a count, so the ratio of both is that of two rates."""
    if before is None or after is None:
        return None
    spent = [float(sums.acquisition.amount or 0) for sums in (after, before)]
    if not before.to_win or after.to_win is None or not spent[0]:
        return float(after.to_win / before.to_win) if before.to_win and after.to_win is not None else None
    return rate_ratio(before.won, spent[1], after.won, spent[0])
