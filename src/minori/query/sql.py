"""SQL as trees: written once in DuckDB's dialect, parsed when the module is imported, never pasted as text."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias, TypeVar

import sqlglot
from sqlglot import exp

from minori.query.dialects import check_functions

Value: TypeAlias = (
    bool | int | float | str | date | datetime | Decimal | exp.Expression | Iterable[str] | None
)
Q = TypeVar("Q", bound=exp.Query)


class Query:
    """One parsed SELECT with named parameters ``$name``."""

    def __init__(self, text: str) -> None:
        tree = sqlglot.parse_one(text, dialect="duckdb")
        if not isinstance(tree, exp.Select):
            raise ValueError(f"not a SELECT: {text.strip()[:60]}")
        check_functions(tree)
        self.tree: exp.Select = tree

    @cached_property
    def parameters(self) -> set[str]:
        """Names of the parameters."""
        return {str(p.this) for p in self.tree.find_all(exp.Placeholder)}

    def bind(self, **values: Value) -> exp.Select:
        """Return a copy of the tree with every parameter replaced by its value, as a literal or a tree.

        Raises
        ------
        KeyError
            If a parameter has no value, or a value no parameter.
        """
        if missing := self.parameters.symmetric_difference(values):
            raise KeyError(f"parameters that do not match: {', '.join(sorted(missing))}")
        tree = self.tree.copy()
        for placeholder in list(tree.find_all(exp.Placeholder)):
            value = literal(values[str(placeholder.this)])
            if isinstance(value, exp.Tuple) and isinstance(placeholder.parent, exp.In):
                placeholder.parent.set("expressions", value.expressions)
            else:
                placeholder.replace(value)
        return tree


def sql(text: str) -> Query:
    """Parse one SELECT; a mistake fails when the module is imported."""
    return Query(text)


def reading(query: Q, /, **relations: str | exp.Expression) -> Q:
    """Put relations in place of tables that a query reads, under the aliases they have there.

    Changes the query, and returns it: what ``bind`` gave. A relation is the name of a table, or a query.

    Raises
    ------
    KeyError
        If the query does not read a table of that name.
    """
    references = [table for table in query.find_all(exp.Table) if table.name in relations]
    if missing := relations.keys() - {table.name for table in references}:
        raise KeyError(f"tables that the query does not read: {', '.join(sorted(missing))}")
    for reference in references:
        relation = _relation(relations[reference.name])
        relation.set("alias", exp.TableAlias(this=exp.to_identifier(reference.alias or reference.name)))
        reference.replace(relation)
    return query


def _relation(given: str | exp.Expression) -> exp.Expression:
    if isinstance(given, str):
        return exp.to_table(given)
    return given.subquery() if isinstance(given, exp.Select | exp.SetOperation) else given.copy()


def united(queries: Sequence[exp.Query]) -> exp.Query:
    """Return the rows of all queries, which become part of it; there must be one at least."""
    return queries[0] if len(queries) == 1 else exp.union(*queries, distinct=False, copy=False)


def literal(value: Value) -> exp.Expression:
    """Turn a Python value into a literal of the tree; a list of texts becomes a tuple for ``in``."""
    match value:
        case exp.Expression():
            return value.copy()
        case None:
            return exp.null()
        case bool():
            return exp.Boolean(this=value)
        case datetime():
            return exp.cast(exp.Literal.string(value.isoformat(sep=" ")), "timestamptz")
        case date():
            return exp.cast(exp.Literal.string(value.isoformat()), "date")
        case str():
            return exp.Literal.string(value)
        case Decimal():
            return exp.Literal.number(format(value, "f"))
        case int() | float():
            return exp.convert(value)
        case _:
            return exp.Tuple(expressions=[exp.Literal.string(item) for item in value])


def column(name: str, table: str | None = None) -> exp.Column:
    """Return a quoted column, so that a name from a definition can never be anything else."""
    return exp.column(exp.to_identifier(name, quoted=True), table=table)


def named(expression: exp.Expression, name: str) -> exp.Expression:
    """Return ``expression as "name"``."""
    return exp.alias_(expression, exp.to_identifier(name, quoted=True))


def parsed(text: str) -> exp.Expression:
    """Parse one scalar expression of our own code (never of a definition file)."""
    tree = sqlglot.parse_one(text, dialect="duckdb")
    check_functions(tree)
    return tree
