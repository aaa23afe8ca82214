"""An offer of a case, whole: the kind's own, what is added beside it, its benefits, its margin."""

import json
from dataclasses import dataclass
from decimal import Decimal

from minori.core.text import Text
from minori.offers.assumed import assumed_of, share_that_follows
from minori.offers.benefit import Benefit, benefit_known, benefits_of
from minori.offers.case import Case, Choice, Impossible, Priced
from minori.offers.combined import combined


@dataclass(frozen=True)
class Made:
    """What came of making an offer."""

    priced: Priced | None
    refusal: Text | None
    benefits: tuple[Benefit, ...]
    benefit_known: bool
    margin: Decimal
    assumed: tuple[Text, ...] = ()
    follows: Decimal = Decimal(0)  # chance that a yes leads on to ``leads_to``

    @property
    def mrr_change(self) -> Decimal:
        """Change of monthly revenue."""
        return self.priced.mrr_change if self.priced else Decimal(0)

    @property
    def leads_to(self) -> Decimal:
        """Monthly revenue that a yes may lead to later and does not ask for."""
        return self.priced.leads_to if self.priced else Decimal(0)

    @property
    def once(self) -> Decimal:
        """One-time revenue."""
        return self.priced.once if self.priced else Decimal(0)

    @property
    def given(self) -> Decimal:
        """What is taken off the price of what is sold once."""
        return self.priced.given if self.priced else Decimal(0)

    def order_margin(self, rate: Decimal) -> Decimal | None:
        """Return what an order more is worth, company currency; None if the offer is not about one."""
        order = self.priced.next_order if self.priced else None
        return order.margin(self.margin, rate) if order else None

    @property
    def as_json(self) -> str | None:
        """The offer for storing; None if there is none to make."""
        if self.priced is None:
            return None
        plain = {**_plain(self.priced, self.benefits), "assumed": [a.as_dict() for a in self.assumed]}
        return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def refused(case: Case, why: Text) -> Made:
    """Make no offer, and say why."""
    return Made(None, why, (), False, case.gross_margin)


def made(case: Case) -> Made:
    """Make the offer of the case's play."""
    result = combined(case)
    margin = _margin(case, result)
    if isinstance(result, Impossible):
        return Made(None, result.why, (), False, margin)
    benefits = benefits_of(case, result)
    return Made(
        result,
        None,
        benefits,
        benefit_known(case, result),
        margin,
        assumed_of(case, result),
        share_that_follows(case),
    )


def _margin(case: Case, result: Priced | Impossible) -> Decimal:
    items = result.items if isinstance(result, Priced) else ()
    for item in items:
        product = case.catalog.products.get(item.get("product", ""))
        if product is not None and product.gross_margin is not None:
            return Decimal(str(product.gross_margin))
    return case.gross_margin


def _plain(priced: Priced, benefits: tuple[Benefit, ...]) -> dict[str, object]:
    return {
        "label": priced.label.as_dict(),
        "items": [dict(item) for item in priced.items],
        "mrr_change": str(priced.mrr_change),
        "once": str(priced.once),
        "until": priced.until.isoformat() if priced.until else None,
        "features": list(priced.features),
        "choices": [_choice(c) for c in priced.choices],
        "benefits": [
            {
                "text": b.text.as_dict(),
                "money": None if b.money is None else str(b.money),
                "assumptions": [a.as_dict() for a in b.assumptions],
            }
            for b in benefits
        ],
    }


def _choice(choice: Choice) -> dict[str, object]:
    return {
        "label": choice.label.as_dict(),
        "monthly": str(choice.monthly),
        "difference": str(choice.difference),
        "recommended": choice.recommended,
        "summary": choice.summary.as_dict(),
        "plan_id": choice.plan_id,
    }
