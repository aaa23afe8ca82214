"""Rows that are set aside: list them, export them to be mended, and load them again, once."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from minori.core.errors import InputError, UnknownName
from minori.core.ports import Progress
from minori.core.text import Language, Text
from minori.lake.change import Added, Change
from minori.lake.lake import Lake
from minori.lake.snapshot import Snapshot
from minori.pipeline import intake, mended, set_aside
from minori.schema.facts import FACTS
from minori.sources.aside import LINE, OUTPUT
from minori.sources.child import run_child
from minori.sources.definitions import FILE, INPUT, Sources, load_sources
from minori.sources.job import Job, Limits, Mode, Outcome, Unit
from minori.sources.keys import made_id
from minori.sources.mapping import read_mapping

_Group = tuple[str, Mode]


@dataclass(frozen=True)
class SetAside:
    """One open row: where it stands, what was read, and why it cannot be used."""

    quarantine_id: str
    load_no: int
    source: str
    table: str
    file: str | None
    row: int | None
    column: str | None
    value: str | None
    reason: Text
    record: str


@dataclass(frozen=True)
class RetryReport:
    """What a retry did. ``still_bad`` rows stay open, with their new reason."""

    number: int
    mended: int
    still_bad: int
    new: int
    unchanged: int
    corrected: int


def list_open(lake: Lake, *, source: str | None = None) -> list[SetAside]:
    """Return the open rows, of one source if named, by source, file and row."""
    rows = [row for row in set_aside.read(lake.snapshot(), source) if row["state"] == set_aside.OPEN]
    return [_shown(row) for row in rows]


def export(lake: Lake, path: Path, *, source: str | None = None, language: Language = "ja") -> int:
    """Write the open rows as a CSV that can be mended and given to ``retry``; return how many."""
    rows = [row for row in set_aside.read(lake.snapshot(), source) if row["state"] == set_aside.OPEN]
    mended.write(path, rows, language)
    return len(rows)


def drop(lake: Lake, ids: Collection[str]) -> int:
    """Close open rows that nobody wants to mend; return how many were open."""
    with lake.change("minori quarantine drop") as change:
        every = set_aside.read(change.before)
        chosen = {
            r["quarantine_id"] for r in every if r["state"] == set_aside.OPEN and r["quarantine_id"] in ids
        }
        for name in sorted({row["source"] for row in every if row["quarantine_id"] in chosen}):
            rows = [row for row in every if row["source"] == name]
            closed = [_closed(row, set_aside.DROPPED, change, chosen) for row in rows]
            set_aside.put(change, name, closed)
    return len(chosen)


def retry(
    root: Path,
    lake: Lake,
    path: Path,
    *,
    time_zone: str,
    currency: str,
    now: datetime,
    progress: Progress = lambda *_: None,
    limits: Limits = intake.LIMITS,
) -> RetryReport:
    """Load the rows of a mended CSV through the same mapping and typing; what passes becomes facts, once.

    Raises
    ------
    InputError
        If the CSV cannot be read, a row of it is not open (any more), or its source gathers rows, so that
        one cannot be loaded without the others.
    """
    came = {row.quarantine_id: row for row in mended.read(path)}
    sources = load_sources(root / FILE)
    before = lake.snapshot()
    chosen = _chosen(before, came, path.name)
    groups = _groups(sources, chosen)
    with intake.staging(lake.root) as folder:
        units = [_unit(folder, group, rows, came) for group, rows in groups.items()]
        job = Job(
            workspace=str(root.absolute()),
            file=sources.file,
            text=sources.text,
            units=tuple(units),
            time_zone=time_zone,
            currency=currency,
            now=now,
            number=before.number + 1,
            folder=str(folder),
            known=_known(before, chosen),
            limits=limits,
        )
        outcomes = run_child(job, progress) if units else ()
        with lake.change("minori quarantine retry") as change:
            _chosen(change.before, came, path.name)
            added = [intake.add(change, outcome, job.number) for outcome in outcomes]
            failed = _settle(change, groups, outcomes, came)
    return _report(change.number, len(chosen), failed, added)


def _chosen(snapshot: Snapshot, came: dict[str, mended.Mended], file: str) -> list[set_aside.Row]:
    """Return the rows that came back; raises InputError if one is not open."""
    open_rows = {
        row["quarantine_id"]: row for row in set_aside.read(snapshot) if row["state"] == set_aside.OPEN
    }
    for number, name in enumerate(came, 1):
        if name not in open_rows:
            problem = f"{name!r} is not open: unknown, or mended already; export again"
            raise InputError(problem, file=file, row=number, column=mended.ID)
    return [open_rows[name] for name in came]


def _groups(sources: Sources, rows: Sequence[set_aside.Row]) -> dict[_Group, list[set_aside.Row]]:
    found: dict[_Group, list[set_aside.Row]] = {}
    for row in rows:
        mode: Mode = "output" if row["record_of"] == OUTPUT else "input"
        found.setdefault((row["source"], mode), []).append(row)
    for source, mode in found:
        if mode == "input":
            _check_alone(sources, source)
    return dict(sorted(found.items()))


def _check_alone(sources: Sources, name: str) -> None:
    try:
        defined = sources[name]
    except UnknownName as e:
        raise InputError(
            f"rows of a source that is no longer defined: {e.problem}", file=sources.file
        ) from None
    names = {each: each for each in (INPUT, *defined.source.inputs)}
    place = sources.place(defined, of_select=True)
    if not read_mapping(defined, names, place).alone:
        raise InputError(
            f"source {name!r} compares or gathers rows, so one row cannot be loaded without the others; "
            "mend its file and load that again",
            file=place,
        )


def _unit(folder: Path, group: _Group, rows: list[set_aside.Row], came: dict[str, mended.Mended]) -> Unit:
    """Write mended rows as the table of text that their source would open."""
    source, mode = group
    records = [mended.taken_over(row, came[row["quarantine_id"]]) for row in rows]
    columns = dict.fromkeys(name for record in records for name in record)
    arrays = {name: pa.array([record.get(name) for record in records], pa.string()) for name in columns}
    arrays["_row"] = pa.array(range(1, len(rows) + 1), pa.int64())
    arrays["_file"] = pa.array([row["file"] or "" for row in rows], pa.string())
    path = folder / f"replay_{source}_{mode}.parquet"
    pq.write_table(pa.table(arrays), path)
    return Unit(source=source, mode=mode, replay=str(path))


def _known(before: Snapshot, rows: Sequence[set_aside.Row]) -> dict[str, tuple[str, ...]]:
    names = {row["table"] for row in rows if made_id(FACTS[row["table"]]) is not None}
    return {name: tuple(before.files(f"facts/{name}")) for name in sorted(names)}


def _settle(
    change: Change,
    groups: dict[_Group, list[set_aside.Row]],
    outcomes: Sequence[Outcome],
    came: dict[str, mended.Mended],
) -> int:
    """Close the rows that became facts, renew the reason of the others; return how many are still bad."""
    renewed: dict[str, set_aside.Row] = {}
    for outcome in outcomes:
        rows = groups[outcome.source, outcome.mode]
        bad = {one["row"]: one for one in set_aside.fresh(Path(outcome.aside), change.number, change.erased)}
        for index, row in enumerate(rows, 1):
            one = bad.get(index)
            renewed[row["quarantine_id"]] = (
                _again(row, one, came) if one else set_aside.close(row, set_aside.RETRIED, change.number)
            )
    for name in sorted({source for source, _ in groups}):
        every = set_aside.read(change.before, name)
        set_aside.put(change, name, [renewed.get(row["quarantine_id"], row) for row in every])
    return sum(row["state"] == set_aside.OPEN for row in renewed.values())


def _again(row: set_aside.Row, one: set_aside.Row, came: dict[str, mended.Mended]) -> set_aside.Row:
    """Return a row that is still bad: as mended so far, with what is wrong now."""
    told = {
        name: one[name]
        for name in ("column", "value", "reason_ja", "reason_en", "key", "customer_key", "user_key")
    }
    if row["record_of"] == LINE:
        return {**row, **told}
    record = mended.taken_over(row, came[row["quarantine_id"]])
    return {**row, **told, "record": json.dumps(record, ensure_ascii=False)}


def _closed(row: set_aside.Row, state: set_aside.State, change: Change, chosen: set[str]) -> set_aside.Row:
    return set_aside.close(row, state, change.number) if row["quarantine_id"] in chosen else row


def _report(number: int, chosen: int, failed: int, added: Sequence[Added]) -> RetryReport:
    return RetryReport(
        number=number,
        mended=chosen - failed,
        still_bad=failed,
        new=sum(a.new for a in added),
        unchanged=sum(a.unchanged for a in added),
        corrected=sum(a.corrected for a in added),
    )


def _shown(row: dict[str, Any]) -> SetAside:
    kept = {name: row[name] for name in SetAside.__dataclass_fields__ if name != "reason"}
    return SetAside(**kept, reason=Text(ja=row["reason_ja"], en=row["reason_en"]))
