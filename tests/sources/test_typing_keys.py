"""Keys are the same in SQL and in Python; ids that are made stay the same over reloads."""

from datetime import UTC, date, datetime

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loading import Typed
from minori.core.errors import InputError
from minori.core.keys import SEPARATOR, key64, short_id
from minori.schema.facts import FACTS
from minori.sources.judge import judge, key_rows
from minori.sources.keys import fact_key, made_id
from minori.sources.macros import install

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)


@settings(max_examples=30, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=50))
def test_sql_and_python_agree_on_any_text(texts: list[str]) -> None:
    connection = duckdb.connect()
    install(connection)
    connection.from_arrow(pa.table({"n": range(len(texts)), "t": pa.array(texts, pa.string())})).create("t")
    found = connection.execute("select minori_key(t) from t order by n").fetchall()
    assert [key for (key,) in found] == [key64(text) for text in texts]


def keyed(table: str, rows: list[dict[str, str | None]], known: str | None = None) -> list[dict[str, object]]:
    typed = Typed(table, rows)
    key_rows(typed.connection, FACTS[table], "s", "typed", "keyed", "Asia/Tokyo", known)
    return list(typed.connection.sql("from keyed order by __row").to_arrow_table().to_pylist())


def test_the_key_of_a_row_is_that_of_its_key_columns() -> None:
    [row] = keyed(
        "contracts", [{"contract_id": "k1", "customer_id": "顧客", "plan_id": "p", "starts_on": "2026-01-02"}]
    )
    assert row["_id"] == key64("k1", "2026-01-02") == fact_key(FACTS["contracts"], row)
    assert (row["customer_key"], row["_day"]) == (key64("顧客"), date(2026, 1, 2))
    consent = {"customer_id": "c", "channel": "mail", "granted": "yes", "said_at": "2026-01-02T03:04:05.6Z"}
    [row] = keyed("consents", [consent])
    assert (
        row["_id"]
        == key64("c", "", "mail", "2026-01-02T03:04:05.600000Z")
        == fact_key(FACTS["consents"], row)
    )
    assert row["user_key"] is None


def test_the_day_is_the_companys() -> None:
    [row] = keyed(
        "events", [{"event_id": "e", "customer_id": "c", "name": "n", "occurred_at": "2026-11-01T15:00:00Z"}]
    )
    assert row["_day"] == date(2026, 11, 2)
    assert row["occurred_at"] == datetime(2026, 11, 1, 15, tzinfo=UTC)


EVENT = {"customer_id": "c", "name": "n", "occurred_at": "2026-11-01"}


def test_equal_rows_without_an_id_are_told_apart_by_their_number() -> None:
    [a, b, other] = keyed("events", [EVENT, EVENT, {**EVENT, "name": "m"}])
    content = short_id(SEPARATOR.join(["customer_id=c", "name=n", "occurred_at=2026-10-31T15:00:00.000000Z"]))
    assert [a["event_id"], b["event_id"]] == [short_id(content, "1"), short_id(content, "2")]
    assert other["event_id"] not in (a["event_id"], b["event_id"])
    assert keyed("events", [{**EVENT, "event_id": None, "quantity": ""}])[0]["_id"] == a["_id"]


def test_a_made_id_is_part_of_the_key_of_the_table() -> None:
    line = {
        "order_id": "o",
        "customer_id": "c",
        "product_id": "p",
        "quantity": "1",
        "ordered_at": "2026-11-01",
    }
    [a, b] = keyed("order_lines", [line, line])
    assert a["_id"] == key64("o", str(a["line_id"])) != b["_id"]


def test_the_tables_that_make_ids() -> None:
    assert {name: made_id(table) for name, table in FACTS.items() if made_id(table)} == {
        "events": "event_id", "surveys": "survey_id", "order_lines": "line_id", "interactions": "interaction_id",
        "statements": "statement_id", "organisation_changes": "change_id", "costs": "cost_id",
    }  # fmt: skip


def test_two_ids_of_one_key_are_never_taken_for_each_other() -> None:
    typed = Typed("customers", [{"customer_id": "a"}, {"customer_id": "b"}])
    # No two texts with one key are known, so the key is made weaker.
    typed.connection.execute("create or replace macro minori_key(x) as cast(7 as bigint)")
    with pytest.raises(InputError, match="'a' and 'b' have the same 64-bit key"):
        key_rows(typed.connection, FACTS["customers"], "s", "typed", "keyed", "Asia/Tokyo")
    rates = [{"currency": c, "on": "2026-01-01", "rate": "1"} for c in ("USD", "EUR")]
    typed = Typed("rates", rates)
    typed.connection.execute("create or replace macro minori_key(x) as cast(7 as bigint)")
    one = key_rows(typed.connection, FACTS["rates"], "s", "typed", "keyed", "Asia/Tokyo")
    with pytest.raises(InputError, match="have the same 64-bit key"):
        judge(typed.connection, FACTS["rates"], [one], "verdicts")
