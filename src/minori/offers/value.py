"""What a candidate is worth: lifetime margin if offered − if nothing is done − harm of asking (SEMANTICS 10)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from minori.policy.definitions import Churn, Play, Prior, Ranking
from minori.stats.interval import Interval
from minori.stats.rounding import significant

MOST_LIKELY = 0.95  # nothing is certain
DEFAULT_CHURN_AFTER = 0.7  # help and rescue: factor on monthly churn where a play does not say


@dataclass(frozen=True)
class Customer:
    """What the value of a customer rests on: monthly revenue (None: unknown) and monthly chance to leave."""

    monthly: float | None
    churn: float
    asked_lately: bool


@dataclass(frozen=True)
class Worth:
    """The terms of a value, in company currency; ``value`` = if_offered − harm, against doing nothing."""

    months: float
    if_offered: float
    if_nothing: float
    harm: float
    value: float


@dataclass(frozen=True)
class Once:
    """What an offer earns once, in company currency.

    ``sold`` is revenue after what is ``given`` off its price. ``order_margin`` is what an order more of the customer's
    usual amount leaves, where the offer is about whatever is bought next.
    """

    sold: Decimal = Decimal(0)
    given: Decimal = Decimal(0)
    order_margin: Decimal | None = None

    def margin(self, share: float) -> float:
        """Return what is left of the sale: what it costs us follows from the full price."""
        return float(self.sold + self.given) * share - float(self.given)


NOTHING_ONCE = Once()


def expected_months(churn: float, counted: int) -> float:
    """Return how many of the next ``counted`` months the customer is expected to stay."""
    if churn <= 0:
        return float(counted)
    return (1 - (1 - churn) ** counted) / churn


def churn_of(band: str | None, churn: Churn) -> float:
    """Return the monthly chance to leave of a band; an unknown band has its own."""
    return float(getattr(churn, band or "unknown"))


def with_learned(believed: Interval, learned: Interval, prior: Prior, answers: int) -> Interval:
    """Return the learned chance as far as the play itself was asked; before that, what is believed of it.

    The belief is about customers for whom the play holds. Past proposals mostly went to others and to other plays: what
    they teach must not count as if it had been seen of this one. The belief is worth ``prior.from_`` answers.
    """
    share = answers / (answers + prior.from_)
    return Interval(
        *(share * one + (1 - share) * other for one, other in zip(learned, believed, strict=True))
    )


def at_price(accept: Interval, rise: float | None, ranking: Ranking) -> Interval:
    """Return the chance of a yes at this price: the dearer beside what is paid today, the fewer accept.

    ``rise`` is the change of monthly price as a share of what is paid today (None: unknown, or nothing is paid). A
    play's prior is meant for a usual rise; the elasticity is an assumption until answers say otherwise. The interval
    returned always contains its middle.
    """
    if rise is not None and rise > 0:
        factor = ((1 + ranking.usual_rise) / (1 + rise)) ** ranking.price_elasticity
        accept = Interval(*(min(bound * factor, MOST_LIKELY) for bound in accept))
    # The mean of a belief that is worth very few answers lies outside its own quantiles.
    return Interval(min(accept.low, accept.middle), accept.middle, max(accept.high, accept.middle))


def worth(
    play: Play,
    earns: Literal["sale", "keep"],
    *,
    accept: float,
    mrr_change: Decimal,
    once: Once = NOTHING_ONCE,
    margin: float,
    customer: Customer,
    ranking: Ranking,
) -> Worth:
    """Value one candidate.

    V(after) − V(now): a sale changes the price, help and rescue let the customer stay longer (``churn_after`` of the
    play's prior is the factor on monthly churn), a downgrade or an annual term does both. A sale counts only as far as
    the customer would not have bought without being asked; an order more counts by how much likelier the offer makes
    it, accept − anyway, because the same order may come without it. Harm is the play's added monthly churn × V(now),
    larger when the customer was asked within 90 days.
    """
    months = expected_months(customer.churn, ranking.months_counted)
    now = (customer.monthly or 0.0) * margin
    if_nothing = now * months
    usual = 1.0 if earns == "sale" else DEFAULT_CHURN_AFTER
    factor = usual if play.prior.churn_after is None else play.prior.churn_after
    staying = expected_months(customer.churn * factor, ranking.months_counted)
    gain = (now + float(mrr_change) * margin) * staying - if_nothing + once.margin(margin)
    if earns == "sale":
        gain *= 1 - play.prior.anyway
    again = ranking.asked_again_harm if customer.asked_lately else 1.0
    harm = play.harm * again * if_nothing
    offered = accept * gain + (accept - play.prior.anyway) * float(once.order_margin or 0)
    return Worth(*(significant(x) for x in (months, offered, if_nothing, harm, offered - harm)))
