"""CSV for spreadsheets: nothing that came from outside is run as a formula."""

import csv
import io

import pytest

from minori.core.safe_csv import csv_lines, safe, write_records, write_rows


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_a_formula_becomes_text(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize(("value", "cell"), [(None, ""), (-5, "-5"), (1.5, "1.5"), ("a=b", "a=b"), ("", "")])
def test_other_values_stay_as_they_are(value: object, cell: str) -> None:
    assert safe(value) == cell


def test_rows_are_read_back() -> None:
    sink = io.StringIO(newline="")
    write_rows(sink, ("id", "name"), [(1, 'Ka"i, Inc.'), (2, None), (3, "=cmd()")])
    assert list(csv.reader(io.StringIO(sink.getvalue(), newline=""))) == [
        ["id", "name"],
        ["1", 'Ka"i, Inc.'],
        ["2", ""],
        ["3", "'=cmd()"],
    ]


def test_lines_come_one_by_one() -> None:
    lines = csv_lines(("a", "b"), ([n, "x"] for n in range(10**9)))
    assert [next(lines), next(lines)] == ["a,b\r\n", "0,x\r\n"]


class TestRecords:
    def test_the_first_names_the_columns(self) -> None:
        sink = io.StringIO(newline="")
        write_records(sink, iter([{"=a": 1, "b": 2}, {"b": 4, "=a": 3}]))
        assert sink.getvalue() == "'=a,b\r\n1,2\r\n3,4\r\n"

    @pytest.mark.parametrize(("columns", "written"), [(None, ""), (("a", "b"), "a,b\r\n")])
    def test_no_record(self, columns: tuple[str, ...] | None, written: str) -> None:
        sink = io.StringIO(newline="")
        write_records(sink, (), columns)
        assert sink.getvalue() == written

    def test_columns_choose_and_order(self) -> None:
        sink = io.StringIO(newline="")
        write_records(sink, [{"a": 1, "b": "@x", "c": 3}], ("b", "a"))
        assert sink.getvalue() == "b,a\r\n'@x,1\r\n"
