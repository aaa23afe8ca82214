"""The mappings of the sample companies: they parse, use every column, and give sound facts."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from minori.policy.load import load_policy
from minori.sample.write import Written
from minori.schema.facts import FACTS
from minori.sources.definitions import Defined, Sources, load_sources
from minori.sources.mapping import check_mappings


def _header(folder: Path, defined: Defined) -> set[str]:
    path = folder / _read(defined)
    data = path.read_bytes()
    lines = (gzip.decompress(data) if path.suffix == ".gz" else data).decode().splitlines()
    if ".jsonl" in path.name:
        return {key for line in lines for key in json.loads(line)}
    return set(lines[0].split(","))


def _read(defined: Defined) -> str:
    return str(defined.params.model_dump()["read"])


def _used(select: str) -> set[str]:
    """Return the columns of ``input`` that a select reads."""
    tree = sqlglot.parse_one(select, dialect="duckdb")
    aliases = {t.alias_or_name for t in tree.find_all(exp.Table) if t.name == "input"}
    return {c.name for c in tree.find_all(exp.Column) if not c.table or c.table in aliases}


@pytest.fixture
def sources(written: Written) -> Sources:
    return load_sources(written.folder / "sources.yaml")


@pytest.fixture
def mapped(written: Written, sources: Sources) -> Iterator[duckdb.DuckDBPyConnection]:
    """Every input as text and every mapping as a table ``facts_<id>``; casts that fail raise."""
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    for defined in sources:
        path = written.folder / _read(defined)
        read = "read_json(?, columns = {})" if ".jsonl" in path.name else "read_csv(?, all_varchar = true)"
        keys = dict.fromkeys(sorted(_header(written.folder, defined)), "varchar")
        read = read.replace("{}", str(keys))
        connection.execute(f'create table "{defined.source.id}" as select * from {read}', [str(path)])
    for defined in sources:
        tree = sqlglot.parse_one(defined.source.select, dialect="duckdb")
        for table in tree.find_all(exp.Table):
            if table.name == "input":
                alias = table.alias or "input"
                table.replace(exp.to_table(f'"{defined.source.id}"').as_(alias))
        connection.execute(f"create table facts_{defined.source.id} as {tree.sql(dialect='duckdb')}")
    yield connection
    connection.close()


def test_definitions_are_accepted(sources: Sources) -> None:
    check_mappings(sources)


def test_every_column_of_every_export_is_used(written: Written, sources: Sources) -> None:
    for defined in sources:
        assert _header(written.folder, defined) <= _used(defined.source.select), defined.source.id


def test_every_export_is_a_source(written: Written, sources: Sources) -> None:
    read = {_read(d) for d in sources}
    assert read == {f"exports/{name}" for name in written.rows}


def test_facts_have_known_columns_and_what_is_required(
    sources: Sources, mapped: duckdb.DuckDBPyConnection
) -> None:
    for defined in sources:
        table = FACTS[defined.source.gives]
        relation = mapped.table(f"facts_{defined.source.id}")
        if table.name != "customers":  # of which unknown columns are kept
            assert set(relation.columns) <= set(table.by_name), defined.source.id
        for column in (c for c in table.columns if c.required):
            empty = relation.filter(f'"{column.name}" is null').aggregate("count(*)").fetchall()[0][0]
            assert empty == 0, (defined.source.id, column.name)


def test_no_row_is_lost_and_keys_are_unique(
    written: Written, sources: Sources, mapped: duckdb.DuckDBPyConnection
) -> None:
    for defined in sources:
        table, relation = FACTS[defined.source.gives], mapped.table(f"facts_{defined.source.id}")
        name = _read(defined).removeprefix("exports/")
        count = relation.aggregate("count(*)").fetchall()[0][0]
        assert count == written.rows[name] > 0, name
        key = [column for column in table.key if column in relation.columns]
        if key == list(table.key):
            assert relation.select(*key).distinct().aggregate("count(*)").fetchall()[0][0] == count, name


def test_values_are_among_those_allowed(sources: Sources, mapped: duckdb.DuckDBPyConnection) -> None:
    for defined in sources:
        relation = mapped.table(f"facts_{defined.source.id}")
        for column in FACTS[defined.source.gives].columns:
            if column.allowed and column.name in relation.columns:
                found = {row[0] for row in relation.select(column.name).distinct().fetchall()}
                assert found <= {*column.allowed, None}, (defined.source.id, column.name)


def test_items_of_the_shop_are_a_catalogue(shop: Written) -> None:
    catalog = load_policy(shop.folder, extends="shop").policy.catalog
    uppers = {p.upper for p in catalog.products.values() if p.upper}
    beside = {name for p in catalog.products.values() for name in p.goes_with}
    assert uppers | beside <= set(catalog.products)
    assert all(product.price for product in catalog.products.values())
