"""Upper plans, trials of them, renewals with them, and the plan below."""

from datetime import date

from offers.offer_case import TODAY, both, catalog, holds, offered, option, refused

NEXT = {"kind": "plan", "to": "next"}
DOWN = {"kind": "downgrade", "to": "previous"}
TRIAL = {"kind": "trial", "to": "next"}


class TestPlan:
    def test_next_plan_at_the_difference_of_list_prices(self) -> None:
        made = offered(NEXT, holds("light", 10))
        assert (made.items[0]["plan"], made.mrr_change, made.features) == ("standard", 8000, ("api",))

    def test_negotiated_price_changes_the_base_not_the_difference(self) -> None:
        made = offered(NEXT, holds("light", 10, mrr=7000))
        assert made.mrr_change == 8000
        assert [(c.plan_id, c.monthly) for c in made.choices][:2] == [("light", 7000), ("standard", 15000)]

    def test_another_currency_does_not_enter_the_base(self) -> None:
        made = offered(NEXT, holds("light", 10, mrr=60))
        assert made.choices[0].monthly == 60
        elsewhere = offered(NEXT, holds("light", 10, mrr=60), currency="USD")
        assert elsewhere.choices[0].monthly == 10000

    def test_named_plan(self) -> None:
        assert offered({"kind": "plan", "to": "premium"}, holds("light", 10)).mrr_change == 20000
        assert refused({"kind": "plan", "to": "light"}, holds("light")) == "Light is held already"
        assert refused({"kind": "plan", "to": "light"}, holds("premium")) == "Light is below the plan held"
        assert refused({"kind": "plan", "to": "basic"}, holds("light")).startswith(
            "Basic is a plan of a product"
        )
        assert "no plan gold" in refused({"kind": "plan", "to": "gold"}, holds("light"))

    def test_lowest_plan_with_a_feature(self) -> None:
        wanted = {"kind": "plan", "with_feature": "analytics"}
        assert offered(wanted, holds("light")).items[0]["plan"] == "premium"
        assert refused(wanted, holds("light"), option("analytics_pack")) == "Dashboards can be used already"
        assert "no plan above" in refused({"kind": "plan", "with_feature": "magic"}, holds("light"))

    def test_lowest_plan_that_lifts_a_limit_with_room(self) -> None:
        wanted = {"kind": "plan", "lifts": "storage_gb"}
        assert offered(wanted, holds("light"), storage_gb=45.0).items[0]["plan"] == "standard"
        assert offered(wanted, holds("light"), storage_gb=180.0).items[0]["plan"] == "premium"
        assert (
            offered(wanted, holds("light"), storage_gb=990.0).items[0]["plan"] == "premium"
        )  # no room, but fits
        assert "no plan above has enough" in refused(wanted, holds("light"), storage_gb=5000.0)
        assert "has no limit colours" in refused({"kind": "plan", "lifts": "colours"}, holds("light"))

    def test_option_contained_in_the_new_plan_ends_and_is_taken_off(self) -> None:
        made = offered({"kind": "plan", "to": "premium"}, holds("light", 10), option("analytics_pack"))
        assert made.mrr_change == 20000 - (12000 + 10 * 100)
        assert made.items[1] == {"product": "suite", "option": "analytics_pack", "quantity": "0"}
        assert made.features == ("api",)

    def test_top_plan(self) -> None:
        assert refused(NEXT, holds("premium")) == "the top plan, Premium, is held already"

    def test_free_plan_needs_the_seats_for_a_price(self) -> None:
        assert refused(NEXT, holds("free", None)) == "the number of seats is not known"
        used = {"when": "users >= limit(seats)"}
        assert offered(NEXT, holds("free", None), users=4.0, **used).mrr_change == 4000

    def test_plan_of_the_future_is_not_offered_yet(self) -> None:
        later = {"new": {"label": {"ja": "新", "en": "New"}, "from": date(2027, 1, 1)}}
        assert refused(NEXT, holds("premium"), plans=later) == "the top plan, Premium, is held already"
        named = {"kind": "plan", "to": "new"}
        assert refused(named, holds("light"), plans=later) == "New cannot be had yet"


class TestTrial:
    def test_costs_nothing_and_knows_what_it_may_lead_to(self) -> None:
        made = offered(TRIAL, holds("light", 10))
        assert (made.label.en, made.mrr_change, made.leads_to) == ("14-day trial of Standard", 0, 8000)

    def test_one_at_a_time(self) -> None:
        running = holds("premium", is_trial=True)
        assert refused(TRIAL, holds("light"), running) == "a trial is running already"

    def test_next_after_a_trial_is_what_was_tried(self) -> None:
        assert offered(NEXT, holds("light"), holds("premium", is_trial=True)).items[0]["plan"] == "premium"

    def test_trial_alone_has_paid_nothing_yet(self) -> None:
        made = offered(NEXT, holds("standard", 10, is_trial=True))
        assert (made.items[0]["plan"], made.mrr_change, made.features) == ("standard", 18000, ("csv", "api"))


class TestRenewal:
    def test_stands_until_the_day(self) -> None:
        made = offered({"kind": "renewal"}, holds("light", renews_on=TODAY))
        assert (made.until, made.mrr_change, made.label.en) == (TODAY, 0, "renewal of Light")
        assert refused({"kind": "renewal"}, holds("light")) == "the day of renewal is not known"

    def test_with_upgrade(self) -> None:
        upgraded = {"kind": "renewal", "with_upgrade": True}
        made = offered(upgraded, holds("light", 10), renews_on=TODAY)
        assert (made.mrr_change, len(made.choices)) == (8000, 3)
        assert "top plan" in refused(upgraded, holds("premium", renews_on=TODAY))


class TestDowngrade:
    def test_previous_plan_costs_less(self) -> None:
        made = offered(DOWN, holds("standard", 10))
        assert (made.items[0]["plan"], made.mrr_change) == ("light", -8000)
        assert [c.difference for c in made.choices] == [0, -8000]
        assert made.choices[1].summary.en.startswith("storage (GB): up to 50. without: API")

    def test_a_discount_keeps_its_share(self) -> None:
        assert offered(DOWN, holds("standard", 10, mrr=9000)).mrr_change == -4000

    def test_use_that_fits_the_plan_below_where_seats_are_not_sold(self) -> None:
        flat = {
            name: {"label": both(name), "price": {"base": base}, "limits": {"devices": devices}}
            for name, base, devices in (("single", 500, 2), ("family", 900, 9))
        }
        shown = catalog(products={"service": {"label": both("Service"), "plans": flat}})
        held = holds("family", None, product_id="service")
        cover = {"kind": "downgrade", "to": "cover_use"}
        assert offered(cover, held, catalog=shown, devices=2.0).mrr_change == -400
        assert refused(cover, held, catalog=shown, devices=3.0) == "single does not hold what is used"

    def test_lowest_plan_and_too_many_seats(self) -> None:
        assert refused(DOWN, holds("free", 3)) == "there is no plan below Free"
        assert refused(DOWN, holds("light", 10)) == "Free is for up to 5 seats, and 10 are held"
