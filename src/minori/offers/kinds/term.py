"""Term: a longer contract at a discount: the customer pays less a month, so revenue falls by the discount."""

from decimal import Decimal

from pydantic import Field

from minori.core.text import Text
from minori.offers.case import Case, Impossible, Priced
from minori.offers.kind import OfferKind
from minori.offers.present import present
from minori.offers.wording import counted, filled, same
from minori.policy.words import Definition

YEAR = Text(ja="年間契約({discount}%引き)", en="annual term ({discount} % off)")
MONTHS = Text(ja="{months}か月契約({discount}%引き)", en="{months}-month term ({discount} % off)")
LONG_ENOUGH = Text(
    ja="すでに{months}か月以上のご契約です", en="the term held is {months} months or longer already"
)
PAYS_NOTHING = Text(
    ja="月額料金のお支払いがないため、割引の対象がありません",
    en="nothing is paid a month that could be reduced",
)


class Settings(Definition):
    """How long, and for how much less."""

    months: int = Field(12, ge=2)
    discount: float = Field(0.1, ge=0, lt=1)


def make(case: Case, settings: Settings) -> Priced | Impossible:
    """Offer the longer term."""
    held = present(case)
    if isinstance(held, Impossible):
        return held
    term = held.holding.term_months or case.number("term_months")
    if term is not None and term >= settings.months:
        return Impossible(filled(LONG_ENOUGH, months=same(str(settings.months))))
    if held.paid <= 0:
        return Impossible(PAYS_NOTHING)
    discount = Decimal(str(settings.discount))
    words = {"months": same(str(settings.months)), "discount": same(counted(discount * 100))}
    return Priced(
        label=filled(YEAR if settings.months == 12 else MONTHS, **words),
        items=({"product": held.product_id, "plan": held.plan_id, "term_months": str(settings.months)},),
        mrr_change=-held.paid * discount,
    )


KIND = OfferKind(
    label=Text(ja="契約期間の変更", en="Longer term"),
    settings=Settings,
    asks_for_money=True,
    worth="sale",
    make=make,
)
