"""A real PostgreSQL, started for these tests on a socket of its own."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest

from minori.core.errors import InputError
from minori.sources.databases.texts import unmarked
from minori.sources.kind import Opened, Opening
from minori.sources.kinds.database import KIND

MISSING = "needs PostgreSQL's own programs: apt-get install postgresql-15 (no server of the system is used)"
PASSWORD = "pä:ss/w@rd%"

ROWS = """
create sequence numbers;
create table facts (
    id bigint, amount numeric(30, 10), share float8, ok boolean, at timestamptz, local_at timestamp, day date,
    name text, tags text[], extra jsonb, "Mixed Case" text
);
insert into facts values
    (1, 12345678901234567890.0123456789, 0.1, true, '2026-11-01 10:00+09', '2026-11-01 10:00:00.5', '2026-11-01',
     '007', '{a,"b c"}', '{"k": [1, null]}', 'x'),
    (2, null, 'nan', false, '2026-11-02 10:00+09', null, null, '', null, null, null),
    (3, null, null, null, null, null, null, null, null, null, null);
"""


@dataclass(frozen=True)
class Server:
    """Where the server listens."""

    socket: Path

    def url(self, user: str = "reader") -> str:
        return f"postgresql://{user}:${{PG_PASSWORD}}@/crm?host={self.socket}"

    def run(self, sql: str, database: str = "crm") -> None:
        with psycopg.connect(
            host=str(self.socket), user="postgres", dbname=database, autocommit=True
        ) as connection:
            connection.execute(sql)


def programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    inpath = shutil.which("initdb")
    return Path(inpath).resolve().parent if inpath else None


def as_owner(folder: Path) -> list[str]:
    """The server refuses to run as root; then the system's postgres user runs it."""
    if os.geteuid() != 0:
        return []
    try:
        owner = pwd.getpwnam("postgres")
    except KeyError:
        owner = pwd.getpwnam("nobody")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    found = programs()
    if found is None:
        if os.environ.get("MINORI_NO_SKIP") == "1":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    # Not under pytest's folder: its parents are closed to other users.
    folder = Path(subprocess.check_output(["mktemp", "-d", "/tmp/minori-pg-XXXXXX"], text=True).strip())
    start = as_owner(folder)
    data = folder / "data"
    subprocess.run([*start, found / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N",
                    "--locale=C"], check=True, stdout=subprocess.DEVNULL, cwd="/")  # fmt: skip
    (data / "pg_hba.conf").write_text("local all postgres trust\nlocal all all scram-sha-256\n")
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c timezone=Asia/Tokyo"
    control = [*start, found / "pg_ctl", "-D", data, "-w", "-s", "-l", folder / "log"]
    subprocess.run([*control, "-o", options, "start"], check=True, cwd="/")
    try:
        made = Server(folder)
        made.run("create database crm", "postgres")
        made.run(f"create role reader login password '{PASSWORD}'")
        made.run(ROWS)
        made.run("grant select on all tables in schema public to reader")
        made.run("grant usage on sequence numbers to reader")
        yield made
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, cwd="/")
        shutil.rmtree(folder)


def opened(
    server: Server, newest: str | None = None, password: str = PASSWORD, **params: Any
) -> tuple[Opened, list[Any]]:
    connection = duckdb.connect()
    opening = Opening(connection, "raw", Path("/"), newest, {"PG_PASSWORD": password})
    params = {"url": server.url()} | params
    done = KIND.open(opening, KIND.params.model_validate(params))
    return done, connection.execute("from raw order by _row").fetchall()


def test_decimals_are_exact_and_times_keep_their_offset(server: Server) -> None:
    done, rows = opened(server, query="select * from facts order by id")
    assert rows[0] == (
        "1", "12345678901234567890.0123456789", "0.1", "true", "2026-11-01T10:00:00+09:00",
        "2026-11-01T10:00:00.500000", "2026-11-01", "007", '["a", "b c"]', '{"k": [1, null]}', "x", 1, "query",
    )  # fmt: skip
    assert rows[1][:5] == ("2", None, "nan", "false", "2026-11-02T10:00:00+09:00")
    assert done.columns[-1] == "Mixed Case"


def test_new_rows_are_found_by_an_instant(server: Server) -> None:
    first, _ = opened(server, table="public.facts", since="at")
    assert first.newest is not None
    assert unmarked(first.newest) == datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
    _, rows = opened(server, first.newest, table="public.facts", since="at")
    assert sorted(row[0] for row in rows) == ["2", "3"]
    mixed, _ = opened(server, table="facts", since="Mixed Case")
    assert [row[0] for row in opened(server, mixed.newest, table="facts", since="Mixed Case")[1]] == [
        "1",
        "2",
        "3",
    ]


def test_many_rows_stream_in_batches(server: Server) -> None:
    done, rows = opened(server, query="select n, 'c' || n % 7 as c from generate_series(1, 25000) n")
    assert (done.rows, len(rows), rows[-1]) == (25_000, 25_000, ("25000", "c3", 25_000, "query"))


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"query": "delete from facts returning id"}, "syntax error"),
        ({"query": "with gone as (delete from facts returning id) select * from gone"}, "data-modifying"),
        ({"query": "select nextval('numbers')"}, "read-only transaction"),
        ({"query": "select 1 as v, 2 as v"}, "the column 'v' stands twice"),
        ({"query": "select '\\x00'::bytea as b"}, "column 'b': holds bytes"),
        ({"table": "nothing"}, 'relation "nothing" does not exist'),
        ({"query": "select 'infinity'::date as d"}, "date too large"),
    ],
)
def test_it_only_reads_and_says_what_is_wrong(server: Server, params: dict[str, str], said: str) -> None:
    with pytest.raises(InputError) as caught:
        opened(server, **params)
    assert said in str(caught.value)


@pytest.mark.parametrize("password", ["wrong pä:ss/w@rd%", "hunter2"])
def test_a_password_is_never_shown(server: Server, password: str) -> None:
    with pytest.raises(InputError) as caught:
        opened(server, password=password, table="facts")
    assert "password authentication failed" in str(caught.value)
    assert (
        password not in str(caught.value)
        and caught.value.__cause__ is None
        and caught.value.__suppress_context__
    )
