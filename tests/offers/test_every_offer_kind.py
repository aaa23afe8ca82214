"""What holds for every kind of offer, whatever it offers."""

from decimal import Decimal
from typing import Any

import pytest

from minori.core.errors import DefinitionError
from minori.offers.case import Impossible, Priced
from minori.offers.combined import combined
from minori.offers.kind import OFFER_KINDS
from minori.offers.parts import check_offer, settings_of
from minori.policy.catalog import Catalog
from minori.policy.definitions import Offer
from offers.offer_case import TODAY, case, holds, option

SETTINGS: dict[str, dict[str, Any]] = {
    "bundle": {"bundle": "set"},
    "capacity": {"limit": "storage_gb"},
    "coupon": {"coupon": "thanks", "item": "upper", "from": "last_item"},
    "downgrade": {"to": "previous"},
    "help": {"topic": "how_to", "feature": "csv"},
    "item": {"which": "goes_with", "from": "last_item"},
    "option": {"with_feature": "analytics"},
    "plan": {"to": "next"},
    "product": {"product": "desk"},
    "referral": {"coupon": "thanks"},
    "renewal": {"with_upgrade": True},
    "rescue": {"topic": "churn_risk"},
    "seats": {"suggest": "next_step"},
    "term": {"months": 12, "discount": 0.1},
    "trial": {"to": "next", "days": 14},
}
TABLE = "seats plan capacity option product bundle renewal term coupon item"  # ask for money, as documented
NUMBERS = {"last_item": "cup", "renews_on": TODAY}
NO_CONTRACT_NEEDED = {"coupon", "item", "referral"}  # shops have orders, not contracts


def offer(kind: str) -> dict[str, Any]:
    return {"kind": kind, **SETTINGS[kind]}


def test_every_kind_is_here() -> None:
    assert set(SETTINGS) == set(OFFER_KINDS)
    assert {name for name, kind in OFFER_KINDS.items() if kind.asks_for_money} == set(TABLE.split())


@pytest.mark.parametrize("name", sorted(SETTINGS))
class TestEveryOfferKind:
    def test_is_named_in_both_languages(self, name: str) -> None:
        label = OFFER_KINDS[name].label
        assert label.ja != label.en

    def test_makes_an_offer(self, name: str) -> None:
        made = combined(case(offer(name), holds("standard"), **NUMBERS))
        assert isinstance(made, Priced)
        assert made.label.ja != made.label.en
        for amount in (made.mrr_change, made.once, made.leads_to):
            assert amount == amount.quantize(Decimal("0.0001"))
        if not OFFER_KINDS[name].asks_for_money:
            assert made.mrr_change <= 0 and made.once == 0

    def test_empty_catalogue_is_a_reason(self, name: str) -> None:
        made = combined(case(offer(name), holds("light"), catalog=Catalog(), **NUMBERS))
        assert isinstance(made, Impossible) != (name == "rescue")  # listening needs no catalogue

    def test_no_contract_is_a_reason(self, name: str) -> None:
        made = combined(case(offer(name), **NUMBERS))
        assert isinstance(made, Impossible) != (name in NO_CONTRACT_NEEDED)

    def test_plan_outside_the_catalogue_is_no_error(self, name: str) -> None:
        combined(case(offer(name), holds("gone", None, product_id=None), option("gone too"), **NUMBERS))

    def test_unknown_setting_is_refused_with_a_hint(self, name: str) -> None:
        with pytest.raises(DefinitionError, match=r"offer \w+: unknown setting 'colour'"):
            check_offer(Offer(kind=name, **SETTINGS[name], colour="red"))

    def test_settings_are_what_was_written(self, name: str) -> None:
        written = settings_of(Offer(kind=name, **SETTINGS[name])).model_dump(by_alias=True)
        assert SETTINGS[name].items() <= written.items()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"kind": "seat"}, "did you mean 'seats'"),
        ({"kind": "plan", "to": "next", "lifts": "storage_gb"}, "one of to, with_feature and lifts"),
        ({"kind": "seats", "suggest": "as_told"}, "as_told goes with told"),
        ({"kind": "option"}, "one of option and with_feature"),
        ({"kind": "plan", "also": [{"kind": "option", "opton": "x"}]}, "did you mean 'option'"),
        ({"kind": "plan", "also": "option"}, "expected a list of offers"),
        ({"kind": "plan", "also": [{"kind": "help", "also": []}]}, "not within another"),
    ],
)
def test_wrong_offers_say_what_is_allowed(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(DefinitionError, match=says):
        check_offer(Offer.model_validate(wrong))
