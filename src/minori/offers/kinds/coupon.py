"""Coupon: a dated reduction, on an item or on whatever is bought next.

On whatever is bought next it is worth an order more of the customer's usual amount (``ranking.usual_order``, before the
first order the assumption ``ranking.first_order``), less the reduction.

``item`` is an id, or ``upper``: the item above the one bought last (``from``: the metric that holds its id;
default the workspace's only metric of the item bought last). The date is real: the day of the proposal and
the coupon's span.
"""

from datetime import timedelta
from decimal import Decimal

from pydantic import Field

from minori.core.text import Text
from minori.offers.assumed import usual_order
from minori.offers.case import Case, Impossible, NextOrder, Priced
from minori.offers.items import NO_PRICE, item_named, item_of, upper_of
from minori.offers.kind import OfferKind
from minori.offers.wording import filled, same
from minori.policy import catalog
from minori.policy.words import Definition

LABEL = Text(ja="「{item}」にお使いいただける{coupon}", en="{coupon} for {item}")
UNKNOWN = Text(
    ja="クーポン「{coupon}」がカタログにありません", en="there is no coupon {coupon} in the catalogue"
)
UPPER = "upper"


class Settings(Definition):
    """Which coupon, on which item."""

    coupon: str
    item: str | None = None
    from_: str | None = Field(None, alias="from")


def make(case: Case, settings: Settings) -> Priced | Impossible:
    """Offer the reduction, valid from the day of the proposal."""
    coupon = case.catalog.coupons.get(settings.coupon)
    if coupon is None:
        return Impossible(filled(UNKNOWN, coupon=same(settings.coupon)))
    until = case.as_of + timedelta(days=coupon.valid)
    used = {"coupon": settings.coupon}
    if settings.item is None:
        return Priced(coupon.label, items=(used,), until=until, next_order=_next_order(case, coupon))
    found = _item(case, settings.item, settings.from_)
    if isinstance(found, Impossible):
        return found
    name, item = found
    if item.price is None:
        return Impossible(filled(NO_PRICE, item=item.label))
    reduced = _reduced(item.price, coupon)
    return Priced(
        label=filled(LABEL, item=item.label, coupon=coupon.label),
        items=({**used, "product": name, "item": name, "quantity": "1"},),
        once=reduced,
        given=item.price - reduced,
        until=until,
    )


def _next_order(case: Case, coupon: catalog.Coupon) -> NextOrder | None:
    amount = usual_order(case)
    if amount is None:
        return None
    return NextOrder(amount, Decimal(str(coupon.share or 0)), coupon.amount or Decimal(0))


def _item(case: Case, item: str, told_by: str | None) -> tuple[str, catalog.Product] | Impossible:
    if item != UPPER:
        return item_named(case, item)
    bought = item_of(case, told_by or (case.meaning.bought[0] if len(case.meaning.bought) == 1 else None))
    return bought if isinstance(bought, Impossible) else upper_of(case, bought[1])


def _reduced(price: Decimal, coupon: catalog.Coupon) -> Decimal:
    share = Decimal(str(coupon.share or 0))
    return max(Decimal(0), price * (1 - share) - (coupon.amount or Decimal(0)))


KIND = OfferKind(
    label=Text(ja="クーポン", en="Coupon"),
    settings=Settings,
    asks_for_money=True,
    worth="sale",
    make=make,
)
