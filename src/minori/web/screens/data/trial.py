"""A changed mapping tried on its real input in the loading child's sandbox: first rows, and why rows are set aside.

Nothing is written but to a folder that is removed, and nothing of the input is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from minori.core.text import Text
from minori.pipeline import intake
from minori.pipeline.workspace import Workspace
from minori.schema.facts import FACTS
from minori.sources.child import run_child
from minori.sources.definitions import FILE, parse_sources
from minori.sources.job import Job, Limits, Outcome, Unit
from minori.sources.mapping import check_mappings

SECONDS = 25.0  # for each step; a request waits for it
LIMITS = Limits(memory="1GB", threads=1, seconds=SECONDS)
MOST = 20  # rows shown


@dataclass(frozen=True)
class Tried:
    """What a mapping would have made of its input."""

    rows: int
    staged: int
    quarantined: int
    left_out: int
    columns: tuple[str, ...]
    first: tuple[tuple[Any, ...], ...]
    aside: tuple[dict[str, Any], ...]
    notes: tuple[Text, ...]


def tried(served: Workspace, text: str, source: str) -> Tried:
    """Try the mapping of one source as a text of ``sources.yaml`` has it.

    Raises
    ------
    DefinitionError, MappingError, InputError
        If the file or its select is wrong, the input cannot be read, or it takes too long.
    """
    sources = parse_sources(text, FILE)
    check_mappings(sources)
    with intake.staging(served.lake.root) as folder:
        job = Job(
            workspace=str(served.root.absolute()),
            file=FILE,
            text=text,
            units=(Unit(source=source),),
            time_zone=served.file.company.time_zone,
            currency=served.file.company.currency,
            now=served.now(),
            number=1,
            folder=str(folder),
            limits=LIMITS,
        )
        [outcome] = run_child(job, lambda _what, _share: None)
        return _tried(outcome)


def _tried(outcome: Outcome) -> Tried:
    names = [column.name for column in FACTS[outcome.table].columns]
    columns, first = _first(Path(outcome.facts), names)
    aside = pq.read_table(outcome.aside).slice(0, MOST).to_pylist()
    return Tried(
        rows=outcome.rows,
        staged=outcome.staged,
        quarantined=outcome.quarantined,
        left_out=outcome.left_out,
        columns=columns,
        first=first,
        aside=tuple({**row, "reason": {"ja": row["reason_ja"], "en": row["reason_en"]}} for row in aside),
        notes=tuple(Text(ja=note.ja, en=note.en) for note in outcome.notes),
    )


def _first(path: Path, wanted: Sequence[str]) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    with pq.ParquetFile(path) as opened:
        columns = tuple(name for name in wanted if name in opened.schema_arrow.names)
        for batch in opened.iter_batches(batch_size=MOST, columns=list(columns)):
            rows = batch.to_pylist()
            return columns, tuple(tuple(_plain(row[name]) for name in columns) for row in rows)
    return columns, ()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
