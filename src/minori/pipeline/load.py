"""``minori load``: from ``sources.yaml`` to facts in the lake, in one commit."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from minori.core.ports import Progress
from minori.core.text import Text
from minori.lake.change import Added, Change
from minori.lake.lake import Lake
from minori.lake.snapshot import Snapshot
from minori.pipeline import intake, set_aside
from minori.sources.child import run_child
from minori.sources.definitions import FILE, Defined, Sources, load_sources
from minori.sources.job import Job, Limits, Outcome, Remark, Unit
from minori.sources.mapping import check_mappings

ADDRESS = "notes/load"
SCHEMA = pa.schema(
    [
        ("load_no", pa.int64()),
        ("loaded_at", pa.timestamp("us", tz="UTC")),
        ("source", pa.string()),
        ("table", pa.string()),
        ("rows", pa.int64()),  # read
        ("new", pa.int64()),
        ("unchanged", pa.int64()),
        ("corrected", pa.int64()),
        ("duplicates", pa.int64()),
        ("quarantined", pa.int64()),
        ("left_out", pa.int64()),
        ("removed", pa.int64()),
        ("newest", pa.string()),
        ("covers_from", pa.date32()),
        ("covers_until", pa.date32()),
        ("declared_from", pa.date32()),  # what ``covers:`` says, whatever the rows show
        ("declared_until", pa.date32()),
        ("fresh_within_days", pa.int64()),
        ("files", pa.string()),  # JSON list
        ("notes", pa.string()),  # JSON list of {file, ja, en}
    ]
)
_SETTLED = Text(
    ja="取り込めない{n}行は、以前に修正または除外した行です",
    en="{n} bad rows were mended or dropped before",
)
_KEPT_BAD = Text(
    ja="complete: 読み込めない行があるため、書き出しにない行の削除は見送りました",
    en="complete: nothing was removed, because some rows could not be read",
)
_KEPT_EMPTY = Text(
    ja="complete: 書き出しに行がないため、削除は見送りました",
    en="complete: nothing was removed, because the export has no rows",
)


@dataclass(frozen=True)
class SourceReport:
    """What became of one source's rows. Days are the company's, both included.

    ``quarantined`` rows are open; a row that was mended or dropped before is not among them, though a file holds it.
    """

    source: str
    table: str
    rows: int
    new: int
    unchanged: int
    corrected: int
    duplicates: int
    quarantined: int
    left_out: int
    removed: int
    newest: str | None
    covers_from: date | None
    covers_until: date | None
    files: tuple[str, ...]
    notes: tuple[Remark, ...]


@dataclass(frozen=True)
class LoadReport:
    """What a load did; ``number`` is the lake's commit."""

    number: int
    sources: tuple[SourceReport, ...]


def load(
    root: Path,
    lake: Lake,
    *,
    time_zone: str,
    currency: str,
    now: datetime,
    only: Collection[str] | None = None,
    progress: Progress = lambda *_: None,
    limits: Limits = intake.LIMITS,
) -> LoadReport:
    """Load the sources of a workspace; all of them become visible at once, or none does.

    Parameters
    ----------
    root
        The workspace, which holds ``sources.yaml``; files are read inside it only.
    time_zone, currency
        The company's: the zone of its days and of times without one, the currency of amounts without one.
    now
        The present instant; facts more than a day later are set aside.
    only
        Ids of the sources to load; None: all.

    Raises
    ------
    DefinitionError
        If ``sources.yaml`` is wrong; with file and line.
    MappingError
        If the SQL of a source cannot be used, or took longer than the limit.
    InputError
        If an input cannot be read at all. Single bad rows are set aside instead.
    LakeError
        If the lake cannot be written.
    """
    sources = load_sources(root / FILE)
    check_mappings(sources)
    chosen = sources.chosen(only)
    before = lake.snapshot()
    if not chosen:
        return LoadReport(before.number, ())
    with intake.staging(lake.root) as folder:
        job = Job(
            workspace=str(root.absolute()),
            file=sources.file,
            text=sources.text,
            units=_units(chosen, before),
            time_zone=time_zone,
            currency=currency,
            now=now,
            number=before.number + 1,
            folder=str(folder),
            limits=limits,
        )
        outcomes = run_child(job, progress)
        progress("writing to the lake", 1.0)
        return _written(lake, sources, outcomes, job)


def _units(chosen: Iterable[Defined], before: Snapshot) -> tuple[Unit, ...]:
    newest = newest_of(before)
    return tuple(Unit(source=d.source.id, since=newest.get(d.source.id)) for d in chosen)


def _written(lake: Lake, sources: Sources, outcomes: Iterable[Outcome], job: Job) -> LoadReport:
    with lake.change("minori load") as change:
        reports = tuple(_committed(change, sources[o.source], o, job) for o in outcomes)
        change.append(ADDRESS, _rows(change.number, reports, sources, job.now))
    return LoadReport(change.number, reports)


def newest_of(snapshot: Snapshot) -> dict[str, str]:
    """Return, by source, how far its incremental loads have come."""
    if not snapshot.has(ADDRESS):
        return {}
    rows = snapshot.arrow(ADDRESS, ["load_no", "source", "newest"]).to_pylist()
    return {row["source"]: row["newest"] for row in sorted(rows, key=_load_no) if row["newest"] is not None}


def _load_no(row: dict[str, Any]) -> int:
    return int(row["load_no"])


def _committed(change: Change, defined: Defined, outcome: Outcome, job: Job) -> SourceReport:
    removed, notes = 0, list(outcome.notes)
    if defined.source.complete:
        why_not = _KEPT_BAD if outcome.quarantined else _KEPT_EMPTY if not outcome.staged else None
        if why_not is None:
            removed = intake.remove_absent(change, outcome)
        else:
            notes.append(Remark(ja=why_not.ja, en=why_not.en))
    added = intake.add(change, outcome, job.number)
    settled = set_aside.reconcile(change, outcome, load_no=change.number)
    if settled:
        text = _SETTLED.fill({"n": f"{settled:,}"})
        notes.append(Remark(ja=text.ja, en=text.en))
    return _report(defined, outcome, added, removed, outcome.quarantined - settled, notes, job)


def _report(
    defined: Defined,
    outcome: Outcome,
    added: Added,
    removed: int,
    quarantined: int,
    notes: list[Remark],
    job: Job,
) -> SourceReport:
    covers = defined.source.covers
    today = job.now.astimezone(ZoneInfo(job.time_zone)).date()
    last = (
        min(outcome.last_day, today) if outcome.last_day else None
    )  # a contract of next year covers no day yet
    return SourceReport(
        source=outcome.source,
        table=outcome.table,
        rows=outcome.rows,
        new=added.new,
        unchanged=added.unchanged,
        corrected=added.corrected,
        duplicates=outcome.duplicates,
        quarantined=quarantined,
        left_out=outcome.left_out,
        removed=removed,
        newest=outcome.newest,
        covers_from=covers.since or outcome.first_day,
        covers_until=covers.until or last,
        files=tuple(outcome.last_rows),
        notes=tuple(notes),
    )


def _rows(number: int, reports: Collection[SourceReport], sources: Sources, now: datetime) -> pa.Table:
    rows = [
        {
            **vars(report),
            "load_no": number,
            "loaded_at": now,
            "declared_from": sources[report.source].source.covers.since,
            "declared_until": sources[report.source].source.covers.until,
            "fresh_within_days": sources[report.source].source.fresh_within_days,
            "files": json.dumps(report.files, ensure_ascii=False),
            "notes": json.dumps([note.model_dump() for note in report.notes], ensure_ascii=False),
        }
        for report in reports
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)
