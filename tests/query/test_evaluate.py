"""Python and DuckDB give one answer to one expression, unknowns included."""

import math
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp

from minori.query.condition import parse_condition
from minori.query.dialects import render
from minori.query.evaluate import Value, evaluate, known_inputs
from minori.query.sql import literal, named

TYPES = {
    **dict.fromkeys(("a", "b", "before__a", "before__b"), "double"),
    "n": "bigint",
    "t": "varchar",
    "d": "date",
    "as_of": "date",
    "f": "boolean",
}
DOUBLES = st.sampled_from([None, 0.0, 1.0, -2.5, 0.1, 0.3, 7.0, 1234.5])
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
ROWS = st.fixed_dictionaries(
    {
        "a": DOUBLES,
        "b": DOUBLES,
        "before__a": DOUBLES,
        "before__b": DOUBLES,
        "n": st.sampled_from([None, 0, 1, 3, -4]),
        "t": st.sampled_from([None, "light", "premium", "プレミアム", ""]),
        "d": st.none() | DAYS,
        "as_of": DAYS,
        "f": st.sampled_from([None, True, False]),
    }
)


def _numbers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda x: f"({x[0]} {x[1]} {x[2]})")
    of_two = st.tuples(st.sampled_from(["greatest", "least"]), inner, inner).map(
        lambda x: f"{x[0]}({x[1]}, {x[2]})"
    )
    return two | of_two | inner.map(lambda x: f"abs({x})") | inner.map(lambda x: f"(- {x})")


def _flags(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda x: f"({x[0]} {x[1]} {x[2]})")
    return two | inner.map(lambda x: f"(not {x})")


LEAVES = st.sampled_from(
    ["a", "b", "n", "0", "2", "0.1", "0.3", "1.5", "days_since(d)", "days_until(d)", "change(a)", "before(b)"]
)
NUMBERS = st.recursive(LEAVES, _numbers, max_leaves=5)
COMPARED = st.one_of(
    st.tuples(NUMBERS, st.sampled_from(["=", "<>", "<", "<=", ">", ">="]), NUMBERS).map(" ".join),
    st.tuples(NUMBERS, NUMBERS, NUMBERS).map(lambda x: f"{x[0]} between {x[1]} and {x[2]}"),
    st.tuples(NUMBERS, NUMBERS).map(lambda x: f"{x[0]} in ({x[1]}, 1)"),
    st.sampled_from(["t = 'premium'", "t < 'm'", "t in ('light', '')", "known(a)", "known(t)", "f", "true"]),
    st.sampled_from(["d >= '2026-01-01'", "d = as_of"]),
).map(lambda text: f"({text})")
EXPRESSIONS = NUMBERS | st.recursive(COMPARED, _flags, max_leaves=4)


def asked_of_duckdb(text: str, row: Mapping[str, Value]) -> Value:
    columns = [named(exp.cast(literal(row.get(name)), kind), name) for name, kind in TYPES.items()]
    query = exp.select(parse_condition(text).tree).from_(exp.select(*columns).subquery())
    found = duckdb.connect().execute(render(query, "duckdb")).fetchone()
    return found[0] if found else None


def same(ours: Value, theirs: Value) -> bool:
    if isinstance(theirs, float) and math.isinf(theirs):
        return ours is None
    if isinstance(theirs, float) and isinstance(ours, int | float | Decimal):
        return math.isclose(ours, theirs, rel_tol=1e-15)
    return ours == theirs


@settings(max_examples=150, deadline=None)
@given(text=EXPRESSIONS, row=ROWS)
def test_same_answer_as_duckdb(text: str, row: dict[str, Value]) -> None:
    assert same(evaluate(parse_condition(text), row), asked_of_duckdb(text, row))


@pytest.mark.parametrize(
    ("text", "values", "answer"),
    [
        ("0.1 + 0.2 = 0.3", {}, True),  # decimals are exact
        ("a / b", {"a": 1.0, "b": 0.0}, None),
        ("a > 1 and missing > 0", {"a": 0.0}, False),
        ("a > 1 or missing > 0", {"a": 0.0}, None),
        ("not known(a)", {}, True),
        ("csv * minutes / 60", {"csv": 24.0, "minutes": Decimal("7.5")}, 3.0),
        ("t > 3", {"t": "many"}, None),  # kinds that do not fit are unknown
        ("t and true", {"t": "many"}, None),
        ("a * a", {"a": 1e300}, None),  # no infinities
        ("has_feature('sso')", {"has__sso": True}, True),
        ("days_since(d) = 3", {"as_of": date(2026, 11, 22), "d": date(2026, 11, 19)}, True),
    ],
)
def test_by_hand(text: str, values: dict[str, Value], answer: Value) -> None:
    assert evaluate(parse_condition(text), values) == answer


def test_inputs_are_known_only_together() -> None:
    condition = parse_condition("greatest(a, 0) * b")
    assert known_inputs(condition, {"a": 1.0, "b": 2.0})
    assert not known_inputs(condition, {"a": None, "b": 2.0})
