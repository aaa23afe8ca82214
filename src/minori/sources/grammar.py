"""What a mapping's SQL may be made of: one SELECT over given names, listed functions, plain types.

Nothing here runs anything. What is not listed is refused by name, before DuckDB sees it.
"""

from collections.abc import Collection
from difflib import get_close_matches

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from minori.sources import functions

_NODES = """
    Select From Join Where Group Having Qualify Order Ordered Limit Distinct With CTE Subquery Union Table
    TableAlias Column Identifier Star Alias Literal Boolean Null Paren Tuple And Or Not Neg Add Sub Mul Div
    IntDiv Mod DPipe EQ NEQ GT GTE LT LTE NullSafeEQ NullSafeNEQ Is In Between Like ILike Escape Case If Cast
    TryCast DataType DataTypeParam Interval Var AtTimeZone Exists Window WindowSpec Filter IgnoreNulls Bracket
    Slice Array Struct PropertyEQ JSONKeyValue JSONPath JSONPathKey JSONPathRoot JSONPathSubscript JSONPathWildcard
"""
_ALLOWED = frozenset(getattr(exp, name) for name in _NODES.split())
_PARSED_TYPES = """
    TEXT VARCHAR CHAR BOOLEAN TINYINT SMALLINT INT BIGINT INT128 UTINYINT USMALLINT UINT UBIGINT
    DECIMAL FLOAT DOUBLE DATE TIME TIMESTAMP TIMESTAMPNTZ TIMESTAMPTZ JSON ARRAY LIST
"""
_TYPES = frozenset(_PARSED_TYPES.split())
_WRITTEN_TYPES = (
    "varchar",
    "boolean",
    "integer",
    "bigint",
    "decimal",
    "double",
    "date",
    "time",
    "timestamp",
    "timestamptz",
    "json",
)
_NEED_ORDER = (exp.RowNumber, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue, exp.Rank, exp.DenseRank)


class NotAllowedError(Exception):
    """Raised when SQL holds something a mapping may not; the message names it and what is allowed."""


def parse_select(text: str) -> exp.Query:
    """Parse exactly one SELECT (or a union of them) and check every part of it; raises NotAllowedError."""
    try:
        trees = [tree for tree in sqlglot.parse(text, dialect="duckdb") if tree is not None]
    except SqlglotError as e:
        raise NotAllowedError(f"not SQL: {_first_line(e)}") from None
    if len(trees) != 1:
        raise NotAllowedError(f"expected one SELECT, read {len(trees)} statements")
    tree = trees[0]
    if not isinstance(tree, exp.Select | exp.Union | exp.Subquery):
        raise NotAllowedError(f"expected one SELECT, read {tree.key.upper()}")
    for node in tree.walk():
        _check(node)
    return tree


def nearest(name: str, known: Collection[str]) -> str:
    """Return ``; did you mean …?``, or what there is."""
    close = get_close_matches(name.lower(), sorted(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else f"; there is: {', '.join(sorted(known)[:12])}"


def _check(node: exp.Expression) -> None:
    if isinstance(node, exp.Table):
        _check_table(node)
    if isinstance(node, exp.Func) and type(node) not in _ALLOWED:
        _check_function(node)
    elif type(node) not in _ALLOWED and not isinstance(node, exp.Func):
        raise NotAllowedError(f"{_shown(node)} is not allowed in a mapping")
    if isinstance(node, exp.DataType) and node.this.name not in _TYPES:
        written = node.sql(dialect="duckdb")
        raise NotAllowedError(f"type {written} is not allowed{nearest(written, _WRITTEN_TYPES)}")
    if isinstance(node, exp.Join) and (
        node.method or node.kind.upper() not in ("", "INNER", "OUTER", "CROSS")
    ):
        raise NotAllowedError(
            f"{node.method or node.kind} join is not allowed; there is: inner, left, right, full, cross"
        )
    if isinstance(node, exp.With) and node.recursive:
        raise NotAllowedError("with recursive is not allowed")
    _check_order(node)


def _check_table(node: exp.Table) -> None:
    if not isinstance(node.this, exp.Identifier):
        name = node.this.sql_name() if isinstance(node.this, exp.Func) else node.this.key
        name = node.this.name if isinstance(node.this, exp.Anonymous) else name
        raise NotAllowedError(f"table function {name.lower()!r} is not allowed; minori opens files itself")
    if node.db or node.catalog:
        raise NotAllowedError(f"{node.sql(dialect='duckdb')!r} is not allowed; name an input alone")


def _check_function(node: exp.Func) -> None:
    if not functions.is_allowed(node):
        name = functions.name_of(node)
        raise NotAllowedError(f"function {name!r} is not allowed{nearest(name, functions.NAMES)}")


def _check_order(node: exp.Expression) -> None:
    """Refuse what would depend on the order in which rows happen to lie."""
    if (
        isinstance(node, exp.Window)
        and isinstance(_inner(node.this), _NEED_ORDER)
        and not node.args.get("order")
    ):
        raise NotAllowedError(f"{functions.name_of(_inner(node.this))} needs an order by inside its over (…)")
    if isinstance(node, exp.GroupConcat | exp.ArrayAgg) and not node.find(exp.Order):
        raise NotAllowedError(f"{functions.name_of(node)} needs an order by inside its parentheses")
    if isinstance(node, exp.Limit) and not (node.parent and node.parent.args.get("order")):
        raise NotAllowedError("limit needs an order by")


def _inner(node: exp.Expression) -> exp.Expression:
    return node.this if isinstance(node, exp.IgnoreNulls) else node


def _shown(node: exp.Expression) -> str:
    text = " ".join(node.sql(dialect="duckdb").split())
    return f"{node.key.upper()} ({text[:60]!r})"


def _first_line(error: SqlglotError) -> str:
    return str(error).splitlines()[0].replace("\x1b[4m", "").replace("\x1b[0m", "")
