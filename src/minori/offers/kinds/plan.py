"""Plan: an upper plan of the product held, by place, by feature or by the limit it lifts.

``to: next`` is the plan being tried, if one is, else the next above. The price difference is between list
prices and never below 0; options that the new plan contains, or beside which they are not sold, end and are
taken off.
"""

from pydantic import model_validator

from minori.core.text import Text
from minori.offers.case import Case, Impossible, Priced
from minori.offers.choices import choices
from minori.offers.kind import OfferKind
from minori.offers.move import Move
from minori.offers.target import NEXT, lifting, up_to, with_feature
from minori.policy.words import Definition


class Settings(Definition):
    """At most one of the three; none: the next plan."""

    to: str | None = None
    with_feature: str | None = None
    lifts: str | None = None

    @model_validator(mode="after")
    def _one(self) -> "Settings":
        if sum(x is not None for x in (self.to, self.with_feature, self.lifts)) > 1:
            raise ValueError("give one of to, with_feature and lifts")
        return self


def make(case: Case, settings: Settings) -> Priced | Impossible:
    """Offer the plan that the settings point to."""
    move = _move(case, settings)
    if isinstance(move, Impossible):
        return move
    return Priced(
        label=move.plan.label,
        items=move.items,
        mrr_change=move.up,
        choices=choices(move),
        features=move.features,
    )


def _move(case: Case, settings: Settings) -> Move | Impossible:
    if settings.with_feature:
        return with_feature(case, settings.with_feature)
    if settings.lifts:
        return lifting(case, settings.lifts)
    return up_to(case, settings.to or NEXT)


KIND = OfferKind(
    label=Text(ja="上位プラン", en="Upper plan"),
    settings=Settings,
    asks_for_money=True,
    worth="sale",
    make=make,
)
