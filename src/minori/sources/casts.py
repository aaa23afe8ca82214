"""Casts of a mapping: each becomes one that cannot fail, with a check that tells where it did.

``cast(x as T)`` becomes ``try_cast(x as T)``; the check is true where x says something and the result is
null. An empty text says nothing. Two casts that DuckDB would do in silence fail too: a text that is no whole
number as an integer (it would be rounded), and a text with an offset as a timestamp without one (it would be
dropped). ``strptime`` becomes ``try_strptime`` in the same way. Who writes ``try_cast`` has chosen null, and
is not checked.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

from minori.sources.tree import fill, text

CHECK_TYPE = 'struct("column" varchar, "value" varchar, "type" varchar)[]'

_WHOLE = exp.DataType.INTEGER_TYPES
_DECIMAL = {exp.DataType.Type.DECIMAL, *exp.DataType.FLOAT_TYPES}
_LOCAL = {exp.DataType.Type.TIMESTAMP, exp.DataType.Type.TIMESTAMPNTZ}
_LOCAL = {exp.DataType.Type.TIMESTAMP, exp.DataType.Type.TIMESTAMPNTZ}
_EXTRA = {
    "whole": r"regexp_full_match(trim(cast(:x as varchar)), '[+-]?[0-9]+(\.0*)?')",
    "decimal": r"regexp_full_match(trim(cast(:x as varchar)), "
    r"'[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?')",
    "local": r"not regexp_matches(cast(:x as varchar), '(Z|z|UTC|:[0-9.]+ ?[+-][0-9]{2}(:?[0-9]{2})?)$')",
}


@dataclass(frozen=True)
class CastCheck:
    """When one cast failed, and what was read."""

    failed: exp.Expression
    column: str
    value: exp.Expression
    type: str
    aggregated: bool  # true for a whole group, not for a row
    clause: str = ""  # the condition that holds the cast: where, having or qualify

    def entry(self) -> exp.Expression:
        """Return what the hidden column of checks holds where the cast failed."""
        template = "{'column': :column, 'value': cast(:value as varchar), 'type': :type}"
        return fill(template, column=text(self.column), value=self.value, type=text(self.type))


def own_nodes(query: exp.Expression) -> Iterator[exp.Expression]:
    """Yield every node of a part of a select, without the selects inside it."""
    for node in query.walk(prune=lambda n: isinstance(n, exp.Query) and n is not query):
        if not isinstance(node, exp.Query) or node is query:
            yield node


def soften(part: exp.Expression) -> list[exp.Expression]:
    """Make every cast of a part one that cannot fail; return those that have to be checked."""
    made = []
    for node in [n for n in own_nodes(part) if type(n) in (exp.Cast, exp.StrToTime)]:
        soft = _soft(node)
        node.replace(soft)
        if node is part:
            part = soft
        if soft.find(exp.Column):
            made.append(soft)
    return made


def check_of(cast: exp.Expression, named: str, *, grouped: bool) -> CastCheck:
    """Return the check of a softened cast; ``named`` is the output column it belongs to."""
    operand = cast.this if isinstance(cast, exp.TryCast) else cast.expressions[0]
    columns = {c.name for c in operand.find_all(exp.Column)}
    guards, inside_aggregate = _guards(cast)
    failed = exp.and_(*guards, _failed(cast, operand), copy=True)
    return CastCheck(
        failed=failed,
        column=columns.pop() if len(columns) == 1 else named,
        value=operand.copy(),
        type=_said(cast),
        aggregated=grouped and not inside_aggregate and has_aggregate(failed),
    )


def has_aggregate(part: exp.Expression) -> bool:
    """Tell whether a part of a select gathers rows (a window does not)."""
    return any(_gathers(node) for node in own_nodes(part))


def _soft(node: exp.Expression) -> exp.Expression:
    if isinstance(node, exp.StrToTime):
        return exp.Anonymous(this="try_strptime", expressions=[node.this, node.args["format"]])
    to = node.args["to"]
    if to.sql(dialect="duckdb") == "DECIMAL(18, 3)":  # what a bare ``decimal`` means; it would drop digits
        to = exp.DataType.build("decimal(38, 10)", dialect="duckdb")
    return exp.TryCast(this=node.this, to=to)


def _failed(cast: exp.Expression, operand: exp.Expression) -> exp.Expression:
    says = fill(":x is not null and trim(cast(:x as varchar)) <> ''", x=operand)
    extra = _extra(cast)
    if extra is None:
        return exp.and_(says, fill(":c is null", c=cast))
    strict = fill(f"typeof(:x) = 'VARCHAR' and not coalesce({_EXTRA[extra]}, false)", x=operand)
    return exp.and_(says, exp.or_(fill(":c is null", c=cast), strict))


def _extra(cast: exp.Expression) -> str | None:
    if not isinstance(cast, exp.TryCast):
        return None
    kind = cast.args["to"].this
    if kind in _WHOLE:
        return "whole"
    if kind in _DECIMAL:
        return "decimal"
    return "local" if kind in _LOCAL else None


def _said(cast: exp.Expression) -> str:
    if isinstance(cast, exp.TryCast):
        return str(cast.args["to"].sql(dialect="duckdb")).lower()
    return f"strptime {cast.expressions[1].sql(dialect='duckdb')}"


def _guards(cast: exp.Expression) -> tuple[list[exp.Expression], bool]:
    """Return the conditions under which the cast is evaluated at all, and whether an aggregate holds it."""
    found: list[exp.Expression] = []
    aggregate = False
    child, parent = cast, cast.parent
    while parent is not None and not isinstance(parent, exp.Query):
        if isinstance(parent, exp.Filter) and child.arg_key == "this":
            found.append(exp.paren(parent.expression.this.copy()))
        elif not aggregate:  # what stands around an aggregate is true of the group, not of the row
            found += _branch(parent, child)
        aggregate = aggregate or _gathers(parent)
        child, parent = parent, parent.parent
    return found, aggregate


def _branch(parent: exp.Expression, child: exp.Expression) -> list[exp.Expression]:
    """Return what must hold for ``child`` to be evaluated inside ``parent``."""
    if isinstance(parent, exp.Case) and child.arg_key in ("ifs", "default"):
        until = child.index if child.arg_key == "ifs" else len(parent.args["ifs"])
        return [_not(_condition(parent, branch)) for branch in parent.args["ifs"][:until]]
    if isinstance(parent, exp.If) and child.arg_key == "true":
        outer = parent.parent if isinstance(parent.parent, exp.Case) else None
        return [_condition(outer, parent)]
    if isinstance(parent, exp.If) and child.arg_key == "false":
        return [_not(parent.this.copy())]
    if isinstance(parent, exp.Coalesce) and child.arg_key == "expressions":
        before = [parent.this, *parent.expressions[: child.index]]
        return [fill(":x is null", x=value) for value in before]
    return []


def _condition(case: exp.Expression | None, branch: exp.Expression) -> exp.Expression:
    if case is not None and case.this is not None:
        return exp.EQ(this=case.this.copy(), expression=branch.this.copy())
    return exp.paren(branch.this.copy())


def _not(condition: exp.Expression) -> exp.Expression:
    return fill("not coalesce(:c, false)", c=condition)


def _gathers(node: exp.Expression) -> bool:
    """Tell whether a node gathers rows: ``sum(x)`` does, ``sum(x) over (…)`` does not."""
    if not isinstance(node, exp.AggFunc):
        return False
    parent = node.parent
    while isinstance(parent, exp.IgnoreNulls | exp.Filter):
        parent = parent.parent
    return not (isinstance(parent, exp.Window) and parent.this.find(type(node)) is not None)
