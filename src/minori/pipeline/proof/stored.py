"""The stored proof: what pages show, computed part by part and kept in the lake; and how it is read."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from minori.core.errors import MinoriError, WorkspaceError
from minori.core.figure import NOT_ENOUGH as TOO_LITTLE
from minori.core.ports import Progress
from minori.core.text import Text
from minori.lake.lake import Lake
from minori.lake.snapshot import Snapshot
from minori.lake.types import arrow_schema
from minori.pipeline.proof.part import PARTS, Found, Part, Working, in_order
from minori.pipeline.proof.stored_rows import TABLES, rows_of
from minori.pipeline.run import default_day
from minori.pipeline.session import open_session
from minori.policy.load import Loaded
from minori.policy.workspace import WorkspaceFile
from minori.schema.proof import PROOF
from minori.schema.proof.stored import FAILED, NOT_ENOUGH, STORED

_FACTS = "facts/"


@dataclass(frozen=True)
class Done:
    """What came of one part; ``skipped`` is one that rests on the same tables and policy as the one that is kept."""

    part: str
    state: str
    rows: int
    seconds: float
    why: Text | None = None
    skipped: bool = False

    def as_object(self) -> dict[str, Any]:
        """Return plain data for programs."""
        return {**vars(self), "why": self.why.as_dict() if self.why else None}


@dataclass(frozen=True)
class Proof:
    """The rows of one day: ``tables`` by the tables' names, parts as rows of ``proof_part``."""

    as_of: date
    parts: Sequence[Mapping[str, Any]]
    tables: Mapping[str, pa.Table]


def store_proof(
    lake: Lake,
    workspace: WorkspaceFile,
    loaded: Loaded,
    *,
    as_of: date | None = None,
    parts: Iterable[str] | None = None,
    again: bool = False,
    progress: Progress = lambda _what, _share: None,
) -> list[Done]:
    """
    Compute parts of the proof of a day and keep each as it is done.

    Parameters
    ----------
    as_of
        Last day of data; default as of a run.
    parts
        Names of parts; default all.
    again
        Also those that rest on nothing new.

    Raises
    ------
    UnknownKind
        If there is no such part.
    WorkspaceError
        If nothing has been loaded yet.
    """
    snapshot, names = lake.snapshot(), in_order(parts)
    with open_session(lake.root.parent, snapshot, loaded.policy, workspace) as session:
        day = as_of or default_day(session, workspace, lake.now())
        kept = {row["part"]: row for row in _on(snapshot, "proof_part", day).to_pylist()}
        work = Working(session, day, lake.now(), lambda _what, _share: None)
        done = []
        for number, name in enumerate(names):
            progress(name, number / len(names))
            basis = _basis(PARTS[name], snapshot, loaded)
            before = kept.get(name)
            if before and before["basis"] == basis and before["state"] != FAILED and not again:
                done.append(_skipped(before))
                continue
            work.progress = _within(progress, name, number, len(names))
            done.append(_made(lake, work, name, basis))
    progress("done", 1.0)
    return done


def _within(progress: Progress, name: str, number: int, parts: int) -> Progress:
    return lambda what, share: progress(f"{name}: {what}", (number + share) / parts)


def _basis(part: Part, snapshot: Snapshot, loaded: Loaded) -> str:
    """Return the hash of everything a part rests on: the policy, the facts, and the results that it reads."""
    read = {f"results/{name}" for name in part.reads}
    versions = {
        address: version
        for address, version in snapshot.versions.items()
        if address.startswith(_FACTS) or address in read
    }
    whole = json.dumps([loaded.hash, versions], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def _skipped(row: Mapping[str, Any]) -> Done:
    why = Text(ja=row["why_ja"], en=row["why_en"]) if row["why_ja"] else None
    return Done(row["part"], row["state"], row["rows"], 0.0, why, skipped=True)


def _made(lake: Lake, work: Working, name: str, basis: str) -> Done:
    began = lake.now()
    state, found = _found(work, name)
    seconds = (lake.now() - began).total_seconds()
    done = Done(name, state, found.rows, seconds, found.missing)
    _write(lake, work, done, found, basis)
    return done


def _found(work: Working, name: str) -> tuple[str, Found]:
    """Return what a part found; what it says where it cannot find anything is kept too."""
    try:
        found = PARTS[name].find(work)
    except WorkspaceError as error:  # there is too little of something: the sentence says of what
        return NOT_ENOUGH, Found(missing=_why(error))
    except MinoriError as error:
        return FAILED, Found(missing=Text(ja=str(error), en=str(error)))
    return (NOT_ENOUGH if found.missing else STORED), found


def _why(error: WorkspaceError) -> Text:
    return Text(ja=f"{TOO_LITTLE.ja}({error})", en=str(error))


def _write(lake: Lake, work: Working, done: Done, found: Found, basis: str) -> None:
    """Put a part in place of what was kept of it for the day, with what else the lake keeps of it, as one commit."""
    where = f"as_of = '{work.as_of.isoformat()}' and part = '{done.part}'"
    record = {
        "state": done.state,
        "why_ja": done.why.ja if done.why else None,
        "why_en": done.why.en if done.why else None,
        "rows": done.rows,
        "seconds": done.seconds,
        "basis": basis,
        "computed_at": work.now,
    }
    rows = {"proof_part": [record], **rows_of(found)}
    with lake.change(f"proof as of {work.as_of}: {done.part}") as change:
        change.refuse_erased_since(work.snapshot)
        for name, listed in rows.items():
            if listed or change.before.has(f"results/{name}"):
                change.replace(f"results/{name}", _table(name, work, done.part, listed), where=where)
        if found.keep is not None:
            found.keep(change)


def _table(name: str, work: Working, part: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    schema = arrow_schema(PROOF[name], technical=False)
    return pa.Table.from_pylist([{"as_of": work.as_of, "part": part, **row} for row in rows], schema)


def read_proof(snapshot: Snapshot, as_of: date | None = None) -> Proof | None:
    """Return everything that is stored of a day, by default the newest; None if nothing is."""
    if not snapshot.has("results/proof_part"):
        return None
    days = snapshot.arrow("results/proof_part", ["as_of"])["as_of"]
    day = as_of or pc.max(days).as_py()
    parts = _on(snapshot, "proof_part", day).sort_by("part").to_pylist()
    if not parts:
        return None
    return Proof(day, parts, {name: _on(snapshot, name, day) for name in TABLES})


def _on(snapshot: Snapshot, name: str, day: date) -> pa.Table:
    if not snapshot.has(f"results/{name}"):
        return arrow_schema(PROOF[name], technical=False).empty_table()
    rows = snapshot.arrow(f"results/{name}", [column.name for column in PROOF[name].columns])
    return rows.filter(pc.equal(rows["as_of"], pa.scalar(day, pa.date32())))
