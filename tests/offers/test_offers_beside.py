"""Capacity, options, products, bundles, terms: what stands beside the plan held."""

from offers.offer_case import catalog, holds, offered, option, refused

STORAGE = {"kind": "capacity", "limit": "storage_gb"}
ANALYTICS = {"kind": "option", "with_feature": "analytics"}
SET = {"kind": "bundle", "bundle": "set"}


class TestCapacity:
    def test_cheapest_of_option_and_plan(self) -> None:
        assert offered(STORAGE, holds("light", 10), storage_gb=45.0).items[0]["option"] == "storage"  # 5,000
        assert offered(STORAGE, holds("light", 4), storage_gb=45.0).items[0]["plan"] == "standard"  # 3,200

    def test_at_the_same_price_the_plan_brings_more(self) -> None:
        made = offered(STORAGE, holds("standard", 25), storage_gb=600.0)
        assert (made.items[0].get("plan"), made.mrr_change) == ("premium", 30000)  # as six options would cost

    def test_option_is_taken_until_there_is_room(self) -> None:
        made = offered(STORAGE, holds("premium"), storage_gb=1000.0)
        assert (made.items[0]["quantity"], made.mrr_change, made.label.en) == ("3", 15000, "3 × 100 GB")

    def test_what_is_held_already_counts(self) -> None:
        made = offered(STORAGE, holds("premium"), option("storage", 2), storage_gb=1000.0)
        assert made.items[0]["quantity"] == "1"

    def test_nothing_raises_it(self) -> None:
        assert "has no limit colours" in refused({"kind": "capacity", "limit": "colours"}, holds("light"))
        assert "raises seats" in refused({"kind": "capacity", "limit": "seats"}, holds("premium"))


class TestOption:
    def test_price_by_the_seats_held(self) -> None:
        made = offered(ANALYTICS, holds("light", 10))
        assert (made.mrr_change, made.features) == (13000, ("analytics",))

    def test_held_contained_or_not_beside(self) -> None:
        by_id = {"kind": "option", "option": "analytics_pack"}
        assert refused(by_id, holds("light"), option("analytics_pack")) == "Analytics is held already"
        assert refused(by_id, holds("premium")) == "the plan held contains what Analytics brings"
        assert refused(by_id, holds("free", 3)) == "Analytics is not sold beside Free"
        assert refused(ANALYTICS, holds("premium")) == "Dashboards can be used already"
        assert "no option gold" in refused({"kind": "option", "option": "gold"}, holds("light"))


class TestProduct:
    def test_first_not_held(self) -> None:
        made = offered({"kind": "product"}, holds("light", 10))
        assert (made.items[0]["plan"], made.mrr_change, made.features) == ("basic", 15000, ("routing",))

    def test_held_already(self) -> None:
        desk = holds("basic", product_id="desk")
        assert refused({"kind": "product", "product": "desk"}, holds("light"), desk) == "Desk is held already"

    def test_plan_made_for_the_growth_stage(self) -> None:
        plans = {
            "basic": {"label": {"ja": "基本", "en": "Basic"}, "growth_stages": ["small"]},
            "pro": {"label": {"ja": "上位", "en": "Pro"}, "growth_stages": ["large"]},
        }
        shown = catalog(
            products={"suite": _suite(), "desk": {"label": {"ja": "机", "en": "Desk"}, "plans": plans}}
        )
        made = offered({"kind": "product"}, holds("light"), catalog=shown, growth_stage="large")
        assert made.label.en == "Desk (Pro)"

    def test_item_without_a_price(self) -> None:
        shown = catalog(products={"tea": {"label": {"ja": "茶", "en": "Tea"}}})
        tea = {"kind": "product", "product": "tea"}
        assert refused(tea, catalog=shown) == "the catalogue has no price for Tea"


class TestBundle:
    def test_everything_at_the_discount(self) -> None:
        made = offered(SET, holds("light", 10))
        assert made.mrr_change == (13000 + 15000) * 9 // 10
        assert made.features == ("analytics", "routing")

    def test_not_to_who_holds_a_part(self) -> None:
        assert refused(SET, holds("light"), option("analytics_pack")) == "Analytics is held already"


class TestTerm:
    def test_pays_less_by_the_discount(self) -> None:
        made = offered({"kind": "term", "discount": 0.15}, holds("light", 10, mrr=8000))
        assert (made.mrr_change, made.label.en) == (-1200, "annual term (15 % off)")

    def test_long_enough_or_free(self) -> None:
        assert "12 months or longer" in refused({"kind": "term"}, holds("light", term_months=12))
        assert "nothing is paid" in refused({"kind": "term"}, holds("free", 3))


def _suite() -> dict[str, object]:
    plans = {"light": {"label": {"ja": "軽", "en": "Light"}}}
    return {"label": {"ja": "一式", "en": "Suite"}, "plans": plans}
