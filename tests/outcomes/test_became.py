"""What became of points: labels come after the point, and nothing is known beyond the last day of data."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from build import noon
from kpis.revenue_case import contract, rate, session_of
from minori.lake.types import arrow_schema
from minori.pipeline.proof.became import follow
from minori.query.sql import sql
from minori.schema.proof import PROOF

JANUARY, MARCH, UNTIL = date(2025, 1, 31), date(2025, 3, 1), date(2025, 6, 30)


def became(
    root: Path,
    contracts: Iterable[Mapping[str, Any]],
    days: tuple[date, ...] = (JANUARY,),
    until: date = UNTIL,
    **more: Any,
) -> list[dict[str, Any]]:
    session = session_of(root, contracts, **more)
    rows = follow(session, days, until).fetch(
        sql("select b.*, p.customer_id from became b join frozen_point p using (as_of, customer_key)").bind()
    )
    session.engine.close()
    return sorted(rows.to_pylist(), key=lambda row: (row["customer_id"], row["as_of"]))


CONTRACTS = [
    contract("light", "01-01", "02-10", 100),
    contract("standard", "02-10", "05-01", 180),
    contract("light", "01-01", None, 100, customer_id="b"),
]


class TestLabels:
    def test_are_the_first_days_after_the_point(self, tmp_path: Path) -> None:
        (before, after, quiet, _) = became(tmp_path, CONTRACTS, (JANUARY, MARCH))
        assert (before["expanded_on"], before["churned_on"]) == (date(2025, 2, 10), date(2025, 5, 1))
        assert (after["expanded_on"], after["churned_on"]) == (None, date(2025, 5, 1))
        assert (quiet["expanded_on"], quiet["churned_on"], quiet["bought_on"]) == (None, None, None)
        assert [before["mrr"], after["mrr"], quiet["mrr"]] == [Decimal(100), Decimal(180), Decimal(100)]

    def test_know_nothing_after_the_last_day_of_data(self, tmp_path: Path) -> None:
        row = became(tmp_path, CONTRACTS, until=date(2025, 4, 30))[0]
        assert row["churned_on"] is None
        assert row["followed_until"] == date(2025, 4, 30)

    def test_a_change_on_the_day_itself_is_not_in_its_future(self, tmp_path: Path) -> None:
        row = became(tmp_path, CONTRACTS, (date(2025, 2, 10),))[0]
        assert (row["mrr"], row["expanded_on"]) == (Decimal(180), None)

    def test_bought_is_the_first_order_that_brought_money(self, tmp_path: Path) -> None:
        days = {"r": (date(2025, 2, 1), -5), "o": (date(2025, 2, 3), 5), "old": (JANUARY, 5)}
        orders = [
            {"order_id": i, "customer_id": "b", "ordered_at": noon(day), "amount": amount, "currency": "JPY"}
            for i, (day, amount) in days.items()
        ]
        assert became(tmp_path, CONTRACTS, orders=orders)[1]["bought_on"] == date(2025, 2, 3)

    def test_who_used_it_free_and_then_paid_has_expanded(self, tmp_path: Path) -> None:
        rows = [
            contract("free", "01-01", "02-15", 0),
            contract("light", "02-15", None, 100),
            contract("light", "01-10", "02-20", 100, customer_id="t", is_trial=True),
            contract("standard", "02-20", None, 180, customer_id="t"),
            contract("light", "02-25", None, 100, customer_id="held_nothing"),
        ]
        got = {row["customer_id"]: row["expanded_on"] for row in became(tmp_path, rows)}
        assert got == {"a": date(2025, 2, 15), "t": date(2025, 2, 20), "held_nothing": None}

    def test_an_unknown_amount_is_not_zero(self, tmp_path: Path) -> None:
        rows = [contract("light", "01-01", None, 100, currency="USD")]
        days = (JANUARY, MARCH)
        got = became(tmp_path, rows, days, rates=[rate("USD", "02-01", 150)])
        assert [row["mrr"] for row in got] == [None, Decimal(15000)]
        assert [row["expanded_on"] for row in got] == [None, None]

    def test_a_customer_merged_since_is_followed_where_it_went(self, tmp_path: Path) -> None:
        link = {"from_id": "b", "into_id": "a", "at": noon(date(2025, 3, 1))}
        rows = became(tmp_path, CONTRACTS, identity_links=[link])
        assert [row["customer_id"] for row in rows] == ["a", "b"]
        assert [row["mrr"] for row in rows] == [Decimal(200), Decimal(200)]
        assert [row["churned_on"] for row in rows] == [None, None]


def test_rows_are_as_declared_one_per_point(tmp_path: Path) -> None:
    session = session_of(tmp_path, CONTRACTS)
    rows = follow(session, (JANUARY, MARCH), UNTIL).fetch(sql("select * from became").bind())
    session.engine.close()
    assert rows.schema == arrow_schema(PROOF["became"], technical=False)
    assert rows.num_rows == 4
