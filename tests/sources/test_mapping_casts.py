"""Casts that fail are found where they fail, and rows never get lost because of them."""

import pytest

from loading import Mapped

ROWS: list[dict[str, str | None]] = [
    {"id": "a", "n": "1", "d": "2026-01-01"},
    {"id": "b", "n": "n/a", "d": "2026-01-02"},
    {"id": "a", "n": "1.5", "d": "bad"},
    {"id": "c", "n": " ", "d": None},
]


@pytest.mark.parametrize(
    ("select", "failed"),
    [
        ("select n::int as n from input", [(2, "n", "n/a"), (3, "n", "1.5")]),
        ("select n::decimal(18, 2) as n from input", [(2, "n", "n/a")]),
        ("select n, d::date as d from input", [(3, "d", "bad")]),
        ("select strptime(d, '%Y-%m-%d') as d from input", [(3, "d", "bad")]),
        ("select try_cast(n as int) as n, try_strptime(d, '%Y-%m-%d') as d from input", []),
        ("select case when n = 'n/a' then null else n::decimal end as n from input", []),
        ("select case n when 'n/a' then 0 else n::decimal end as n from input", []),
        ("select if(id = 'b', 0, n::decimal) as n from input", []),
        ("select coalesce(try_cast(n as decimal), d::date::varchar::decimal) as n from input", [(2, "d", "2026-01-02")]),
        ("select cast(n::decimal as varchar) || 'x' as n from input", [(2, "n", "n/a")]),
        ("select cast(n || id as int) as both from input where id = 'a'", [(1, "both", "1a"), (3, "both", "1.5a")]),
        ("select x.n from (select n::decimal as n from input) x", [(2, "n", "n/a")]),
    ],
)  # fmt: skip
def test_a_failed_cast_names_row_column_and_value(select: str, failed: list[tuple[int, str, str]]) -> None:
    assert Mapped(select, ROWS).failed == failed


def test_stars_hide_what_is_carried_along() -> None:
    mapped = Mapped("with a as (select *, n::int as k from input) select a.* from a", ROWS)
    assert mapped.output.names == ("id", "n", "d", "k")
    assert [row["row"] for row in mapped.rows if row["check"]] == [3, 2]


def test_a_condition_that_a_cast_leaves_unknown_keeps_the_row() -> None:
    mapped = Mapped("select id from input where n::decimal > 1", ROWS)
    assert [(row["row"], bool(row["check"])) for row in mapped.rows] == [(3, False), (2, True)]


def test_a_condition_that_is_false_anyway_drops_the_row_in_peace() -> None:
    assert Mapped("select id from input where n::decimal > 1 and id = 'a'", ROWS).failed == []


def test_a_row_that_a_join_drops_because_a_cast_failed_before_is_still_found() -> None:
    select = (
        "with a as (select id, n::decimal as n from input) select a.id from a join s on a.n = s.n::decimal"
    )
    with pytest.raises(Exception, match="in the on of a join cannot be checked"):
        Mapped(select, ROWS, s=[{"n": "1"}])
    mapped = Mapped(select.replace("s.n::decimal", "try_cast(s.n as decimal)"), ROWS, s=[{"n": "1"}])
    assert [row["row"] for row in mapped.rows] == [1]
    assert mapped.failed == [(2, "n", "n/a")]


def test_a_group_with_a_failed_cast_is_flagged_whole_and_has_no_row() -> None:
    mapped = Mapped("select id, sum(n::decimal) as n from input group by id", ROWS)
    assert not mapped.mapping.carries_rows
    assert [(row["id"], row["row"], bool(row["check"])) for row in mapped.rows] == [
        ("a", None, False), ("b", None, True), ("c", None, False),
    ]  # fmt: skip


def test_a_filter_guards_the_casts_of_its_aggregate() -> None:
    select = "select id, sum(n::decimal) filter (where n <> 'n/a') as n from input group by id"
    assert Mapped(select, ROWS).failed == []


@pytest.mark.parametrize(
    ("select", "carries", "alone"),
    [
        ("select id from input", True, True),
        ("select i.id from input i join s on s.id = i.id where i.n <> 'x'", True, True),
        ("with s2 as (select id, max(n) as m from s group by id) select i.id from input i join s2 using (id)", True, True),
        ("select id from input qualify row_number() over (partition by id order by n) = 1", True, False),
        ("select a.id from input a join input b on a.id = b.id", True, False),
        ("select distinct id from input", False, False),
        ("select id from input union all select id from s", False, False),
        ("select count(*) as n from input", False, False),
    ],
)  # fmt: skip
def test_it_is_known_whether_a_row_stands_for_a_row_and_can_be_replayed_alone(
    select: str, carries: bool, alone: bool
) -> None:
    mapping = Mapped(select, ROWS, s=ROWS).mapping
    assert (mapping.carries_rows, mapping.alone) == (carries, alone)


def test_an_offset_is_not_dropped_in_silence() -> None:
    rows = [{"at": "2026-01-01T10:00:00+09:00"}, {"at": "2026-01-01 10:00"}, {"at": "2026-01-01T10:00:00Z"}]
    assert [row for row, _, _ in Mapped("select at::timestamp as at from input", rows).failed] == [1, 3]
    assert Mapped("select at::timestamptz as at from input", rows).failed == []


def test_a_bare_decimal_keeps_its_digits() -> None:
    assert (
        str(Mapped("select n::decimal as n from input", [{"n": "1.23456789"}]).rows[0]["n"]) == "1.2345678900"
    )


def test_origins_name_the_column_of_the_input() -> None:
    mapping = Mapped("select id as customer_id, n::int as seats, id || n as both from input", ROWS).mapping
    assert mapping.origins == {"customer_id": "id", "seats": "n"}
