"""Appending and replacing: which rows go, which columns appear, which types fit."""

from decimal import Decimal

import pyarrow as pa
import pytest

from minori.core.errors import LakeError
from minori.lake.lake import Lake

A, B = "2026-11-01", "2026-11-02"


def rows(lake: Lake) -> list[dict[str, object]]:
    return sorted(lake.snapshot().arrow("results/r").to_pylist(), key=repr)


@pytest.fixture
def filled(lake: Lake) -> Lake:
    with lake.change("fill") as change:
        change.append("results/r", pa.table({"as_of": [A, A, B], "value": [1, 2, 3]}))
    return lake


class TestReplace:
    def test_only_the_rows_where_it_holds(self, filled: Lake) -> None:
        with filled.change("replace") as change:
            change.replace("results/r", pa.table({"as_of": [A], "value": [9]}), where=f"as_of = '{A}'")
        assert rows(filled) == [{"as_of": A, "value": 9}, {"as_of": B, "value": 3}]

    def test_by_nothing_empties_it(self, filled: Lake) -> None:
        nothing = pa.schema([("as_of", pa.string()), ("value", pa.int64())]).empty_table()
        with filled.change("replace") as change:
            change.replace("results/r", nothing, where=f"as_of = '{A}'")
        assert rows(filled) == [{"as_of": B, "value": 3}]
        with filled.change("replace") as change:
            change.replace("results/r", nothing)
        assert (rows(filled), filled.snapshot().rows("results/r")) == ([], 0)

    @pytest.mark.parametrize("made_before", [True, False])
    def test_rows_outside_where_are_refused(self, lake: Lake, made_before: bool) -> None:
        wrong = pa.table({"as_of": [B], "value": [9]})
        if made_before:
            with lake.change("fill") as change:
                change.append("results/r", wrong)
        with pytest.raises(LakeError, match="results/r"), lake.change("replace") as change:
            change.replace("results/r", wrong, where=f"as_of = '{A}'")

    @pytest.mark.parametrize("where", [f"as_of = '{A}'", None])
    def test_columns_come_and_missing_ones_are_null(self, filled: Lake, where: str | None) -> None:
        with filled.change("replace") as change:
            change.replace("results/r", pa.table({"as_of": [A], "later": ["x"]}), where=where)
        new = {"as_of": A, "value": None, "later": "x"}
        assert new in rows(filled)
        kept = [{"as_of": B, "value": 3, "later": None}] if where else []
        assert [row for row in rows(filled) if row != new] == kept

    def test_a_whole_table_may_change_its_types(self, filled: Lake) -> None:
        with filled.change("replace") as change:
            change.replace("results/r", pa.table({"as_of": [A], "value": ["text"]}))
        assert rows(filled) == [{"as_of": A, "value": "text"}]
        assert filled.snapshot(1).rows("results/r") == 3


class TestTypes:
    def test_a_stream_is_taken_as_it_comes(self, filled: Lake) -> None:
        schema = pa.schema([("as_of", pa.string()), ("value", pa.int64())])
        batches = (pa.record_batch([[B], [i]], schema=schema) for i in range(3))
        with filled.change("append") as change:
            change.append("results/r", pa.RecordBatchReader.from_batches(schema, batches))
        assert filled.snapshot().rows("results/r") == 6

    @pytest.mark.parametrize(
        "column",
        [pa.array([9], pa.int32()), pa.array([None], pa.null()), pa.array([9]).dictionary_encode()],
        ids=["narrower", "all null", "dictionary"],
    )
    def test_what_loses_nothing_is_converted(self, filled: Lake, column: pa.Array) -> None:
        with filled.change("append") as change:
            change.append("results/r", pa.table({"as_of": [B], "value": column}))
        assert filled.snapshot().arrow("results/r").schema.field("value").type == pa.int64()
        assert {"as_of": B, "value": column.to_pylist()[0]} in rows(filled)

    @pytest.mark.parametrize("value", ["5", 5.0, Decimal(5), True], ids=repr)
    def test_another_kind_of_value_is_refused(self, filled: Lake, value: object) -> None:
        with pytest.raises(LakeError, match="'value' is int64"), filled.change("append") as change:
            change.append("results/r", pa.table({"as_of": [B], "value": [value]}))

    def test_a_decimal_is_not_rounded_in_silence(self, lake: Lake) -> None:
        exact, finer = pa.decimal128(18, 4), pa.decimal128(18, 6)
        with lake.change("fill") as change:
            change.append("results/r", pa.table({"value": pa.array([Decimal("1.5")], exact)}))
        with pytest.raises(LakeError), lake.change("append") as change:
            change.append("results/r", pa.table({"value": pa.array([Decimal("1.000001")], finer)}))

    def test_a_new_column_needs_a_type(self, filled: Lake) -> None:
        with pytest.raises(LakeError, match="'later' is all null"), filled.change("append") as change:
            change.append("results/r", pa.table({"as_of": [B], "later": [None]}))
