"""Parquet files written anew in their place: same size, same rows, and the Delta table around them still true."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable

from minori.lake import delta
from minori.lake.relog import relog
from minori.lake.rewriting import Cells, Edit, edit_in_place

SCHEMA = pa.schema(
    [
        ("month", pa.string()),
        ("_id", pa.int64()),
        ("name", pa.string()),
        ("at", pa.timestamp("us", tz="UTC")),
        ("amount", pa.decimal128(18, 4)),
    ]
)


def rows(*names: str | None, first: int = 0) -> pa.Table:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    found = [
        {"month": "ab"[n % 2], "_id": first + n, "name": name, "at": at, "amount": Decimal("1.5")}
        for n, name in enumerate(names)
    ]
    return pa.Table.from_pylist(found, SCHEMA)


def table(folder: Path, *parts: pa.Table) -> Path:
    delta.create(folder, SCHEMA, ["month"])
    for part in parts:
        delta.append(folder, part.to_reader())
    return folder


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("month=*/*.parquet"))


def to(new: str | None) -> Edit:
    """Write something else for ``secret``."""

    def change(found: pa.Table) -> Cells:
        mask = pc.fill_null(pc.equal(found["name"], "secret"), False)
        if not pc.any(mask).as_py():
            return {}
        return {"name": pc.if_else(mask, pa.scalar(new, pa.string()), found["name"])}

    return Edit(("name",), change)


def read(folder: Path, version: int | None = None) -> list[str | None]:
    found = DeltaTable(folder, version=version).to_pyarrow_dataset().to_table().sort_by("_id")
    return list(found["name"].to_pylist())


@pytest.mark.parametrize("names", [("secret",), ("a", "secret"), (*(f"n{i}" for i in range(500)), "secret")])
def test_a_file_keeps_its_name_its_size_and_its_other_rows(tmp_path: Path, names: tuple[str, ...]) -> None:
    folder = table(tmp_path / "t", rows(*names))
    sizes = {path: path.stat().st_size for path in files(folder)}
    edited = [edit_in_place(path, to(None), tmp_path / "beside") for path in files(folder)]
    assert edited.count(True) == 1
    assert {path: path.stat().st_size for path in files(folder)} == sizes
    assert read(folder) == [None if name == "secret" else name for name in names]
    assert not any(b"secret" in path.read_bytes() for path in files(folder))
    assert not any(edit_in_place(path, to(None), tmp_path / "beside") for path in files(folder))


def test_the_log_tells_nothing_of_the_column_and_every_version_reads(tmp_path: Path) -> None:
    folder = table(tmp_path / "t", rows("secret", "b"), rows("c", "secret", first=10))
    DeltaTable(folder).create_checkpoint()
    delta.append(folder, rows("secret", first=20).to_reader())
    left = folder / delta.LOG / "_commit_of_a_killed_writer.json.tmp"
    left.write_text("secret")
    for path in files(folder):
        edit_in_place(path, to(None), tmp_path / "beside")
    relog(folder, {"name"}, tmp_path / "beside")
    everything = b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    assert b"secret" not in everything and not left.exists()
    checkpoint = next((folder / delta.LOG).glob("*.checkpoint.parquet"))
    assert "secret" not in str(pq.ParquetFile(checkpoint).read().to_pylist())
    assert [read(folder, version) for version in (1, 2, 3)] == [
        [None, "b"],
        [None, "b", "c", None],
        [None, "b", "c", None, None],
    ]
    for version in (0, 1):  # what a tidied log has no more
        (folder / delta.LOG / f"{version:020d}.json").unlink()
    assert read(folder) == [None, "b", "c", None, None]
    told = pa.table(DeltaTable(folder).get_add_actions(flatten=True))
    assert "max._id" in told.column_names and sum(told["num_records"].to_pylist()) == 5


def test_a_file_that_had_to_grow_is_as_large_as_its_log_says(tmp_path: Path) -> None:
    folder = table(tmp_path / "t", rows("secret", "b"))
    longer = "".join(chr(0x4E00 + 37 * n % 20_000) for n in range(4_000))
    for path in files(folder):
        edit_in_place(path, to(longer), tmp_path / "beside")
    relog(folder, {"name"}, tmp_path / "beside")
    DeltaTable(folder).optimize.compact(writer_properties=delta.WRITER)
    delta.overwrite(folder, rows("x", first=1).to_reader(), where="month = 'a'")
    assert sorted(map(str, read(folder))) == ["b", "x"]
