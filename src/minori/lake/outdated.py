"""Taking single rows out of stored files: only the files that hold them are written anew."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from deltalake import DeltaTable
from deltalake.transaction import AddAction, RemoveAction

from minori.lake import delta

_COPY_KEPT = """
    copy (select outdated.* from outdated anti join corrected using (_id))
    to $file (format parquet, compression zstd, compression_level 1)
"""


def drop_corrected(
    connection: duckdb.DuckDBPyConnection, folder: Path, files: Sequence[str], now: datetime
) -> None:
    """Write one version of the table without the rows whose ids are in the connection's ``corrected``."""
    opened = DeltaTable(folder)
    actions = {str(folder / delta.physical(a["path"])): a for a in _add_actions(opened)}
    milliseconds = int(now.timestamp() * 1000)
    changes: list[AddAction | RemoveAction] = []
    for index, file in enumerate(files):
        old = actions[file]
        partition = old.get("partition") or {}
        changes.append(RemoveAction(old["path"], True, milliseconds, old["size_bytes"], partition))
        # No version is written twice, so a name made of it never means two things.
        name = f"part-{index:05d}-version-{opened.version() + 1:020d}.parquet"
        copy = Path(file).with_name(name)
        rows = _copy_kept(connection, file, copy)
        if rows:
            path = str(Path(old["path"]).with_name(name))
            stats = json.dumps({"numRecords": rows})
            changes.append(AddAction(path, copy.stat().st_size, partition, milliseconds, True, stats))
    opened.create_write_transaction(
        changes,
        mode="append",
        schema=opened.schema(),
        partition_by=opened.metadata().partition_columns,
        commit_properties=delta.COMMIT,
        post_commithook_properties=delta.HOOKS,
    )


def _add_actions(opened: DeltaTable) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pa.table(opened.get_add_actions()).to_pylist()
    return found


def _copy_kept(connection: duckdb.DuckDBPyConnection, file: str, copy: Path) -> int:
    connection.read_parquet([file], hive_partitioning=False).create_view("outdated", replace=True)
    [(rows,)] = connection.execute(_COPY_KEPT, {"file": str(copy)}).fetchall()
    return int(rows)
