"""Contracts for tests of revenue: a small catalogue, short rows, and their movements from a real lake."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from build import both, session_with
from minori.kpis import movement
from minori.metrics import points
from minori.pipeline.session import Session
from minori.policy.definitions import Policy
from minori.query.sql import sql

POLICY = Policy.model_validate(
    {
        "catalog": {
            "products": {
                "suite": {
                    "label": both("Suite"),
                    "plans": {
                        plan: {"label": both(plan), "limits": {"seats": "quantity"}}
                        for plan in ("free", "light", "standard", "premium")
                    },
                    "options": {
                        "analytics": {"label": both("Analytics")},
                        "storage": {"label": both("Storage"), "adds": {"storage_gb": 100}},
                    },
                },
                "desk": {"label": both("Desk"), "plans": {"basic": {"label": both("Basic")}}},
            }
        }
    }
)
UNTIL = date(2026, 3, 31)
_ALL = sql("select * from movement order by customer_id, day, product_id, kind, cause, currency")


def on(text: str) -> date:
    """A day of 2025 (``03-01``), or any (``2026-01-01``)."""
    return date.fromisoformat(text if len(text) > 5 else f"2025-{text}")


def contract(plan: str, start: str, end: str | None, mrr: object, **more: Any) -> dict[str, Any]:
    """One row of a contract of customer a; its id is its plan and start."""
    return {
        "contract_id": f"{more.get('customer_id', 'a')}-{plan}-{start}",
        "customer_id": "a",
        "plan_id": plan,
        "starts_on": on(start),
        "ends_on": on(end) if end else None,
        "mrr": mrr,
        "currency": "JPY",
        **more,
    }


def rate(currency: str, day: str, value: float) -> dict[str, Any]:
    """One rate into yen."""
    return {"currency": currency, "on": on(day), "rate": value}


def session_of(
    root: Path, contracts: Iterable[Mapping[str, Any]], policy: Policy = POLICY, **more: Any
) -> Session:
    """A session over these contracts and other facts; customers come from them."""
    rows = list(contracts)
    ids = sorted({row["customer_id"] for row in rows})
    customers = [{"customer_id": c, "name": c, "started_on": date(2024, 1, 1)} for c in ids]
    return session_with(root, {"customers": customers, "contracts": rows, **more}, policy)


def movements(
    root: Path,
    contracts: Iterable[Mapping[str, Any]],
    until: date = UNTIL,
    policy: Policy = POLICY,
    **more: Any,
) -> list[dict[str, Any]]:
    """Every movement as seen at a date."""
    session = session_of(root, contracts, policy, **more)
    try:
        run = session.run_pass((points.STAGE, movement.STAGE), [until])
        return run.fetch(_ALL.bind()).to_pylist()
    finally:
        session.engine.close()


def told(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, str, int]]:
    """Movements in short: day, kind, cause, amount."""
    return [(f"{r['day']:%m-%d}", r["kind"], r["cause"], int(r["amount"])) for r in rows]
