"""Every kind of metric against plain Python, at one date and at two, and what is unknown stays unknown."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlglot import exp

from build import TODAY, ago, both, noon, session_with
from minori.core.errors import ConditionError, DefinitionError, UnknownName
from minori.metrics import compute, contracts, points
from minori.metrics.kind import METRIC_KINDS
from minori.metrics.resolve import Metrics
from minori.policy.definitions import Policy

STAGES = (points.STAGE, contracts.STAGE, compute.STAGE)
CUSTOMERS = [{"customer_id": c, "name": c, "started_on": date(2025, 1, 1)} for c in "ab"]


def events(
    customer: str, *days_ago: int, user: str = "u", name: str = "login", quantity: int = 1
) -> list[dict[str, Any]]:
    return [
        {
            "event_id": f"{customer}{user}{name}{n}-{day}",
            "customer_id": customer,
            "user_id": user,
            "name": name,
            "occurred_at": noon(ago(day)) + timedelta(minutes=n),
            "quantity": quantity,
        }
        for n, day in enumerate(days_ago)
    ]


# One old and one fresh event of somebody else, so that the source covers the windows and is alive.
COVER = [*events("b", 0, 7, 200, user="z", name="other")]


def metric(
    tmp_path: Path, rows: Mapping[str, Any], on: tuple[date, ...] = (TODAY,), **definition: Any
) -> Any:
    """The metric ``m`` of customer a, at each date."""
    policy = Policy.model_validate(
        {"metrics": {"m": {"label": both("m"), **definition}}, "constant": ["users.department"]}
    )
    session = session_with(tmp_path, {"customers": CUSTOMERS, **rows}, policy)
    run = session.run_pass(STAGES, on)
    query = (
        exp.select("m.as_of", "m.m")
        .from_("metric m")
        .join("point p", using=["as_of", "customer_key"])
        .where("p.customer_id = 'a'")
        .order_by("m.as_of desc")
    )
    got = [row["m"] for row in run.fetch(query).to_pylist()]
    session.engine.close()
    return got if len(on) > 1 else got[0]


class TestOverEvents:
    def test_count_looks_at_its_window_the_day_itself_included(self, tmp_path: Path) -> None:
        rows = {"events": [*COVER, *events("a", 0, 27, 28)]}
        assert metric(tmp_path, rows, count="events where name = 'login'", window="28 days") == 2

    def test_two_dates_give_what_each_alone_gives(self, tmp_path: Path) -> None:
        rows = {"events": [*COVER, *events("a", 0, 5, 27, 28)]}
        got = metric(tmp_path, rows, (TODAY, ago(7)), count="events where name = 'login'", window="28 days")
        assert got == [3, 2]

    def test_sum_average_max_min(self, tmp_path: Path) -> None:
        rows = {"events": [*COVER, *events("a", 1, quantity=5), *events("a", 2, quantity=8)]}
        expected = {"sum": 13, "average": 6.5, "max": 8, "min": 5}
        for kind, value in expected.items():
            assert metric(tmp_path / kind, rows, **{kind: "quantity of events"}, window="7 days") == value

    def test_distinct_users_and_days(self, tmp_path: Path) -> None:
        rows = {"events": [*COVER, *events("a", 1, 1, 2, user="x"), *events("a", 2, user="y")]}
        assert metric(tmp_path / "u", rows, distinct="user_id of events", window="7 days") == 2
        assert metric(tmp_path / "d", rows, days="events", window="7 days") == 2

    def test_minutes_join_gaps_of_up_to_half_an_hour(self, tmp_path: Path) -> None:
        start = noon(ago(1))
        rows = [
            {
                "event_id": str(m),
                "customer_id": "a",
                "user_id": "u",
                "name": "x",
                "occurred_at": start + timedelta(minutes=m),
            }
            for m in (0, 10, 40, 100)
        ]
        assert metric(tmp_path, {"events": [*COVER, *rows]}, minutes="events", window="7 days") == 40

    def test_rising_users_is_a_share_of_users(self, tmp_path: Path) -> None:
        rows = {"events": [*COVER, *events("a", 1, 2, 9, user="up"), *events("a", 1, 8, 9, user="down")]}
        assert metric(tmp_path, rows, rising_users="events where name = 'login'", window="7 days") == 0.5

    def test_latest_and_first_are_company_days(self, tmp_path: Path) -> None:
        rows = {"events": [*COVER, *events("a", 3, 40)]}
        assert metric(tmp_path / "l", rows, latest="events where name = 'login'") == ago(3)
        assert metric(tmp_path / "f", rows, first="events where name = 'login'") == ago(40)

    def test_departments_without_users(self, tmp_path: Path) -> None:
        rows = {
            "events": [*COVER, *events("a", 1, user="x")],
            "users": [{"user_id": "x", "customer_id": "a", "department": "Sales", "created_on": ago(90)}],
            "departments": [
                {"department_id": d, "customer_id": "a", "name": d, "observed_on": ago(90)}
                for d in ("Sales", "Legal")
            ],
        }
        assert metric(tmp_path, rows, departments_without="events", window="28 days") == 1


class TestLast:
    def test_newest_value_wins_and_later_ones_are_not_seen(self, tmp_path: Path) -> None:
        gauges = [
            {"customer_id": "a", "name": "gb", "observed_at": noon(ago(d)), "value": v}
            for d, v in ((9, 1), (3, 7), (-5, 99))
        ]
        assert metric(tmp_path, {"gauges": gauges}, last="value of gauges where name = 'gb'") == 7


class TestUnknown:
    def test_a_window_that_is_not_covered_is_unknown_not_zero(self, tmp_path: Path) -> None:
        rows = {"events": events("b", 0, 10)}
        assert metric(tmp_path, rows, count="events", window="28 days") is None

    def test_a_dead_feed_is_unknown_not_a_decline(self, tmp_path: Path) -> None:
        rows = {"events": events("a", *range(5, 100))}
        assert metric(tmp_path, rows, count="events", window="28 days") is None

    def test_a_covered_window_without_rows_is_zero(self, tmp_path: Path) -> None:
        assert metric(tmp_path, {"events": COVER}, count="events", window="28 days") == 0

    def test_no_source_is_unknown(self, tmp_path: Path) -> None:
        assert metric(tmp_path, {}, count="events", window="28 days") is None

    def test_average_without_rows_is_unknown(self, tmp_path: Path) -> None:
        assert metric(tmp_path, {"events": COVER}, average="quantity of events", window="28 days") is None


class TestDerived:
    def test_change_compares_with_the_window_before(self, tmp_path: Path) -> None:
        policy = Policy.model_validate(
            {
                "metrics": {
                    "n": {"label": both("n"), "count": "events where name = 'login'", "window": "7 days"},
                    "m": {"label": both("m"), "formula": "change(n)"},
                }
            }
        )
        session = session_with(
            tmp_path, {"customers": CUSTOMERS, "events": [*COVER, *events("a", 1, 2, 3, 8, 9)]}, policy
        )
        run = session.run_pass(STAGES, [TODAY])
        got = {row["n"]: row["m"] for row in run.fetch(exp.select("n", "m").from_("metric")).to_pylist()}
        assert got == {3: 0.5, 0: None}

    def test_quintile_shares_ranks_and_knows_which_end_is_better(self, tmp_path: Path) -> None:
        customers = [{"customer_id": f"c{n}", "started_on": date(2025, 1, 1)} for n in range(10)]
        rows = [e for n in range(10) for e in events(f"c{n}", *[1] * (n + 1))]
        policy = Policy.model_validate(
            {
                "metrics": {
                    "n": {"label": both("n"), "count": "events", "window": "7 days", "better": "lower"},
                    "q": {"label": both("q"), "quintile": "n"},
                }
            }
        )
        session = session_with(
            tmp_path, {"customers": customers, "events": [*rows, *events("c0", 99)]}, policy
        )
        run = session.run_pass(STAGES, [TODAY])
        got = run.fetch(exp.select("n", "q").from_("metric").order_by("n")).to_pylist()
        assert [row["q"] for row in got] == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]

    def test_reaches_says_in_how_many_days(self, tmp_path: Path) -> None:
        gauges = [
            {"customer_id": "a", "name": "gb", "observed_at": noon(ago(7 * week)), "value": 70 - 2 * week}
            for week in range(13)
        ]
        policy = Policy.model_validate(
            {
                "metrics": {
                    "gb": {"label": both("gb"), "last": "value of gauges where name = 'gb'"},
                    "m": {"label": both("m"), "reaches": "gb >= 80"},
                    "never": {"label": both("m"), "reaches": "gb <= 10"},
                    "there": {"label": both("m"), "reaches": "gb >= 60"},
                }
            }
        )
        session = session_with(tmp_path, {"customers": CUSTOMERS[:1], "gauges": gauges}, policy)
        run = session.run_pass(STAGES, [TODAY])
        assert run.fetch(exp.select("m", "never", "there").from_("metric")).to_pylist() == [
            {"m": 35.0, "never": None, "there": 0.0}
        ]


class TestMistakes:
    @pytest.mark.parametrize(
        ("definition", "error", "says"),
        [
            ({"count": "event"}, UnknownName, "did you mean 'events'"),
            ({"sum": "quantty of events"}, UnknownName, "did you mean 'quantity'"),
            ({"sum": "events"}, ConditionError, "which column"),
            ({"distinct": "department of users"}, ConditionError, "no history"),
            ({"rising_users": "events"}, DefinitionError, "window"),
            ({"formula": "m + 1"}, DefinitionError, "circle"),
            ({"quintile": "n"}, UnknownName, "n"),
            ({"cuont": "events"}, UnknownName, "did you mean 'count'"),
        ],
    )
    def test_each_is_said_plainly(
        self, definition: dict[str, str], error: type[Exception], says: str
    ) -> None:
        policy = Policy.model_validate({"metrics": {"m": {"label": both("m"), **definition}}})
        with pytest.raises(error, match=says):
            Metrics(policy)


def test_every_kind_says_how_it_counts_over_any_window_in_exactly_one_way() -> None:
    for name, kind in METRIC_KINDS.items():
        for window in (None, 7, 4_000):
            ways = (kind.merging(window) or kind.each, kind.query, kind.derived)
            assert sum(way is not None for way in ways) == 1, name
