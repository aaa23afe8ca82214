from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from minori.core.errors import InputError
from minori.sources.reading.excel import cell_text
from sources.files_case import Case, open_files


def open_sheets(workspace: Path, sheets: dict[str, list[list[Any]]], **settings: Any) -> Case:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(workspace / "book.xlsx")
    return open_files(workspace, "book.xlsx", **settings)


def test_cells_become_what_a_person_sees(tmp_path: Path) -> None:
    row = [
        "007",
        7,
        1.5,
        True,
        date(2024, 1, 2),
        datetime.fromisoformat("2024-01-02T03:04:05"),
        None,
        "=1+1|x",
    ]
    case = open_sheets(tmp_path, {"s": [list("abcdefgh"), row]})
    expected = ("007", "7", "1.5", "true", "2024-01-02", "2024-01-02 03:04:05", None)
    assert case.rows()[0][:7] == expected
    assert set(case.connection.table("input").types[:8]) == {"VARCHAR"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (1e15, "1000000000000000"),
        (1e-7, "0.0000001"),
        (-2.0, "-2"),
        (19.989999999999998, "19.99"),
        (time(3, 4), "03:04:00"),
        (timedelta(hours=30), "30:00:00"),
        (False, "false"),
    ],
)
def test_numbers_and_times(value: Any, text: str) -> None:
    assert cell_text(value) == text


def test_the_first_sheet_that_is_not_empty_or_the_named_one(tmp_path: Path) -> None:
    sheets = {"空": [], "顧客": [["ID"], ["1"]], "注文": [["注文番号"], ["9"]]}
    case = open_sheets(tmp_path, sheets)
    assert (case.opened.columns, case.notes) == (("ID",), ["the sheet '顧客' was read; others: 空, 注文"])
    assert open_sheets(tmp_path, sheets, sheet="注文").rows() == [("9",)]
    with pytest.raises(InputError, match="no sheet named '受注'; it has 空, 顧客, 注文"):
        open_sheets(tmp_path, sheets, sheet="受注")
    with pytest.raises(InputError, match="every sheet is empty"):
        open_sheets(tmp_path, {"空": []})


def test_a_table_that_starts_lower(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        [None, "顧客一覧"],
        [None, "期間", "2024年4月"],
        [],
        [None, "ID", "会社名", "契約日", "数"],
    ]
    rows += [[None, f"00{n}", "みのり", date(2024, 4, n), n] for n in range(1, 4)]
    rows.insert(5, [])
    case = open_sheets(tmp_path, {"s": rows})
    assert case.opened.columns == ("ID", "会社名", "契約日", "数")
    assert case.notes == ["the header was taken from row 4"]
    assert case.rows("ID", "_row") == [("001", 1), ("002", 3), ("003", 4)]


def test_bad_cells_and_files(tmp_path: Path) -> None:
    case = open_sheets(
        tmp_path, {"s": [["a", "b"], ["1", "x" * 10], ["2", "ok"]]}, columns=["k", "v"], skip_rows=1
    )
    assert case.rows() == [("1", "x" * 10), ("2", "ok")]
    (tmp_path / "no.xlsx").write_text("no workbook")
    with pytest.raises(InputError, match=r"no\.xlsx: not a workbook"):
        open_files(tmp_path, "no.xlsx")
