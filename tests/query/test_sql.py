"""Queries are trees with named parameters, over a closed list of functions, and each engine can be told them."""

from datetime import date

import pytest
from sqlglot import exp

from build import CALENDAR, TODAY, ago
from minori.query.dialects import DIALECTS, render
from minori.query.points import Dates
from minori.query.sql import sql
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
