"""The closed list of functions that stages and conditions may use, and rendering for each engine.

Every function here means the same on DuckDB and on Spark; `tests/query` says so with edge values. A function that
is not here fails when the module that uses it is imported.
"""

from typing import Literal

from sqlglot import exp

Dialect = Literal["duckdb", "spark"]
DIALECTS: tuple[Dialect, ...] = ("duckdb", "spark")

FUNCTIONS: frozenset[str] = frozenset(
    """
    abs greatest least floor ceil round sqrt nullif coalesce case if cast try_cast
    count sum min max avg arg_max arg_min bitwise_or_agg bitwise_count bit_count
    row_number percent_rank rank lag lead first_value
    date_diff date_add timestamp_diff
    lower trim length concat starts_with
    and or not in exists struct
    """.split()
)
"""Names as sqlglot calls them (``arg_max``), lower case."""


def check_functions(tree: exp.Expression) -> None:
    """Raise ValueError if the tree uses a function that is not in the closed list."""
    for function in tree.find_all(exp.Func):
        name = function.name if isinstance(function, exp.Anonymous) else function.key
        if name.lower() not in _KEYS:
            raise ValueError(f"function {name!r} is not in the closed list of query/dialects.py")


def render(tree: exp.Expression, dialect: Dialect, *, use_up: bool = False) -> str:
    """Write the tree in an engine's dialect.

    ``use_up``: the tree is not needed afterwards and may be changed by it; copying costs more than writing.
    """
    return str(tree.sql(dialect=dialect, copy=not use_up))


_KEYS = frozenset(
    {name.replace("_", "") for name in FUNCTIONS}
    | FUNCTIONS
    | {"bitwiseoragg", "bitwisecount", "datediff", "timestampdiff"}
)
