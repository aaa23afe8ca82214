"""What an offer may bring without asking for it: an order more, a free user who comes to pay; beliefs by their name."""

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from minori.offers.benefit import benefit_known
from minori.offers.case import Case, Number, Priced
from minori.offers.combined import combined
from minori.offers.kind import OFFER_KINDS
from minori.offers.make import Made, made
from minori.offers.meaning import meaning_of
from minori.offers.value import Customer, Once, Worth, worth
from minori.policy.catalog import Product
from minori.policy.definitions import Policy, Ranking
from minori.policy.load import load_policy
from offers.offer_case import TODAY, both, case, catalog, holds

ONE = Decimal(1)
USUAL = Ranking(usual_order="aov", first_order="first")
ASSUMED = {"first": {"label": both("First order"), "value": 2000, "unit": both("JPY")}}
NEW, REGULAR = Customer(0.0, 0.06, asked_lately=False), Customer(5000.0, 0.06, asked_lately=False)
ITEMS = {
    "cup": Product.model_validate({"label": both("Cup"), "price": 500, "upper": "mug", "goes_with": ["mug"]}),
    "mug": Product.model_validate({"label": both("Mug"), "price": 800}),
}
SHOPPER: dict[str, Number] = {
    "aov": 5000.0, "orders_ever": 6, "orders_90": 3, "order_days": 6, "items_bought": 4, "recency_days": 10,
    "repeat_lines": 3, "items_per_order": 1.2, "product_views": 4, "product_views_today": 2, "last_item": "cup",
    "checkouts_today": 1, "cart_amount": 4600.0, "free_shipping_gap": 400.0, "coupon_orders": 2,
    "viewed_item": "cup", "cart_item": "cup",
}  # fmt: skip


def coupon(numbers: dict[str, Number], ranking: Ranking = USUAL, **more: Any) -> Made:
    offer = {"kind": "coupon", "coupon": "thanks", **more}
    one = replace(case(offer, catalog=catalog(assumptions=ASSUMED), **numbers), ranking=ranking)
    return made(one)


def valued(of: Made, one: Case, customer: Customer, accept: float = 0.2) -> Worth:
    return worth(
        one.play,
        OFFER_KINDS[one.play.offer.kind].worth,
        accept=accept,
        mrr_change=of.mrr_change + of.leads_to * of.follows,
        once=Once(of.once, of.given, of.order_margin(ONE)),
        margin=float(of.margin),
        customer=customer,
        ranking=one.ranking,
    )


@cache
def shop() -> Policy:
    policy = load_policy(Path("no workspace here"), extends="shop").policy
    products = {**policy.catalog.products, **ITEMS}
    return policy.model_copy(update={"catalog": policy.catalog.model_copy(update={"products": products})})


def of_play(policy: Policy, name: str, numbers: dict[str, Number]) -> Case:
    return Case(
        as_of=TODAY,
        customer_id="c1",
        play=policy.plays[name],
        numbers=numbers,
        holdings=(),
        catalog=policy.catalog,
        currency="JPY",
        gross_margin=policy.gross_margin,
        meaning=meaning_of(policy),
        ranking=policy.guards.ranking,
    )


class TestCouponForAnyOrder:
    def test_brings_the_margin_of_the_usual_order_less_the_reduction(self) -> None:
        assert coupon({"aov": 5000.0}).order_margin(ONE) == Decimal("5000") * (
            Decimal("0.8") - Decimal("0.1")
        )

    def test_an_amount_is_in_the_catalogues_currency_and_never_above_the_order(self) -> None:
        gift = {"thanks": {"label": both("Gift"), "amount": 10}}
        one = case({"kind": "coupon", "coupon": "thanks"}, catalog=catalog(coupons=gift), aov=1000.0)
        order = made(replace(one, ranking=USUAL))
        assert order.order_margin(Decimal(15)) == 800 - 150
        assert order.order_margin(Decimal(1000)) == 800 - 1000

    def test_before_the_first_order_the_catalogue_assumes_and_says_so(self) -> None:
        first = coupon({"aov": None})
        assert first.order_margin(ONE) == 2000 * (Decimal("0.8") - Decimal("0.1"))
        assert "First order: ¥2,000 (assumed)" in [text.en for text in first.assumed]

    def test_without_anything_known_there_is_no_figure(self) -> None:
        assert coupon({"aov": 5000.0}, Ranking()).order_margin(ONE) is None

    def test_on_an_item_the_reduction_is_paid_from_its_margin(self) -> None:
        mug = coupon({}, item="mug")
        assert (mug.once, mug.given) == (720, 80)
        assert Once(mug.once, mug.given).margin(0.8) == pytest.approx(800 * 0.8 - 80)


class TestCouponsOfTheShop:
    @pytest.mark.parametrize("play", ["second_order", "loyal_early_access", "amount_rising", "bulk_buyer"])
    def test_win_against_doing_nothing(self, play: str) -> None:
        one = of_play(shop(), play, SHOPPER)
        got = valued(made(one), one, REGULAR, one.play.prior.accept)
        added = one.play.prior.accept - one.play.prior.anyway
        share = Decimal(str(shop().catalog.coupons[one.play.offer.settings["coupon"]].share))
        assert got.if_offered == pytest.approx(float(5000 * (Decimal("0.8") - share)) * added)
        assert got.value > 0

    def test_signed_up_and_never_ordered(self) -> None:
        one = of_play(shop(), "signup_no_order", {"product_views": 3, "aov": None})
        assert valued(made(one), one, NEW, one.play.prior.accept).value > 0


PAID = sorted(p.id for p in shop().plays.values() if OFFER_KINDS[p.offer.kind].asks_for_money)


@pytest.mark.parametrize("play", PAID)
def test_every_paid_play_of_the_shop_has_a_price_and_a_benefit(play: str) -> None:
    one = of_play(shop(), play, SHOPPER)
    priced = combined(one)
    assert isinstance(priced, Priced), priced.why.en
    assert benefit_known(one, priced)


class TestWhoPaysNothing:
    def test_help_counts_the_chance_that_they_come_to_pay(self) -> None:
        one = case({"kind": "help"}, holds("free", 3, 0))
        helped = made(one)
        assert helped.leads_to == 3000  # the lowest plan with a price, for three seats
        assert helped.follows == Decimal("0.03")
        assert "comes to pay: 3% (assumed)" in helped.assumed[-1].en
        assert valued(helped, one, NEW).value > 0

    def test_the_plays_own_prior_comes_first(self) -> None:
        one = case({"kind": "rescue"}, holds("free", 3, 0))
        prior = one.play.prior.model_copy(update={"becomes_paid": 0.1})
        own = replace(one, play=one.play.model_copy(update={"prior": prior}))
        assert made(own).follows == Decimal("0.1")
        assert valued(made(own), own, NEW).value > valued(made(one), one, NEW).value

    def test_who_pays_already_is_valued_by_staying_alone(self) -> None:
        assert made(case({"kind": "help"}, holds("light", 3, 3000))).leads_to == 0

    def test_a_trial_has_its_own_share(self) -> None:
        tried = made(case({"kind": "trial", "to": "next"}, holds("light", 3, 3000)))
        assert tried.follows == Decimal("0.25")
        assert "become a contract: 25% (assumed)" in tried.assumed[-1].en


def test_a_margin_that_the_catalogue_gives_is_not_assumed() -> None:
    offer = {"kind": "coupon", "coupon": "thanks"}
    assert not made(case(offer, catalog=catalog(gross_margin=0.4))).assumed
    assert [text.en for text in made(case(offer)).assumed] == ["gross margin: 80% (assumed)"]
