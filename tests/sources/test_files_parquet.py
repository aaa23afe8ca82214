from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from minori.core.errors import InputError
from sources.files_case import Case, open_files


def open_table(workspace: Path, columns: dict[str, Any], **settings: Any) -> Case:
    pq.write_table(pa.table(columns), workspace / "a.parquet", row_group_size=2)
    return open_files(workspace, "a.parquet", **settings)


def test_types_become_text_that_reads_back(tmp_path: Path) -> None:
    instant = datetime(2024, 1, 2, 3, 4, 5, 600, tzinfo=UTC)
    columns = {
        "i": pa.array([1541990217796]),
        "d": pa.array([Decimal("1.50")]),
        "f": pa.array([17850.0]),
        "on": pa.array([date(2024, 1, 2)]),
        "at": pa.array([instant], pa.timestamp("us", "Asia/Tokyo")),
        "local": pa.array([datetime.fromisoformat("2024-01-02T03:04:05")], pa.timestamp("us")),
        "s": pa.array([{"x": [1, 2]}]),
        "t": pa.array([True]),
        "b": pa.array(["あ".encode()]),
        "e": pa.array([""]),
        "n": pa.array([None], pa.int64()),
    }
    case = open_table(tmp_path, columns)
    assert case.rows() == [
        (
            *("1541990217796", "1.50", "17850.0", "2024-01-02", "2024-01-02T03:04:05.0006Z"),
            *("2024-01-02T03:04:05", '{"x":[1,2]}', "true", "あ", None, None),
        )
    ]
    assert set(case.connection.table("input").types[:11]) == {"VARCHAR"}


def test_rows_are_numbered_and_bad_ones_set_aside(tmp_path: Path) -> None:
    texts = ["ok", "x\x00y", "ok", "z" * 1_000_001, "tab\tnew\nline"]
    blobs = [b"ok", b"ok", b"\xff", b"ok", b"ok"]
    case = open_table(tmp_path, {"k": pa.array(range(5)), "t": pa.array(texts), "b": pa.array(blobs)})
    assert case.rows("k", "_row") == [("0", 1), ("4", 5)]
    assert [(row, column) for row, column, _ in case.bad] == [(2, "t"), (3, None), (4, "t")]


def test_columns_with_our_names_are_renamed(tmp_path: Path) -> None:
    case = open_table(tmp_path, {"_row": pa.array([7, 8]), "a": pa.array(["x", "y"])})
    assert case.rows("_row_2", "_row") == [("7", 1), ("8", 2)]
    assert open_table(tmp_path, {"file_row_number": pa.array([9])}).rows() == [("9",)]


def test_what_is_no_parquet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_text("PAR1 no")
    with pytest.raises(InputError, match=r"a\.parquet: not a Parquet file"):
        open_files(tmp_path, "a.parquet")
