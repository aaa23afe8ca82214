"""Which columns of a select go where."""

import json

import pytest

from loading import Typed, defined
from minori.core.errors import MappingError
from minori.sources.mapping import Output
from minori.sources.plan import plan_typing

CONTRACT = {"Contract_ID": "k", "CUSTOMER_ID": "c", "plan_id": "p", "starts_on": "2026-01-01"}


def test_names_match_whatever_the_case_of_letters() -> None:
    row = Typed("contracts", [CONTRACT]).rows[0]
    assert (row["contract_id"], row["customer_id"]) == ("k", "c")


def test_unknown_columns_of_customers_are_kept_sorted_and_without_the_empty_ones() -> None:
    row = {"customer_id": "c", "Tier": "gold", "zip": "0123", "empty": "", "none": None, "a": "x"}
    [got] = Typed("customers", [row]).rows
    assert got["attributes"] == '{"Tier":"gold","a":"x","zip":"0123"}'
    assert Typed("customers", [{"customer_id": "c", "empty": ""}]).rows[0]["attributes"] is None


def test_what_the_select_gives_as_attributes_is_kept_beside_them() -> None:
    select = "select customer_id, attributes, n::int as n, n::int > 1 as many from input"
    row = {"customer_id": "c", "attributes": '{"x": [1, null]}', "n": "2"}
    [got] = Typed("customers", [row], select).rows
    assert json.loads(got["attributes"]) == {"x": [1, None], "many": True, "n": 2}
    [bad] = Typed("customers", [{**row, "attributes": "{"}], select).rows
    assert bad["__check"][0]["type"] == "json"


def test_an_unknown_column_of_another_table_is_noted_with_the_nearest_free_name() -> None:
    output = Output(
        ("contract_id", "customer_id", "plan_id", "starts_on", "quantities", "zzz"), ("VARCHAR",) * 6
    )
    notes = plan_typing(defined("", "contracts").source, output, "x").notes
    assert [note.en for note in notes] == [
        "column quantities is not used; did you mean quantity?", "column zzz is not used",
    ]  # fmt: skip
    assert notes[0].ja == "列 quantities は使われません(quantity のことですか)"


def test_a_missing_required_column_is_an_error_that_names_the_nearest() -> None:
    output = Output(("contract_id", "customer_id", "plan", "starts_on"), ("VARCHAR",) * 4)
    with pytest.raises(MappingError, match=r"contracts needs the column 'plan_id'.*did you mean 'plan'\?"):
        plan_typing(defined("", "contracts").source, output, "sources.yaml:2")


def test_version_may_be_a_number_or_a_time_and_must_be_given() -> None:
    rows = [
        {"customer_id": str(i), "v": v} for i, v in enumerate(("7", "2026-11-01T00:00:00.5Z", None, "soon"))
    ]
    typed = Typed("customers", rows, source={"version": "v"})
    versions = [str(row["_version"]) for row in typed.rows]
    assert versions == ["7.000000", "1793491200.500000", "None", "None"]
    assert [bool(row["__check"]) for row in typed.rows] == [False, False, False, True]
    assert all(row["attributes"] is None for row in typed.rows)
    with pytest.raises(
        MappingError, match="version names 'vv', which the select does not give; did you mean 'v'"
    ):
        Typed("customers", rows, source={"version": "vv"})
