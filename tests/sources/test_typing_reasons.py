"""Every reason says what was seen; the SQL that it advises loads the value."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from loading import Typed
from minori.sources.reasons import explain

CONTRACT = {"contract_id": "k", "customer_id": "c", "plan_id": "p", "starts_on": "2026-01-01"}
EVENT = {"customer_id": "c", "name": "n", "occurred_at": "2026-01-01"}
DAY = date(2026, 11, 1)

CASES: list[tuple[str, str, str, Any]] = [
    ("mrr", "1,234", "thousands separators", Decimal(1234)),
    ("mrr", "1,234.5", "thousands separators", Decimal("1234.5")),
    ("mrr", "１２３", "full-width digits", Decimal(123)),
    ("mrr", "¥1,000", "currency sign", Decimal(1000)),
    ("mrr", "1000円", "currency sign", Decimal(1000)),
    ("mrr", "△1,000", "sign of bookkeeping", Decimal(-1000)),
    ("mrr", "(250)", "sign of bookkeeping", Decimal(-250)),
    ("mrr", "12,5", "decimal comma", Decimal("12.5")),
    ("mrr", "1.5E+03", "exponent notation", Decimal(1500)),
    ("mrr", "n/a", "word for no value", None),
    ("mrr", "NaN", "not a finite number", None),
    ("quantity", "50%", "percent sign", Decimal("0.5")),
    ("term_months", "12.4", "not a whole number", 12),
    ("renews_on", "2026/11/01", "slashes", DAY),
    ("renews_on", "2026/11/1", "slashes", DAY),
    ("renews_on", "2026年11月1日", "年月日", DAY),
    ("renews_on", "令和8年11月1日", "Japanese era", DAY),
    ("renews_on", "平成30年1月8日", "Japanese era", date(2018, 1, 8)),
    ("renews_on", "２０２６/11/01", "full-width digits", DAY),
    ("renews_on", "2026.11.01", "full stops", DAY),
    ("renews_on", "20261101", "without separators", DAY),
    ("renews_on", "46327", "serial date of Excel", DAY),
    ("renews_on", "11/1/2026", "whether the month or the day", DAY),
    ("renews_on", "26/11/01", "year of two digits", DAY),
    ("renews_on", "2026-11-1", "without leading zeros", DAY),
    ("renews_on", "2026-11", "without a day", DAY),
    ("renews_on", "2026-11-01 10:00", "time of day", DAY),
    ("renews_on", "2026-10-31T15:00:00Z", "in which zone", DAY),
    ("renews_on", "1 Nov 2026", "month in words", DAY),
    ("is_trial", "はい", "none of true/false", True),
    ("occurred_at", "1793494800", "Unix time in seconds", datetime(2026, 11, 1, 1, 0, tzinfo=UTC)),
    ("occurred_at", "1793494800500", "milliseconds", datetime(2026, 11, 1, 1, 0, 0, 500000, tzinfo=UTC)),
    ("occurred_at", "11/1/2026 10:00", "whether the month or the day", datetime(2026, 11, 1, 1, 0, tzinfo=UTC)),
    ("occurred_at", "2026/11/1 10:00:05", "slashes", datetime(2026, 11, 1, 1, 0, 5, tzinfo=UTC)),
    ("occurred_at", "2026-11-01 10:00:00 JST", "zone by letters", datetime(2026, 11, 1, 1, 0, tzinfo=UTC)),
]  # fmt: skip


@pytest.mark.parametrize(("column", "value", "seen", "meant"), CASES)
def test_the_advised_sql_loads_the_value(column: str, value: str, seen: str, meant: Any) -> None:
    table, base = ("events", EVENT) if column == "occurred_at" else ("contracts", CONTRACT)
    row = {**base, column: value}
    [bad] = Typed(table, [row]).rows
    [entry] = bad["__check"]
    reason = explain(entry["column"], entry["value"], entry["type"])
    assert seen in reason.en and value in reason.en and value in reason.ja
    advice = re.split(" or (?=strptime)", reason.en.partition("Write in the select: ")[2])[0]
    names = ", ".join(f"{advice} as {n}" if n == column else n for n in row)
    [good] = Typed(table, [row], f"select {names} from input".replace("when '…' then false ", "")).rows
    assert (good["__check"], good[column]) == (None, meant)


@pytest.mark.parametrize(
    ("column", "value", "kind", "said"),
    [
        ("name", None, "required", "name: is required and empty."),
        ("mrr", "1" * 30, "money", "has too many digits to be kept exactly"),
        ("d", "2026-02-30", "date", "is no day or time that exists"),
        ("at", "2026-12-24T00:00:00Z", "future", "clock in the future"),
        ("id", "a\x00b", "text", r"'a\x00b' has control characters (U+0000)"),
        ("id", "x" * 600, "text", "has 600 characters, more than 512"),
        ("p", '{"a": NaN}', "json", "is not JSON (NaN)"),
        ("p", "{", "json", "is not JSON"),
        ("p", "[" * 99 + "]" * 99, "json", "is JSON of over 64 levels"),
        ("currency", "円", "currency", "Write in the select: 'JPY' as currency"),
        ("result", "Acepted", "allowed", "case result when 'Acepted' then 'accepted' … end"),
        ("Start Date", "2026/01/02", "date", "strptime(\"Start Date\", '%Y/%m/%d')"),
        ("at", "2026-01-01T10:00:00+09:00", "timestamp", "which a cast to timestamp would drop"),
        ("at", "x", "strptime '%Y'", "does not match '%Y'"),
        ("n", "x'y", "decimal(18, 2)", "cannot be read as an amount"),
    ],
)
def test_rules_say_what_was_broken(column: str, value: str | None, kind: str, said: str) -> None:
    reason = explain(column, value, kind, ("accepted", "declined"))
    assert said in reason.en
    assert reason.ja.startswith(f"{column}: ") and reason.ja != reason.en


def test_a_long_value_is_shown_in_part() -> None:
    assert len(explain("c", "9,9" * 5_000, "money").en) < 200
