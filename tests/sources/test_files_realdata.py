import shutil
from pathlib import Path

import pandas as pd
import pytest

from sources.files_case import open_files

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not DATA.is_dir(), reason="the third-party data is not here"),
]

CSV_FILES = [
    "online_retail/online_retail_until_2011-09-09.csv.gz",
    "saas_sales_b2b/SaaS-Sales.csv.gz",
    "telco_churn/Telco-Customer-Churn.csv.gz",
]


@pytest.mark.parametrize("name", CSV_FILES)
def test_csv_files_hold_what_pandas_reads(tmp_path: Path, name: str) -> None:
    file = shutil.copy(DATA / name, tmp_path)
    expected = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig").replace("", None)
    case = open_files(tmp_path, Path(name).name)
    assert case.opened.bad == ()
    assert case.opened.columns == tuple(expected.columns)
    assert case.opened.rows == len(expected) == len(case.rows("_row"))
    (filled,) = (
        case.connection.table("input")
        .aggregate(", ".join(f'count("{name}")' for name in expected))
        .fetchall()
    )
    assert filled == tuple(int(count) for count in expected.notna().sum())
    at = len(expected) - 1
    assert case.rows()[at] == tuple(None if pd.isna(value) else value for value in expected.iloc[at])


def test_json_lines_hold_what_pandas_reads(tmp_path: Path) -> None:
    name = "log_data_2018-11.jsonl.gz"
    file = shutil.copy(DATA / "sparkify_log" / name, tmp_path)
    expected = pd.read_json(file, lines=True, dtype=False)
    case = open_files(tmp_path, name)
    assert case.opened.rows + len(case.opened.bad) == len(expected) == 8056
    assert {(row.column, row.reason.en) for row in case.opened.bad} <= {
        (column, f"control sign in the value (\\x{code:02x})")
        for column in ("artist", "song")
        for code in range(32)
    }
    stamps = case.rows("ts", "_row")
    assert all(text == str(expected["ts"][row - 1]) for text, row in stamps)


def test_parquet_files_hold_what_pandas_reads(tmp_path: Path) -> None:
    for file in sorted((DATA / "dunnhumby").glob("c*.parquet")):
        shutil.copy(file, tmp_path)
        expected = pd.read_parquet(file)
        case = open_files(tmp_path, file.name)
        assert (case.opened.rows, case.opened.bad) == (len(expected), ())
        assert [column.lower() for column in case.opened.columns] == [name.lower() for name in expected]
