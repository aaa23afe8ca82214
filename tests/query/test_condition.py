"""The safe language: what it reads, what it refuses, and what it says then."""

import pytest

from minori.core.errors import ConditionError, UnknownName
from minori.query.condition import parse_condition, parse_row_condition

REFUSED = [
    "(select 1)",
    "exists(select 1)",
    "a; drop table x",
    "a = 1 union select 2",
    "1 from events",
    "x is null",
    "coalesce(a, 1) > 0",
    "a like '%b'",
    "cast(a as int) > 1",
    "read_csv('/etc/passwd')",
    "a.b > 1",
    "a in (select b)",
    "* > 1",
    "a as b",
    "limit(a, b) > 1",
    "change() > 1",
    "a > $p",
    "a[1] > 2",
    "case when a then b end",
    "",
    "not",
]


class TestParseCondition:
    def test_reads_names_and_calls(self) -> None:
        got = parse_condition("seat_use >= 0.8 and change(active_seats) > 0 and not holds('suite')")
        assert got.names == {"seat_use"}
        assert got.calls == {("change", "active_seats"), ("holds", "suite")}
        assert got.columns == {"seat_use", "active_seats", "before__active_seats", "holds__suite"}

    @pytest.mark.parametrize("text", REFUSED)
    def test_refuses_everything_else(self, text: str) -> None:
        with pytest.raises((ConditionError, UnknownName)):
            parse_condition(text)

    def test_an_unknown_function_gets_the_nearest(self) -> None:
        with pytest.raises(UnknownName, match="did you mean 'change'"):
            parse_condition("chang(a) > 0")

    def test_an_unknown_name_gets_the_nearest(self) -> None:
        with pytest.raises(UnknownName, match="did you mean 'seat_use'"):
            parse_condition("seat_usage > 0").check_names({"seat_use": "number"})

    def test_division_by_zero_is_unknown(self) -> None:
        assert "NULLIF" in parse_condition("a / b > 1").tree.sql("duckdb")

    def test_limit_inside_quotes_is_a_text(self) -> None:
        got = parse_condition("plan = 'limit(seats)' and limit(seats) > 1")
        assert got.calls == {("limit", "seats")}
        assert "'limit(seats)'" in got.tree.sql("duckdb")

    def test_too_deep_and_too_long_are_refused(self) -> None:
        with pytest.raises(ConditionError):
            parse_condition("(" * 5000 + "a" + ")" * 5000)
        with pytest.raises(ConditionError, match="longer"):
            parse_condition("a > 1 and " * 500 + "a > 1")


class TestRowCondition:
    def test_known_is_the_only_function(self) -> None:
        assert "IS NULL" in parse_row_condition("not known(closed_at)").sql("duckdb")
        with pytest.raises(ConditionError):
            parse_row_condition("change(x) > 1")
