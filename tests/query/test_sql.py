"""Queries are trees with named parameters, over a closed list of functions, and each engine can be told them."""

from datetime import date

import pytest
from sqlglot import exp

from build import CALENDAR, TODAY, ago
from minori.query.dialects import DIALECTS, render
from minori.query.points import Dates
from minori.query.sql import reading, sql
from minori.query.visibility import RAW, View, compile_facts, visible
from minori.schema.facts import FACTS


class TestBind:
    def test_values_become_literals(self) -> None:
        got = sql("select a from t where d > $day and n in ($names)").bind(day=TODAY, names=["x", "y'; --"])
        assert render(got, "duckdb") == (
            "SELECT a FROM t WHERE d > CAST('2026-03-31' AS DATE) AND n IN ('x', 'y''; --')"
        )

    def test_a_missing_or_surplus_value_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            sql("select $a").bind()
        with pytest.raises(KeyError):
            sql("select 1").bind(a=1)

    def test_a_function_outside_the_closed_list_fails_at_once(self) -> None:
        with pytest.raises(ValueError, match="closed list"):
            sql("select dayofweek(d) from t")


class TestReading:
    def test_a_table_and_a_query_take_the_place_of_names_under_their_aliases(self) -> None:
        query = sql("select a.x, b.y from first a join second b using (x) where a.x in (select x from first)")
        got = reading(query.bind(), first="now_first", second=sql("select x, y from third").bind())
        assert render(got, "duckdb") == (
            "SELECT a.x, b.y FROM now_first AS a JOIN (SELECT x, y FROM third) AS b USING (x)"
            " WHERE a.x IN (SELECT x FROM now_first AS first)"
        )
        assert "now_first" not in render(query.bind(), "duckdb")

    def test_a_relation_of_the_same_name_is_not_replaced_again(self) -> None:
        got = reading(sql("select x from t").bind(), t=sql("select x + 1 as x from t").bind())
        assert render(got, "duckdb") == "SELECT x FROM (SELECT x + 1 AS x FROM t) AS t"

    def test_a_name_that_is_not_read_is_an_error(self) -> None:
        with pytest.raises(KeyError, match="secnod"):
            reading(sql("select 1 from first").bind(), secnod="x")


@pytest.mark.parametrize("name", FACTS)
@pytest.mark.parametrize("days", [(TODAY,), (TODAY, ago(7))], ids=["one date", "two dates"])
class TestVisible:
    def test_every_fact_is_cut_at_the_date_for_every_engine(self, name: str, days: tuple[date, ...]) -> None:
        view = View(Dates(days, CALENDAR), linked=True, only="wanted")
        for dialect in DIALECTS:
            text = render(visible(FACTS[name], view, window=28), dialect)
            assert RAW + name in text
            assert ("_day" in text.split("WHERE", 1)[-1]) or FACTS[name].at is None


def test_a_reference_to_a_fact_cannot_escape_the_cut() -> None:
    view = View(Dates((TODAY,), CALENDAR))
    tree = compile_facts(
        sql("select * from (select * from events) e join contracts c using (as_of)").tree, view
    )
    names = [t.name for t in tree.find_all(exp.Table)]
    assert set(names) == {f"{RAW}events", f"{RAW}contracts"}
