"""The safe language of conditions and formulas: parsed, checked node by node, rewritten to column references.

What a definition writes is never run as text. Each function of the language becomes a reference to a column that the
stages prepare: ``before(m)`` → ``before__m``, ``limit(seats)`` → ``limit__seats``, ``holds('x')`` → ``holds__x``.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from minori.core.errors import ConditionError, UnknownName
from minori.query.sql import column

LONGEST = 2_000  # signs; a condition is written by people
DEEPEST = 40

_PLAIN: tuple[type[exp.Expression], ...] = (
    exp.Column,
    exp.Identifier,
    exp.Literal,
    exp.Boolean,
    exp.Paren,
    exp.And,
    exp.Or,
    exp.Not,
    exp.EQ,
    exp.NEQ,
    exp.LT,
    exp.LTE,
    exp.GT,
    exp.GTE,
    exp.Between,
    exp.In,
    exp.Add,
    exp.Sub,
    exp.Mul,
    exp.Div,
    exp.Neg,
    exp.Abs,
    exp.Greatest,
    exp.Least,
)
_FUNCTIONS = (
    "before",
    "change",
    "limit",
    "days_since",
    "days_until",
    "known",
    "holds",
    "has_feature",
    "upper_has",
)
_LIMIT = re.compile(r"\blimit\s*\(", re.IGNORECASE)
_OF_TEXT = ("holds", "has_feature", "upper_has")
_PREFIX = {
    "before": "before__",
    "limit": "limit__",
    "holds": "holds__",
    "has_feature": "has__",
    "upper_has": "upper__",
}


@dataclass(frozen=True)
class Condition:
    """A checked expression: its tree over prepared columns, and what it reads."""

    text: str
    tree: exp.Expression
    names: frozenset[str] = frozenset()  # metrics and customer columns read as they are
    calls: frozenset[tuple[str, str]] = field(default_factory=frozenset)  # (function, argument)

    @property
    def reads(self) -> frozenset[str]:
        """Names of metrics and customer columns that it reads in any way."""
        return self.names | {
            argument for function, argument in self.calls if function not in ("limit", *_OF_TEXT)
        }

    @property
    def columns(self) -> frozenset[str]:
        """Names of the prepared columns in the tree."""
        return frozenset(c.name for c in self.tree.find_all(exp.Column)) - {"as_of"}

    def check_names(self, known: Mapping[str, str]) -> None:
        """Raise UnknownName for a metric or column that does not exist, with the nearest that does."""
        for name in sorted(self.reads):
            if name not in known:
                raise UnknownName("metric or customer column", name, known)


@cache
def parse_condition(text: str) -> Condition:
    """Parse and check an expression; raises ConditionError that says what was read and what is allowed."""
    tree = checked_tree(text)
    names: set[str] = set()
    calls: set[tuple[str, str]] = set()
    rewritten = _rewrite(tree, names, calls)
    return Condition(text, rewritten, frozenset(names), frozenset(calls))


def parts_of(tree: exp.Expression) -> Iterator[exp.Expression]:
    """Yield the parts of a condition that are joined by ``and``, in order."""
    if isinstance(tree, exp.Paren) and isinstance(tree.this, exp.And | exp.Paren):
        yield from parts_of(tree.this)
    elif isinstance(tree, exp.And):
        yield from parts_of(tree.left)
        yield from parts_of(tree.right)
    else:
        yield tree


def written_parts(text: str) -> list[str]:
    """Return the same parts as they were written."""
    return [written(part) for part in parts_of(checked_tree(text))]


def written(part: exp.Expression) -> str:
    """Return a part of a checked expression as it is written in a definition."""
    return str(part.sql(dialect="duckdb", normalize_functions=False)).replace("limit_of(", "limit(")


def parse_row_condition(text: str) -> exp.Expression:
    """Parse a condition over the columns of one fact table (after ``where`` in a measure)."""
    tree = checked_tree(text)
    for call in tree.find_all(exp.Anonymous):
        if call.name.lower() != "known":
            raise ConditionError(f"{text!r}: {call.name}() cannot stand in a condition over rows")
    return _rewrite(tree, set(), set())


def column_of(function: str, argument: str) -> str:
    """Return the name of the prepared column that a function stands for."""
    return _PREFIX[function] + argument


def checked_tree(text: str) -> exp.Expression:
    """Return an expression as it was written, checked but not rewritten; raises ConditionError."""
    if len(text) > LONGEST:
        raise ConditionError(f"longer than {LONGEST:,} signs")
    try:
        tree = sqlglot.parse_one("select " + _without_keyword(text), dialect="duckdb")
    except (SqlglotError, RecursionError):
        raise ConditionError(
            f"cannot read {text!r}; write such as: seat_use >= 0.8 and change(active_users) > 0"
        ) from None
    if (
        not isinstance(tree, exp.Select)
        or len(tree.expressions) != 1
        or set(_args(tree)) - {"expressions", "kind"}
    ):
        raise ConditionError(f"{text!r} is not one expression")
    expression = tree.expressions[0]
    for node, depth in _walk(expression):
        if depth > DEEPEST:
            raise ConditionError(f"nested deeper than {DEEPEST}")
        _check_node(text, node)
    return expression.copy()


def _without_keyword(text: str) -> str:
    """Rename ``limit(`` outside quotes: it is a word of SQL itself and would not be read as a function."""
    pieces = text.split("'")
    pieces[::2] = [_LIMIT.sub("limit_of(", piece) for piece in pieces[::2]]
    return "'".join(pieces)


def _args(tree: exp.Expression) -> list[str]:
    return [name for name, value in tree.args.items() if value not in (None, [], False)]


def _walk(node: exp.Expression, depth: int = 0) -> Iterator[tuple[exp.Expression, int]]:
    yield node, depth
    if depth <= DEEPEST:
        for child in node.iter_expressions():
            yield from _walk(child, depth + 1)


def _check_node(text: str, node: exp.Expression) -> None:
    if isinstance(node, exp.Anonymous):
        if _function(node) not in _FUNCTIONS:
            raise UnknownName("function", _function(node), (*_FUNCTIONS, "abs", "greatest", "least"))
        if len(node.expressions) != 1 or not isinstance(node.expressions[0], exp.Column | exp.Literal):
            raise ConditionError(f"{text!r}: {node.name}() takes one name")
        return
    if not isinstance(node, _PLAIN):
        raise ConditionError(f"{text!r}: {node.key} is not allowed in a condition")
    if isinstance(node, exp.Column) and len(node.parts) > 1:
        raise ConditionError(f"{text!r}: write a plain name, not {node.sql()}")
    if isinstance(node, exp.In) and not node.expressions:
        raise ConditionError(f"{text!r}: write the values, in ('a', 'b')")


def _rewrite(tree: exp.Expression, names: set[str], calls: set[tuple[str, str]]) -> exp.Expression:
    def one(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Anonymous):
            return _call(_function(node), node.expressions[0].name, calls)
        if isinstance(node, exp.Column) and not _is_argument(node):
            if node.name != "as_of":
                names.add(node.name)
            return column(node.name)
        return node

    return _safe_division(_strict(tree.transform(one)))


def _function(node: exp.Anonymous) -> str:
    return str(node.name).lower().replace("limit_of", "limit")


def _is_argument(node: exp.Expression) -> bool:
    return isinstance(node.parent, exp.Anonymous)


def _call(function: str, argument: str, calls: set[tuple[str, str]]) -> exp.Expression:
    calls.add((function, argument))
    build: dict[str, Callable[[], exp.Expression]] = {
        "known": lambda: exp.Not(this=exp.Is(this=column(argument), expression=exp.null())),
        "days_since": lambda: _days(column("as_of"), column(argument)),
        "days_until": lambda: _days(column(argument), column("as_of")),
        "change": lambda: _change(argument),
    }
    if function in build:
        return exp.Paren(this=build[function]())
    return column(column_of(function, argument))


def _days(later: exp.Expression, earlier: exp.Expression) -> exp.Expression:
    return exp.DateDiff(this=later, expression=earlier, unit=exp.var("DAY"))


def _change(argument: str) -> exp.Expression:
    before = column(column_of("before", argument))
    difference = exp.Sub(this=column(argument), expression=before)
    return exp.Div(this=exp.Paren(this=difference), expression=before.copy())


def _strict(tree: exp.Expression) -> exp.Expression:
    """Let ``greatest`` and ``least`` be unknown if any of their values is: engines skip unknowns, as if they were said."""
    whole = exp.Paren(this=tree)
    for choice in reversed(list(whole.find_all(exp.Greatest, exp.Least))):
        values = [choice.this, *choice.expressions]
        known = exp.and_(
            *[exp.Not(this=exp.Is(this=value.copy(), expression=exp.null())) for value in values]
        )
        choice.replace(exp.case().when(known, choice.copy()))
    return whole.this


def _safe_division(tree: exp.Expression) -> exp.Expression:
    """Divide doubles, and by zero give unknown; the innermost first, because a cast copies what it wraps."""
    whole = exp.Paren(this=tree.copy())
    for division in reversed(list(whole.find_all(exp.Div))):
        divisor = exp.Nullif(this=exp.cast(division.expression, "double"), expression=exp.Literal.number(0))
        division.set("this", exp.cast(division.this, "double"))
        division.set("expression", divisor)
    return whole.this
