"""The child's database is shut off from the world, and the child from the rest of the machine."""

from pathlib import Path

import duckdb
import psutil
import pytest

from loading import Workspace
from minori.core.errors import InputError, MappingError
from minori.sources.job import Limits
from minori.sources.sandbox import Sandbox

SOURCE = """
- id: crm
  kind: files
  read: crm.csv
  gives: customers
  select: select customer_id, {sql} as name from input
"""


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    made = Sandbox(tmp_path / "spill", Limits(memory="200MB"))
    made.connection.execute("create table raw (id text)")
    made.lock(["Asia/Tokyo", "UTC"])
    return made


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/passwd')",
        "select * from glob('/*')",
        "copy (select 1) to '/tmp/minori_test_out.csv'",
        "attach '/tmp/minori_test.db'",
        "install httpfs",
        "load httpfs",
        "select * from 'https://example.com/x.csv'",
        "set memory_limit = '100GB'",
        "set enable_external_access = true",
        "set TimeZone = 'UTC'",
        "export database '/tmp/minori_test_export'",
    ],
)
def test_nothing_outside_can_be_reached(box: Sandbox, sql: str) -> None:
    for connection in (box.connection, box.in_zone("Asia/Tokyo")):
        with pytest.raises(duckdb.Error):
            connection.execute(sql).fetchall()


def test_each_zone_has_a_connection_on_the_same_tables(box: Sandbox) -> None:
    shown = "select cast(timestamptz '2026-01-01 00:00:00+00' as varchar)"
    assert box.in_zone("Asia/Tokyo").execute(shown).fetchall() == [("2026-01-01 09:00:00+09",)]
    assert box.in_zone("UTC").execute(shown).fetchall() == [("2026-01-01 00:00:00+00",)]
    assert box.in_zone("UTC").execute("select count(*) from raw").fetchall() == [(0,)]


def test_an_unknown_zone_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="time zone 'Mars/Base' is not known"):
        Sandbox(tmp_path, Limits()).lock(["Mars/Base"])


def test_sql_that_eats_memory_takes_only_the_child_down(tmp_path: Path) -> None:
    rows = "customer_id\n" + "".join(f"c{n}\n" for n in range(3000))
    workspace = Workspace(tmp_path, SOURCE.format(sql="lpad(customer_id, 20000000, 'x')"), crm=rows)
    with pytest.raises(MappingError, match=r"sources.yaml:6: needs more memory than a load may take"):
        workspace.load(limits=Limits(memory="300MB", seconds=60))
    assert workspace.lake.snapshot().number == 0


def test_a_child_that_dies_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, SOURCE.format(sql="upper(customer_id)"), crm="customer_id\nc\n")

    def kill(doing: str, share: float) -> None:
        if share == 0:
            assert doing == "crm: reading"
            [child] = psutil.Process().children()
            child.kill()

    with pytest.raises(MappingError, match="the load died while crm: "):
        workspace.load(progress=kill)
    assert workspace.lake.snapshot().number == 0
    assert not list((tmp_path / "lake" / ".staging").iterdir())
