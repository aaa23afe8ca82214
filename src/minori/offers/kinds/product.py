"""Product: another product beside what is held, in the plan that fits the customer's growth stage.

Without ``product`` it is the first of the catalogue that is not held and has a price.
"""

from minori.core.text import Text
from minori.offers.beside import new_product
from minori.offers.case import Case, Impossible, Priced
from minori.offers.kind import OfferKind
from minori.offers.present import NO_CONTRACT, presents
from minori.offers.wording import filled, same
from minori.policy.words import Definition

UNKNOWN = Text(
    ja="製品「{product}」がカタログにありません", en="there is no product {product} in the catalogue"
)
ALL_HELD = Text(ja="ご提案できる製品がほかにありません", en="there is no further product to offer")


class Settings(Definition):
    """Which product; none: the first not held."""

    product: str | None = None


def make(case: Case, settings: Settings) -> Priced | Impossible:
    """Offer the product; where the catalogue has plans, to customers who hold one."""
    products = case.catalog.products
    if settings.product is not None and settings.product not in products:
        return Impossible(filled(UNKNOWN, product=same(settings.product)))
    if any(p.plans for p in products.values()) and not presents(case):
        return Impossible(NO_CONTRACT)
    if settings.product is not None:
        return new_product(case, settings.product, products[settings.product])
    offers = (new_product(case, name, product) for name, product in products.items())
    return next((offer for offer in offers if isinstance(offer, Priced)), Impossible(ALL_HELD))


KIND = OfferKind(
    label=Text(ja="別の製品", en="Another product"),
    settings=Settings,
    asks_for_money=True,
    worth="sale",
    make=make,
)
