"""Which columns of its inputs a select can read: what stands in the others concerns nobody."""

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError


def columns_read(select: str) -> frozenset[str] | None:
    """Return the names, lower case, of every column that a select names anywhere; None if it may read all of them.

    A select that cannot be parsed reads all: what is wrong with it is said where it is checked.
    """
    try:
        trees = [tree for tree in sqlglot.parse(select, dialect="duckdb") if tree is not None]
    except (SqlglotError, RecursionError):
        return None
    names: set[str] = set()
    tables: set[str] = set()
    for tree in trees:
        if any(not isinstance(star.parent, exp.Count) for star in tree.find_all(exp.Star)):
            return None
        # A struct's part is written like a column of a table, so the part before the dot may be the column.
        names |= {part.name.lower() for column in tree.find_all(exp.Column) for part in column.parts}
        names |= {
            name.name.lower() for join in tree.find_all(exp.Join) for name in join.args.get("using") or ()
        }
        tables |= {table.alias_or_name.lower() for table in tree.find_all(exp.Table)}
    whole_rows = {column.name.lower() for tree in trees for column in tree.find_all(exp.Column)} & tables
    return None if whole_rows else frozenset(names)
