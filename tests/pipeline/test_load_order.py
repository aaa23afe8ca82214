"""Neither the order of rows, nor of files, nor of sources matters; double keys are judged the same way."""

import random
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loading import NOW, Workspace, defined
from minori.schema.facts import FACTS
from minori.sources.judge import Keyed, judge, key_rows
from minori.sources.macros import install
from minori.sources.mapping import read_mapping, run_mapping
from minori.sources.plan import plan_typing
from minori.sources.stage import write_facts
from minori.sources.typing import Setting, run_typing

Row = dict[str, str | None]


def staged(table: str, folder: Path, files: dict[str, list[Row]], **source: Any) -> set[tuple[Any, ...]]:
    """Stage rows of several files in the order given; return the facts, whatever their order."""
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    install(connection)
    names = sorted({name for rows in files.values() for row in rows for name in row})
    rows = [(row, file, number) for file, rows in files.items() for number, row in enumerate(rows, 1)]
    arrays = {name: pa.array([row.get(name) for row, _, _ in rows], pa.string()) for name in names}
    arrays |= {
        "_row": pa.array([n for _, _, n in rows], pa.int64()),
        "_file": pa.array([f for _, f, _ in rows]),
    }
    connection.from_arrow(pa.table(arrays)).create("raw")
    one = defined("select * from input", table, **source)
    output = run_mapping(connection, read_mapping(one, {"input": "raw"}, "x"), "mapped")
    plan = plan_typing(one.source, output, "x")
    run_typing(connection, plan, Setting("Asia/Tokyo", "JPY", NOW), "mapped", "typed")
    keyed = key_rows(connection, FACTS[table], "exports", "typed", "keyed", "Asia/Tokyo")
    judge(connection, FACTS[table], [keyed], "verdicts")
    write_facts(connection, FACTS[table], Keyed("exports", "keyed"), "verdicts", 1, folder / "facts.parquet")
    found = pq.read_table(folder / "facts.parquet").to_pylist()
    assert len(found) == len({row["_id"] for row in found})
    return {tuple(row.values()) for row in found}


event = st.fixed_dictionaries({
    "event_id": st.sampled_from([None, None, "e1", "e2", "e3"]),
    "customer_id": st.sampled_from(["c1", "c2"]),
    "name": st.sampled_from(["login", "export"]),
    "occurred_at": st.sampled_from(["2026-11-01", "2026-11-01T00:00:00Z", "bad"]),
    "quantity": st.sampled_from(["1", "1.0", "2", None]),
})  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(
    st.lists(event, min_size=1, max_size=12), st.lists(event, max_size=6), st.randoms(use_true_random=False)
)
def test_any_order_of_rows_and_files_gives_the_same_facts(
    tmp_path_factory: pytest.TempPathFactory, a: list[Row], b: list[Row], shuffle: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("order")
    first = staged("events", folder, {"a.csv": a, "b.csv": b})
    again = {"b.csv": shuffle.sample(b, len(b)), "a.csv": shuffle.sample(a, len(a))}
    assert staged("events", folder, again) == first


def rate(value: str, version: str | None = None) -> Row:
    return {"currency": "USD", "on": "2026-01-01", "rate": value, "v": version}


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ([rate("1"), rate("1.0")], ["1.000000"]),
        ([rate("1"), rate("2")], []),
        ([rate("1"), rate("1"), rate("2")], []),
        ([rate("1", "1"), rate("2", "2")], ["2.000000"]),
        ([rate("1", "1"), rate("2", None)], ["1.000000"]),
        ([rate("1", "2"), rate("2", "2"), rate("3", "1")], []),
        ([rate("1", "2"), rate("1", "2"), rate("3", "1")], ["1.000000"]),
    ],
)
def test_equal_rows_collapse_the_newest_holds_and_the_rest_is_set_aside(
    tmp_path: Path, rows: list[Row], kept: list[str]
) -> None:
    for order in (rows, rows[::-1]):
        found = staged("rates", tmp_path, {"a.csv": order}, version="v")
        assert [str(row[2]) for row in found] == kept


TWO = """
- {id: crm, kind: files, read: crm.csv, gives: customers}
- {id: billing, kind: files, read: billing.csv, gives: customers}
"""


def test_two_sources_of_one_table_are_judged_together(tmp_path: Path) -> None:
    crm = "customer_id,name\n1,One\n2,Two\n3,Three\n"
    workspace = Workspace(tmp_path, TWO, crm=crm, billing="customer_id,name\n2,Two\n3,Drei\n4,Four\n")
    reports = {s.source: s for s in workspace.load().sources}
    assert {row["customer_id"]: row["_source"] for row in workspace.facts("customers")} == {
        "1": "crm", "2": "billing", "4": "billing",
    }  # fmt: skip
    assert [(r.new, r.duplicates, r.quarantined) for r in reports.values()] == [(1, 1, 1), (2, 0, 1)]
    assert {(row["source"], row["row"]) for row in workspace.notes("quarantine")} == {
        ("crm", 3),
        ("billing", 2),
    }
