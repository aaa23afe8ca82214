"""The preset for B2B: complete, valid, in both languages, and not pushy by its own words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlglot import exp

from minori.core.yaml_file import read_yaml, validated
from minori.metrics.resolve import Metrics
from minori.policy.catalog import Catalog
from minori.policy.definitions import Guards, Health, Play, Segments
from minori.policy.load import load_policy, preset_folder
from minori.policy.reads import evidence_of
from minori.query.condition import parse_condition
from minori.query.evaluate import evaluate

FOLDER = preset_folder("b2b_saas")
POLICY = load_policy(FOLDER / "no workspace here", extends="b2b_saas").policy
METRICS = Metrics(POLICY)
PAID = {"seats", "plan", "capacity", "option", "product", "bundle", "renewal", "term"}
PLAYS = sorted(POLICY.plays)
PAID_PLAYS = [name for name in PLAYS if POLICY.plays[name].offer.kind in PAID]
# Every situation of the requirements and the play that stands for it, by world.
SITUATIONS = {
    "limits": """
        seats_near_limit seats_full storage_near_limit storage_full api_near_limit api_at_limit
        csv_downloads_rising csv_downloads_enough data_imports_repeated locked_feature_tried
        locked_feature_burst use_rising_all_seats use_rising power_use departments_not_using
        departments_expansion departments_combined members_not_using headcount_growth outgrew_plan
        personal_plan_sharing security_needs free_storage_nearly_used free_seats_nearly_used free_stuck
        handover_bottleneck two_needs_bundle""",
    "success": """
        onboarding_deeper goal_reached health_rising promoter_answered promoter_referral qbr_due
        trial_ending trial_applied""",
    "said": """
        stated_plan_seats stated_plan_storage asked_analytics asked_integration asked_security
        quote_requested price_page_viewed stated_issue""",
    "time": "renewal_with_upgrade renewal_plain monthly_to_annual introduction_window",
    "trouble": """
        renewal_at_risk key_feature_little_used few_features_used how_to_tickets export_tickets_help
        export_tickets_option integration_tickets_help integration_tickets_option security_tickets_help
        security_tickets_option severe_ticket_open onboarding_stalled use_declining no_use churn_risk
        detractor cancel_page_viewed cancel_requested cancel_downsell connector_unused analytics_unused
        bought_but_unused idle_seats_downsell renewal_price_declined upgrade_price_declined
        seats_price_declined quote_not_taken trial_not_taken downsold_recovered metered_bill_warning
        metered_flat_plan""",
}
THRESHOLDS = [
    ("seats_near_limit", "seat_use >= 0.8"),
    ("seats_full", "seat_use >= 1"),
    ("storage_near_limit", "storage_use >= 0.8"),
    ("storage_full", "storage_use >= 1"),
    ("api_near_limit", "api_use >= 0.8"),
    ("api_at_limit", "api_use >= 1"),
    ("locked_feature_tried", "locked_tries >= 3"),
    ("onboarding_deeper", "tenure_days between 28 and 42"),
    ("renewal_with_upgrade", "days_until(renews_on) between 30 and 60"),
    ("renewal_plain", "days_until(renews_on) between 30 and 60"),
    ("introduction_window", "tenure_days between 90 and 180"),
    ("detractor", "nps <= 6"),
    ("promoter_answered", "nps >= 9"),
]


@pytest.mark.parametrize(
    ("file", "model"),
    [("catalog", Catalog), ("segments", Segments), ("health", Health), ("guards", Guards)],
)
def test_file_is_valid_by_itself(file: str, model: Any) -> None:
    assert validated(model, read_yaml(FOLDER / f"{file}.yaml"))


@pytest.mark.parametrize("path", sorted((FOLDER / "plays").glob("*.yaml")), ids=lambda path: path.stem)
def test_play_is_valid_and_named_as_its_file(path: Path) -> None:
    assert validated(Play, read_yaml(path)).id == path.stem


@pytest.mark.parametrize("world", SITUATIONS)
def test_every_situation_has_its_play(world: str) -> None:
    assert {name for name in PLAYS if POLICY.plays[name].world == world} == set(SITUATIONS[world].split())


@pytest.mark.parametrize("name", PLAYS)
class TestEveryPlay:
    def test_reads_only_what_exists(self, name: str) -> None:
        play = POLICY.plays[name]
        for text in (play.when, *evidence_of(play, POLICY).values()):
            assert_calls_exist(METRICS.condition(text).calls)

    def test_offers_only_what_the_catalogue_holds(self, name: str) -> None:
        offer = POLICY.plays[name].offer
        for settings in (offer.settings, *offer.settings.get("also", ())):
            for setting, value in settings.items():
                if setting in KNOWN:
                    assert value in KNOWN[setting], (setting, value)

    def test_has_words_in_both_languages(self, name: str) -> None:
        play = POLICY.plays[name]
        for language in ("ja", "en"):
            names = (play.message or play.id, play.offer.kind)
            assert set(names) & set(POLICY.messages[language])
            assert play.message is None or play.message in POLICY.messages[language]

    def test_shows_a_number_or_a_date_as_evidence(self, name: str) -> None:
        play = POLICY.plays[name]
        assert play.because.names
        assert all(
            f"{{{n}}}" in play.because.en and f"{{{n}}}" in play.because.ja for n in play.because.names
        )


@pytest.mark.parametrize(
    ("condition", "holds_by_need_only"),
    [
        ("tenure_days >= 180 and plan = 'light'", False),
        ("tenure_days >= 180 or nps >= 9", False),
        ("not nps >= 9", False),
        ("days_until(renews_on) <= 60 and (seat_use >= 0.8 or outgrew_plan)", True),
    ],
)
def test_the_check_on_time_alone_can_fail(condition: str, *, holds_by_need_only: bool) -> None:
    assert needs_evidence(METRICS.condition(condition).tree) is holds_by_need_only


@pytest.mark.parametrize("name", PAID_PLAYS)
class TestEveryPlayThatAsksForMoney:
    def test_cannot_hold_by_time_alone(self, name: str) -> None:
        assert needs_evidence(METRICS.condition(POLICY.plays[name].when).tree)

    def test_brings_the_customer_something(self, name: str) -> None:
        brought = set(features_brought(POLICY.plays[name]))
        assert any(name in b.plays or b.feature in brought for b in POLICY.catalog.benefits.values())

    def test_is_measured_against_a_hold_out_and_left_to_a_person(self, name: str) -> None:
        play = POLICY.plays[name]
        assert play.experiment is not None
        assert play.experiment.share == 0.1
        assert play.automatic == ()


def test_help_rescue_and_downgrade_say_how_they_change_churn() -> None:
    kept = [p for p in POLICY.plays.values() if p.offer.kind in ("help", "rescue", "downgrade")]
    assert len(kept) >= 20
    assert all(p.prior.churn_after is not None and p.prior.churn_after < 1 for p in kept)


@pytest.mark.parametrize(("name", "threshold"), THRESHOLDS)
def test_threshold_of_the_requirements(name: str, threshold: str) -> None:
    assert threshold in POLICY.plays[name].when


def test_bands_guards_and_window_of_locked_features() -> None:
    bands, guards = POLICY.health.bands, POLICY.guards.guards
    assert (bands.thriving, bands.healthy, bands.watch) == (80, 60, 40)
    assert guards["poor_health"] == {"least": "healthy"}
    assert guards["onboarding"]["wait"] == "3 months"
    assert guards["recent_decline"] == {"same_play": "90 days", "any_play": "30 days"}
    assert POLICY.metrics["locked_tries"].window == 30


def test_segments_health_and_benefits_read_only_what_exists() -> None:
    rules = POLICY.segments
    for group in (rules.segments, rules.stages, rules.growth_stages, rules.touches):
        for rule in group.values():
            METRICS.condition(rule.when)
        assert list(group.values())[-1].when == "true"
    assert rules.loyalty in POLICY.metrics
    assert {part.metric for part in POLICY.health.parts.values()} <= set(POLICY.metrics)
    for weights in POLICY.health.weights:
        assert set(weights.weights) <= set(POLICY.health.parts)
    METRICS.condition(POLICY.guards.guards["onboarding"]["success"])


def test_every_number_in_a_benefit_is_known_or_a_named_assumption() -> None:
    catalog = POLICY.catalog
    names = {**METRICS.known, **dict.fromkeys(catalog.assumptions, "number")}
    for benefit in catalog.benefits.values():
        read = {n for text in (*benefit.values.values(), benefit.money or "1") for n in _reads(text, names)}
        assert read & set(catalog.assumptions) <= set(benefit.assumptions) <= set(catalog.assumptions)
        assert benefit.says.names <= set(benefit.values) | set(names)
        assert set(benefit.plays) <= set(PLAYS)
        assert benefit.feature is None or benefit.feature in catalog.features


def test_growth_stages_of_plans_exist() -> None:
    plans = [plan for product in POLICY.catalog.products.values() for plan in product.plans.values()]
    assert {stage for plan in plans for stage in plan.growth_stages} <= set(POLICY.segments.growth_stages)
    assert {f for plan in plans for f in plan.features} <= set(POLICY.catalog.features)


@pytest.mark.parametrize(
    "name",
    [
        "bought_on",
        "upgrade_price_declined_on",
        "seats_price_declined_on",
        "renewal_price_declined_on",
        "downsold_on",
    ],
)
def test_outcome_metrics_name_plays(name: str) -> None:
    measure = METRICS[name].measure
    assert measure is not None
    assert measure.where is not None
    named = [n.name for node in measure.where.find_all(exp.In) for n in node.expressions]
    assert set(named) <= set(PLAYS)
    if name == "bought_on":
        kept = {"renewal_plain", "monthly_to_annual"}  # nothing new is bought by them
        assert set(named) == set(PAID_PLAYS) - kept


def _catalogue() -> dict[str, set[str]]:
    products = POLICY.catalog.products
    plans = {name for product in products.values() for name in product.plans}
    options = {name for product in products.values() for name in product.options}
    limits = {
        limit for product in products.values() for plan in product.plans.values() for limit in plan.limits
    }
    features = {f for product in products.values() for p in product.plans.values() for f in p.features}
    return {
        "to": plans | {"next", "previous", "cover_use"},
        "option": options,
        "product": set(products),
        "bundle": set(POLICY.catalog.bundles),
        "coupon": set(POLICY.catalog.coupons),
        "lifts": limits,
        "limit": limits,
        "with_feature": features,
        "feature": features,
        "told": set(POLICY.metrics),
        "held": plans | options | set(products),
    }


KNOWN = _catalogue()


def assert_calls_exist(calls: frozenset[tuple[str, str]]) -> None:
    kinds = {"limit": "limit", "holds": "held", "has_feature": "feature", "upper_has": "feature"}
    for function, argument in calls:
        if function in kinds:
            assert argument in KNOWN[kinds[function]], (function, argument)


def features_brought(play: Play) -> Iterator[str]:
    settings, catalog = play.offer.settings, POLICY.catalog
    yield from [settings["with_feature"]] if "with_feature" in settings else []
    for product in catalog.products.values():
        items = catalog.bundles[settings["bundle"]].items if "bundle" in settings else ()
        yield from (f for item in items if item in product.options for f in product.options[item].features)
    if "product" in settings:
        yield from (f for p in catalog.products[settings["product"]].plans.values() for f in p.features)


def needs_evidence(node: exp.Expression) -> bool:
    """Whether the condition cannot be true unless something that the customer did, said or reached is."""
    if isinstance(node, exp.Paren):
        return needs_evidence(node.this)
    if isinstance(node, exp.And):
        return needs_evidence(node.left) or needs_evidence(node.right)
    if isinstance(node, exp.Or):
        return needs_evidence(node.left) and needs_evidence(node.right)
    if isinstance(node, exp.Not):
        return False
    return any(_is_evidence(column.name.removeprefix("before__")) for column in node.find_all(exp.Column))


def _is_evidence(name: str) -> bool:
    dates_of_contracts = name in POLICY.metrics and POLICY.metrics[name].measure.startswith("contracts")
    return name == "outgrew_plan" or (name in POLICY.metrics and not dates_of_contracts)


def _reads(text: str, names: dict[str, str]) -> frozenset[str]:
    condition = parse_condition(text)
    condition.check_names(names)
    return condition.reads


CHANGES = {
    "use_change_clear": ("events_28d", ("use_declining", "use_rising")),
    "csv_change_clear": ("csv_downloads", ("csv_downloads_rising",)),
    "shares_change_clear": ("shares", ("handover_bottleneck",)),
}


@pytest.mark.parametrize("name", CHANGES)
class TestAChangeOfCounts:
    @pytest.mark.parametrize(
        ("before", "now", "clear"),
        [
            (10, 12, False),
            (15, 20, False),
            (100, 130, False),
            (100, 131, True),
            (15, 30, True),
            (30, 15, True),
        ],
    )
    def test_is_clear_where_it_is_more_than_chance(
        self, name: str, before: int, now: int, clear: bool
    ) -> None:
        count = CHANGES[name][0]
        formula = parse_condition(str(POLICY.metrics[name].measure))
        got = evaluate(formula, {count: now, f"before__{count}": before})
        assert isinstance(got, int | float) and (got >= 4) is clear

    def test_is_asked_for_where_a_play_rests_on_it(self, name: str) -> None:
        assert all(f"{name} >= 4" in POLICY.plays[play].when for play in CHANGES[name][1])


@pytest.mark.parametrize("name", [n for n in PAID_PLAYS if POLICY.plays[n].prior.accept < 0.2])
def test_one_soft_sign_alone_is_no_evidence_of_need(name: str) -> None:
    play, ranking = POLICY.plays[name], POLICY.guards.ranking
    least = POLICY.guards.guards["no_evidence"]["least_need"]
    assert play.lifts_wait or play.prior.accept / ranking.yes_if_needed < least
