import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minori.core.errors import InputError
from minori.sources.reading import text as reading_text
from sources.files_case import open_files, open_text


def test_values_stay_as_written(tmp_path: Path) -> None:
    case = open_text(
        tmp_path, 'id,amount,note,empty\n00012,1.50, padded ,\n1e5,TRUE,"=cmd|\'/C calc\'!A0",""\n'
    )
    assert case.rows() == [("00012", "1.50", " padded ", None), ("1e5", "TRUE", "=cmd|'/C calc'!A0", None)]
    assert set(case.connection.table("input").types[:4]) == {"VARCHAR"}


def test_every_row_knows_its_file_and_place(tmp_path: Path) -> None:
    case = open_text(tmp_path, "a,b\n1,2\n\n3,4\n", "exports/day.csv")
    assert case.rows("_row", "_file", "a") == [(1, "exports/day.csv", "1"), (2, "exports/day.csv", "3")]
    assert case.connection.table("input").types[-2:] == ["BIGINT", "VARCHAR"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_found(tmp_path: Path, separator: str) -> None:
    rows = [["id", "name", "price"], ["1", "a; b, c", "1,5"], ["2", "d|e\tf", "2,25"]]
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows(rows)
    assert open_text(tmp_path, written.getvalue()).rows() == [tuple(row) for row in rows[1:]]


def test_other_quotes_are_found_and_said(tmp_path: Path) -> None:
    single = open_text(tmp_path, "a,b\n1,'x,y'\n2,'z'\n")
    assert single.rows() == [("1", "x,y"), ("2", "z")]
    escaped = open_text(tmp_path, 'a,b\n1,"x \\"q\\", y"\n4,"z"\n5,"\\"k, \\""\n')
    assert escaped.rows() == [("1", 'x "q", y'), ("4", "z"), ("5", '"k, "')]
    spaced = open_text(tmp_path, 'a, b\n1, "x, y"\n4, "z"\n')
    assert spaced.rows() == [("1", "x, y"), ("4", "z")]
    assert all(len(case.notes) == 1 for case in (single, escaped, spaced))


def test_rows_of_another_width_are_set_aside_and_the_rest_loads(tmp_path: Path) -> None:
    case = open_text(tmp_path, "a,b,c\n1,2,3\n1,2\n1,2,3,4\n\n   \n5,6,7\n")
    assert case.rows("_row", "a") == [(1, "1"), (4, "5")]
    assert case.bad == [(2, None, "3 fields expected, 2 read"), (3, None, "3 fields expected, 4 read")]
    assert case.opened.bad[0].record == "1,2"


def test_separators_at_the_end_of_a_line_hold_nothing(tmp_path: Path) -> None:
    case = open_text(tmp_path, "a,b\n1,2,\n3,4,,\n5,6\n\n7,8,9,\n")
    assert case.rows() == [("1", "2"), ("3", "4"), ("5", "6")]
    assert case.bad == [(4, None, "2 fields expected, 4 read")]


@pytest.mark.parametrize(
    "content",
    [
        'a,b,c\n1,"open,3\n4,"x",6\n7,8,9\n',
        'a,b,c\n1,"open,3\n4,5,6\n7,8,9\n',
        'a,b,c\n1,"x\ny"z,3\n4,5,6\n7,8,9\n',
    ],
)
def test_an_open_quote_costs_its_own_row_only(tmp_path: Path, content: str) -> None:
    case = open_text(tmp_path, content)
    assert [a for (a,) in case.rows("a")] == ["4", "7"]
    assert case.bad[0] == (1, None, "a quote is opened and not closed")


def test_signs_that_no_value_may_hold(tmp_path: Path) -> None:
    case = open_text(tmp_path, b"a,b\n1,x\x00y\n2,ok\n3,\x1bz\n4,tab\there\n")
    assert [a for (a,) in case.rows("a")] == ["2", "4"]
    assert case.bad[0] == (1, "b", "control sign in the value (\\x00)")
    assert (case.opened.bad[0].value, case.opened.bad[0].record) == (
        "x\\x00y",
        '{"a": "1", "b": "x\\u0000y"}',
    )


@pytest.mark.parametrize("length", [1_000_001, 16_000_100])
def test_huge_values_are_set_aside(tmp_path: Path, length: int) -> None:
    case = open_text(tmp_path, "a,b\n1," + "x" * length + "\n2,3\n")
    assert case.rows() == [("2", "3")]
    assert len(case.opened.bad[0].value or "") == 200
    assert len(case.opened.bad[0].record or "") <= 1_000_000


def test_quoted_line_ends_belong_to_the_field(tmp_path: Path) -> None:
    for end in ("\n", "\r\n"):
        case = open_text(tmp_path, f'a,b{end}1,"x{end}y"{end}2,"say ""hi"""{end}')
        assert case.rows() == [("1", f"x{end}y"), ("2", 'say "hi"')]


def test_names_are_made_unique_and_said(tmp_path: Path) -> None:
    case = open_text(tmp_path, "a,A,,a,_row\n1,2,3,4,5\n")
    assert case.opened.columns == ("a", "A_2", "column_3", "a_3", "_row_2")
    assert case.rows() == [("1", "2", "3", "4", "5")]
    assert "'' → 'column_3'" in case.notes[0]


def test_header_below_titles_and_no_header(tmp_path: Path) -> None:
    titled = open_text(
        tmp_path, "売上一覧,,\n2024年度,,\n\n注文番号,日付,金額\n1,2024-01-01,5\n2,2024-01-02,6\n"
    )
    assert titled.opened.columns == ("注文番号", "日付", "金額")
    assert titled.notes == ["the header was taken from row 4"]
    assert titled.rows("_row") == [(1,), (2,)]
    bare = open_text(tmp_path, "1,2024-01-01\n2,2024-01-02\n", columns=["id", "on"])
    assert bare.rows("id", "on", "_row") == [("1", "2024-01-01", 1), ("2", "2024-01-02", 2)]
    assert "looks like data" in open_text(tmp_path, "1,2024-01-01\n2,2024-01-02\n").notes[0]
    chosen = open_text(tmp_path, "x,y\n1,2\na,b\n3,4\n", skip_rows=1, header_row=2)
    assert chosen.rows("a", "b") == [("3", "4")]


def test_gzip_and_damage_to_it(tmp_path: Path) -> None:
    packed = gzip.compress(b"a,b\n1,2\n")
    assert open_text(tmp_path, packed, "a.csv.gz").rows() == [("1", "2")]
    with pytest.raises(InputError, match=r"a\.csv\.gz: not a whole gzip file"):
        open_text(tmp_path, packed[:-4], "a.csv.gz")
    with pytest.raises(InputError, match="packed by gzip"):
        open_text(tmp_path, packed, "b.csv")


def test_files_with_nothing_in_them(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing to read"):
        open_text(tmp_path, "")
    assert open_text(tmp_path, "a,b\n").rows() == []
    (tmp_path / "b.csv").touch()
    both = open_files(tmp_path, "*.csv")
    assert (both.notes, both.opened.columns) == (["the file is empty"], ("a", "b"))


def test_a_file_that_is_read_wrongly_is_refused_as_a_whole(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="check encoding, separator and header_row"):
        open_text(tmp_path, "a,b\n" + "1,2,3\n" * 100_002)


CELLS = st.text(alphabet=st.sampled_from("ab0,;\"' \n\r\t|é日\\="), max_size=6)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_a_csv_writer_writes_is_read_back(tmp_path: Path, rows: list[list[str]], end: str) -> None:
    """Quote all, so that nothing is in doubt; both ways of reading must agree with the writer."""
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator=end).writerows([["x", "y", "z"], *rows])
    expected = [tuple(value or None for value in row) for row in rows]
    with pytest.MonkeyPatch.context() as patch:
        fast = open_text(tmp_path, written.getvalue(), separator=",", header_row=1)
        patch.setattr(reading_text, "load_plain", lambda *_: None)
        odd = open_text(tmp_path, written.getvalue(), separator=",", header_row=1)
    assert fast.rows() == odd.rows() == expected
    assert fast.rows("_row") == [(number,) for number in range(1, len(rows) + 1)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(st.text(alphabet='a1,"', min_size=1, max_size=8), min_size=1, max_size=8))
def test_no_line_disappears(tmp_path: Path, lines: list[str]) -> None:
    """Whatever the lines hold, each is in a row that was loaded or in one that was set aside."""
    content = "\n".join(["x,y", *lines, ""])
    case = open_text(tmp_path, content, separator=",", quote='"', header_row=1)
    inside = [value for row in case.rows() for value in row] + [row.record for row in case.opened.bad]
    spread = sum((text or "").count("\n") for text in inside)
    assert case.opened.rows + len(case.opened.bad) + spread == len(lines)
    assert case.opened.rows == len(case.rows())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading_text, "load_plain", lambda *_: None)
        odd = open_text(tmp_path, content, separator=",", quote='"', header_row=1)
    assert (odd.rows(), odd.bad) == (case.rows(), case.bad)
