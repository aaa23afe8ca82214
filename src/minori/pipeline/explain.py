"""Everything about one customer as of a run: the health ledger, the signals, every candidate with its fate."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow.compute as pc

from minori.core.errors import UnknownName, WorkspaceError
from minori.lake.snapshot import Snapshot

_PER_KEY = ("standing", "health", "trend", "health_part", "state", "metric", "signal")
_PER_ID = ("candidate", "decision", "proposal")


def latest_run(snapshot: Snapshot, as_of: date | None) -> date:
    """Return the day of the newest run, or check that the asked day was run; raises WorkspaceError."""
    runs = (
        sorted(snapshot.arrow("results/run", ["as_of"])["as_of"].to_pylist())
        if snapshot.has("results/run")
        else []
    )
    if not runs:
        raise WorkspaceError("no run yet; run 'minori run' first")
    if as_of is not None and as_of not in runs:
        raise WorkspaceError(
            f"no run as of {as_of}; run 'minori run --as-of {as_of}' first (newest: {runs[-1]})"
        )
    return as_of or runs[-1]


def explain(
    snapshot: Snapshot, customer: str, names: Mapping[str, str], as_of: date | None = None
) -> dict[str, Any]:
    """Return what the run knows of a customer, given by id or by name.

    Raises
    ------
    UnknownName
        If no customer has that id or name; the nearest is given.
    """
    day = latest_run(snapshot, as_of)
    points = rows_of(snapshot, "point", day)
    customer_id = _found(customer, names, {row["customer_id"] for row in points})
    point = next(row for row in points if row["customer_id"] == customer_id)
    key = point["customer_key"]
    parts: dict[str, Any] = {
        name: [_clean(row) for row in rows_of(snapshot, name, day, customer_key=key)] for name in _PER_KEY
    }
    parts |= {
        name: [_clean(row) for row in rows_of(snapshot, name, day, customer_id=customer_id)]
        for name in _PER_ID
    }
    candidates = {row["candidate_id"] for row in parts["candidate"]}
    answers = [r for r in rows_of(snapshot, "guard_answer", day) if r["candidate_id"] in candidates]
    return {
        "as_of": day.isoformat(),
        "customer_id": customer_id,
        "customer": names.get(customer_id) or customer_id,
        "started_on": point["started_on"].isoformat() if point["started_on"] else None,
        **{
            name: parts[name][0] if parts[name] else {}
            for name in ("standing", "health", "trend", "state", "metric")
        },
        "health_parts": sorted(parts["health_part"], key=lambda r: r["part"]),
        "signals": sorted(parts["signal"], key=lambda r: r["play"]),
        "candidates": sorted(
            (
                {**candidate, **_fate(candidate, parts["decision"]), "guards": _guards(candidate, answers)}
                for candidate in parts["candidate"]
            ),
            key=lambda c: -c["value"],
        ),
    }


def rows_of(snapshot: Snapshot, table: str, day: date, **equal: Any) -> list[dict[str, Any]]:
    """Return rows of a result table of one day, where columns equal values."""
    rows = snapshot.arrow(f"results/{table}")
    if not rows.num_columns:
        return []
    mask = pc.equal(rows["as_of"], day)
    for name, value in equal.items():
        mask = pc.and_(mask, pc.equal(rows[name], value))
    found: list[dict[str, Any]] = rows.filter(mask).to_pylist()
    return found


def _found(customer: str, names: Mapping[str, str], ids: set[str]) -> str:
    if customer in ids:
        return customer
    by_name = [i for i, name in names.items() if name == customer and i in ids]
    by_part = [i for i, name in names.items() if customer in name and i in ids]
    if len(by_name or by_part) == 1:
        return (by_name or by_part)[0]
    if by_name or by_part:
        raise UnknownName(
            "single customer", customer, [f"{i} ({names[i]})" for i in sorted(by_name or by_part)[:5]]
        )
    raise UnknownName("customer", customer, {*ids, *names.values()})


def _fate(candidate: Mapping[str, Any], decisions: list[dict[str, Any]]) -> dict[str, Any]:
    decision = next(d for d in decisions if d["candidate_id"] == candidate["candidate_id"])
    wanted = (
        "fate",
        "guard",
        "until",
        "by",
        "reason_ja",
        "reason_en",
        "place",
        "person_decides",
        "probability",
    )
    return {name: decision[name] for name in wanted}


def _guards(candidate: Mapping[str, Any], answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    mine = [a for a in answers if a["candidate_id"] == candidate["candidate_id"]]
    return [
        {
            "guard": a["guard"],
            "answer": a["answer"],
            "until": a["until"],
            "reason": {"ja": a["reason_ja"], "en": a["reason_en"]},
        }
        for a in sorted(mine, key=lambda a: a["guard"])
    ]


def _clean(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: json.loads(value) if isinstance(value, str) and value[:1] in "[{" else value
        for name, value in row.items()
        if name not in ("customer_key", "as_of")
    }


def customers(
    snapshot: Snapshot, names: Mapping[str, str], as_of: date | None = None
) -> list[dict[str, Any]]:
    """Return every customer of a run with health, stage, touch and contract, the least healthy first."""
    day = latest_run(snapshot, as_of)
    tables = {
        name: {row["customer_key"]: row for row in rows_of(snapshot, name, day)}
        for name in ("health", "trend", "standing", "state")
    }
    rows = []
    for point in rows_of(snapshot, "point", day):
        key = point["customer_key"]
        merged = {k: v for table in tables.values() for k, v in table.get(key, {}).items()}
        wanted = (
            "health",
            "band",
            "health_change",
            "stage",
            "touch",
            "segment",
            "mrr",
            "products",
            "plan",
            "seats",
        )
        rows.append(
            {
                "customer_id": point["customer_id"],
                "customer": names.get(point["customer_id"]) or point["customer_id"],
                **{name: merged.get(name) for name in wanted},
            }
        )
    return sorted(rows, key=lambda r: (r["health"] is None, r["health"] or 0.0, r["customer_id"]))
