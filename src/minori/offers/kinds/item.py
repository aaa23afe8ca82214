"""Item: one item of a shop, found from the item that a metric holds (``from``: a ``last: product_id of …``).

``upper`` is the next better one at the difference of price; ``goes_with`` the first that belongs with it;
``again`` and ``viewed`` the item itself; ``fits_free_shipping`` the cheapest that carries the cart
(``from``: a metric of its amount, default ``cart_amount``) over the bound.
"""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from minori.core.text import Text
from minori.offers.case import Case, Impossible, Priced
from minori.offers.items import NO_PRICE, Item, item_named, item_of, upper_of
from minori.offers.kind import OfferKind
from minori.offers.wording import filled
from minori.policy.words import Definition

CART = "cart_amount"
NOTHING_WITH = Text(ja="「{item}」と一緒にお使いいただける商品がありません", en="nothing goes with {item}")
NO_BOUND = Text(
    ja="送料無料になる金額がカタログにありません", en="the catalogue has no bound for free delivery"
)
CART_UNKNOWN = Text(ja="カートの合計金額が分かりません", en="the amount in the cart is not known")
FREE_ALREADY = Text(ja="すでに送料無料の金額に達しています", en="delivery is free already")
NOTHING_FITS = Text(
    ja="送料無料までの金額に合う商品がありません", en="no item fits the amount missing for free delivery"
)


class Settings(Definition):
    """Which item, and where to look it up."""

    which: Literal["upper", "goes_with", "again", "viewed", "fits_free_shipping"]
    from_: str | None = Field(None, alias="from")


def make(case: Case, settings: Settings) -> Priced | Impossible:
    """Offer the item, once."""
    if settings.which == "fits_free_shipping":
        return _sold(_fitting(case, settings.from_ or CART))
    start = item_of(case, settings.from_)
    if isinstance(start, Impossible):
        return start
    if settings.which == "upper":
        return _sold(upper_of(case, start[1]), instead_of=start[1].price)
    if settings.which == "goes_with":
        return _sold(_beside(case, start))
    return _sold(start)


def _sold(found: Item | Impossible, *, instead_of: Decimal | None = None) -> Priced | Impossible:
    if isinstance(found, Impossible):
        return found
    name, item = found
    if item.price is None:
        return Impossible(filled(NO_PRICE, item=item.label))
    once = max(Decimal(0), item.price - (instead_of or Decimal(0)))
    return Priced(item.label, ({"product": name, "item": name, "quantity": "1"},), once=once)


def _beside(case: Case, start: Item) -> Item | Impossible:
    for name in start[1].goes_with:
        if name in case.catalog.products:
            return item_named(case, name)
    return Impossible(filled(NOTHING_WITH, item=start[1].label))


def _fitting(case: Case, cart: str) -> Item | Impossible:
    bound, amount = case.catalog.free_shipping_from, case.exact(cart)
    if bound is None:
        return Impossible(NO_BOUND)
    if amount is None:
        return Impossible(CART_UNKNOWN)
    if amount >= bound:
        return Impossible(FREE_ALREADY)
    items = [(p.price, name) for name, p in case.catalog.products.items() if p.price is not None]
    fitting = sorted((price, name) for price, name in items if price >= bound - amount)
    return item_named(case, fitting[0][1]) if fitting else Impossible(NOTHING_FITS)


KIND = OfferKind(
    label=Text(ja="商品", en="Item"),
    settings=Settings,
    asks_for_money=True,
    worth="sale",
    make=make,
)
