"""A value that cannot be taken sets its row aside only in a column that somebody reads."""

import json
from pathlib import Path

import duckdb
import openpyxl
import pytest

from loading import Workspace
from minori.sources.columns_read import columns_read
from minori.sources.kind import Opening
from sources.files_case import FILES, Case

LONG = "x" * 1_000_001
SOURCES = """
- id: log
  kind: files
  read: log.csv
  gives: events
  with: [people]
  select: >
    select l.id as event_id, p.customer as customer_id, 'login' as name, cast(l.at as timestamp) as occurred_at
    from input l join people p using (person)
- id: people
  kind: files
  read: people.csv
  gives: users
  select: select person as user_id, customer as customer_id from input
"""


class TestWhichColumns:
    @pytest.mark.parametrize(
        ("select", "read"),
        [
            ("select a, lower(B) as c from input", {"a", "b"}),
            ("select i.a from input i join s on s.k = i.l", {"a", "i", "k", "l", "s"}),
            ("select a from input join s using (shared)", {"a", "shared"}),
            ("with t as (select x as y from input) select y, count(*) as n from t group by y", {"x", "y"}),
            ("select json_extract_string(properties, '$.song') as a from input", {"properties"}),
            ("select details.song as a from input", {"details", "song"}),
        ],
    )
    def test_are_those_named(self, select: str, read: set[str]) -> None:
        assert columns_read(select) == read

    @pytest.mark.parametrize(
        "select", ["select * from input", "select i.* from input i", "select input from input", "select ("]
    )
    def test_may_be_all(self, select: str) -> None:
        assert columns_read(select) is None


def opened(root: Path, file: str, *reads: str) -> Case:
    connection = duckdb.connect()
    params = FILES.params.model_validate({"read": file})
    opening = Opening(connection, "input", root, reads=frozenset(reads) or None)
    return Case(FILES.open(opening, params), connection)


def written(root: Path, form: str) -> str:
    """A file with a control sign in column b of row 2, and a value that is too long in row 3."""
    rows = [("1", "fine"), ("2", "b\x01d"), ("3", LONG)]
    name = f"a.{form}"
    if form == "csv":
        (root / name).write_text("a,b\n" + "".join(f"{a},{b}\n" for a, b in rows), encoding="utf-8")
    elif form == "jsonl":
        (root / name).write_text(
            "".join(json.dumps({"a": a, "b": b}) + "\n" for a, b in rows), encoding="utf-8"
        )
    elif form == "parquet":
        with duckdb.connect() as connection:
            connection.execute("create table t (a text, b text)")
            connection.executemany("insert into t values (?, ?)", rows)
            connection.execute(f"copy t to '{root / name}' (format parquet)")
    return name


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
class TestEveryForm:
    def test_a_column_that_nobody_reads_sets_nothing_aside(self, tmp_path: Path, form: str) -> None:
        case = opened(tmp_path, written(tmp_path, form), "A")
        assert case.bad == []
        assert case.rows("a") == [("1",), ("2",), ("3",)]
        assert not any("\x01" in value or len(value) > 1_000_000 for (value,) in case.rows("b"))

    def test_one_that_is_read_does(self, tmp_path: Path, form: str) -> None:
        case = opened(tmp_path, written(tmp_path, form), "a", "b")
        assert [row for row, _, _ in case.bad] == [2, 3]
        assert [row for row, _, _ in opened(tmp_path, f"a.{form}").bad] == [2, 3]


def test_a_control_sign_within_an_inner_object(tmp_path: Path) -> None:
    rows = '{"a": 0}\n{"a": 1, "b": {"c": "\\u0001"}}\n'
    (tmp_path / "a.jsonl").write_text(rows, encoding="utf-8")
    assert opened(tmp_path, "a.jsonl", "a").bad == []
    assert len(opened(tmp_path, "a.jsonl", "b").bad) == 1


def test_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("a", "b"), ("1", LONG[:30_000]), ("2", "fine")):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert opened(tmp_path, "a.xlsx", "a").rows("a") == [("1",), ("2",)]


def test_a_load_takes_every_row_that_its_select_can_use(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, SOURCES)
    workspace.write(
        "log", "id,person,at,agent\n1,p,2026-11-01T10:00,Mo\x00zilla\n2,p\x00,2026-11-01T10:00,x\n"
    )
    workspace.write("people", "person,customer,note\np,c,a\x02b\n")
    log, people = workspace.load().sources
    assert [(source.new, source.quarantined) for source in (log, people)] == [(1, 1), (1, 0)]
