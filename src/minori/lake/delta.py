"""Delta tables as files on disk: where they lie, their newest version, how they are written."""

import re
from pathlib import Path
from urllib.parse import unquote

import pyarrow as pa
from deltalake import (
    CommitProperties,
    DeltaTable,
    PostCommitHookProperties,
    WriterProperties,
    write_deltalake,
)

from minori.core.errors import LakeError

LOG = "_delta_log"
WRITER = WriterProperties(compression="ZSTD", compression_level=1)
COMMIT = CommitProperties(max_commit_retries=20)
# Left to itself the log forgets versions after 30 days by the computer's clock; only tidy may forget.
HOOKS = PostCommitHookProperties(cleanup_expired_logs=False)

_ADDRESS = re.compile(r"[a-z][a-z0-9_]*/[a-z][a-z0-9_]*")
_LOGGED = re.compile(r"(\d{20})\.(json|checkpoint\..*parquet|checkpoint\.parquet)")
_REFUSED_SIGNS = re.compile(r"[\[\]^|\\]|%[0-9A-Fa-f]{2}")


def checked_root(root: Path) -> Path:
    """Return the lake's folder as an absolute path; raises LakeError if Delta cannot address it."""
    absolute = root.absolute()
    found = _REFUSED_SIGNS.search(str(absolute))
    if found:
        raise LakeError(
            f"{absolute}: a lake cannot lie under a name with {found[0]!r}; move or rename the folder"
        )
    return absolute


def folder_of(root: Path, table: str) -> Path:
    """Return the folder of a table by its address, such as ``facts/events``."""
    if not is_address(table):
        raise LakeError(f"no table can be called {table!r}; expected room/name, such as facts/events")
    return root / table


def is_address(text: str) -> bool:
    """Tell whether a text can be the address of a table."""
    return _ADDRESS.fullmatch(text) is not None


def newest_version(folder: Path) -> int | None:
    """Return the newest version of the Delta table in the folder, or None if there is no table."""
    log = folder / LOG
    if not log.is_dir():
        return None
    return max(logged_versions(log).values(), default=None)


def logged_versions(log: Path) -> dict[Path, int]:
    """Return the log's files (one per version, and checkpoints) with the version each is of."""
    found = ((path, _LOGGED.fullmatch(path.name)) for path in log.iterdir())
    return {path: int(match[1]) for path, match in found if match}


def data_files(folder: Path, opened: DeltaTable) -> list[str]:
    """Return the absolute paths of the opened version's files, sorted."""
    return sorted(str(folder / physical(path)) for path in logged_files(opened))


def logged_files(opened: DeltaTable) -> list[str]:
    """Return the opened version's files as its log writes them: relative and percent-encoded."""
    return [str(path) for path in pa.table(opened.get_add_actions())["path"].to_pylist()]


def physical(logged: str) -> str:
    """Return the relative path on disk of a path in the log."""
    return unquote(logged)


def stored_schema(folder: Path) -> pa.Schema:
    """Return the schema of the newest version."""
    return pa.schema(DeltaTable(folder).schema().to_arrow())


def append(folder: Path, rows: pa.RecordBatchReader) -> None:
    """Add rows to an existing table as one version; columns that are new to it appear."""
    write_deltalake(
        folder,
        rows,
        mode="append",
        schema_mode="merge",
        writer_properties=WRITER,
        commit_properties=COMMIT,
        post_commithook_properties=HOOKS,
    )


def overwrite(folder: Path, rows: pa.RecordBatchReader, where: str | None = None) -> None:
    """Put rows in place of those for which ``where`` holds, or of all, with their schema, as one version."""
    write_deltalake(
        folder,
        rows,
        mode="overwrite",
        schema_mode="overwrite" if where is None else "merge",
        predicate=where,
        writer_properties=WRITER,
        commit_properties=COMMIT,
        post_commithook_properties=HOOKS,
    )


def create(folder: Path, schema: pa.Schema, partition_by: list[str] | None = None) -> None:
    """Create an empty table; the folder must not hold one."""
    DeltaTable.create(
        folder,
        schema,
        partition_by=partition_by,
        commit_properties=COMMIT,
        post_commithook_properties=HOOKS,
    )
