"""Every action in every state by every role: the table, and that the code does what the table says."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from minori.web.life import act, leaving
from minori.web.life.answers import answered, by_customer
from minori.web.life.conflict import Conflict
from minori.web.life.hand_over import give_back, hand_over
from minori.web.life.states import ENDED, OPEN, OUT, RULES, Action, Actor, actors, allowed, possible
from minori.web.models import HandOver, Message, Person, Role, State, Step, Work

TODAY = date(2026, 11, 22)
WORDS = {"ja": {"subject": "件名", "body": "本文"}}
Do = Callable[[Person, Work], Work]
ACTIONS: dict[Action, Do] = {
    Action.EDIT: lambda p, w: act.edit(p, w.pk, w.version, WORDS),
    Action.APPROVE: lambda p, w: leaving.approve(p, w.pk, w.version, timezone.now()),
    Action.TOLD: lambda p, w: leaving.told(p, w.pk, w.version, timezone.now(), channel="call"),
    Action.SNOOZE: lambda p, w: act.snooze(p, w.pk, w.version, TODAY + timedelta(days=7), TODAY),
    Action.NOT_NOW: lambda p, w: act.not_now(p, w.pk, w.version, "timing"),
    Action.HAND_OVER: lambda p, w: hand_over(p, w.pk, w.version, timezone.now(), to="yamada"),
    Action.GIVE_BACK: lambda p, w: give_back(p, w.pk, w.version, timezone.now()),
    Action.ACCEPT: lambda p, w: answered(p, w.pk, w.version, timezone.now(), result="accepted"),
    Action.DECLINE: lambda p, w: answered(p, w.pk, w.version, timezone.now(), result="declined"),
    Action.TALK: lambda p, w: act.talk(p, w.pk, w.version),
}


def put(work: Work, state: State, **fields: Any) -> Work:
    """Return the work in a state, as if it had come there."""
    sent = timezone.now() if state in OUT else None
    Work.objects.filter(pk=work.pk).update(**{"state": state, "sent_at": sent, **fields})
    work.refresh_from_db()
    return work


def test_states_are_of_three_kinds() -> None:
    assert set(State) == OPEN | OUT | ENDED | {State.HANDED_OVER}


def test_nothing_leads_out_of_an_end_but_what_says_so() -> None:
    every = frozenset(Actor)
    out = {state: possible(state, every, sent=False) for state in ENDED}
    assert out[State.ACCEPTED] == out[State.DECLINED] == frozenset()
    assert out[State.EXPIRED] == {Action.PROPOSE_AGAIN}
    assert out[State.WITHDRAWN] == {Action.PROPOSE_AGAIN, Action.UNDO}


def test_who_answers_late_is_heard_but_only_if_it_was_sent() -> None:
    customer = frozenset({Actor.CUSTOMER})
    assert allowed(Action.ACCEPT, State.EXPIRED, customer, sent=True)
    assert not allowed(Action.ACCEPT, State.EXPIRED, customer, sent=False)


def test_a_viewer_acts_as_nobody() -> None:
    assert actors(Role.VIEWER, theirs=True) == frozenset()
    assert all(not possible(state, frozenset(), sent=True) for state in State)


@pytest.mark.parametrize("action", list(ACTIONS))
def test_code_does_what_the_table_says(action: Action, work: Work, people: dict[str, Person]) -> None:
    proposal = work.pk
    for state in State:
        for name in ("admin", "manager", "csm", "sales", "viewer"):
            person = people[name]
            version = Work.objects.get(pk=proposal).version
            work = put(work, state, doer="sato", sales_owner="yamada", touched=False)
            as_whom = actors(Role(person.role), theirs=False)
            wanted = allowed(action, state, as_whom, sent=work.sent_at is not None)
            if wanted:
                done = ACTIONS[action](person, work)
                after = RULES[action].after
                assert done.state == (after or done.state), (state, name)
                assert done.version == version + (not RULES[action].same)
            else:
                with pytest.raises((PermissionDenied, Conflict)):
                    ACTIONS[action](person, work)
                assert Work.objects.get(pk=proposal).version == version, (state, name)
            Message.objects.all().delete()
            HandOver.objects.all().delete()
            Step.objects.filter(work=work).delete()
            _forget_facts()


def _forget_facts() -> None:
    from minori.web.models import Fact

    Fact.objects.all().delete()


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("result", ["accepted", "declined"])
def test_the_customer_answers_only_what_reached_them(state: State, result: str, work: Work) -> None:
    work = put(work, state)
    sent = work.sent_at is not None
    if state == result:
        assert (
            by_customer(work.pk, result, "", timezone.now()).version == work.version
        )  # the same answer twice is one
    elif allowed(Action(result), state, frozenset({Actor.CUSTOMER}), sent=sent):
        assert by_customer(work.pk, result, "", timezone.now()).state == result
    else:
        with pytest.raises(Conflict):
            by_customer(work.pk, result, "", timezone.now())


def test_sales_makes_what_is_theirs_to_make(work: Work, people: dict[str, Person]) -> None:
    work = put(work, State.DRAFT, doer="yamada")
    assert act.edit(people["sales"], work.pk, work.version, WORDS).words == WORDS
