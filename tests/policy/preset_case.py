"""The presets for consumers as the tests read them, and what is asked of them."""

import re
from functools import cache
from pathlib import Path

import minori.policy
from minori.core.text import LANGUAGES
from minori.core.yaml_file import read_yaml, validated
from minori.metrics.resolve import Metrics
from minori.policy.catalog import Catalog
from minori.policy.definitions import Guards, Health, Metric, Play, Policy, Segments

FOLDER = Path(minori.policy.__file__).parent / "presets"
NAMES = ("b2c_subscription", "shop")
FREE_OF_CHARGE = {"trial", "referral", "downgrade", "rescue", "help"}
TIME = {"tenure_days", "started_on", "renews_on", "trial_ends_on", "term_months"}
ASKED_FOR = {
    "b2c_subscription": """
        free_limit_near free_limit_reached storage_near_limit storage_by_referral devices_at_limit
        locked_feature_tried feature_burst use_rising free_active_stuck ads_heavy family_plan
        tenure_with_need onboarding_deeper goal_reached promoter_referral friend_invites_referral
        health_rising trial_applied trial_ending trial_used trial_little_used trial_not_taken
        upgrade_page_viewed asked_upper_feature upper_plan_question monthly_to_annual use_declining
        cancel_page_viewed cancel_requested downgrade_page_viewed downgraded downsold_recovered
        detractor errors_help help_visits bought_unused plan_larger_than_use price_declined_smaller
        price_declined_free recommendations_off
    """,
    "shop": """
        just_purchased_upper one_step_up goes_with_set goes_with_last_order upper_for_regulars
        cart_near_free_shipping cart_left checkout_left refill_due viewed_not_bought referral_reward
        promoter_referral referral_thanks signup_no_order second_order loyal_early_access
        big_spender_thanks lapsing_care one_time_lapsed orders_falling basket_shrinking returns_help
        detractor frequent_buyer_subscription frequent_buyer_bundle bulk_buyer amount_rising
        few_items_per_order price_declined_help welcome_back coupon_user_bundle enquiries_help
    """,
}
WAY_OUT = {
    "ja": r"もし|よろしければ|ご不要|差し支え|そのまま|大丈夫|結構です",
    "en": r"\b[Ii]f\b|[Oo]therwise|as you are|as it is|never mind",
}
ALLOWED_NODES = {"Template", "Output", "TemplateData", "Name", "If", "For", "Filter", "Getattr"}
GIVEN = {
    *("customer", "sender", "company", "because", "offer", "price_difference", "until"),
    *("benefits", "choices", "proof", "cases", "play"),
}


@cache
def preset(name: str) -> Policy:
    root = FOLDER / name
    metrics = read_yaml(root / "metrics.yaml")
    return Policy(
        catalog=validated(Catalog, read_yaml(root / "catalog.yaml")),
        metrics={key: validated(Metric, metrics.part(key)) for key in metrics.data},
        health=validated(Health, read_yaml(root / "health.yaml")),
        segments=validated(Segments, read_yaml(root / "segments.yaml")),
        guards=validated(Guards, read_yaml(root / "guards.yaml")),
        plays={
            path.stem: validated(Play, read_yaml(path)) for path in sorted((root / "plays").glob("*.yaml"))
        },
        messages={language: _messages(root / "messages" / language) for language in LANGUAGES},
        role_words={language: _messages(root / "messages" / language / "roles") for language in LANGUAGES},
    )


def _messages(folder: Path) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}


def names_in(text: str) -> set[str]:
    return set(re.findall(r"\{([a-z_0-9]+)\}", text))


def asks_for_money(play: Play) -> bool:
    return play.offer.kind not in FREE_OF_CHARGE


def template_of(play: Play, messages: dict[str, str]) -> str | None:
    """Return the template's name by the order in which the guide looks for it."""
    wanted = [play.message] if play.message else [play.id, play.offer.kind]
    return next((name for name in wanted if name in messages), None)


def tables_of(name: str, metrics: Metrics) -> set[str]:
    """Return the fact tables that a metric rests on, through every formula."""
    resolved = metrics[name]
    if resolved.measure is not None:
        return {resolved.measure.table.name}
    below = {n.removeprefix("before__") for n in resolved.needs} & set(metrics)
    return set().union(*(tables_of(n, metrics) for n in below))
