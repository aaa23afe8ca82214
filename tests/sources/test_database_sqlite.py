"""A database as a source: what is read, as which text, and what is never told."""

import sqlite3
from pathlib import Path
from typing import Any

import duckdb
import pytest

from loading import Workspace
from minori.core.errors import DefinitionError, InputError
from minori.sources.databases.texts import as_text, marked, unmarked
from minori.sources.definitions import parse_sources
from minori.sources.kind import Opened, Opening
from minori.sources.kinds.database import KIND

SOURCE = """
- id: crm
  kind: database
  url: sqlite:///crm.db
  table: visits
  since: seen_at
  gives: events
  select: select cast(id as varchar) as event_id, who as customer_id, 'visit' as name, seen_at as occurred_at from input
"""


def database(folder: Path, *statements: str) -> None:
    with sqlite3.connect(folder / "crm.db") as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def opened(folder: Path, newest: str | None = None, **params: Any) -> tuple[Opened, list[tuple[Any, ...]]]:
    connection = duckdb.connect()
    params = {"url": "sqlite:///crm.db"} | params
    opening = Opening(connection, "raw", folder, newest, {"URL": "sqlite:///crm.db", "EMPTY": ""})
    done = KIND.open(opening, KIND.params.model_validate(params))
    return done, connection.execute("from raw order by _row").fetchall()


def test_every_column_is_text_and_nothing_is_lost(tmp_path: Path) -> None:
    database(
        tmp_path,
        "create table t (i integer, f real, s text)",
        "insert into t values (1, 0.1, '007'), (null, 1e-7, '')",
    )
    done, rows = opened(tmp_path, table="t")
    assert rows == [("1", "0.1", "007", 1, "t"), (None, "0.0000001", "", 2, "t")]
    assert (done.rows, done.columns, done.files, done.newest) == (2, ("i", "f", "s"), ("t",), None)


def test_a_query_is_read_inside_a_select_so_that_it_cannot_write(tmp_path: Path) -> None:
    database(tmp_path, "create table t (s text)", "insert into t values ('a:b 5%')")
    _, rows = opened(tmp_path, query="select s, ':x' as x from t where s like '%:b%' -- why;")
    assert rows == [("a:b 5%", ":x", 1, "query")]
    with pytest.raises(InputError, match="query: the database says: near"):
        opened(tmp_path, query="delete from t")
    assert len(opened(tmp_path, table="t")[1]) == 1


@pytest.mark.parametrize("kind", ["integer", "text"])
def test_only_new_rows_are_read_and_those_at_the_edge_and_without_a_value_again(
    tmp_path: Path, kind: str
) -> None:
    database(
        tmp_path, f"create table t (id integer, v {kind})", "insert into t values (1, 1), (2, 2), (3, null)"
    )
    first, rows = opened(tmp_path, table="t", since="v")
    assert len(rows) == 3 and first.newest is not None
    database(tmp_path, "insert into t values (4, 2), (5, 3), (6, 1)")
    second, rows = opened(tmp_path, first.newest, table="t", since="v")
    assert [row[0] for row in rows] == ["2", "3", "4", "5"]
    third, rows = opened(tmp_path, second.newest, table="t", since="v")
    assert [row[0] for row in rows] == ["3", "5"]
    assert third.newest == second.newest


def test_an_incremental_source_loads_each_row_once(tmp_path: Path) -> None:
    table = "create table visits (id integer primary key, who text, seen_at text)"
    database(
        tmp_path,
        table,
        "insert into visits values (1, 'a', '2026-11-01 10:00'), (2, 'b', '2026-11-02 10:00'), (3, 'c', 'soon')",
    )
    database(tmp_path, "update visits set seen_at = '2026-11-01 soon' where id = 3")
    workspace = Workspace(tmp_path, SOURCE)
    [first] = workspace.load().sources
    assert (first.new, first.quarantined, first.newest) == (2, 1, "str:2026-11-02 10:00")
    database(tmp_path, "insert into visits values (4, 'd', '2026-11-02 10:00'), (5, 'e', '2026-11-03 10:00')")
    [second] = workspace.load().sources
    assert (second.rows, second.new, second.unchanged) == (3, 2, 1)
    # Row 3 was not read again, so it is still open; corrected, it is read and closed.
    assert [row["state"] for row in workspace.notes("quarantine")] == ["open"]
    database(tmp_path, "update visits set seen_at = '2026-11-04 10:00' where id = 3")
    assert workspace.load().sources[0].new == 1
    assert [row["state"] for row in workspace.notes("quarantine")] == ["retried"]


