"""Connections: bounded, offline, in UTC, and out of each other's way."""

import os
from pathlib import Path

import duckdb
import pytest

from minori.lake.connection import connect

LARGE = "create table large as select range as a, hash(range) as b from range(6_000_000)"


def setting(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    [(value,)] = connection.execute("select current_setting($name)", {"name": name}).fetchall()
    return str(value)


def test_settings(tmp_path: Path) -> None:
    with connect(tmp_path / "temp", threads=1, memory="64MB") as connection:
        assert setting(connection, "TimeZone") == "UTC"
        assert setting(connection, "threads") == "1"
        assert setting(connection, "memory_limit") == "61.0 MiB"
        for name in ("autoinstall_known_extensions", "autoload_known_extensions", "preserve_insertion_order"):
            assert setting(connection, name) == "False"


def test_two_connections_spill_apart_and_leave_nothing(tmp_path: Path) -> None:
    with connect(tmp_path, memory="40MB") as one, connect(tmp_path, memory="40MB") as two:
        one.execute(LARGE)
        two.execute(LARGE)
        assert len(list(tmp_path.iterdir())) == 2
        assert (
            one.sql("select count(*) from large").fetchall()
            == two.sql("select count(*) from large").fetchall()
        )
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_spilled_is_removed(tmp_path: Path) -> None:
    with connect(tmp_path, memory="40MB") as connection:
        connection.execute(LARGE)
        [mine] = tmp_path.iterdir()
        no_process = 2**22 + 1  # above the greatest pid of Linux
        dead = mine.with_name(mine.name.replace(f"-{os.getpid()}-", f"-{no_process}-"))
        dead.mkdir()
        connect(tmp_path).close()
        assert list(tmp_path.iterdir()) == [mine]


def test_nothing_is_fetched(tmp_path: Path) -> None:
    with connect(tmp_path) as connection, pytest.raises(duckdb.Error):
        connection.execute("select * from read_csv('https://example.invalid/a.csv')")
