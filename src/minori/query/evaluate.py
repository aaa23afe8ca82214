"""Evaluates a checked expression over Python values, with the answers DuckDB gives for the same tree.

Three-valued: unknown is None and stays unknown through arithmetic. Decimals and integers are exact; a double
beside them makes a double, and a division always gives one. Values of kinds that do not fit are unknown,
never an error: an expression that came through ``parse_condition`` can always be evaluated.
"""

import math
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Context, Decimal
from functools import cache
from typing import TypeGuard

from sqlglot import exp

from minori.query.condition import Condition, parse_condition

Value = None | bool | int | float | Decimal | str | date
Number = int | float | Decimal

_EXACT = Context(prec=76)
_DECIMAL_DIGITS = 38  # a literal with more digits is a double


def evaluate(condition: Condition, values: Mapping[str, Value]) -> Value:
    """Return what the expression says of the values, by name of prepared column; a missing name is unknown.

    ``as_of`` must be among the values where the expression counts days.
    """
    return _value(condition.tree, values)


def known_inputs(condition: Condition, values: Mapping[str, Value]) -> bool:
    """Return whether every value that the expression reads is known."""
    return all(values.get(name) is not None for name in inputs_of(condition.text))


@cache
def inputs_of(text: str) -> frozenset[str]:
    """Return the names of the values that an expression reads, ``as_of`` left out."""
    return parse_condition(text).columns


def _value(node: exp.Expression, values: Mapping[str, Value]) -> Value:
    found = _NODES.get(type(node))
    if found is None:
        raise ValueError(f"{node.key} cannot stand in a checked expression")
    return found(node, values)


def _literal(node: exp.Expression, _: Mapping[str, Value]) -> Value:
    text = str(node.this)
    if node.is_string:
        return text
    if "e" in text.lower() or len(text.replace(".", "")) > _DECIMAL_DIGITS:
        return float(text)
    return Decimal(text) if "." in text else int(text)


def _and(node: exp.Expression, values: Mapping[str, Value]) -> Value:
    sides = _flags(node, values)
    return False if False in sides else None if None in sides else True


def _or(node: exp.Expression, values: Mapping[str, Value]) -> Value:
    sides = _flags(node, values)
    return True if True in sides else None if None in sides else False


def _flags(node: exp.Expression, values: Mapping[str, Value]) -> list[bool | None]:
    sides = (_value(node.this, values), _value(node.expression, values))
    return [side if isinstance(side, bool) else None for side in sides]


def _not(node: exp.Expression, values: Mapping[str, Value]) -> Value:
    value = _value(node.this, values)
    return not value if isinstance(value, bool) else None


def _compare(test: Callable[[int], bool]) -> Callable[[exp.Expression, Mapping[str, Value]], Value]:
    def compared(node: exp.Expression, values: Mapping[str, Value]) -> Value:
        order = _order(_value(node.this, values), _value(node.expression, values))
        return None if order is None else test(order)

    return compared


def _order(left: Value, right: Value) -> int | None:
    """Return -1, 0 or 1; None if either is unknown or they are of different kinds."""
    if _is_number(left) and _is_number(right):
        a, b = _alike(left, right)
        return (a > b) - (a < b)
    if isinstance(left, bool) and isinstance(right, bool):
        return int(left) - int(right)
    if isinstance(left, date) or isinstance(right, date):
        first, second = _day(left), _day(right)
        return None if first is None or second is None else (first > second) - (first < second)
    if isinstance(left, str) and isinstance(right, str):
        return (left.encode() > right.encode()) - (left.encode() < right.encode())
    return None


def _day(value: Value) -> date | None:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) else None


def _between(node: exp.Expression, values: Mapping[str, Value]) -> Value:
    value = _value(node.this, values)
    low = _order(value, _value(node.args["low"], values))
    high = _order(value, _value(node.args["high"], values))
    if (low is not None and low < 0) or (high is not None and high > 0):
        return False
    return None if low is None or high is None else True


def _in(node: exp.Expression, values: Mapping[str, Value]) -> Value:
    value = _value(node.this, values)
    orders = [_order(value, _value(item, values)) for item in node.expressions]
    return True if 0 in orders else None if None in orders else False


