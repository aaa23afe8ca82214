"""Writing a Parquet file anew in its place: same name, same rows, same size, with some cells changed.

A Delta log names files with their sizes, and a commit names versions of logs. A file that keeps its name and its
size can be exchanged at any instant, and every version that was ever committed stays readable, before and after.
"""

import os
import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_TAIL = 8  # bytes: length of the footer, and the magic sign
# Another writer than the one that wrote a file may need a little more room for the same; packing harder makes up
# for it. What still does not fit grows, and the log is told its size.
_TRIES = ((3, True), (6, True), (9, False))

Cells = Mapping[str, pa.Array | pa.ChunkedArray]


@dataclass(frozen=True)
class Edit:
    """What to change in rows: ``change`` returns the columns that differ, as they should be; none if nothing does.

    ``reads`` are the columns by which that is decided; ``change`` must not need others, and must do with those of
    them that a file has. ``may`` looks at the columns ``keys`` first, which are small, and says whether there can be
    anything to change; None: look at all.
    """

    reads: Collection[str]
    change: Callable[[pa.Table], Cells]
    keys: Collection[str] = ()
    may: Callable[[pa.Table], bool] | None = None


def edit_in_place(path: Path, edit: Edit, temporary: Path) -> bool:
    """Change a file; return whether there was anything to change. ``temporary`` must be on the same disk."""
    if not touched(path, edit):
        return False
    temporary.mkdir(parents=True, exist_ok=True)
    beside = temporary / path.name
    size = path.stat().st_size
    for level, statistics in _TRIES:
        edited_copy(path, edit, beside, level=level, statistics=statistics)
        if beside.stat().st_size <= size:
            break
    put(beside, path)
    return True


def touched(path: Path, edit: Edit) -> bool:
    """Tell whether the edit would change anything in the file."""
    with pq.ParquetFile(path) as opened:
        known = opened.schema_arrow.names
        for number in range(opened.num_row_groups):
            if edit.may is not None:
                keys = opened.read_row_group(number, columns=[name for name in known if name in edit.keys])
                if not edit.may(keys):
                    continue
            rows = opened.read_row_group(number, columns=[name for name in known if name in edit.reads])
            if edit.change(rows):
                return True
    return False


def edited_copy(path: Path, edit: Edit, into: Path, *, level: int = 1, statistics: bool = True) -> None:
    """Write the file as the edit would have it."""
    with pq.ParquetFile(path) as opened:
        writer = pq.ParquetWriter(
            into,
            opened.schema_arrow.remove_metadata(),
            compression="zstd",
            compression_level=level,
            write_statistics=statistics,
            store_schema=False,
        )
        with writer:
            for number in range(opened.num_row_groups):
                rows = opened.read_row_group(number)
                for name, values in edit.change(rows).items():
                    at = rows.schema.get_field_index(name)
                    rows = rows.set_column(at, rows.schema.field(at), values)
                writer.write_table(rows)


def put(beside: Path, path: Path) -> None:
    """Move a Parquet file to where another is, grown to its size if it is smaller, with its time."""
    _grow(beside, path.stat().st_size)
    replace(beside, path)


def replace(beside: Path, path: Path) -> None:
    """Move a file to where another is, at once and for good."""
    shutil.copystat(path, beside)
    with beside.open("rb") as written:
        os.fsync(written.fileno())
    beside.replace(path)


def _grow(path: Path, size: int) -> None:
    """Put nothings between the pages and the footer: pages are found from the front, the footer from the end."""
    lacking = size - path.stat().st_size
    if lacking <= 0:
        return
    with path.open("r+b") as file:
        file.seek(-_TAIL, os.SEEK_END)
        footer = int.from_bytes(file.read(4), "little")
        file.seek(-_TAIL - footer, os.SEEK_END)
        start, tail = file.tell(), file.read()
        file.seek(start)
        file.write(b"\0" * lacking)
        file.write(tail)
