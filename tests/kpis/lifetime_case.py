"""A shop and a book of contracts for tests of lifetime value: drawn once from known worlds, kept in a real lake."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from build import TODAY, ago, both, noon, session_with
from minori.pipeline.session import Session
from minori.policy.definitions import Policy

POLICY = Policy.model_validate(
    {
        "catalog": {
            "products": {"suite": {"label": both("Suite"), "plans": {"basic": {"label": both("Basic")}}}}
        },
        "segments": {"segments": {"early": {"label": both("Early"), "when": "tenure_days > 3000"}}},
    }
)
Rows = list[dict[str, Any]]


def customers(ids: list[str]) -> Rows:
    """Customers; some, by the end of their id, have been there for long."""
    years = {c: (2015, 2020)[ord(c[-1]) % 2] for c in ids}
    return [{"customer_id": c, "name": c, "started_on": date(years[c], 1, 1)} for c in ids]


def order(customer: str, day: date, amount: float, number: int = 0, currency: str = "JPY") -> dict[str, Any]:
    """One order, or with a negative amount one return."""
    return {
        "order_id": f"{customer}-{day}-{number}",
        "customer_id": customer,
        "ordered_at": noon(day),
        "amount": amount,
        "currency": currency,
    }


def shop(n: int = 500, days: int = 600, seed: int = 11) -> Rows:
    """Orders of a BG/NBD world in whole days, each customer with a level of spend of its own."""
    rng = np.random.default_rng(seed)
    rate, leaving = rng.gamma(0.8, 1 / 40.0, n), rng.beta(1.0, 3.0, n)
    first = rng.integers(0, days, n)
    level = rng.gamma(6.0, 1 / rng.gamma(5.0, 1 / 3000.0, n))
    rows: Rows = []
    for number in range(n):
        for day in sorted(
            {int(first[number]), *_later(first[number], rate[number], leaving[number], days, rng)}
        ):
            amount = round(float(level[number] * rng.gamma(6.0, 1 / 6.0)) + 1)
            rows.append(order(f"c{number:04d}", ago(days - 1 - day), amount))
    return rows


def _later(first: int, rate: float, leaving: float, days: int, rng: np.random.Generator) -> list[int]:
    found, time = [], float(first)
    while True:
        time += rng.exponential(1 / rate)
        if time >= days - 1:
            return found
        found.append(round(time))
        if rng.random() < leaving:
            return found


def contracts(n: int = 400, months: int = 48, seed: int = 12, *, constant: bool = False) -> Rows:
    """Monthly contracts whose customers leave at a renewal, each with a chance of its own (or all with the same)."""
    rng = np.random.default_rng(seed)
    chance = np.full(n, 0.05) if constant else rng.beta(0.6, 6.0, n)
    rows: Rows = []
    for number in range(n):
        begins = int(rng.integers(0, months))
        start = _month(begins, months)
        renewals = int(rng.geometric(max(chance[number], 1e-6)))
        ends = begins + renewals
        rows.append(contract(f"c{number:04d}", start, _month(ends, months) if ends < months else None))
    return rows


def contract(customer: str, start: date, end: date | None, **more: Any) -> dict[str, Any]:
    """One contract, renewed by the month."""
    return {
        "contract_id": f"{customer}-{start}",
        "customer_id": customer,
        "product_id": "suite",
        "plan_id": "basic",
        "mrr": 1000,
        "currency": "JPY",
        "term_months": 1,
        "starts_on": start,
        "ends_on": end,
        **more,
    }


def _month(number: int, months: int) -> date:
    """The first of a month; the last of so many is that of today."""
    at = TODAY.year * 12 + TODAY.month - 1 - (months - 1 - number)
    return date(at // 12, at % 12 + 1, 1)


def session_of(root: Path, **facts: Rows) -> Session:
    """A session over these facts; customers come from them."""
    ids = sorted({row["customer_id"] for rows in facts.values() for row in rows if "customer_id" in row})
    return session_with(root, {"customers": customers(ids), **facts}, POLICY)
