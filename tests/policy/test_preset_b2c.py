"""The presets for consumers: every definition reads, every play has words, nothing is sold on time alone."""

import gzip
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import jinja2
import pytest
from jinja2 import nodes

from minori.core.text import LANGUAGES
from minori.metrics.resolve import Metrics
from minori.policy.load import load_policy
from minori.policy.reads import evidence_of
from minori.query.condition import parse_condition
from policy.preset_case import (
    ALLOWED_NODES,
    ASKED_FOR,
    FOLDER,
    GIVEN,
    NAMES,
    TIME,
    WAY_OUT,
    asks_for_money,
    names_in,
    preset,
    tables_of,
    template_of,
)

SPARKIFY = Path(__file__).parents[3] / "shared/data/sparkify_log/log_data_2018-11.jsonl.gz"
EVERY_PLAY = [(name, play) for name in NAMES for play in sorted(ASKED_FOR[name].split())]
EVERY_TEMPLATE = [
    (name, language, path.stem)
    for name in NAMES
    for language in LANGUAGES
    for path in sorted((FOLDER / name / "messages" / language).glob("*.md"))
]


@pytest.mark.parametrize("name", NAMES)
class TestEveryPreset:
    def test_holds_every_play_asked_for_under_its_file_name(self, name: str) -> None:
        assert set(preset(name).plays) == set(ASKED_FOR[name].split())
        assert all(play.id == file for file, play in preset(name).plays.items())

    def test_loads_as_a_workspace_loads_it(self, name: str, tmp_path: Path) -> None:
        loaded = load_policy(tmp_path, extends=name).policy
        assert loaded.model_dump() == preset(name).model_dump()

    def test_every_rule_and_weight_reads_known_names(self, name: str) -> None:
        policy = preset(name)
        metrics, rules = Metrics(policy), policy.segments
        for group in (rules.segments, rules.stages, rules.growth_stages, rules.touches):
            assert all(metrics.condition(rule.when) for rule in group.values())
        assert all(metrics.condition(weights.when) for weights in policy.health.weights)
        assert metrics.condition(policy.guards.guards["onboarding"]["success"])
        assert {rules.loyalty, policy.guards.ranking.monthly_value} <= {*metrics.known}

    def test_what_ranks_says_which_end_is_better(self, name: str) -> None:
        policy = preset(name)
        ranked = [m.measure for m in policy.metrics.values() if m.kind == "quintile"]
        assert all(policy.metrics[metric].better for metric in (*ranked, policy.segments.loyalty or ""))

    def test_health_parts_score_from_nothing_to_all(self, name: str) -> None:
        for part in preset(name).health.parts.values():
            assert part.metric in preset(name).metrics
            assert len(part.points) >= 2 and all(0 <= points <= 100 for points in part.points.values())

    def test_health_is_known_from_the_main_source_alone(self, name: str) -> None:
        policy = preset(name)
        main = {"b2c_subscription": {"events"}, "shop": {"orders", "order_lines"}}[name]
        # Neither a window before nor answers to surveys are there for a customer of a few weeks.
        late = {"use_trend", "like_share", "orders_trend", "amount_trend"}
        metrics = Metrics(policy)
        for special in ({}, *(weights.weights for weights in policy.health.weights)):
            weight = {key: special.get(key, part.weight) for key, part in policy.health.parts.items()}
            known = sum(
                weight[key]
                for key, part in policy.health.parts.items()
                if tables_of(part.metric, metrics) <= main and part.metric not in late
            )
            assert known >= policy.health.least_weight_known * sum(weight.values())

    def test_touch_ends_in_tech_and_limits_suit_persons(self, name: str) -> None:
        policy = preset(name)
        assert list(policy.segments.touches)[-1] == "tech" and policy.segments.touches["tech"].when == "true"
        assert policy.guards.guards["quiet_hours"] == {"from": "21:00", "until": "09:00"}
        assert set(policy.guards.guards["consent"]["opt_in"]) == {"mail", "line"}
        assert len(policy.guards.guards) == 14

    def test_every_benefit_belongs_to_something_and_reads_known_names(self, name: str) -> None:
        policy = preset(name)
        known = {*Metrics(policy).known, *policy.catalog.assumptions}
        for benefit in policy.catalog.benefits.values():
            assert benefit.feature in policy.catalog.features or benefit.plays
            assert set(benefit.plays) <= set(policy.plays)
            texts = [*benefit.values.values(), *([benefit.money] if benefit.money else [])]
            assert all(parse_condition(text).reads <= known for text in texts)
            assert benefit.says.names <= known | set(benefit.values)
            assert set(benefit.assumptions) <= set(policy.catalog.assumptions)

    def test_both_languages_hold_the_same_templates_and_all_are_used(self, name: str) -> None:
        policy = preset(name)
        used = {template_of(play, policy.messages["ja"]) for play in policy.plays.values()}
        kinds = {play.offer.kind for play in policy.plays.values()}
        assert set(policy.messages["ja"]) == set(policy.messages["en"])
        assert set(policy.messages["ja"]) == used | (kinds & set(policy.messages["ja"]))


