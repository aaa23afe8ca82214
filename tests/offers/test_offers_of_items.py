"""A shop: items, coupons, referrals; and what asks for nothing: help and rescue."""

from datetime import timedelta

import pytest

from minori.offers.meaning import Meaning
from offers.offer_case import TODAY, catalog, holds, offered, refused

CUP = {"last_item": "cup"}
FITS = {"kind": "item", "which": "fits_free_shipping"}
HOW_TO = {"ja": "使い方", "en": "how to use it"}


@pytest.mark.parametrize(
    ("which", "item", "once"),
    [("upper", "mug", 300), ("goes_with", "saucer", 300), ("again", "cup", 500), ("viewed", "cup", 500)],
)
def test_item_from_the_one_a_metric_holds(which: str, item: str, once: int) -> None:
    made = offered({"kind": "item", "which": which, "from": "last_item"}, **CUP)
    assert (made.items[0]["item"], made.once, made.mrr_change) == (item, once, 0)


def test_item_needs_to_be_known() -> None:
    upper = {"kind": "item", "which": "upper", "from": "last_item"}
    assert "which item" in refused(upper, last_item=None)
    assert "no item spoon" in refused(upper, last_item="spoon")
    assert refused(upper, last_item="mug") == "nothing stands above Mug"


class TestFreeShipping:
    def test_cheapest_item_over_the_gap(self) -> None:
        assert offered(FITS, cart_amount=4600.0).label.en == "Cup"
        assert offered(FITS, cart_amount=4701.0).label.en == "Saucer"

    def test_reasons(self) -> None:
        assert refused(FITS, cart_amount=5000.0) == "delivery is free already"
        assert refused(FITS, cart_amount=10.0).startswith("no item fits")
        assert refused(FITS) == "the amount in the cart is not known"
        assert "no bound" in refused(FITS, catalog=catalog(free_shipping_from=None), cart_amount=10.0)


class TestCoupon:
    def test_on_the_upper_item_with_a_real_date(self) -> None:
        offer = {"kind": "coupon", "coupon": "thanks", "item": "upper", "from": "last_item"}
        made = offered(offer, **CUP)
        assert (made.label.en, made.once, made.until) == ("Thanks for Mug", 720, TODAY + timedelta(days=14))

    def test_the_only_metric_of_the_item_bought_last_is_taken(self) -> None:
        offer = {"kind": "coupon", "coupon": "thanks", "item": "upper"}
        assert offered(offer, meaning=Meaning(bought=("last_item",)), **CUP).items[0]["item"] == "mug"
        assert "which item" in refused(offer, **CUP)

    def test_on_whatever_comes_next(self) -> None:
        assert offered({"kind": "coupon", "coupon": "thanks"}).once == 0

    def test_an_amount_never_goes_below_nothing(self) -> None:
        gift = {"gift": {"label": {"ja": "券", "en": "Gift"}, "amount": 1000, "valid": 7}}
        made = offered({"kind": "coupon", "coupon": "gift", "item": "mug"}, catalog=catalog(coupons=gift))
        assert made.once == 0


def test_referral_thanks_with_a_date_and_asks_for_nothing() -> None:
    made = offered({"kind": "referral", "coupon": "thanks"}, holds("light", 10))
    assert (made.mrr_change, made.once, made.leads_to, made.until) == (
        0,
        0,
        10000,
        TODAY + timedelta(days=14),
    )


class TestHelp:
    def test_words_of_the_topic_of_the_feature_or_the_usual_ones(self) -> None:
        assert offered({"kind": "help", "topic": HOW_TO}, holds("light")).label.en == "how to use it"
        assert (
            offered({"kind": "help", "topic": "x", "feature": "csv"}, holds("light")).label.en
            == "help with CSV"
        )
        assert "getting more" in offered({"kind": "help", "topic": "x"}, holds("light")).label.en

    def test_only_for_what_can_be_used(self) -> None:
        api = {"kind": "help", "feature": "api"}
        assert "nothing to help with" in refused(api, holds("light"))
        assert offered(api, holds("standard", is_trial=True)).mrr_change == 0

    @pytest.mark.parametrize(("feature", "product"), [("csv", "suite"), ("routing", "desk"), (None, "suite")])
    def test_names_the_product_that_it_is_about(self, feature: str | None, product: str) -> None:
        offer = {"kind": "help", "feature": feature}
        desk = holds("basic", 2, product_id="desk")
        assert offered(offer, holds("light", mrr=9000), desk).items == ({"product": product},)


def test_rescue_listens_to_whoever_holds_something() -> None:
    assert offered({"kind": "rescue", "topic": "churn"}, holds("gone")).label.en == "how things are going"
    assert refused({"kind": "rescue"}) == "there is no plan in force"
    assert (
        offered({"kind": "rescue", "topic": HOW_TO}, catalog=catalog(products={})).label.en == "how to use it"
    )
