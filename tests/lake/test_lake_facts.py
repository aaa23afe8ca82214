"""Facts: what is new, what is there already, what corrects (SEMANTICS 15)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from minori.core.errors import LakeError
from minori.lake.change import Added
from minori.lake.connection import connect
from minori.lake.files import view
from minori.lake.lake import Lake
from minori.lake.types import arrow_schema, stored_columns
from minori.schema.facts import FACTS
from minori.schema.table import Column, Table, Type

Stage = Callable[..., Path]
CONTRACTS, EVENTS = FACTS["contracts"], FACTS["events"]
both_layouts = pytest.mark.parametrize("table", [CONTRACTS, EVENTS], ids=lambda table: table.name)


def row(id_: int, quantity: int | None = 1, **more: Any) -> dict[str, Any]:
    return {"_id": id_, "_load": 1, "_source": "crm", "quantity": quantity, "_month": "2026-10", **more}


def add(lake: Lake, table: Table, *staged: Path) -> Added:
    with lake.change("load") as change:
        return change.add_facts(table, staged)


def stored(lake: Lake, table: Table, *columns: str) -> list[tuple[Any, ...]]:
    found = lake.snapshot().arrow(f"facts/{table.name}", ["_id", *columns])
    return sorted(tuple(values.values()) for values in found.to_pylist())


@both_layouts
class TestAddFacts:
    def test_every_type_comes_back_as_declared(self, lake: Lake, stage: Stage, table: Table) -> None:
        sample: dict[Type, Any] = {
            Type.TEXT: "文字",
            Type.JSON: '{"a": 1}',
            Type.INTEGER: -(2**63),
            Type.QUANTITY: Decimal("999999999999.000001"),
            Type.MONEY: Decimal("-0.0001"),
            Type.DATE: date(2026, 10, 1),
            Type.INSTANT: datetime(2026, 10, 1, 23, 59, 59, 999999, tzinfo=UTC),
            Type.FLAG: False,
        }
        full = {column.name: sample[column.type] for column in stored_columns(table)}
        assert add(lake, table, stage(table, full)) == Added(1, 0, 0)
        found = lake.snapshot().arrow(f"facts/{table.name}")
        assert found.to_pylist() == [full]
        assert found.schema.equals(arrow_schema(table, technical=True))

    def test_a_reload_adds_nothing(self, lake: Lake, stage: Stage, table: Table) -> None:
        add(lake, table, stage(table, row(1), row(2)))
        again = stage(table, row(1, _load=2, _source="other"), row(2, _load=2))
        before = lake.snapshot().versions
        assert add(lake, table, again) == Added(new=0, unchanged=2, corrected=0)
        assert lake.snapshot().versions == before
        assert stored(lake, table, "_load", "_source") == [(1, 1, "crm"), (2, 1, "crm")]

    def test_a_correction_takes_the_place_of_the_old_row(
        self, lake: Lake, stage: Stage, table: Table
    ) -> None:
        add(lake, table, stage(table, row(1), row(2), row(3, _month="2026-09")))
        added = add(
            lake, table, stage(table, row(1, 5, _load=2), row(2, _load=2)), stage(table, row(4, _load=2))
        )
        assert added == Added(new=1, unchanged=1, corrected=1)
        assert stored(lake, table, "quantity", "_load") == [(1, 5, 2), (2, 1, 1), (3, 1, 1), (4, 1, 2)]
        assert lake.snapshot(1).rows(f"facts/{table.name}") == 3

    def test_null_is_a_value(self, lake: Lake, stage: Stage, table: Table) -> None:
        add(lake, table, stage(table, row(1, None), row(2, None), row(3)))
        assert add(lake, table, stage(table, row(1, None), row(2), row(3, None))) == Added(0, 1, 2)
        assert stored(lake, table, "quantity") == [(1, None), (2, 1), (3, None)]

    def test_every_row_of_a_file_may_be_corrected(self, lake: Lake, stage: Stage, table: Table) -> None:
        add(lake, table, stage(table, row(1), row(2)))
        assert add(lake, table, stage(table, row(1, 7), row(2, 7))) == Added(0, 0, 2)
        assert stored(lake, table, "quantity") == [(1, 7), (2, 7)]

    def test_a_second_source_of_one_load_sees_the_first(self, lake: Lake, stage: Stage, table: Table) -> None:
        first, second = stage(table, row(1), row(2)), stage(table, row(1), row(2, 8), row(3))
        with lake.change("load") as change:
            assert change.add_facts(table, [first]) == Added(2, 0, 0)
            assert change.add_facts(table, [second]) == Added(1, 1, 1)
        assert stored(lake, table, "quantity") == [(1, 1), (2, 8), (3, 1)]

    def test_nothing_staged_makes_an_empty_table(self, lake: Lake, table: Table) -> None:
        assert add(lake, table) == Added(0, 0, 0)
        assert lake.snapshot().has(f"facts/{table.name}")

    def test_a_row_without_an_id_is_refused(self, lake: Lake, stage: Stage, table: Table) -> None:
        with pytest.raises(LakeError, match="1 rows of staged have no _id"):
            add(lake, table, stage(table, row(1), {"_month": "2026-10"}))
        assert lake.snapshot().number == 0


@pytest.mark.parametrize(
    ("stored_version", "incoming", "wins"),
    [(2, 1, False), (2, 2, True), (2, 3, True), (None, 1, True), (2, None, True), (None, None, True)],
)
def test_the_greater_version_holds(
    lake: Lake, stage: Stage, stored_version: int | None, incoming: int | None, wins: bool
) -> None:
    add(lake, CONTRACTS, stage(CONTRACTS, row(1, 10, _version=stored_version)))
    added = add(lake, CONTRACTS, stage(CONTRACTS, row(1, 20, _version=incoming)))
    assert added == (Added(0, 0, 1) if wins else Added(0, 1, 0))
    assert stored(lake, CONTRACTS, "quantity") == [(1, 20 if wins else 10)]


def test_a_greater_version_of_equal_content_guards_against_a_late_older_one(lake: Lake, stage: Stage) -> None:
    add(lake, CONTRACTS, stage(CONTRACTS, row(1, 10, _version=1)))
    assert add(lake, CONTRACTS, stage(CONTRACTS, row(1, 10, _version=3))) == Added(0, 0, 1)
    assert add(lake, CONTRACTS, stage(CONTRACTS, row(1, 99, _version=2))) == Added(0, 1, 0)
    assert stored(lake, CONTRACTS, "quantity", "_version") == [(1, 10, 3)]


def test_only_files_with_corrected_rows_are_written_anew(lake: Lake, stage: Stage) -> None:
    for month in ("2026-08", "2026-09", "2026-10"):
        day = int(month[-2:])
        add(lake, EVENTS, stage(EVENTS, row(day, _month=month), row(day + 100, _month=month)))
    before = set(lake.snapshot().files("facts/events"))
    add(lake, EVENTS, stage(EVENTS, row(9, 5, _month="2026-09")))
    gone = before - set(lake.snapshot().files("facts/events"))
    assert ["_month=2026-09" in file for file in gone] == [True]


@both_layouts
def test_a_column_declared_later(lake: Lake, stage: Stage, table: Table, tmp_path: Path) -> None:
    add(lake, table, stage(table, row(1), row(2)))
    wider = replace(table, columns=(*table.columns, Column("channel", Type.TEXT, "how")))
    with connect(tmp_path / "spill") as connection:
        view(connection, "old", lake.snapshot().files(f"facts/{table.name}"), stored_columns(wider))
        found = connection.sql("select _id, channel from old order by _id").fetchall()
    assert found == [(1, None), (2, None)]
    added = add(lake, wider, stage(wider, row(1), row(2, channel="web"), row(3, channel="app")))
    assert added == Added(new=1, unchanged=1, corrected=1)
    assert stored(lake, wider, "channel") == [(1, None), (2, "web"), (3, "app")]


def test_compact_tables_lie_in_months(lake: Lake, stage: Stage) -> None:
    add(lake, EVENTS, stage(EVENTS, row(1), row(2, _month="2026-11")))
    folders = {Path(file).parent.name for file in lake.snapshot().files("facts/events")}
    assert folders == {"_month=2026-10", "_month=2026-11"}


def test_schema_without_the_technical_part_is_the_table_as_declared() -> None:
    declared = arrow_schema(EVENTS, technical=False)
    assert declared.names == [column.name for column in EVENTS.columns]
    assert declared.field("quantity").type == pa.decimal128(18, 6)
