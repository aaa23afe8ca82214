"""A backtest: fires and what followed, against a hand count; nothing peeks; thresholds move."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from build import TODAY, ago, noon, session_with
from minori.core.errors import UnknownName, WorkspaceError
from minori.learning import backtest_figures as figures
from minori.pipeline.proof.backtest import Backtest, as_object, asked, backtest
from minori.pipeline.proof.backtests import backtests, questions
from minori.pipeline.session import Session
from minori.policy.definitions import Guards, Offer, Policy
from pipeline.backtest_case import BUSY, POLICY, facts


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


def test_a_play_of_events_that_nobody_records_cannot_be_tried(tmp_path: Path) -> None:
    """A count of them is 0 for everybody: no evidence of anything."""
    play = POLICY.plays["busy"].model_copy(update={"when": "logins >= 1"})
    silent = {**facts(), "events": [row for row in facts()["events"] if row["name"] != "login"]}
    opened = session_with(tmp_path, silent, POLICY.model_copy(update={"plays": {"busy": play}}))
    with pytest.raises(WorkspaceError, match="no event named login occurs"):
        asked(opened, "busy", TODAY)
    opened.engine.close()


def test_asked_together_each_play_says_what_it_says_alone(tmp_path: Path) -> None:
    busy = POLICY.plays["busy"].model_copy(update={"on": True})
    seldom = busy.model_copy(update={"id": "seldom", "when": "logins >= 1 and mrr > 2500", "rearm": 30})
    policy = POLICY.model_copy(update={"plays": {"busy": busy, "seldom": seldom}})
    opened = session_with(tmp_path, facts(), policy)
    every = questions(opened, TODAY)
    together = {found.question.play.id: found for found in backtests(opened, every.questions, TODAY)}
    for name, found in together.items():
        assert as_object(backtest(opened, asked(opened, name, TODAY), TODAY)) == as_object(found)
    assert set(together) == {"busy", "seldom"} and together["busy"].fires == 24
    opened.engine.close()