def test_complete_and_incremental_exclude_each_other(tmp_path: Path) -> None:
    database(
        tmp_path,
        "create table visits (id integer, who text, seen_at text)",
        "insert into visits values (1, 'a', '2026-11-01')",
    )
    workspace = Workspace(tmp_path, SOURCE.replace("  gives", "  complete: true\n  gives"))
    with pytest.raises(InputError, match="sources.yaml:2: source 'crm': complete needs the whole export"):
        workspace.load()


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"table": "missing"}, "missing: the database says: no such table: missing"),
        ({"table": "t", "since": "w"}, "since names 'w'; there is: b, v"),
        ({"query": "select b from t"}, "column 'b': holds bytes, which has no text"),
        ({"query": "select v from t", "since": "v"}, "values that cannot be compared: int and str"),
        ({"url": "sqlite:///../crm.db", "table": "t"}, "lies outside the workspace"),
        ({"url": "sqlite:////etc/passwd", "table": "t"}, "lies outside the workspace"),
        ({"url": "sqlite:///other.db", "table": "t"}, "other.db: no such file"),
        ({"url": "sqlite://", "table": "t"}, "needs the path of a file"),
        ({"url": "env:NOTHING", "table": "t"}, "the environment has no NOTHING"),
        ({"url": "env:EMPTY", "table": "t"}, "the environment has no EMPTY"),
        ({"url": "mysql://host/db", "table": "t"}, "the driver for mysql is not installed"),
        ({"url": "nosuch://host/db", "table": "t"}, "nosuch"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, params: dict[str, Any], said: str) -> None:
    database(tmp_path, "create table t (b blob, v)", "insert into t values (x'00ff', 1), (null, 'x')")
    with pytest.raises(InputError) as caught:
        opened(tmp_path, **params)
    assert said in str(caught.value)
    assert not (tmp_path / "other.db").exists()


def test_a_url_may_come_whole_from_the_environment(tmp_path: Path) -> None:
    database(tmp_path, "create table t (s)", "insert into t values ('x')")
    assert len(opened(tmp_path, url="env:URL", table="t")[1]) == 1


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://reader:hunter2@host/crm",
        "postgresql://reader:${USER}hunter2@host/crm",
        "postgresql://host/crm?user=reader&password=hunter2",
        "postgresql://reader:hunter2@host:port/crm",
    ],
)
def test_a_password_that_is_written_out_is_refused_without_being_shown(url: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        parse_sources(SOURCE.replace("sqlite:///crm.db", url), "sources.yaml")
    assert "sources.yaml:2: url holds a password" in str(caught.value)
    assert "hunter2" not in repr(caught.value.args) + str(caught.value.__cause__)


@pytest.mark.parametrize(
    "url", ["env:CRM_URL", "postgresql://reader:${CRM_PASSWORD}@host/crm", "postgresql://host/crm"]
)
def test_a_password_that_is_named_is_welcome(url: str) -> None:
    assert parse_sources(SOURCE.replace("sqlite:///crm.db", url), "sources.yaml")["crm"]


@pytest.mark.parametrize("value", [5, "a:b", 0.1])
def test_how_far_a_load_came_keeps_its_type(value: Any) -> None:
    assert unmarked(marked(value, "v")) == value


def test_texts_of_what_databases_hold() -> None:
    assert [as_text(value, "c") for value in (True, float("nan"), 1e22, [1, {"a": "é"}])] == [
        "true", "nan", "10000000000000000000000", '[1, {"a": "é"}]',
    ]  # fmt: skip
