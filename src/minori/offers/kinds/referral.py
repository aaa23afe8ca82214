"""Referral: an invitation to bring somebody, with a dated thank-you.

A yes may lead to one more customer alike.
"""

from datetime import timedelta
from decimal import Decimal

from minori.core.text import Text
from minori.offers.case import Case, Impossible, Priced
from minori.offers.kind import OfferKind
from minori.offers.present import presents
from minori.offers.wording import filled, same
from minori.policy.words import Definition

PLAIN = Text(ja="お知り合いのご紹介", en="bringing somebody you know")
UNKNOWN = Text(
    ja="クーポン「{coupon}」がカタログにありません", en="there is no coupon {coupon} in the catalogue"
)


class Settings(Definition):
    """The coupon that thanks both."""

    coupon: str | None = None


def make(case: Case, settings: Settings) -> Priced | Impossible:
    """Offer the thank-you, valid from the day of the proposal."""
    held = presents(case)
    alike = held[0].list_price if held else Decimal(0)
    if settings.coupon is None:
        return Priced(PLAIN, leads_to=alike)
    coupon = case.catalog.coupons.get(settings.coupon)
    if coupon is None:
        return Impossible(filled(UNKNOWN, coupon=same(settings.coupon)))
    until = case.as_of + timedelta(days=coupon.valid)
    return Priced(coupon.label, items=({"coupon": settings.coupon},), until=until, leads_to=alike)


KIND = OfferKind(
    label=Text(ja="ご紹介", en="Referral"),
    settings=Settings,
    asks_for_money=False,
    worth="sale",
    make=make,
)
