"""``own_app``: what people and customers did in the app becomes facts, in one commit, before anything is decided.

The app hands over rows that it has written down already, and marks them as drained afterwards. A row that is handed over
twice changes nothing (it has a key), so a drain that is killed at any moment is simply done again (SEMANTICS 22).
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from minori.core.keys import key64
from minori.lake.change import Added, Change
from minori.lake.lake import Lake
from minori.lake.snapshot import Snapshot
from minori.lake.types import arrow_schema
from minori.pipeline import intake, set_aside
from minori.pipeline.load import ADDRESS, SCHEMA
from minori.pipeline.own_rows import SOURCE, OwnRow, Refused, typed
from minori.policy.workspace import Company
from minori.schema.facts import FACTS
from minori.sources.aside import OUTPUT
from minori.sources.aside import SCHEMA as ASIDE
from minori.sources.definitions import FILE, load_sources
from minori.sources.job import Outcome
from minori.sources.stage import write_parquet

PLACE = "app"  # where a row that was set aside stands; its row is the fact's number


@dataclass(frozen=True)
class Drained:
    """What a drain did; ``number`` is the lake's commit, None if there was nothing to write."""

    number: int | None = None
    rows: int = 0
    new: int = 0
    unchanged: int = 0
    corrected: int = 0
    quarantined: int = 0


def drain(
    lake: Lake, rows: Sequence[OwnRow], *, company: Company, covers_from: date, now: datetime
) -> Drained:
    """Bring rows of the app into the lake; all of them become visible at once, or none does.

    Parameters
    ----------
    covers_from
        The app's first day. From it on, the app's tables cover every day: no row means that nothing happened. How far
        they reach is noted at most once a day where there are no rows.

    Raises
    ------
    KeyError
        If a row names no fact table.
    LakeError
        If the lake cannot be written.
    """
    today = company.calendar.day_of(now)
    if not rows and not _reach_is_old(lake.snapshot(), today):
        return Drained()
    tables = sorted({row.table for row in rows})
    with intake.staging(lake.root) as folder, lake.change("facts of the app") as change:
        came = [
            _Came(table, [row for row in rows if row.table == table], company, now, change.number)
            for table in tables
        ]
        added = [_put(change, one, folder) for one in came]
        told = _notes(change, came, added, _alone(lake.root.parent), covers_from, today, now)
        change.append(ADDRESS, told)
    return Drained(
        number=change.number,
        rows=len(rows),
        new=sum(a.new for a in added),
        unchanged=sum(a.unchanged for a in added),
        corrected=sum(a.corrected for a in added),
        quarantined=sum(len(one.refused) for one in came),
    )


class _Came:
    """The rows of one table: those that are facts, the newest of each key alone, and those that are refused."""

    def __init__(
        self, table: str, rows: Sequence[OwnRow], company: Company, now: datetime, load: int
    ) -> None:
        self.table, self.read = table, len(rows)
        self.refused: list[tuple[OwnRow, Refused]] = []
        facts: dict[int, dict[str, Any]] = {}
        for row in sorted(rows, key=lambda r: r.number):
            try:
                fact = typed(row, company, now, load)
            except Refused as e:
                self.refused.append((row, e))
            else:
                facts[fact["_id"]] = fact
        self.facts = [facts[key] for key in sorted(facts)]

    @property
    def days(self) -> list[date]:
        """The company's days on which something of it happened."""
        return [fact["_day"] for fact in self.facts if fact["_day"] is not None]


def _put(change: Change, came: _Came, folder: Path) -> Added:
    facts, aside = folder / f"facts_{came.table}.parquet", folder / f"aside_{came.table}.parquet"
    _write(facts, arrow_schema(FACTS[came.table], technical=True), came.facts)
    _write(aside, ASIDE, [_aside(row, e) for row, e in came.refused])
    outcome = Outcome(
        source=SOURCE,
        mode="load",
        table=came.table,
        facts=str(facts),
        aside=str(aside),
        rows=came.read,
        staged=len(came.facts),
        duplicates=came.read - len(came.facts) - len(came.refused),
        quarantined=len(came.refused),
        left_out=0,
        newest=None,
        whole=False,
        first_day=min(came.days, default=None),
        last_day=max(came.days, default=None),
        last_rows={},
        notes=(),
    )
    added = intake.add(change, outcome, change.number)
    set_aside.reconcile(change, outcome, load_no=change.number)
    return added


def _write(path: Path, schema: pa.Schema, rows: list[dict[str, Any]]) -> None:
    write_parquet(path, schema, pa.Table.from_pylist(rows, schema).to_batches())


def _aside(own: OwnRow, refused: Refused) -> dict[str, Any]:
    record = {name: _plain(value) for name, value in own.row.items()}
    return {
        "source": SOURCE,
        "table": own.table,
        "file": PLACE,
        "row": own.number,
        "column": refused.column,
        "value": refused.value,
        "reason_ja": refused.reason.ja,
        "reason_en": refused.reason.en,
        "record": json.dumps(record, ensure_ascii=False),
        "record_of": OUTPUT,
        "key": refused.key,
        "customer_key": _key(own.row.get("customer_id")),
        "user_key": _key(own.row.get("user_id")),
    }


def _plain(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _key(value: Any) -> int | None:
    return key64(value) if isinstance(value, str) and value else None


def _alone(root: Path) -> frozenset[str]:
    """Return the tables that no source of the workspace gives: of them the app can say how far they reach."""
    given = {d.source.gives for d in load_sources(root / FILE)} if (root / FILE).is_file() else set()
    return frozenset(FACTS) - given


def _reach(snapshot: Snapshot) -> dict[str, date | None]:
    """Return by table to which day earlier drains said that the app reaches; None where others give it too."""
    if not snapshot.has(ADDRESS):
        return {}
    notes = snapshot.arrow(ADDRESS, ["load_no", "source", "table", "declared_until"])
    rows = notes.filter(pc.equal(notes["source"], SOURCE)).to_pylist()
    return {row["table"]: row["declared_until"] for row in sorted(rows, key=lambda r: r["load_no"])}


def _reach_is_old(snapshot: Snapshot, today: date) -> bool:
    return any(until is not None and until < today for until in _reach(snapshot).values())


def _notes(
    change: Change,
    came: Iterable[_Came],
    added: Iterable[Added],
    alone: Collection[str],
    covers_from: date,
    today: date,
    now: datetime,
) -> pa.Table:
    nothing = {"rows": 0, "new": 0, "unchanged": 0, "corrected": 0, "duplicates": 0, "quarantined": 0}
    found: dict[str, dict[str, Any]] = {table: dict(nothing) for table in _reach(change.before)}
    for one, put in zip(came, added, strict=True):
        found[one.table] = {
            **vars(put),
            "rows": one.read,
            "duplicates": one.read - len(one.facts) - len(one.refused),
            "quarantined": len(one.refused),
            "covers_from": min(one.days, default=None),
            "covers_until": max(one.days, default=None),
        }
    shared = {"load_no": change.number, "loaded_at": now, "source": SOURCE, "declared_from": covers_from}
    rows = [
        {
            **shared,
            **counted,
            "table": table,
            "left_out": 0,
            "removed": 0,
            "declared_until": today if table in alone else None,
            "fresh_within_days": FACTS[table].fresh_within_days,
            "files": "[]",
            "notes": "[]",
        }
        for table, counted in sorted(found.items())
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)
