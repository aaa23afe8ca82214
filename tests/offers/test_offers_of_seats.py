"""More seats, fewer seats."""

from decimal import Decimal

from minori.offers.meaning import Meaning
from minori.policy.catalog import Catalog
from offers.offer_case import case, holds, offered, option, refused

NEXT = {"kind": "seats", "suggest": "next_step"}
COVER = {"kind": "seats", "suggest": "cover_use"}
FEWER = {"kind": "downgrade", "to": "cover_use"}
USED = {"when": "active_users >= 0.8 * limit(seats)"}


class TestSeats:
    def test_next_step_follows_the_plan_and_its_price(self) -> None:
        made = offered(NEXT, holds("standard", 10))
        assert (made.items[0]["quantity"], made.mrr_change) == ("15", 5 * 1800)
        assert made.label.en == "15 seats (5 more)"

    def test_next_step_goes_on_until_the_use_fits(self) -> None:
        assert offered(NEXT, holds("standard", 10), active_users=22.0, **USED).items[0]["quantity"] == "25"

    def test_options_priced_by_the_seat_grow_too(self) -> None:
        made = offered(NEXT, holds("standard", 10), option("analytics_pack"))
        assert made.mrr_change == 5 * (1800 + 100)

    def test_an_option_sold_by_the_seat_is_held_once_for_all_of_its_seats(self) -> None:
        made = offered(NEXT, holds("standard", 10), option("analytics_pack", 10))
        assert made.mrr_change == 5 * (1800 + 100)

    def test_negotiated_price_leaves_the_list_difference(self) -> None:
        assert offered(NEXT, holds("standard", 10, mrr=9000)).mrr_change == 5 * 1800

    def test_cover_use(self) -> None:
        assert offered(COVER, holds("light", 10), active_users=13.0, **USED).items[0]["quantity"] == "13"
        assert (
            offered(COVER, holds("light", 10), active_users=10.0, **USED).items[0]["quantity"] == "11"
        )  # full
        assert refused(COVER, holds("light", 10), active_users=9.0, **USED) == "the 10 seats held are enough"
        assert "not known" in refused(COVER, holds("light", 10), **USED)

    def test_as_told_is_rounded_up_to_the_step(self) -> None:
        told = {"kind": "seats", "suggest": "as_told", "told": "stated"}
        assert offered(told, holds("standard", 10), stated=17.0).items[0]["quantity"] == "20"
        assert "named" in refused(told, holds("standard", 10), stated=None)

    def test_beyond_the_most_seats_the_upper_plan_is_named(self) -> None:
        assert refused(NEXT, holds("light", 20)) == "Light ends at 20 seats; Standard holds 21"
        assert refused(NEXT, holds("free", 5)) == "Free ends at 5 seats; Light holds 6"

    def test_unknown_seats_are_a_reason(self) -> None:
        assert refused(NEXT, holds("light", None)) == "the number of seats is not known"
        assert offered(NEXT, holds("light", None), seats=4.0).items[0]["quantity"] == "5"

    def test_flat_plan_has_no_seats_to_sell(self) -> None:
        flat = {
            "suite": {
                "label": {"ja": "一", "en": "x"},
                "plans": {"flat": {"label": {"ja": "一", "en": "Flat"}}},
            }
        }
        flat_catalog = Catalog.model_validate({"products": flat})
        assert refused(NEXT, holds("flat"), catalog=flat_catalog) == "Flat is not sold by the seat"


class TestFewerSeats:
    def test_covers_the_use(self) -> None:
        made = offered(FEWER, holds("light", 10), active_users=6.0, **USED)
        assert (made.label.en, made.mrr_change) == ("6 seats instead of 10", -4000)

    def test_keeps_whole_steps(self) -> None:
        assert offered(FEWER, holds("standard", 20), active_users=11.0, **USED).items[0]["quantity"] == "15"

    def test_a_discount_keeps_its_share(self) -> None:
        made = offered(FEWER, holds("light", 10, mrr=8000), active_users=5.0, **USED)
        assert made.mrr_change == -4000  # from 8,000 to 4,000: 20 % off, as before

    def test_nothing_to_spare(self) -> None:
        assert refused(FEWER, holds("light", 10), active_users=10.0, **USED) == "there are no seats to spare"


def test_the_numbers_behind_the_play_say_what_is_used() -> None:
    meaning = Meaning(
        uses={"seats": frozenset({"active_users", "assigned"})},
        made_of={"seats_in_use": frozenset({"active_users", "seats"})},
    )
    known = {"active_users": 4.0, "assigned": 10.0, "seats_in_use": 0.4, "meaning": meaning}
    idle = offered(FEWER, holds("light", 10), when="seats_in_use < 0.7", **known)
    assert idle.items[0]["quantity"] == "4"
    assert "no seats to spare" in refused(FEWER, holds("light", 10), when="assigned < 11", **known)
    assert case(NEXT, **known).exact("assigned") == Decimal("10.0")
