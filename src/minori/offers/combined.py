"""An offer of several parts: each part is made as if the ones before it had been accepted."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from minori.core.text import Text
from minori.offers.case import Case, Holding, Impossible, Priced
from minori.offers.kind import OFFER_KINDS
from minori.offers.parts import parts_of, settings_of
from minori.offers.wording import AND, filled, joined, stored

PART_IMPOSSIBLE = Text(
    ja="組み合わせのうち「{kind}」をご提案できません: {why}", en="the part “{kind}” cannot be offered: {why}"
)


def combined(case: Case) -> Priced | Impossible:
    """Make the offer of the case's play, with all that stands beside it; impossible if any part is."""
    parts = parts_of(case.play.offer)
    made: list[Priced] = []
    for part in parts:
        kind = OFFER_KINDS[part.kind]
        result = kind.make(case, settings_of(part))
        if isinstance(result, Impossible):
            many = len(parts) > 1
            return Impossible(filled(PART_IMPOSSIBLE, kind=kind.label, why=result.why)) if many else result
        made.append(result)
        case = case_after(case, result)
    return _storable(_together(made))


def case_after(case: Case, priced: Priced) -> Case:
    """Return the case as if the offer were accepted: what is held changes, what is known does not."""
    holdings = case.holdings
    for item in priced.items:
        holdings = _with(holdings, item)
    return replace(case, holdings=holdings)


def _with(holdings: tuple[Holding, ...], item: Mapping[str, str]) -> tuple[Holding, ...]:
    product, quantity = item.get("product"), Decimal(item["quantity"]) if "quantity" in item else None
    if plan := item.get("plan"):
        stays = [h for h in holdings if h.is_option or h.product_id not in (None, product)]
        return (*stays, Holding(product, plan, quantity, None, False, False, None, None))
    if option := item.get("option"):
        if quantity == 0:
            return tuple(h for h in holdings if h.plan_id != option)
        return (*holdings, Holding(product, option, quantity, None, True, False, None, None))
    return holdings


def _storable(priced: Priced) -> Priced:
    """Round amounts to what a money column holds; metered use and discounts may give more decimals."""
    return replace(
        priced,
        mrr_change=stored(priced.mrr_change),
        once=stored(priced.once),
        leads_to=stored(priced.leads_to),
        given=stored(priced.given),
        choices=tuple(
            replace(c, monthly=stored(c.monthly), difference=stored(c.difference)) for c in priced.choices
        ),
    )


def _together(made: list[Priced]) -> Priced:
    if len(made) == 1:
        return made[0]
    return Priced(
        label=joined((part.label for part in made), AND),
        items=tuple(item for part in made for item in part.items),
        mrr_change=sum((part.mrr_change for part in made), Decimal(0)),
        once=sum((part.once for part in made), Decimal(0)),
        choices=next((part.choices for part in made if part.choices), ()),
        features=tuple(dict.fromkeys(f for part in made for f in part.features)),
        until=min((part.until for part in made if part.until), default=None),
        leads_to=sum((part.leads_to for part in made), Decimal(0)),
        given=sum((part.given for part in made), Decimal(0)),
        next_order=next((part.next_order for part in made if part.next_order), None),
    )
