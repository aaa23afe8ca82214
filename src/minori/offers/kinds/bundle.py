"""Bundle: options and products sold together at a discount, to who holds none of them."""

from decimal import Decimal

from minori.core.text import Text
from minori.offers.beside import new_option, new_product
from minori.offers.case import Case, Impossible, Priced
from minori.offers.kind import OfferKind
from minori.offers.present import NO_CONTRACT, presents
from minori.offers.wording import filled, same
from minori.policy.words import Definition

UNKNOWN = Text(
    ja="セット「{bundle}」がカタログにありません", en="there is no bundle {bundle} in the catalogue"
)
EMPTY = Text(ja="「{bundle}」に商品が登録されていません", en="{bundle} holds nothing")
ITEM_UNKNOWN = Text(
    ja="「{bundle}」の「{item}」は、現在のご契約に追加できる製品・オプションではありません",
    en="{item} of {bundle} is no product, and no option of a product that is held",
)


class Settings(Definition):
    """Which bundle."""

    bundle: str


def make(case: Case, settings: Settings) -> Priced | Impossible:
    """Offer the bundle whole."""
    bundle = case.catalog.bundles.get(settings.bundle)
    if bundle is None:
        return Impossible(filled(UNKNOWN, bundle=same(settings.bundle)))
    if any(p.plans for p in case.catalog.products.values()) and not presents(case):
        return Impossible(NO_CONTRACT)
    offers: list[Priced] = []
    for name in bundle.items:
        offer = _item(case, name)
        if offer is None:
            return Impossible(filled(ITEM_UNKNOWN, item=same(name), bundle=bundle.label))
        if isinstance(offer, Impossible):
            return offer
        offers.append(offer)
    if not offers:
        return Impossible(filled(EMPTY, bundle=bundle.label))
    paid = 1 - Decimal(str(bundle.discount))
    return Priced(
        label=bundle.label,
        items=tuple(item for offer in offers for item in offer.items),
        mrr_change=sum((offer.mrr_change for offer in offers), Decimal(0)) * paid,
        once=sum((offer.once for offer in offers), Decimal(0)) * paid,
        features=tuple(dict.fromkeys(f for offer in offers for f in offer.features)),
    )


def _item(case: Case, name: str) -> Priced | Impossible | None:
    if name in case.catalog.products:
        return new_product(case, name, case.catalog.products[name])
    for held in presents(case):
        if option := held.product.options.get(name):
            return new_option(held, name, option)
    return None


KIND = OfferKind(
    label=Text(ja="セット", en="Bundle"),
    settings=Settings,
    asks_for_money=True,
    worth="sale",
    make=make,
)