def _arithmetic(
    combine: Callable[[Number, Number], Number],
) -> Callable[[exp.Expression, Mapping[str, Value]], Value]:
    def combined(node: exp.Expression, values: Mapping[str, Value]) -> Value:
        left, right = _value(node.this, values), _value(node.expression, values)
        if not _is_number(left) or not _is_number(right):
            return None
        return _finite(combine(*_alike(left, right)))

    return combined


def _add(a: Number, b: Number) -> Number:
    return a + b if isinstance(a, float) and isinstance(b, float) else _EXACT.add(Decimal(a), Decimal(b))


def _subtract(a: Number, b: Number) -> Number:
    return a - b if isinstance(a, float) and isinstance(b, float) else _EXACT.subtract(Decimal(a), Decimal(b))


def _multiply(a: Number, b: Number) -> Number:
    return a * b if isinstance(a, float) and isinstance(b, float) else _EXACT.multiply(Decimal(a), Decimal(b))


def _divide(node: exp.Expression, values: Mapping[str, Value]) -> Value:
    left, right = _value(node.this, values), _value(node.expression, values)
    if not _is_number(left) or not _is_number(right) or float(right) == 0:
        return None
    return _finite(float(left) / float(right))


def _negate(node: exp.Expression, values: Mapping[str, Value]) -> Value:
    value = _value(node.this, values)
    return -value if _is_number(value) else None


def _absolute(node: exp.Expression, values: Mapping[str, Value]) -> Value:
    value = _value(node.this, values)
    return (value if value >= 0 else -value) if _is_number(value) else None


def _extreme(wanted: int) -> Callable[[exp.Expression, Mapping[str, Value]], Value]:
    def found(node: exp.Expression, values: Mapping[str, Value]) -> Value:
        best: Value = None
        for item in (node.this, *node.expressions):  # as in SQL, unknown ones are passed over
            value = _value(item, values)
            if best is None or _order(value, best) == wanted:
                best = value
        return best

    return found


def _nullif(node: exp.Expression, values: Mapping[str, Value]) -> Value:
    value = _value(node.this, values)
    return None if _order(value, _value(node.expression, values)) == 0 else value


def _double(node: exp.Expression, values: Mapping[str, Value]) -> Value:
    value = _value(node.this, values)
    return float(value) if _is_number(value) else None


def _days_between(node: exp.Expression, values: Mapping[str, Value]) -> Value:
    later, earlier = _day(_value(node.this, values)), _day(_value(node.expression, values))
    return None if later is None or earlier is None else (later - earlier).days


def _is_number(value: Value) -> TypeGuard[Number]:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _alike(left: Number, right: Number) -> tuple[Number, Number]:
    if isinstance(left, float) or isinstance(right, float):
        return float(left), float(right)
    return left, right


def _finite(value: Number) -> Number | None:
    return value if math.isfinite(value) else None


def _case(node: exp.Expression, values: Mapping[str, Value]) -> Value:
    for branch in node.args["ifs"]:
        if _value(branch.this, values) is True:
            return _value(branch.args["true"], values)
    return None


_NODES: dict[type[exp.Expression], Callable[[exp.Expression, Mapping[str, Value]], Value]] = {
    exp.Column: lambda node, values: values.get(node.name),
    exp.Literal: _literal,
    exp.Boolean: lambda node, _: bool(node.this),
    exp.Null: lambda _node, _values: None,
    exp.Paren: lambda node, values: _value(node.this, values),
    exp.And: _and,
    exp.Or: _or,
    exp.Not: _not,
    exp.EQ: _compare(lambda order: order == 0),
    exp.NEQ: _compare(lambda order: order != 0),
    exp.LT: _compare(lambda order: order < 0),
    exp.LTE: _compare(lambda order: order <= 0),
    exp.GT: _compare(lambda order: order > 0),
    exp.GTE: _compare(lambda order: order >= 0),
    exp.Is: lambda node, values: _value(node.this, values) is None,
    exp.Between: _between,
    exp.In: _in,
    exp.Add: _arithmetic(_add),
    exp.Sub: _arithmetic(_subtract),
    exp.Mul: _arithmetic(_multiply),
    exp.Div: _divide,
    exp.Neg: _negate,
    exp.Abs: _absolute,
    exp.Greatest: _extreme(1),
    exp.Least: _extreme(-1),
    exp.Nullif: _nullif,
    exp.Case: _case,
    exp.Cast: _double,
    exp.DateDiff: _days_between,
}
