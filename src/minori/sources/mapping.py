"""Mapping: the SQL of a source, checked, made safe against bad casts, and run on locked tables of text."""

import re
from collections.abc import Collection, Sequence
from collections.abc import Mapping as Names
from dataclasses import dataclass

import duckdb
from sqlglot import exp

from minori.core.errors import MappingError
from minori.sources.carry import CHECK, FILE, ROW, Carrier
from minori.sources.casts import CHECK_TYPE
from minori.sources.definitions import INPUT, Defined, Sources
from minori.sources.grammar import NotAllowedError, nearest, parse_select
from minori.sources.tree import column, create, fill, named, rendered, table

_UNUSABLE = ("BLOB", "BIT", "INTERVAL", "GEOMETRY", "VARIANT")
HIDDEN = (ROW, FILE, CHECK)


@dataclass(frozen=True)
class Mapping:
    """A select that can be run: each input's text lies in the table it was bound to."""

    tree: exp.Query
    place: str  # sources.yaml:12
    carries_rows: bool  # each output row stands for one row of the input
    alone: bool  # and depends on no other row of the input, so that it can be replayed alone
    checked: tuple[str, ...]  # parts of its WITH in which casts may fail before a join drops the row
    origins: Names[str, str]  # output column, lower case → the one input column that it is made of


@dataclass(frozen=True)
class Output:
    """What a select gives: names as written and the types that DuckDB found."""

    names: tuple[str, ...]
    types: tuple[str, ...]


def check_mappings(sources: Sources) -> None:
    """Check the SQL of every source without running it; raises MappingError with file and line."""
    for defined in sources:
        names = (INPUT, *defined.source.inputs)
        read_mapping(defined, {name: name for name in names}, sources.place(defined, of_select=True))


def read_mapping(defined: Defined, inputs: Names[str, str], place: str) -> Mapping:
    """Parse a source's select for the tables that hold its inputs.

    Parameters
    ----------
    inputs
        The table of each name that the select may read: ``input`` and the ids in ``with``.
    place
        File and line, for errors.
    """
    carrier = Carrier(inputs)
    try:
        tree = parse_select(defined.source.select)
        origins = _origins(tree)
        carried = carrier.query(tree, {})
    except NotAllowedError as e:
        raise MappingError(f"source {defined.source.id!r}: {e}", file=place) from None
    except RecursionError:
        raise MappingError(
            f"source {defined.source.id!r}: the SQL is nested too deeply", file=place
        ) from None
    alone = carried.rows and carried.alone
    return Mapping(tree, place, carried.rows, alone, tuple(carrier.checked), origins)


def run_mapping(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, into: str, known: Collection[str] = ()
) -> Output:
    """Run a mapping into a table of columns ``c0, c1, …``, ``__row``, ``__file`` and ``__check``.

    ``known`` are the columns of the inputs, to name the nearest one.

    Raises
    ------
    MappingError
        If DuckDB refuses the SQL, a name stands twice, or a column is of a type that no fact has.
    """
    try:
        output = _describe(connection, mapping)
        plain = [f"c{index}" for index in range(len(output.names))]
        columns = [exp.to_identifier(name) for name in (*plain, *HIDDEN)]
        inner = exp.Subquery(
            this=mapping.tree.copy(), alias=exp.TableAlias(this=exp.to_identifier("mapped"), columns=columns)
        )
        create(connection, into, exp.select("*").from_(inner))
    except duckdb.Error as e:
        raise MappingError(_plain(e, known), file=mapping.place) from None
    return output


def failed_in_parts(connection: duckdb.DuckDBPyConnection, mapping: Mapping | None, into: str) -> None:
    """Gather, into a table of ``__row, __file, __check``, the rows whose cast failed in a WITH."""
    parts = [_part(mapping, name) for name in mapping.checked] if mapping else []
    if not parts:
        parts = [
            fill(
                "select cast(null as bigint) as __row, '' as __file, "
                f"cast(null as {CHECK_TYPE}) as __check where false"
            )
        ]
    tables = [f"{into}_{index}" for index in range(len(parts))]
    for name, part in zip(tables, parts, strict=True):
        create(connection, name, part)
    together = [exp.select("*").from_(table(name)) for name in tables]
    create(connection, into, together[0] if len(together) == 1 else exp.union(*together, distinct=False))


def _origins(tree: exp.Query) -> dict[str, str]:
    if not isinstance(tree, exp.Select):
        return {}
    found = {}
    for node in tree.expressions:
        names = {c.name for c in node.find_all(exp.Column)}
        if len(names) == 1 and not node.find(exp.Query):
            found[node.alias_or_name.lower()] = names.pop()
    return found


def _part(mapping: Mapping, name: str) -> exp.Expression:
    clause = mapping.tree.args["with_"].copy()
    query = (
        exp.select(*(column(hidden) for hidden in HIDDEN)).from_(table(name)).where(f"{CHECK} is not null")
    )
    query.set("with_", clause)
    return query


def as_mapped(connection: duckdb.DuckDBPyConnection, raw: str, names: Sequence[str], into: str) -> Output:
    """Take rows of a select's output, mended and kept as text, in place of running the select."""
    columns = [named(column(name), f"c{index}") for index, name in enumerate(names)]
    hidden = [named(column("_row"), ROW), named(column("_file"), FILE)]
    check = named(fill(f"cast(null as {CHECK_TYPE})"), CHECK)
    create(connection, into, exp.select(*columns, *hidden, check).from_(table(raw)))
    return Output(tuple(names), ("VARCHAR",) * len(names))


def _describe(connection: duckdb.DuckDBPyConnection, mapping: Mapping) -> Output:
    relation = connection.sql(rendered(mapping.tree))
    names = tuple(str(name) for name in relation.columns)[: -len(HIDDEN)]
    types = tuple(str(kind) for kind in relation.types)[: -len(HIDDEN)]
    seen: set[str] = set()
    for name, kind in zip(names, types, strict=True):
        if name.lower() in seen:
            raise MappingError(
                f"the select gives the column {name!r} twice; name it with as", file=mapping.place
            )
        if kind.startswith(_UNUSABLE):
            raise MappingError(
                f"the column {name!r} is of type {kind.lower()}; write it as text", file=mapping.place
            )
        seen.add(name.lower())
    return Output(names, types)


def _plain(error: duckdb.Error, known: Collection[str]) -> str:
    """Say in one line what DuckDB refused, without our hidden columns."""
    lines = [line for line in str(error).splitlines() if line.strip()]
    problem = (lines[0].partition(": ")[2] or lines[0]).rstrip(".!")
    if isinstance(error, duckdb.OutOfMemoryException):
        return f"needs more memory than a load may take: {problem}"
    if found := re.search(r'column "([^"]*)" not found|does not have a column named "([^"]*)"', problem):
        return f"no column named {(found[1] or found[2])!r}{nearest(found[1] or found[2], known)}"
    if "explicit" in problem or isinstance(error, duckdb.ConversionException):
        return f"{problem}; every input is text: write cast(column as decimal(18, 4)) or the type you need"
    return problem
