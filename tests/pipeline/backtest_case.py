"""A play whose fires one can count by hand: 24 of 40 customers are busy, half of those expand a month later."""

from typing import Any

from build import ago, both, noon
from minori.policy.definitions import Policy

CUSTOMERS = [f"c{n:02}" for n in range(40)]
BUSY = CUSTOMERS[:24]  # they log in a lot 150 days ago; half of them expand 30 days later
GROWN = BUSY[:12]
POLICY = Policy.model_validate(
    {
        "metrics": {
            "logins": {"label": both("l"), "count": "events where name = 'login'", "window": "14 days"}
        },
        "segments": {"touches": {"low": {"label": both("l")}}},
        "plays": {
            "busy": {
                "id": "busy",
                "label": both("busy"),
                "hypothesis": both("h"),
                "when": "logins >= 3",
                "because": both("b"),
                "offer": {"kind": "help"},
                "on": False,
            }
        },
    }
)


def contract(customer: str, seats: int, starts: int, ends: int | None = None) -> dict[str, Any]:
    return {
        "contract_id": f"{customer}-{seats}",
        "customer_id": customer,
        "product_id": "suite",
        "plan_id": "light",
        "quantity": seats,
        "mrr": 1000 * seats,
        "currency": "JPY",
        "starts_on": ago(starts),
        "ends_on": None if ends is None else ago(ends),
    }


def events(customer: str, days: range, name: str = "login") -> list[dict[str, Any]]:
    return [
        {
            "event_id": f"{customer}{name}{d}",
            "customer_id": customer,
            "occurred_at": noon(ago(d)),
            "name": name,
        }
        for d in days
    ]


def facts(*, known_from: int = -1) -> dict[str, list[dict[str, Any]]]:
    """The history; ``known_from`` leaves out what happened in fewer days ago."""
    rows = [event for c in BUSY for event in events(c, range(150, 155))]
    rows += events(CUSTOMERS[-1], range(300), "saved")  # the feed is alive every day
    contracts = [contract(c, 2, 400, 120 if c in GROWN else None) for c in CUSTOMERS]
    contracts += [contract(c, 5, 120) for c in GROWN]
    limit = noon(ago(known_from))
    return {
        "customers": [{"customer_id": c, "name": c, "started_on": ago(400)} for c in CUSTOMERS],
        "contracts": [row for row in contracts if row["starts_on"] <= limit.date()],
        "events": [row for row in rows if row["occurred_at"] <= limit],
    }
