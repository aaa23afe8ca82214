"""Benefits from the customer's own numbers, and whether an offer brings them anything."""

from decimal import Decimal
from typing import Any

import pytest

from minori.core.text import Text
from minori.offers.benefit import Benefit, benefit_known, benefits_of
from minori.offers.case import Case, Priced
from minori.offers.combined import combined
from minori.offers.meaning import Meaning, meaning_of
from minori.policy.definitions import Policy
from offers.offer_case import both, case, catalog, holds, option, refused

HOURS = {
    "feature": "analytics",
    "says": {"ja": "毎月約{before}時間 → 約{after}時間", "en": "{before} hours → {after} hours a month"},
    "values": {"before": "csv_downloads * minutes / 60", "after": "csv_downloads * 1.5 / 60"},
    "money": "csv_downloads * (minutes - 1.5) / 60 * hourly",
    "assumptions": ["minutes", "hourly"],
}
ASSUMED = {
    "minutes": {"label": both("Time of one CSV"), "value": 9, "unit": {"ja": "分", "en": "minutes"}},
    "hourly": {"label": both("An hour"), "value": 3000, "unit": {"ja": "円", "en": "JPY"}},
}
MEANING = Meaning(
    labels={"csv_downloads": Text(ja="ダウンロード数", en="downloads")},
    units={"csv_downloads": Text(ja="回", en="times"), "share": "share", "fee": "money"},
)
ANALYTICS = {"kind": "option", "with_feature": "analytics"}


def offered(benefit: dict[str, Any] = HOURS, /, **more: Any) -> tuple[Case, Priced]:
    shown = catalog(assumptions=ASSUMED, benefits={"hours": benefit})
    offer = more.pop("offer", ANALYTICS)
    held = more.pop("held", (holds("light", 10),))
    one = case(offer, *held, catalog=shown, meaning=more.pop("meaning", MEANING), **more)
    made = combined(one)
    assert isinstance(made, Priced)
    return one, made


def shown(*args: Any, **more: Any) -> tuple[Benefit, ...]:
    return benefits_of(*offered(*args, **more))


class TestBenefit:
    def test_is_computed_from_their_numbers(self) -> None:
        (benefit,) = shown(csv_downloads=24.0)
        assert benefit.text == Text(ja="毎月約3.6時間 → 約0.6時間", en="3.6 hours → 0.6 hours a month")
        assert benefit.money == Decimal(9000)

    def test_names_every_input_with_its_source(self) -> None:
        (benefit,) = shown(csv_downloads=24.0)
        assert [a.en for a in benefit.assumptions] == [
            "downloads: 24 times (measured)",
            "An hour: 3,000 JPY (company default)",
            "Time of one CSV: 9 minutes (company default)",
        ]
        assert benefit.assumptions[0].ja == "ダウンロード数: 24回(実績値)"

    def test_what_the_customer_told_goes_before_the_default(self) -> None:
        told = Meaning(told=frozenset({"minutes"}), labels=MEANING.labels)
        (benefit,) = shown(csv_downloads=24.0, minutes=13.5, meaning=told)
        assert benefit.text.en == "5.4 hours → 0.6 hours a month"
        assert "Time of one CSV: 13.5 minutes (told by the customer)" in [a.en for a in benefit.assumptions]

    def test_no_input_no_figure(self) -> None:
        assert shown(csv_downloads=None) == ()
        assert shown({**HOURS, "money": "csv_downloads * unknown_price"}, csv_downloads=24.0) == ()
        assert shown({**HOURS, "says": both("{users} people")}, csv_downloads=24.0) == ()
        assert shown({**HOURS, "money": "greatest(fee, 5)"}, csv_downloads=24.0, fee=None) == ()

    def test_worth_nothing_is_not_shown(self) -> None:
        assert shown(csv_downloads=0.0) == ()

    def test_only_with_its_feature_or_its_play(self) -> None:
        seats = {"kind": "seats"}
        assert shown(offer=seats, csv_downloads=24.0) == ()
        assert (
            len(shown({**HOURS, "feature": None, "plays": ["some_play"]}, offer=seats, csv_downloads=24.0))
            == 1
        )

    def test_units_of_metrics_are_kept_in_words(self) -> None:
        plain = {"feature": "analytics", "says": both("{share} of {fee}, limit {limit_seats}")}
        (benefit,) = shown(plain, share=0.8, fee=1234.0, limit_seats=10.0)
        assert benefit.text.en == "80% of ¥1,234, limit 10"
        assert benefit.money is None


class TestBenefitKnown:
    def test_a_benefit_is_shown(self) -> None:
        assert benefit_known(
            *offered(csv_downloads=24.0, offer={"kind": "option", "option": "analytics_pack"})
        )
        assert not benefit_known(*offered(offer={"kind": "option", "option": "analytics_pack"}))

    def test_the_play_is_about_the_feature(self) -> None:
        by_id = {"kind": "option", "option": "analytics_pack"}
        assert benefit_known(*offered(offer=ANALYTICS))
        assert benefit_known(*offered(offer=by_id, when="upper_has('analytics')"))

    @pytest.mark.parametrize(("used", "known"), [(8.0, True), (7.0, False), (None, False)])
    def test_a_limit_that_presses_is_lifted(self, used: float | None, known: bool) -> None:
        when = {"when": "active_users >= 0.1 * limit(seats)", "active_users": used}
        assert benefit_known(*offered(offer={"kind": "seats"}, **when)) is known

    def test_nothing_asked_or_less_to_pay(self) -> None:
        assert benefit_known(*offered(offer={"kind": "help"}))
        assert benefit_known(*offered(offer={"kind": "trial"}))
        assert benefit_known(*offered(offer={"kind": "term"}))
        assert not benefit_known(
            *offered(offer={"kind": "help", "also": [{"kind": "product", "product": "desk"}]})
        )


class TestMeaning:
    POLICY = Policy.model_validate(
        {
            "metrics": {
                "users": {"label": both("Users"), "distinct": "user_id of events", "window": 28},
                "seat_use": {"label": both("Use"), "unit": "share", "formula": "users / limit(seats)"},
                "stated": {"label": both("Stated"), "last": "amount of statements where kind = 'plan'"},
                "more": {"label": both("More"), "formula": "stated - users"},
                "item": {"label": both("Item"), "last": "product_id of order_lines where quantity > 0"},
            }
        }
    )

    def test_is_read_out_of_the_policy(self) -> None:
        meaning = meaning_of(self.POLICY)
        assert meaning.uses == {"seats": {"users"}}
        assert meaning.told == {"stated", "more"}
        assert meaning.made_of["seat_use"] >= {"users"}
        assert meaning.bought == ("item",)
        assert meaning.units["seat_use"] == "share"


def test_seats_and_an_option_in_one_proposal() -> None:
    offer = {"kind": "seats", "also": [ANALYTICS, {"kind": "product", "product": "desk"}]}
    _, made = offered(offer=offer)
    assert made.mrr_change == 1000 + (12000 + 11 * 100) + 11 * 1500  # priced for the seats it adds
    assert made.label.en == "11 seats (1 more) and Analytics and Desk"
    assert [item.get("option") or item["plan"] for item in made.items] == ["light", "analytics_pack", "basic"]


def test_one_part_that_cannot_be_made_stops_the_combination() -> None:
    offer = {"kind": "seats", "also": [{"kind": "option", "option": "analytics_pack"}]}
    why = refused(offer, holds("light"), option("analytics_pack"))
    assert why == "the part “Option” cannot be offered: Analytics is held already"
