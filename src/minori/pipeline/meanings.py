"""What names of a policy mean, for people who read numbers and offers: metrics, work steps, lead features."""

from collections.abc import Iterable, Mapping
from typing import Any

from minori.core.text import Text
from minori.policy.catalog import Catalog
from minori.policy.definitions import Policy


def metrics_said(policy: Policy, names: Iterable[str]) -> dict[str, Text]:
    """Return what the metrics among the names say, in their order: their ``says``, else nothing."""
    found = {}
    for name in names:
        metric = policy.metrics.get(name)
        if metric is not None and metric.says is not None:
            found[name] = metric.says
    return found


def explained_with(explained: dict[str, Any], policy: Policy) -> dict[str, Any]:
    """Return an explained customer with what the policy says of its metrics and of what is offered.

    Adds ``says`` (of the metrics behind health and candidates) and, to each candidate, ``serves`` (the work steps of
    the offered products) and ``lead_features`` (指標機能 that the offer brings).
    """
    parts = policy.health.parts
    read = [parts[row["part"]].metric for row in explained["health_parts"] if row["part"] in parts]
    read += [name for candidate in explained["candidates"] for name in candidate["evidence"] or ()]
    says = {name: text.as_dict() for name, text in metrics_said(policy, read).items()}
    candidates = [{**c, **_offered(c["offer"] or {}, policy.catalog)} for c in explained["candidates"]]
    return {**explained, "says": says, "candidates": candidates}


def _offered(offer: Mapping[str, Any], catalog: Catalog) -> dict[str, Any]:
    products = dict.fromkeys(item["product"] for item in offer.get("items", ()) if "product" in item)
    served = (catalog.products[name].serves for name in products if name in catalog.products)
    lead = [name for name in offer.get("features", ()) if _is_lead(catalog, name)]
    return {
        "serves": [text.as_dict() for text in served if text is not None],
        "lead_features": [{"id": name, **catalog.features[name].label.as_dict()} for name in lead],
    }


def _is_lead(catalog: Catalog, feature: str) -> bool:
    return feature in catalog.features and catalog.features[feature].lead
