"""Loads and open rows of the quarantine, copied from the lake as soon as its tables have changed."""

import json
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.db import IntegrityError, transaction

from minori.lake.snapshot import Snapshot
from minori.pipeline import set_aside
from minori.pipeline.load import ADDRESS as LOADS
from minori.pipeline.load import SCHEMA
from minori.pipeline.workspace import Workspace
from minori.sources.aside import LINE
from minori.web.models import AsideRow, DataCopied, LoadRow

MOST_ASIDE = 20_000  # rows that a page can list; the CSV of the command line has them all
MOST_LOADS = 2_000
_NUMBERS = "rows new unchanged corrected duplicates quarantined left_out removed".split()


def up_to_date(served: Workspace) -> None:
    """Copy what has changed in the lake since the last copy; a look at two numbers if nothing has."""
    snapshot = served.lake.snapshot()
    known = dict(DataCopied.objects.values_list("table", "version"))
    for table, copy in ((LOADS, _loads), (set_aside.ADDRESS, _aside)):
        version = snapshot.versions.get(table, -1)
        if known.get(table) != version:
            # Who else copies the same at this moment is done first; then theirs stands, and it is the same.
            with suppress(IntegrityError), transaction.atomic():
                rows = copy(snapshot)
                DataCopied.objects.update_or_create(pk=table, defaults={"version": version, "rows": rows})


def copy_again(served: Workspace) -> None:
    """Copy everything, whether it has changed or not."""
    DataCopied.objects.all().delete()
    up_to_date(served)


def open_rows() -> int:
    """Return how many rows are open in the lake."""
    return DataCopied.objects.filter(pk=set_aside.ADDRESS).values_list("rows", flat=True).first() or 0


def _loads(snapshot: Snapshot) -> int:
    found = snapshot.arrow(LOADS, SCHEMA.names).to_pylist() if snapshot.has(LOADS) else []
    newest = sorted(found, key=lambda row: row["load_no"], reverse=True)[:MOST_LOADS]
    LoadRow.objects.all().delete()
    once = {(row["load_no"], row["source"], row["table"]): row for row in newest}
    LoadRow.objects.bulk_create((_load(row) for row in once.values()), batch_size=500)
    return len(found)


def _load(row: dict[str, Any]) -> LoadRow:
    return LoadRow(
        **{name: row[name] or 0 for name in _NUMBERS},
        load_no=row["load_no"],
        loaded_at=row["loaded_at"],
        source=row["source"],
        table=row["table"],
        covers_from=row["covers_from"],
        covers_until=row["covers_until"],
        fresh_within_days=row["fresh_within_days"] or 0,
        files=json.loads(row["files"] or "[]"),
        notes=json.loads(row["notes"] or "[]"),
    )


def _aside(snapshot: Snapshot) -> int:
    rows = [row for row in set_aside.read(snapshot) if row["state"] == set_aside.OPEN]
    AsideRow.objects.all().delete()
    AsideRow.objects.bulk_create(_asides(rows[:MOST_ASIDE]), batch_size=500)
    return len(rows)


def _asides(rows: Iterable[dict[str, Any]]) -> Iterable[AsideRow]:
    for row in rows:
        record: dict[str, Any] = json.loads(row["record"] or "{}")
        line = ""
        if row["record_of"] == LINE:
            line, record = record["line"], dict.fromkeys(record["columns"])
        yield AsideRow(
            quarantine_id=row["quarantine_id"],
            load_no=row["load_no"],
            source=row["source"],
            table=row["table"],
            file=(row["file"] or "")[:400],
            row=row["row"],
            column=(row["column"] or "")[:200],
            value=row["value"] or "",
            reason={"ja": row["reason_ja"], "en": row["reason_en"]},
            record=record,
            line=line,
        )