@pytest.mark.parametrize(("name", "play_id"), EVERY_PLAY)
class TestEveryPlay:
    def test_condition_and_reason_read_known_names(self, name: str, play_id: str) -> None:
        policy = preset(name)
        metrics, play = Metrics(policy), policy.plays[play_id]
        assert metrics.condition(play.when).names | metrics.condition(play.when).calls
        assert all(metrics.condition(text) for text in evidence_of(play, policy).values())

    def test_reason_shows_its_numbers_in_both_languages(self, name: str, play_id: str) -> None:
        because = preset(name).plays[play_id].because
        japanese, english = names_in(because.ja), names_in(because.en)
        assert japanese and japanese == english
        assert not because.ja.endswith("。") and not because.en.endswith(".")

    def test_money_is_never_asked_for_on_time_alone(self, name: str, play_id: str) -> None:
        play = preset(name).plays[play_id]
        condition = parse_condition(play.when)
        of_time = {a for f, a in condition.calls if f in ("days_since", "days_until")}
        need = condition.names - TIME - {"plan", "plans_above", "on_trial", "products", "mrr"}
        assert need - of_time or not asks_for_money(play)

    def test_what_asks_for_money_is_measured_and_priced_as_a_burden(self, name: str, play_id: str) -> None:
        play = preset(name).plays[play_id]
        if asks_for_money(play):
            assert play.experiment is not None and play.experiment.share == 0.1
            assert play.harm > 0 and play.again_after != 0
        elif play.offer.kind in ("help", "rescue", "downgrade"):
            assert play.experiment is None and play.harm == 0 and play.prior.churn_after is not None
        assert play.automatic == ()

    def test_offer_names_only_what_the_preset_has(self, name: str, play_id: str) -> None:
        policy = preset(name)
        offer = policy.plays[play_id].offer.settings
        products = policy.catalog.products.values()
        plans = {"next", "previous", "cover_use", *(plan for p in products for plan in p.plans)}
        limits = {limit for p in products for plan in p.plans.values() for limit in plan.limits}
        features = policy.catalog.features
        known: dict[str, Any] = {
            "to": plans, "with_feature": features, "feature": features, "lifts": limits, "limit": limits,
            "option": {o for p in products for o in p.options}, "coupon": policy.catalog.coupons,
            "bundle": policy.catalog.bundles, "product": policy.catalog.products, "from": policy.metrics,
            "which": {"upper", "goes_with", "again", "viewed", "fits_free_shipping"}, "item": {"upper"},
        }  # fmt: skip
        assert all(value in known[key] for key, value in offer.items() if key in known)
        assert set(offer) <= set(known) | {"topic", "days", "months", "discount"}

    def test_has_words_in_both_languages(self, name: str, play_id: str) -> None:
        policy = preset(name)
        assert all(template_of(policy.plays[play_id], policy.messages[lang]) for lang in LANGUAGES)


@pytest.mark.parametrize(("name", "language", "template"), EVERY_TEMPLATE)
class TestEveryTemplate:
    def test_uses_only_what_messages_may_use(self, name: str, language: str, template: str) -> None:
        tree = jinja2.Environment(autoescape=False).parse(preset(name).messages[language][template])
        inner = {"benefit", "choice", "fact", "case"}
        assert {type(node).__name__ for node in tree.find_all(nodes.Node)} <= ALLOWED_NODES
        assert {node.name for node in tree.find_all(nodes.Name)} <= GIVEN | inner

    def test_has_three_parts_each_with_a_way_out(self, name: str, language: str, template: str) -> None:
        text = preset(name).messages[language][template]
        parts = re.split(r"^# (\w+)\n", text, flags=re.M)
        assert parts[0] == "" and parts[1::2] == ["mail", "talk", "product"]
        assert re.match(r"Subject: \S", parts[2])
        assert all(re.search(WAY_OUT[language], part) for part in parts[2::2])

    def test_reads_well_with_all_and_with_nothing(self, name: str, language: str, template: str) -> None:
        text = preset(name).messages[language][template]
        environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)
        choice = {"label": "L", "monthly": "M", "difference": "D", "recommended": True, "summary": "S"}
        lists: dict[str, Any] = {"benefits": ["y"], "proof": ["y"], "cases": ["y"], "choices": [choice]}
        full: dict[str, Any] = dict.fromkeys(GIVEN, "x") | lists
        bare = full | {key: [] for key in lists} | {"price_difference": "", "until": ""}
        for given in (full, bare):
            lines = environment.from_string(text).render(given)
            assert "{" not in lines and "。。" not in lines and "()" not in lines
            assert "None" not in lines and "\n\n\n" not in lines
        assert not re.search(r"今だけ|お急ぎ|残りわずか!|[Hh]urry|last chance", text)


