"""A company that contacts its customers by mail, and how they reply, as facts and as arrays."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from build import both
from minori.learning.best_time import Approached
from minori.learning.best_time_clocks import CLOCKS, HOUR
from minori.policy.definitions import Policy
from minori.stats.best_time import Contacts

UNTIL = date(2026, 3, 31)
MONDAY = date(2025, 4, 7)
HOURS = (8, 10, 12, 14, 16, 18)  # Tokyo, one within each band
POLICY = Policy.model_validate(
    {
        "catalog": {
            "products": {"suite": {"label": both("Suite"), "plans": {"one": {"label": both("One")}}}}
        },
        "segments": {
            "segments": {
                "large": {"label": both("Large"), "when": "mrr >= 500"},
                "small": {"label": both("Small")},
            }
        },
    }
)


def tokyo(day: date, hour: int) -> datetime:
    """An hour of a day in Tokyo, as UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour - 9)


def company(
    seed: int, *, better: float, customers: int = 60, each: int = 30
) -> Mapping[str, list[dict[str, Any]]]:
    """Facts of a year: mails on working days, replies within two days; more of them to mails of Tuesdays at ten."""
    rng = np.random.default_rng(seed)
    people = [{"customer_id": f"c{n:03}", "name": f"c{n}", "started_on": MONDAY} for n in range(customers)]
    contracts = [
        {"contract_id": p["customer_id"], "customer_id": p["customer_id"], "plan_id": "one", "product_id": "suite",
         "starts_on": MONDAY, "mrr": 1000 if n % 2 else 100, "currency": "JPY"}
        for n, p in enumerate(people)
    ]  # fmt: skip
    mails: list[dict[str, Any]] = []
    for person in people:
        ready = 0.3 * rng.gamma(4, 0.25)
        for week in sorted(rng.choice(48, each, replace=False).tolist()):
            tuesday = rng.random() < 0.2
            day, hour = (1, 10) if tuesday else (int(rng.integers(0, 5)), int(rng.choice(HOURS)))
            at = tokyo(MONDAY + timedelta(days=7 * week + day), hour)
            best = day == 1 and hour == 10
            mails += _mail(
                person["customer_id"], at, rng.random() < min(0.95, ready * (better if best else 1))
            )
    return {"customers": people, "contracts": contracts, "interactions": mails}


def _mail(customer: str, at: datetime, replied: bool) -> list[dict[str, Any]]:
    sent = mail(customer, at, "out")
    return [sent, mail(customer, at + timedelta(hours=30), "in")] if replied else [sent]


def mail(customer: str, at: datetime, direction: str, **more: Any) -> dict[str, Any]:
    """One mail, out or in, about onboarding."""
    row = {"interaction_id": f"{customer}-{at}-{direction}", "customer_id": customer, "channel": "mail"}
    return {**row, "direction": direction, "about": "onboarding", "occurred_at": at, **more}


def approached(seed: int, *, better: float = 1.0, customers: int = 50, each: int = 12) -> list[Approached]:
    """One purpose by every clock, without facts: times, answers and activity are drawn apart."""
    rng = np.random.default_rng(seed)
    n = customers * each
    customer = rng.permutation(np.repeat(np.arange(customers), each))
    chance = 0.35 * rng.gamma(4, 0.25, customers)[customer]
    slots = {clock.id: rng.integers(0, clock.grid.size, n) for clock in CLOCKS}
    slots["tenure"] = np.minimum(slots["tenure"], 2)
    chance = chance * np.where(slots["tenure"] == 1, better, 1.0)
    answered = (rng.random(n) < np.minimum(chance, 0.95)).astype(float)
    at, nothing = np.arange(n), np.zeros(n, dtype=np.int64)
    segment = np.arange(customers) % 2 + 1
    active = rng.poisson(3.0, (customers, HOUR.grid.size)).astype(float)
    return [
        Approached(
            "contact",
            clock,
            Contacts(at, at, answered, slots[clock.id], nothing, customer, nothing),
            1,
            ("", "large", "small"),
            segment,
            segment,
            active if clock is HOUR else None,
            active if clock is HOUR else None,
        )
        for clock in CLOCKS
    ]
