"""A backtest: fires and what followed, against a hand count; nothing peeks; thresholds move."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from build import TODAY, ago, both, noon, session_with
from minori.core.errors import UnknownName, WorkspaceError
from minori.learning import backtest_figures as figures
from minori.pipeline.proof.backtest import Backtest, as_object, asked, backtest
from minori.pipeline.session import Session
from minori.policy.definitions import Guards, Offer, Policy

CUSTOMERS = [f"c{n:02}" for n in range(40)]
BUSY = CUSTOMERS[:24]  # they log in a lot 150 days ago; half of them expand 30 days later
GROWN = BUSY[:12]
POLICY = Policy.model_validate(
    {
        "metrics": {
            "logins": {"label": both("l"), "count": "events where name = 'login'", "window": "14 days"}
        },
        "segments": {"touches": {"low": {"label": both("l")}}},
        "plays": {
            "busy": {
                "id": "busy",
                "label": both("busy"),
                "hypothesis": both("h"),
                "when": "logins >= 3",
                "because": both("b"),
                "offer": {"kind": "help"},
                "on": False,
            }
        },
    }
)


def contract(customer: str, seats: int, starts: int, ends: int | None = None) -> dict[str, Any]:
    return {
        "contract_id": f"{customer}-{seats}",
        "customer_id": customer,
        "product_id": "suite",
        "plan_id": "light",
        "quantity": seats,
        "mrr": 1000 * seats,
        "currency": "JPY",
        "starts_on": ago(starts),
        "ends_on": None if ends is None else ago(ends),
    }


def events(customer: str, days: range, name: str = "login") -> list[dict[str, Any]]:
    return [
        {
            "event_id": f"{customer}{name}{d}",
            "customer_id": customer,
            "occurred_at": noon(ago(d)),
            "name": name,
        }
        for d in days
    ]


def facts(*, known_from: int = -1) -> dict[str, list[dict[str, Any]]]:
    """The history; ``known_from`` leaves out what happened in fewer days ago."""
    rows = [event for c in BUSY for event in events(c, range(150, 155))]
    rows += events(CUSTOMERS[-1], range(300), "saved")  # the feed is alive every day
    contracts = [contract(c, 2, 400, 120 if c in GROWN else None) for c in CUSTOMERS]
    contracts += [contract(c, 5, 120) for c in GROWN]
    limit = noon(ago(known_from))
    return {
        "customers": [{"customer_id": c, "name": c, "started_on": ago(400)} for c in CUSTOMERS],
        "contracts": [row for row in contracts if row["starts_on"] <= limit.date()],
        "events": [row for row in rows if row["occurred_at"] <= limit],
    }


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = session_with(tmp_path, facts(), POLICY)
    yield opened
    opened.engine.close()


def tried(session: Session, **more: Any) -> Backtest:
    return backtest(session, asked(session, "busy", TODAY, **more), TODAY)


def test_fires_and_what_followed_are_what_one_counts_by_hand(session: Session) -> None:
    found = tried(session)
    assert (found.fires, found.customers) == (24, 24)
    expanded = found.followed["expanded"]
    assert (expanded.happened, expanded.fires) == (12, 24)
    assert expanded.reading(figures.AFTER_FIRE).value == 0.5
    assert expanded.reading(figures.BASE).value == 0  # nobody else expanded
    assert expanded.reading(figures.LIFT).missing  # so there is no ratio to tell
    assert expanded.reading(figures.FORESEEN).value == 1
    assert found.followed["churned"].happened == 0


def test_a_spell_fires_once_and_not_where_it_held_before(session: Session) -> None:
    held = ago(150)
    later = tried(session, first=held + timedelta(days=3), step=1)
    assert later.fires == 0


def test_moved_thresholds_tell_how_often_it_would_have_fired(session: Session) -> None:
    assert tried(session, thresholds={"logins": 5}).fires == 24
    assert tried(session, thresholds={"logins": 7}).fires == 0
    curve = {v.threshold.value: v.followed for v in tried(session).curve}
    assert curve[3.0]["expanded"].fires == 24


def test_guards_are_asked_about_each_fire_as_of_its_own_date(tmp_path: Path) -> None:
    severe = {"ticket_id": "t", "customer_id": BUSY[0], "severity": "urgent", "opened_at": noon(ago(160))}
    opened = session_with(tmp_path, {**facts(), "tickets": [severe]}, _paid())
    held = tried(opened).held
    opened.engine.close()
    assert held is not None
    assert held.fires == 24
    assert held.by["open_severe_ticket"] == 1


def _paid() -> Policy:
    """The same play with an offer that asks for money, and one guard."""
    play = POLICY.plays["busy"].model_copy(update={"offer": Offer(kind="seats")})
    limits = {"guards": {"open_severe_ticket": {}}}
    return POLICY.model_copy(update={"plays": {"busy": play}, "guards": Guards.model_validate(limits)})


def test_fires_do_not_know_the_future(tmp_path: Path, session: Session) -> None:
    on = ago(150)
    blind = session_with(tmp_path / "blind", facts(known_from=150), POLICY)
    seen = backtest(session, asked(session, "busy", TODAY, first=on, last=on), TODAY)
    unseen = backtest(blind, asked(blind, "busy", TODAY, first=on, last=on), TODAY)
    blind.engine.close()
    assert seen.fires == unseen.fires == 24


def test_the_horizon_must_fit_into_the_history(session: Session) -> None:
    with pytest.raises(WorkspaceError, match="not enough history"):
        asked(session, "busy", TODAY, horizon=500)


def test_unknown_names_are_named(session: Session) -> None:
    with pytest.raises(UnknownName, match="busy"):
        asked(session, "bussy", TODAY)
    with pytest.raises(UnknownName, match="logins"):
        asked(session, "busy", TODAY, thresholds={"login": 3})


def test_plain_data_says_that_it_is_observed(session: Session) -> None:
    plain = as_object(tried(session, first=date(2025, 9, 1)))
    assert plain["observational"] is True
    assert plain["outcomes"]["expanded"]["readings"][0]["sample"] == plain["fires"]
