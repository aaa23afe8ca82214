"""Delta logs without what they tell of personal columns: the least and the greatest value stand in them."""

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from minori.lake import delta
from minori.lake.rewriting import put, replace

_KEPT = "_last_checkpoint"
_OF_COLUMNS = ("minValues", "maxValues", "nullCount")


def relog(folder: Path, columns: Collection[str], temporary: Path) -> None:
    """Take what the table's log says of the columns out of it, and write sizes as the files have them.

    Every file of the log is exchanged by itself, and is true before and after. What killed writers left in the
    log's folder is removed; only the holder of the lake's lock may call it.
    """
    temporary.mkdir(parents=True, exist_ok=True)
    log = folder / delta.LOG
    logged = delta.logged_versions(log)
    for path in sorted(log.iterdir()):
        if path.is_file() and path not in logged and path.name != _KEPT:
            path.unlink()
    for path in sorted(logged):
        rewrite = _json if path.suffix == ".json" else _checkpoint
        rewrite(folder, path, set(columns), temporary / path.name)


def _json(folder: Path, path: Path, columns: set[str], beside: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    actions = [json.loads(line) for line in lines]
    changed = [_changed(folder, action, columns) for action in actions]
    if not any(changed):
        return
    written = "\n".join(json.dumps(a, ensure_ascii=False, separators=(",", ":")) for a in actions)
    beside.write_text(written, encoding="utf-8")
    replace(beside, path)


def _checkpoint(folder: Path, path: Path, columns: set[str], beside: Path) -> None:
    with pq.ParquetFile(path) as opened:
        found = opened.read()
    actions = found.to_pylist()
    changed = [_changed(folder, action, columns) for action in actions]
    if not any(changed):
        return
    pq.write_table(
        pa.Table.from_pylist(actions, schema=found.schema), beside, compression="zstd", compression_level=19
    )
    put(beside, path)


def _changed(folder: Path, action: dict[str, Any], columns: set[str]) -> bool:
    """Change the action as far as it adds or removes a file; return whether it was."""
    changed = False
    for name in ("add", "remove"):
        file = action.get(name)
        if file is None:
            continue
        changed |= _without(file, columns)
        path = folder / delta.physical(file["path"])
        if file.get("size") is not None and path.exists() and path.stat().st_size != file["size"]:
            file["size"] = path.stat().st_size
            changed = True
    return changed


def _without(file: dict[str, Any], columns: set[str]) -> bool:
    told = json.loads(file["stats"]) if file.get("stats") else {}
    known = {name for part in _OF_COLUMNS for name in told.get(part) or {}} & columns
    if known:
        for part in _OF_COLUMNS:
            told[part] = {name: value for name, value in told.get(part, {}).items() if name not in known}
        file["stats"] = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return bool(known)
