"""What ids of the policy are called, kept with the run so that a page need not read definition files."""

from collections.abc import Mapping
from typing import Any

from minori.core.text import Text
from minori.decision.guard import GUARDS
from minori.offers.kind import OFFER_KINDS
from minori.policy.definitions import Policy

Named = dict[str, dict[str, Any]]


def names_of(policy: Policy) -> dict[str, Named]:
    """Return by room (plays, metrics, parts, segments, stages, …) the words for each id."""
    return {
        "plays": {name: _play(play) for name, play in policy.plays.items()},
        "metrics": {name: _metric(metric) for name, metric in policy.metrics.items()},
        "parts": {
            name: {**part.label.as_dict(), "metric": part.metric}
            for name, part in policy.health.parts.items()
        },
        **{
            room: {name: rule.label.as_dict() for name, rule in getattr(policy.segments, room).items()}
            for room in ("segments", "stages", "growth_stages", "touches")
        },
        "guards": {name: guard.label.as_dict() for name, guard in GUARDS.items()},
        "kinds": {name: kind.label.as_dict() for name, kind in OFFER_KINDS.items()},
        "plans": _plans(policy),
    }


def named(names: Mapping[str, Mapping[str, Any]], room: str, key: str | None) -> dict[str, str]:
    """Return what an id is called in both languages; the id itself where the policy no longer knows it."""
    known = names.get(room, {}).get(key or "")
    return {"ja": known["ja"], "en": known["en"]} if known else {"ja": key or "–", "en": key or "–"}


def _play(play: Any) -> dict[str, Any]:
    return {
        **play.label.as_dict(),
        "world": play.world,
        "hypothesis": play.hypothesis.as_dict(),
        "kind": play.offer.kind,
        "automatic": list(play.automatic),
    }


def _metric(metric: Any) -> dict[str, Any]:
    unit = metric.unit.as_dict() if isinstance(metric.unit, Text) else metric.unit
    return {**metric.label.as_dict(), "unit": unit, "better": metric.better}


def _plans(policy: Policy) -> Named:
    found: Named = {}
    for product in policy.catalog.products.values():
        found |= {name: plan.label.as_dict() for name, plan in product.plans.items()}
        found |= {name: option.label.as_dict() for name, option in product.options.items()}
    return found
