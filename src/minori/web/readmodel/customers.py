"""Rows of customers: what lists filter by, and beside it what the customer's page shows of the run."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from minori.web.models import CustomerRow, Run
from minori.web.parts.folded import folded
from minori.web.readmodel.lake_day import KEY, ByCustomer, LakeDay, Row, labels_alone, plain, shown, stretches

AT_A_TIME = 2_000
_ONE = ("standing", "health", "trend", "state", "metric")  # one row per customer
_MANY = ("health_part", "signal", "holding", "candidate", "decision", "guard_answer")
_CANDIDATE = (
    "candidate_id play kind since valid_until asks_for_money channel owner evidence because accept accept_low "
    "accept_high accept_answers anyway months if_offered if_nothing harm value mrr_change once refusal"
).split()
_FATE = "fate guard until by place person_decides probability".split()
_HOLDING = (
    "contract_id product_id plan_id quantity mrr_company renews_on term_months is_trial trial_ends_on".split()
)
_LARGEST = 2**31 - 1  # of the column


class Customers:
    """Makes the rows of one run, a stretch of customers at a time."""

    def __init__(self, day: LakeDay, labels: Mapping[str, Row]) -> None:
        self.labels = labels
        self.points = day.table("point")
        tables = {name: day.table(name) for name in (*_ONE, *_MANY)}
        tables["candidate"] = labels_alone(tables["candidate"])
        if tables["guard_answer"].num_columns:
            owners = tables["candidate"].select(["candidate_id", KEY])
            tables["guard_answer"] = tables["guard_answer"].join(owners, "candidate_id", join_type="inner")
        self._tables = {name: ByCustomer(rows) for name, rows in tables.items()}

    def rows(self, run: Run) -> Iterator[list[CustomerRow]]:
        """Give the rows in stretches."""
        for points in stretches(self.points, AT_A_TIME):
            first, last = points[0][KEY], points[-1][KEY]
            of = {name: rows.between(first, last) for name, rows in self._tables.items()}
            yield [self._row(run, point, of) for point in points]

    def _row(self, run: Run, point: Row, of: Mapping[str, Mapping[int, list[Row]]]) -> CustomerRow:
        key, customer_id = point[KEY], point["customer_id"]
        one = {name: (of[name].get(key) or [{}])[0] for name in _ONE}
        label, many = self.labels.get(customer_id, {}), {name: of[name].get(key, []) for name in _MANY}
        fates = [row["fate"] for row in many["decision"]]
        name = label.get("name") or customer_id
        return CustomerRow(
            run=run,
            customer_id=customer_id,
            name=name[:400],
            folded=folded(f"{name} {customer_id}")[:700],
            **_labels(label),
            **_standing(one),
            **_contract(one["state"]),
            started_on=point["started_on"],
            proposed=fates.count("proposed"),
            held=fates.count("held"),
            detail=_detail(one, many),
        )


def _labels(label: Row) -> dict[str, Any]:
    employees = label.get("employees")
    return {
        "kind": (label.get("kind") or "")[:20],
        "industry": (label.get("industry") or "")[:200],
        "region": (label.get("region") or "")[:200],
        "employees": employees if employees is not None and abs(employees) <= _LARGEST else None,
        "owner": (label.get("owner") or "")[:100],
        "sales_owner": (label.get("sales_owner") or "")[:100],
        "language": (label.get("language") or "")[:2],
    }


def _standing(one: Mapping[str, Row]) -> dict[str, Any]:
    standing, health = one["standing"], one["health"]
    return {
        "segment": standing.get("segment") or "",
        "stage": standing.get("stage") or "",
        "growth": standing.get("growth_stage") or "",
        "touch": standing.get("touch") or "",
        "health": plain(health.get("health")),
        "band": health.get("band") or "",
        "health_change": plain(one["trend"].get("health_change")),
    }


def _contract(state: Row) -> dict[str, Any]:
    mrr, seats, products = (plain(state.get(name)) for name in ("mrr", "seats", "products"))
    return {
        "mrr": None if mrr is None else Decimal(str(mrr)),
        "seats": None if seats is None else Decimal(str(seats)),
        "products": None if products is None else int(products),
        "plan": (state.get("plan") or "")[:200],
        "renews_on": _day(state.get("renews_on")),
    }


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _detail(one: Mapping[str, Row], many: Mapping[str, list[Row]]) -> dict[str, Any]:
    """Return the parts of ``explain`` under its names, without what is unknown and without the offers' details."""
    fates = {row["candidate_id"]: row for row in many["decision"]}
    return {
        **{name: shown(row) for name, row in one.items()},
        "health_parts": [shown(row) for row in sorted(many["health_part"], key=lambda r: r["part"])],
        "signals": [shown(row) for row in sorted(many["signal"], key=lambda r: r["play"])],
        "holdings": [shown({name: row[name] for name in _HOLDING}) for row in many["holding"]],
        "candidates": [
            {**_candidate(row), **_fate(fates.get(row["candidate_id"], {})), "guards": _guards(row, many)}
            for row in sorted(many["candidate"], key=lambda r: (-r["value"], r["candidate_id"]))
        ],
    }


def _candidate(row: Row) -> Row:
    kept = shown({name: row[name] for name in _CANDIDATE})
    for name in ("evidence", "because", "refusal"):
        if name in kept:
            kept[name] = json.loads(kept[name])
    if row["offer"]:
        kept["offer"] = {"label": json.loads(row["offer"])["label"]}
    return kept


def _fate(row: Row) -> Row:
    reason = {"ja": row["reason_ja"], "en": row["reason_en"]} if row.get("reason_ja") else None
    return {**shown({name: row.get(name) for name in _FATE}), **({"reason": reason} if reason else {})}


def _guards(candidate: Row, many: Mapping[str, list[Row]]) -> list[Row]:
    mine = [a for a in many["guard_answer"] if a["candidate_id"] == candidate["candidate_id"]]
    return [
        {
            "guard": a["guard"],
            "answer": a["answer"],
            "until": plain(a["until"]),
            "reason": {"ja": a["reason_ja"], "en": a["reason_en"]},
        }
        for a in sorted(mine, key=lambda a: a["guard"])
    ]
