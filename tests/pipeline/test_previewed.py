"""Trying definitions dry: counts are what one counts by hand, and nothing is ever written."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from build import TODAY, ago, both, session_with
from minori.pipeline.previewed import preview
from minori.pipeline.previewed_health import spread, tried_health
from minori.pipeline.session import Session
from minori.policy.definitions import Policy
from pipeline.backtest_case import CUSTOMERS, POLICY, contract, events

ACTIVE = CUSTOMERS[:10]  # four logins in the last two weeks


def facts() -> dict[str, list[dict[str, Any]]]:
    rows = [event for c in ACTIVE for event in events(c, range(1, 5))]
    return {
        "customers": [{"customer_id": c, "name": c, "started_on": ago(400)} for c in CUSTOMERS],
        "contracts": [contract(c, 2, 400) for c in CUSTOMERS],
        "events": [*rows, *events(CUSTOMERS[-1], range(300), "saved")],  # the feed is alive every day
    }


def with_points(points: dict[float, float]) -> Policy:
    part = {"label": both("l"), "metric": "logins", "weight": 10, "points": points}
    return Policy.model_validate({**POLICY.model_dump(by_alias=True), "health": {"parts": {"use": part}}})


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = session_with(tmp_path, facts(), POLICY)
    yield opened
    opened.engine.close()


def test_who_matches_is_what_one_counts_by_hand(session: Session) -> None:
    number = session.snapshot.number
    found = preview(session, TODAY, play="busy", customer_id=ACTIVE[3])
    assert (found.customers, found.matching, found.off) == (40, 10, None)
    assert sum(found.fates.values()) == found.candidates
    assert sum(found.held.values()) == found.fates.get("held", 0)
    assert not session.snapshot.has("results/decision")
    assert session.snapshot.number == number
    for example in found.examples:
        assert example.customer_id in ACTIVE
        assert example.message["ja"]["subject"]


def test_another_threshold_matches_others(tmp_path: Path) -> None:
    play = POLICY.plays["busy"].model_copy(update={"when": "logins >= 5"})
    opened = session_with(tmp_path, facts(), POLICY.model_copy(update={"plays": {"busy": play}}))
    assert preview(opened, TODAY, play="busy").matching == 0
    opened.engine.close()


def test_a_play_without_its_facts_says_so(tmp_path: Path) -> None:
    silent = {"label": both("t"), "count": "tickets", "window": "14 days"}
    plays = {"busy": {**POLICY.plays["busy"].model_dump(by_alias=True), "when": "asked > 0"}}
    policy = Policy.model_validate(
        {**POLICY.model_dump(by_alias=True), "metrics": {"asked": silent}, "plays": plays}
    )
    opened = session_with(tmp_path, facts(), policy)
    found = preview(opened, TODAY, play="busy")
    opened.engine.close()
    assert found.off is not None
    assert found.as_object()["off"]["ja"]


def test_other_points_move_customers_between_bands(tmp_path: Path) -> None:
    before, after = with_points({0: 0, 4: 100}), with_points({0: 0, 8: 100})
    opened = session_with(tmp_path, facts(), after)
    found = tried_health(opened, before, TODAY, metrics=["logins"])
    opened.engine.close()
    assert found.before.bands["thriving"] == 10
    assert ("thriving", "watch", 10) in found.moves  # 4 logins of 8: fifty points
    assert sum(n for _, _, n in found.moves) == found.customers == 40
    assert {mover["customer_id"] for mover in found.movers} == set(ACTIVE)
    was, will = found.metrics["logins"]
    assert was == will
    assert will.quantiles["most"] == 4
    assert {"code", "label", "why", "bands"} <= found.calibration.keys() or found.calibration["missing"]


def test_a_spread_counts_unknown_apart_and_reads_days_and_words() -> None:
    numbers = spread([1, 2, 3, 4, None], TODAY)
    assert (numbers.known, numbers.unknown, numbers.quantiles["median"]) == (4, 1, 2.5)
    assert sum(n for _, _, n in numbers.bins) == 4
    assert spread([date(2026, 1, 1)], date(2026, 1, 11)).quantiles["most"] == 10
    assert spread(["a", "b", "a"], TODAY).most_frequent == [("a", 2), ("b", 1)]
    assert spread([5, 5], TODAY).bins == [(5, 5, 2)]
    assert spread([None], TODAY).bins == ()
