"""Trial: an upper plan for some days at no cost, once at a time. What it may lead to is kept beside it."""

from pydantic import Field

from minori.core.text import Text
from minori.offers.case import Case, Impossible, Priced
from minori.offers.kind import OfferKind
from minori.offers.present import present
from minori.offers.target import NEXT, up_to
from minori.offers.wording import filled, same
from minori.policy.words import Definition

LABEL = Text(ja="「{plan}」の{days}日間お試し", en="{days}-day trial of {plan}")
ON_TRIAL = Text(ja="すでにお試しをご利用中です", en="a trial is running already")


class Settings(Definition):
    """Which plan, for how long."""

    to: str = NEXT
    days: int = Field(14, ge=1)


def make(case: Case, settings: Settings) -> Priced | Impossible:
    """Offer the trial."""
    held = present(case)
    if isinstance(held, Impossible):
        return held
    if any(h.is_trial and h.product_id in (None, held.product_id) for h in case.holdings):
        return Impossible(ON_TRIAL)
    move = up_to(case, settings.to)
    if isinstance(move, Impossible):
        return move
    product = move.present.product_id
    return Priced(
        label=filled(LABEL, plan=move.plan.label, days=same(str(settings.days))),
        items=({"product": product, "trial": move.plan_id, "days": str(settings.days)},),
        features=move.features,
        leads_to=move.up,
    )


KIND = OfferKind(
    label=Text(ja="お試し", en="Trial"),
    settings=Settings,
    asks_for_money=False,
    worth="sale",
    make=make,
)
