"""Putting the tables back to the newest commit, after a writer that was killed or that failed."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from deltalake import DeltaTable

from minori.core.errors import LakeError
from minori.lake import delta


def repaired(root: Path, committed: Mapping[str, int], trash: Path) -> dict[str, int]:
    """Undo what was written after the commit and return each table's newest version.

    Only the holder of the lock may call it. A version returned may be greater than the committed
    one; its content is the same. Tables that the commit does not know are removed by way of ``trash``.
    """
    for table in sorted(set(tables_on_disk(root)) - set(committed)):
        _remove(root / table, trash)
    return {table: _restored(root, table, version) for table, version in committed.items()}


def tables_on_disk(root: Path) -> Iterator[str]:
    """Return the addresses of every Delta table under the lake, committed or not."""
    for log in root.glob(f"*/*/{delta.LOG}"):
        address = log.parent.relative_to(root).as_posix()
        if delta.is_address(address):
            yield address


def _remove(folder: Path, trash: Path) -> None:
    # Removing takes many steps, renaming one: a half-removed table must not look like a table.
    trash.mkdir(parents=True, exist_ok=True)
    away = trash / f"{folder.parent.name}-{folder.name}"
    shutil.rmtree(away, ignore_errors=True)
    folder.replace(away)
    shutil.rmtree(away, ignore_errors=True)


def _restored(root: Path, table: str, version: int) -> int:
    folder = root / table
    newest = delta.newest_version(folder)
    if newest is None or newest < version:
        raise LakeError(
            f"{table}: part of it is lost; version {version} is committed, the newest there is {newest}"
        )
    if newest == version or _same(folder, version, newest):
        return newest
    DeltaTable(folder).restore(
        version,
        protocol_downgrade_allowed=True,
        commit_properties=delta.COMMIT,
        post_commithook_properties=delta.HOOKS,
    )
    return newest + 1


def _same(folder: Path, version: int, newest: int) -> bool:
    """Tell whether an earlier repair has already led back to the version."""
    then, now = DeltaTable(folder, version=version), DeltaTable(folder, version=newest)
    return set(delta.logged_files(then)) == set(delta.logged_files(now)) and then.schema() == now.schema()
