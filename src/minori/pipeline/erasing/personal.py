"""Everything the lake holds of somebody, as plain data: what they may ask to see (APPI, GDPR)."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from minori.lake.lake import Lake
from minori.lake.snapshot import Snapshot
from minori.pipeline import set_aside
from minori.pipeline.erasing import aside
from minori.pipeline.erasing.person import Person, chosen, find, rows_in
from minori.schema.facts import FACTS
from minori.schema.results import RESULTS
from minori.schema.table import Type

_HIDDEN = ("customer_key", "user_key", "from_key", "into_key")


def personal_data(lake: Lake, customer: str, user: str | None = None) -> dict[str, Any]:
    """Return the newest facts, what was decided and written in every run, and rows set aside.

    Raises
    ------
    UnknownName
        If there is no such customer or user.
    """
    snapshot = lake.snapshot()
    person = find(snapshot, customer, user, lake.now())
    return {
        "customer_id": person.customer_id,
        "user_id": person.user,
        "ids": sorted({*person.customer_ids, *person.user_ids} if user is None else person.user_ids),
        "facts": dict(_facts(snapshot, person)),
        "results": dict(_results(snapshot, person)) if user is None else {},
        "set_aside": _set_aside(snapshot, person),
    }


def _facts(snapshot: Snapshot, person: Person) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    whole = person.user is None
    mine = chosen(set(person.customer_keys) if whole else set(), set() if whole else set(person.user_keys))
    for name, table in FACTS.items():
        columns = [column.name for column in table.stored]
        parts = [rows_in(Path(path), columns, mine) for path in snapshot.files(f"facts/{name}")]
        rows = [row for part in parts for row in part.to_pylist()]
        if rows:
            parsed = {column.name for column in table.stored if column.type is Type.JSON}
            at = table.at or ""
            ordered = sorted(rows, key=lambda row: (str(row.get(at) or ""), row["_id"]))
            yield name, [_plain(row, parsed) for row in ordered]


def _results(snapshot: Snapshot, person: Person) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    keys = pa.array(sorted(person.customer_keys), pa.int64())
    for address in sorted(snapshot.versions):
        room, _, name = address.partition("/")
        if room != "results":
            continue
        found = snapshot.arrow(address)
        if "customer_key" not in found.column_names:
            continue
        mine = found.filter(pc.is_in(found["customer_key"], keys)).to_pylist()
        if mine:
            declared = RESULTS[name].columns if name in RESULTS else ()
            parsed = {column.name for column in declared if column.type is Type.JSON}
            plain = [_plain(row, parsed) for row in mine]
            yield name, sorted(plain, key=lambda row: json.dumps(row, sort_keys=True))


def _set_aside(snapshot: Snapshot, person: Person) -> list[dict[str, Any]]:
    concerns = aside.of_person(person)
    shown = ("source", "table", "file", "row", "column", "value", "record", "state")
    return [
        _plain({name: row[name] for name in shown}, {"record"})
        for row in set_aside.read(snapshot)
        if row["state"] != aside.ERASED and concerns(row)
    ]


def _plain(row: dict[str, Any], parsed: set[str]) -> dict[str, Any]:
    """Return a row as JSON can say it, without what is empty and without keys that only the lake reads."""
    return {
        name: json.loads(value) if name in parsed else _written(value)
        for name, value in row.items()
        if value is not None and name not in _HIDDEN and not name.startswith("_")
    }


def _written(value: object) -> object:
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            return value