class TestSubscription:
    def test_both_spellings_of_an_event_are_counted_together(self) -> None:
        counted = [
            set(re.findall(r"'([^']+)'", metric.measure))
            for metric in preset("b2c_subscription").metrics.values()
            if "events where" in metric.measure
        ]
        for log, plain in {
            "NextSong": "content_played", "Home": "login", "Login": "login", "Thumbs Up": "liked",
            "Thumbs Down": "disliked", "Add to Playlist": "saved_to_list", "Add Friend": "invited_friend",
            "Roll Advert": "ad_shown", "Upgrade": "upgrade_page_viewed", "Submit Upgrade": "upgraded",
            "Downgrade": "downgrade_page_viewed", "Submit Downgrade": "downgraded",
            "Cancel": "cancel_page_viewed", "Cancellation Confirmation": "cancel_requested",
            "Help": "help_viewed", "Error": "error_shown",
        }.items():  # fmt: skip
            assert any({log, plain} <= names for names in counted), log

    @pytest.mark.realdata
    @pytest.mark.skipif(not SPARKIFY.exists(), reason="../shared/data is not here")
    def test_every_act_of_a_real_page_log_is_counted(self) -> None:
        with gzip.open(SPARKIFY, "rt", encoding="utf-8") as lines:
            pages = {row["page"] for row in map(json.loads, lines) if row["userId"]}
        measures = " ".join(metric.measure for metric in preset("b2c_subscription").metrics.values())
        assert {page for page in pages if f"'{page}'" not in measures} == {
            "About", "Logout", "Save Settings", "Settings",
        }  # fmt: skip

    def test_assumptions_repeat_the_catalogue(self) -> None:
        catalog = preset("b2c_subscription").catalog
        term = preset("b2c_subscription").plays["monthly_to_annual"].offer.settings
        family = catalog.products["service"].plans["family"]
        assert catalog.assumptions["family_price"].value == family.price.base
        assert catalog.assumptions["annual_discount"].value == Decimal(str(term["discount"]))

    def test_two_persons_always_pay_less_on_the_family_plan(self) -> None:
        plans = preset("b2c_subscription").catalog.products["service"].plans
        cheapest = min(plans[plan].price.base for plan in ("standard", "premium"))
        assert 2 * cheapest > plans["family"].price.base


class TestShop:
    def test_orders_alone_carry_plays_that_need_no_catalogue_of_items(self) -> None:
        policy = preset("shop")
        metrics = Metrics(policy)
        by_orders = {
            play.id
            for play in policy.plays.values()
            if all(
                tables_of(name, metrics) <= {"orders", "order_lines"}
                for name in parse_condition(play.when).reads & set(metrics)
            )
            and play.offer.settings.get("which") not in ("upper", "goes_with")
            and "item" not in play.offer.settings
        }
        assert {"second_order", "refill_due", "loyal_early_access", "bulk_buyer"} <= by_orders
        assert {"lapsing_care", "returns_help", "basket_shrinking", "big_spender_thanks"} <= by_orders
        assert {"frequent_buyer_bundle", "referral_reward", "welcome_back"} <= by_orders

    def test_gap_to_free_delivery_repeats_the_catalogue(self) -> None:
        policy = preset("shop")
        gap = f"{policy.catalog.free_shipping_from} - cart_amount"
        assert policy.metrics["free_shipping_gap"].measure == gap

    def test_coupons_are_shares_so_that_they_hold_in_every_currency(self) -> None:
        catalog = preset("shop").catalog
        assert all(c.share is not None and c.amount is None and c.valid > 0 for c in catalog.coupons.values())

    def test_assumed_discounts_repeat_the_coupons(self) -> None:
        policy = preset("shop")
        for key, assumption in {"coupon_saving": "coupon_share", "first_coupon_saving": "coupon_share",
                                "small_coupon_saving": "small_coupon_share"}.items():  # fmt: skip
            for play in policy.catalog.benefits[key].plays:
                coupon = policy.catalog.coupons[policy.plays[play].offer.settings["coupon"]]
                assert coupon.share == float(policy.catalog.assumptions[assumption].value)
