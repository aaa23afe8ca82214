"""Frozen points for tests of the truth of the score: in columns, and as facts of a small company."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np

from build import both, noon
from minori.learning.frozen import Frozen
from minori.policy.definitions import Policy

FROZEN = date(2025, 6, 30)
HEALTH = {"thriving": 90.0, "healthy": 70.0, "watch": 50.0, "act": 20.0, "unknown": np.nan}
POLICY = Policy.model_validate(
    {
        "catalog": {
            "products": {"suite": {"label": both("Suite"), "plans": {"one": {"label": both("One")}}}}
        },
        "metrics": {"use": {"label": both("Use"), "count": "events", "window": "28 days"}},
        "health": {
            "parts": {
                "use": {"label": both("Use"), "metric": "use", "weight": 1, "points": {0: 0, 4: 100}},
            },
            "churn": {"thriving": 0.01, "healthy": 0.01, "watch": 0.1, "act": 0.1},
        },
    }
)
"""The score is 25 points per event of the last four weeks."""


def points(groups: Iterable[Mapping[str, Any]]) -> Frozen:
    """Points in groups: ``n`` of a ``band``, of which ``lost`` and ``gained`` 40 days after the embargo."""
    rows = [dict(group) | {"place": place} for group in groups for place in range(group["n"])]
    lost = [40.0 if r["place"] < r.get("lost", 0) else np.nan for r in rows]
    gained = [40.0 if r["n"] - r["place"] <= r.get("gained", 0) else np.nan for r in rows]
    words = {
        name: np.array([r.get(name, "") for r in rows], dtype=object)
        for name in ("segment", "stage", "touch", "owner")
    }
    return Frozen(
        as_of=np.array([r.get("on", FROZEN) for r in rows], dtype="datetime64[D]"),
        customer=np.arange(len(rows), dtype=np.int64),
        band=np.array([r["band"] for r in rows], dtype=object),
        health=np.array([HEALTH[r["band"]] for r in rows]),
        mrr=np.array([float(r.get("mrr", 100)) for r in rows]),
        mrr_after=np.array([float(r.get("mrr_after", 100)) for r in rows]),
        churned_after=np.array(lost),
        expanded_after=np.array(gained),
        bought_after=np.array(gained),
        followed=np.array([float(r.get("followed", 400)) for r in rows]),
        **words,
    )


def company(
    people: Mapping[str, tuple[int, date | None]], first: date, last: date
) -> dict[str, list[dict[str, Any]]]:
    """Facts of customers: how many events every four weeks, and when the contract ended."""
    customers = [{"customer_id": c, "name": c, "started_on": first, "owner": "sato"} for c in people]
    contracts = [
        {
            "contract_id": c,
            "customer_id": c,
            "product_id": "suite",
            "plan_id": "one",
            "mrr": 100,
            "currency": "JPY",
        }
        | {"starts_on": first, "ends_on": end, "quantity": 1}
        for c, (_, end) in people.items()
    ]
    events = [
        {"event_id": f"{c}-{week}-{n}", "customer_id": c, "name": "login", "occurred_at": noon(day)}
        for c, (often, end) in people.items()
        for week in range((last - first).days // 28 + 1)
        if (day := first + timedelta(days=28 * week)) <= last and (end is None or day < end)
        for n in range(often)
    ]
    pulse = [  # a source that is silent for days counts as dead, and the score as unknown
        {
            "event_id": f"pulse-{n}",
            "customer_id": "pulse",
            "name": "login",
            "occurred_at": noon(first + timedelta(n)),
        }
        for n in range((last - first).days + 1)
    ]
    return {"customers": customers, "contracts": contracts, "events": [*events, *pulse]}
