"""松竹梅: the present plan, the recommended, the top."""

from minori.offers.choices import choices
from minori.offers.move import Move
from minori.offers.target import next_up
from offers.offer_case import case, holds, offered, option

NEXT = {"kind": "plan", "to": "next"}


def ids(made: object) -> list[str | None]:
    return [choice.plan_id for choice in getattr(made, "choices", ())]


def test_present_recommended_and_top_side_by_side() -> None:
    made = offered(NEXT, holds("light", 10))
    assert ids(made) == ["light", "standard", "premium"]
    assert [c.difference for c in made.choices] == [0, 8000, 20000]
    assert [c.monthly for c in made.choices] == [10000, 18000, 30000]
    assert [c.recommended for c in made.choices] == [False, True, False]


def test_holder_of_the_middle_gets_two_and_of_the_top_none() -> None:
    assert ids(offered(NEXT, holds("standard"))) == ["standard", "premium"]
    assert ids(offered({"kind": "plan", "to": "premium"}, holds("light"))) == ["light", "premium"]
    assert offered({"kind": "seats"}, holds("premium")).choices == ()


def test_dearest_first_is_an_anchor() -> None:
    move = next_up(case(NEXT, holds("light", 10)))
    assert isinstance(move, Move)
    assert [c.plan_id for c in choices(move, anchor=True)] == ["premium", "standard", "light"]


def test_summary_speaks_in_words_of_the_catalogue() -> None:
    held, next_plan, _ = offered(NEXT, holds("light", 10)).choices
    assert held.summary.ja == "現在のプラン"
    assert next_plan.summary.ja == "API(日)、保存容量(GB): 200まで。Less work(日)"
    assert next_plan.summary.en == "API, storage (GB): up to 200. Less work"


def test_options_held_are_in_the_price_until_they_end() -> None:
    made = offered({"kind": "plan", "to": "premium"}, holds("light", 10), option("analytics_pack"))
    assert [c.monthly for c in made.choices] == [10000 + 13000, 30000]


def test_a_trial_alone_has_no_plan_to_stay_on() -> None:
    assert ids(offered(NEXT, holds("standard", 10, is_trial=True))) == ["standard", "premium"]
