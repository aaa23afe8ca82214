"""Which texts become which values, and which are set aside instead of being guessed."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from loading import Typed

BASE = {
    "customers": {"customer_id": "c1"},
    "contracts": {"contract_id": "k", "customer_id": "c1", "plan_id": "pro", "starts_on": "2026-01-01"},
    "events": {"customer_id": "c1", "name": "login", "occurred_at": "2026-11-01T00:00:00Z"},
    "interactions": {"customer_id": "c1", "channel": "mail", "occurred_at": "2026-11-01T00:00:00Z"},
}


def typed(table: str, column: str, *values: str | None, **given: Any) -> list[Any]:
    return Typed(table, [{**BASE[table], column: value} for value in values], **given).values(column)


def test_whole_numbers() -> None:
    assert typed("customers", "employees", "12", " 12 ", "12.0", "-3", None, "") == [
        12,
        12,
        12,
        -3,
        None,
        None,
    ]
    bad = (
        "1.5",
        "1,234",
        "１２",
        "n/a",
        "1_000",
        "0x10",
        "1e3",
        "9223372036854775808",
        "nan",
        "12人",
        "+",
        "--1",
    )
    assert typed("customers", "employees", *bad) == ["integer"] * len(bad)


def test_amounts_keep_every_digit_and_are_rounded_half_to_even_beyond() -> None:
    good = (
        "1000",
        "-0.5",
        ".5",
        "5.",
        "99999999999999.9999",
        "12.00005",
        "12.00015",
        "0.0000500000000000000000000001",
    )
    assert typed("contracts", "mrr", *good) == [
        Decimal(v)
        for v in ("1000", "-0.5", "0.5", "5", "99999999999999.9999", "12.0000", "12.0002", "0.0001")
    ]
    bad = (
        "100000000000000",
        "99999999999999.99995",
        "¥1,000",
        "$5",
        "1,234",
        "１２",
        "n/a",
        "NaN",
        "inf",
        "1e3",
        "1_0",
        "50%",
    )
    assert typed("contracts", "mrr", *bad) == ["money"] * len(bad)


def test_more_digits_than_are_kept_are_noted_once() -> None:
    rows = [{**BASE["contracts"], "quantity": value} for value in ("1.1234567", "2.12345600", "3")]
    assert Typed("contracts", rows).notes == [
        "quantity: 1 value had more digits than are kept and were rounded half to even"
    ]


def test_dates() -> None:
    good = ("2026-11-01", "2026-11-01 00:00:00", "2026-11-01T00:00", "9999-12-31")
    assert typed("contracts", "renews_on", *good) == [date(2026, 11, 1)] * 3 + [date(9999, 12, 31)]
    bad = (
        "2026/11/01", "2026年11月1日", "令和8年11月1日", "12/1/2010", "01/02/26", "46327", "20261101", "2026-1-5",
        "2026-02-30", "0000-01-01", "infinity", "2026-11-01 10:00", "2026-11-01T00:00:00Z", "２０２６-11-01", "today",
    )  # fmt: skip
    assert typed("contracts", "renews_on", *bad) == ["date"] * len(bad)


def test_instants_are_utc_and_naive_times_are_of_the_source() -> None:
    tokyo = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)
    good = ("2026-11-01 10:00:00", "2026-11-01T10:00", "2026-11-01T01:00:00Z", "2026-11-01 10:00:00+0900",
            "2026-11-01T10:00:00.000000999+09:00", "2026-11-01 10:00:00 +09:00", "2026-11-01 01:00:00 UTC")  # fmt: skip
    assert typed("events", "occurred_at", *good) == [tokyo] * len(good)
    assert typed("events", "occurred_at", "2026-11-01") == [datetime(2026, 10, 31, 15, tzinfo=UTC)]
    bad = ("12/1/2010 8:26", "1793494800", "1793494800000", "2026-11-01 10:00 JST", "2026-11-01 25:00", "2026-11-01 10",
           "2026-11-01 10:00+99:00", "epoch", "infinity", "0000-01-01 00:00")  # fmt: skip
    assert typed("events", "occurred_at", *bad) == ["instant"] * len(bad)


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Tokyo"])
def test_local_times_agree_with_the_zones_rules(zone: str) -> None:
    local = [datetime(2026, month, day, 12, 30) for month in range(1, 11) for day in (1, 15)]  # noqa: DTZ001  local
    got = typed("events", "occurred_at", *(at.isoformat(" ") for at in local), time_zone=zone)
    assert got == [at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for at in local]


def test_a_local_time_that_does_not_exist_moves_on_and_one_that_is_twice_is_the_later() -> None:
    given = {"time_zone": "America/New_York"}
    assert typed("events", "occurred_at", "2026-03-08 02:30", **given) == [
        datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    ]
    assert typed("events", "occurred_at", "2026-11-01 01:30", **given) == [
        datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    ]


def test_a_clock_in_the_future_is_set_aside_but_a_contract_may_begin_later() -> None:
    got = typed("events", "occurred_at", "2026-11-23T03:00:00Z", "2026-11-23T03:00:01Z")
    assert got == [datetime(2026, 11, 23, 3, tzinfo=UTC), "future"]
    assert typed("contracts", "starts_on", "2030-01-01") == [date(2030, 1, 1)]


def test_flags() -> None:
    good = ("true", "T", "yes", "1", "FALSE", "f", "No", "0", " true ", None)
    assert typed("contracts", "is_trial", *good) == [True] * 4 + [False] * 4 + [True, None]
    assert typed("contracts", "is_trial", "はい", "on", "2", "1.0", "○") == ["flag"] * 5


def test_json() -> None:
    good = ('{"a": [1, {"b": "NaN inf"}]}', "[]", "1", '{"a": "' + "[" * 100 + '"}')
    assert typed("events", "properties", *good) == list(good)
    deep = "[" * 65 + "]" * 65
    bad = ("{", "{'a': 1}", '{"a": NaN}', "[Infinity]", "nan", deep, "[" * 100_000 + "]" * 100_000)
    assert typed("events", "properties", *bad) == ["json"] * len(bad)
    assert typed("events", "properties", "[" * 64 + "]" * 64) == ["[" * 64 + "]" * 64]


def test_allowed_values_and_currencies() -> None:
    assert typed("interactions", "direction", "out", " in ", None, "Out") == ["out", "in", None, "allowed"]
    assert typed("contracts", "currency", "usd", " EUR", None) == ["USD", "EUR", "JPY"]
    assert typed("contracts", "currency", "円", "XXX", "US$") == ["currency"] * 3


def test_ids_keep_leading_zeros_and_hold_no_control_characters() -> None:
    assert typed("customers", "customer_id", "0001", "株式会社 A", " c1 ", "é") == [
        "0001",
        "株式会社 A",
        "c1",
        "é",
    ]
    bad = ("c\x001", "c\t1", "c\x1f1", "c\n", "c\x851", "x" * 513)
    assert typed("customers", "customer_id", *bad) == ["text"] * len(bad)
    assert typed("customers", "customer_id", None, "", " ", "　") == ["required"] * 4
    assert typed("customers", "name", "a\tb\nc", "0012", " ") == ["a\tb\nc", "0012", None]


def test_an_inclusive_end_becomes_exclusive_except_the_end_of_time() -> None:
    got = typed("contracts", "ends_on", "2026-12-31", "9999-12-31", None, ends_inclusive=True)
    assert got == [date(2027, 1, 1), date(9999, 12, 31), None]


def test_columns_that_the_select_typed_are_taken_as_they_are() -> None:
    select = """select contract_id, customer_id, plan_id, starts_on::date as starts_on, mrr::double as mrr,
        quantity::decimal(10, 2) as quantity, (is_trial = 'x') as is_trial, term::bigint as term_months from input"""
    row = {**BASE["contracts"], "mrr": "1.25", "quantity": "3", "is_trial": "x", "term": "12"}
    typed_row = Typed("contracts", [row], select).rows[0]
    assert typed_row["__check"] is None
    assert (typed_row["mrr"], typed_row["quantity"], typed_row["term_months"]) == (Decimal("1.25"), 3, 12)
    assert (typed_row["starts_on"], typed_row["is_trial"]) == (date(2026, 1, 1), True)


@pytest.mark.parametrize("value", ["nan", "inf", "1e300"])
def test_doubles_that_are_no_amounts_are_set_aside(value: str) -> None:
    select = "select contract_id, customer_id, plan_id, starts_on, mrr::double as mrr from input"
    assert Typed("contracts", [{**BASE["contracts"], "mrr": value}], select).values("mrr")[0] in (
        "money",
        "double",
    )
