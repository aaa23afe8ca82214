"""Guards at the moment of sending: on facts as they are now, of the lake and of the app, for the one person written to."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from build import COMPANY, lake_with
from decision.build_decision import policy
from minori.core.errors import InputError
from minori.decision.guard import GUARDS
from minori.pipeline.own_rows import OwnRow
from minori.pipeline.rechecked import Again, Asked, Rechecker, asked_again
from minori.policy.workspace import WorkspaceFile

NOW = datetime(2026, 4, 1, 5, tzinfo=UTC)  # Wednesday, 14:00 in Tokyo
TODAY = date(2026, 4, 1)
CUSTOMER = {"customer_id": "acme", "started_on": date(2023, 1, 1)}
YES = {"customer_id": "acme", "channel": "mail", "granted": True, "said_at": NOW - timedelta(days=500)}
MAIL = Asked(
    "p1", "acme", "mail", "seats", user_id="u1", play="add_seats", asks_for_money=True, band="healthy"
)
Facts = Mapping[str, Iterable[Mapping[str, Any]]]


def ask(
    root: Path,
    facts: Facts,
    asked: Asked = MAIL,
    *,
    fresh: Iterable[OwnRow] = (),
    guards: dict[str, Any] | None = None,
    now: datetime = NOW,
    leave_out: Iterable[str] = (),
) -> Again:
    lake = lake_with(root, {"customers": [CUSTOMER], "consents": [YES], **facts})
    with Rechecker(root, lake.snapshot(), policy(guards), WorkspaceFile(company=COMPANY)) as rechecker:
        return rechecker.ask(asked, now=now, fresh=list(fresh), leave_out=list(leave_out))


def held(again: Again) -> list[str]:
    return [one.guard for one in again.held]


def app_fact(table: str, number: int = 1, **row: Any) -> OwnRow:
    plain = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
    return OwnRow(table, f"k{number}", number, {"customer_id": "acme", **plain})


def stop(at: datetime, user: str | None = "u1", channel: str = "mail", granted: bool = False) -> OwnRow:
    return app_fact("consents", user_id=user, channel=channel, granted=granted, said_at=at)


def test_which_guards_are_asked_again() -> None:
    assert {name for name, guard in GUARDS.items() if asked_again(guard)} == {
        "consent",
        "contact_frequency",
        "detractor",
        "open_severe_ticket",
        "quiet_hours",
        "recent_decline",
    }


def test_nothing_holds_a_message_to_somebody_who_agreed(tmp_path: Path) -> None:
    assert ask(tmp_path, {}) == Again()


@pytest.mark.parametrize("channel", ["mail", "all"])
@pytest.mark.parametrize("user", ["u1", None])
def test_an_opt_out_that_only_the_app_knows_holds(tmp_path: Path, user: str | None, channel: str) -> None:
    again = ask(tmp_path, {}, fresh=[stop(NOW - timedelta(seconds=1), user, channel)])
    assert set(held(again)) == {"consent"}


def test_an_opt_out_holds_even_if_the_policy_has_no_such_guard(tmp_path: Path) -> None:
    assert held(ask(tmp_path, {}, fresh=[stop(NOW)], guards={})) == ["consent"]


def test_a_colleague_speaks_for_nobody_else(tmp_path: Path) -> None:
    assert held(ask(tmp_path, {}, fresh=[stop(NOW, "u2")])) == []
    other = {**YES, "user_id": "u2"}
    assert held(ask(tmp_path / "b", {"consents": [other]})) == ["consent"]


def test_the_newest_word_counts(tmp_path: Path) -> None:
    fresh = [stop(NOW - timedelta(hours=2)), stop(NOW - timedelta(hours=1), granted=True)]
    fresh = [OwnRow(row.table, f"k{n}", n, row.row) for n, row in enumerate(fresh)]
    assert held(ask(tmp_path, {}, fresh=fresh)) == []


def test_no_consents_at_all_is_for_a_person_to_decide(tmp_path: Path) -> None:
    again = ask(tmp_path, {"consents": []})
    assert held(again) == [] and len(again.a_person_decides) == 1


@pytest.mark.parametrize("from_lake", [True, False])
@pytest.mark.parametrize(("ago", "holds"), [(0, True), (1, True), (29, True), (30, False)])
def test_a_no_of_this_morning_holds_at_once_and_for_thirty_days(
    tmp_path: Path, ago: int, holds: bool, from_lake: bool
) -> None:
    no = {
        "proposal_id": "p0",
        "play": "upgrade",
        "result": "declined",
        "answered_at": NOW - timedelta(days=ago, hours=1),
    }
    facts = {"outcomes": [{"customer_id": "acme", **no}]} if from_lake else {}
    again = ask(tmp_path, facts, fresh=() if from_lake else [app_fact("outcomes", **no)])
    assert held(again) == (["recent_decline"] if holds else [])
    if holds:
        assert again.held[0].until == TODAY + timedelta(days=30 - ago)


def test_a_ticket_opened_after_the_decision_holds_what_asks_for_money(tmp_path: Path) -> None:
    ticket = {
        "ticket_id": "t",
        "customer_id": "acme",
        "severity": "urgent",
        "opened_at": NOW - timedelta(minutes=5),
    }
    assert held(ask(tmp_path, {"tickets": [ticket]})) == ["open_severe_ticket"]
    closed = {**ticket, "closed_at": NOW - timedelta(minutes=1)}
    assert held(ask(tmp_path / "b", {"tickets": [closed]})) == []


def test_contacts_count_over_all_channels_and_from_the_app(tmp_path: Path) -> None:
    call = {"customer_id": "acme", "user_id": "u1", "direction": "out", "about": "renewal"}
    facts = {
        "interactions": [
            {**call, "interaction_id": "i", "channel": "call", "occurred_at": NOW - timedelta(days=3)}
        ]
    }
    assert held(ask(tmp_path, facts)) == []
    mail = app_fact("interactions", **{**call, "interaction_id": "j", "channel": "mail", "occurred_at": NOW})
    assert held(ask(tmp_path / "b", facts, fresh=[mail])) == ["contact_frequency"]
    assert held(ask(tmp_path / "c", facts, fresh=[mail], leave_out=["contact_frequency"])) == []


@pytest.mark.parametrize(
    ("zone", "now", "sends_at"),
    [
        (None, datetime(2026, 4, 1, 11, tzinfo=UTC), datetime(2026, 4, 2, 0, tzinfo=UTC)),  # 20:00 in Tokyo
        (None, datetime(2026, 4, 1, 5, tzinfo=UTC), None),
        ("America/New_York", datetime(2026, 4, 1, 5, tzinfo=UTC), datetime(2026, 4, 1, 13, tzinfo=UTC)),
        ("Nowhere/Land", datetime(2026, 4, 1, 5, tzinfo=UTC), None),
    ],
)
def test_quiet_hours_are_those_of_the_customer(
    tmp_path: Path, zone: str | None, now: datetime, sends_at: datetime | None
) -> None:
    again = ask(tmp_path, {"customers": [{**CUSTOMER, "time_zone": zone}]}, now=now)
    assert (held(again), again.send_after) == ([], sends_at)


def test_a_merged_customer_takes_the_stricter_word(tmp_path: Path) -> None:
    link = app_fact("identity_links", 2, from_id="old", into_id="acme", at=NOW - timedelta(days=1))
    link = OwnRow(
        link.table, link.key, link.number, {k: v for k, v in link.row.items() if k != "customer_id"}
    )
    no = {"customer_id": "old", "channel": "mail", "granted": False, "said_at": NOW - timedelta(days=9)}
    assert held(ask(tmp_path, {"consents": [YES, no]})) == []
    assert "consent" in held(ask(tmp_path / "b", {"consents": [YES, no]}, fresh=[link]))


def test_a_fact_that_cannot_be_read_lets_nothing_pass(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        ask(tmp_path, {}, fresh=[app_fact("consents", channel="mail", granted="no", said_at=NOW)])


def test_facts_of_others_change_nothing(tmp_path: Path) -> None:
    theirs = OwnRow("consents", "x", 1, {**stop(NOW).row, "customer_id": "other"})
    assert ask(tmp_path, {}, fresh=[theirs]) == Again()
