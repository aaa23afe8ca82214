"""Two people, two tabs, two threads: one of them wins, the other is told who."""

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.utils import timezone

from minori.web.life import act, leaving
from minori.web.life.conflict import Conflict, Refused
from minori.web.life.many import Chosen, handled
from minori.web.models import Fact, Message, Person, ProposalRow, Role, State, Step, Work
from minori.web.readmodel.work import work_of

WORDS = {"ja": {"subject": "件名", "body": "本文"}}


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Call everything in threads of its own; returns results and errors."""
    found: list[object] = [None] * len(calls)
    gate = threading.Barrier(len(calls))

    def run(number: int) -> None:
        gate.wait()
        try:
            found[number] = calls[number]()
        except (Conflict, Refused) as error:
            found[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_two_tabs_the_second_is_told_who_was_faster(work: Work, people: dict[str, Person]) -> None:
    act.not_now(people["manager"], work.pk, 0, "need")
    with pytest.raises(Conflict) as told:
        act.edit(people["csm"], work.pk, 0, WORDS)
    assert "manager" in told.value.text.ja and "manager" in told.value.text.en
    assert Work.objects.get(pk=work.pk).words == {}


def test_two_who_send_at_once_send_once(work: Work, people: dict[str, Person]) -> None:
    def send(name: str) -> Callable[[], object]:
        return lambda: leaving.approve(people[name], work.pk, 0, timezone.now())

    found = at_once(send("csm"), send("manager"), send("csm"), send("manager"))
    assert sum(isinstance(one, Work) for one in found) == 1
    assert Message.objects.filter(proposal_id=work.pk).count() == Step.objects.filter(work=work).count() == 1


def test_two_deliveries_at_once_are_one_fact(work: Work, people: dict[str, Person]) -> None:
    leaving.approve(people["csm"], work.pk, 0, timezone.now())
    deliver = lambda: leaving.delivered(work.pk, timezone.now(), channel="mail")  # noqa: E731
    at_once(deliver, deliver, deliver)
    assert Fact.objects.filter(table="proposals").count() == 1


def test_undo_against_delivery_ends_one_way(work: Work, people: dict[str, Person]) -> None:
    done = leaving.approve(people["csm"], work.pk, 0, timezone.now())
    at_once(
        lambda: act.undo(people["csm"], work.pk, done.version, timezone.now()),
        lambda: leaving.delivered(work.pk, timezone.now(), channel="mail"),
    )
    now = Work.objects.get(pk=work.pk)
    left = Message.objects.filter(proposal_id=work.pk).exists()
    assert (now.state, left, now.sent_at is None) in [(State.DRAFT, False, True), (State.SENT, True, False)]


def test_a_role_taken_away_counts_at_once(work: Work, people: dict[str, Person]) -> None:
    csm = people["csm"]
    Person.objects.filter(pk=csm.pk).update(role=Role.VIEWER)
    with pytest.raises(PermissionDenied):
        leaving.approve(csm, work.pk, 0, timezone.now())
    Person.objects.filter(pk=csm.pk).update(role=Role.CSM, member="suzuki")
    with pytest.raises(Http404):
        leaving.approve(csm, work.pk, 0, timezone.now())
    Person.objects.filter(pk=csm.pk).update(is_active=False)
    with pytest.raises(PermissionDenied):
        leaving.approve(csm, work.pk, 0, timezone.now())


def test_who_saw_an_older_card_does_not_send_the_newer(work: Work, people: dict[str, Person]) -> None:
    Work.objects.filter(pk=work.pk).update(version=1)  # as a refresh does that renews the card
    with pytest.raises(Conflict, match="newer run"):
        leaving.approve(people["csm"], work.pk, 0, timezone.now())


def test_many_at_once_only_where_no_person_stands_between(people: dict[str, Person]) -> None:
    tech = list(Work.objects.filter(touch="tech", state="draft"))
    other = Work.objects.exclude(touch="tech")[0]
    manager, now = people["manager"], timezone.now()
    mixed = [Chosen(w.pk, w.version) for w in [*tech, other]]
    with pytest.raises(Refused, match="tech-touch"):
        handled(manager, mixed, "approve", now, today=now.date())
    assert not Message.objects.exists()
    done = handled(manager, mixed[:-1], "not_now", now, today=now.date(), reason="need")
    assert (done.done, done.refused) == (len(tech), ())
    with pytest.raises(Refused):
        handled(people["stranger"], mixed[:-1], "not_now", now, today=now.date(), reason="need")


def test_work_begins_as_the_run_proposes(people: dict[str, Person]) -> None:
    assert people
    rows = ProposalRow.objects.select_related("run")
    assert rows.count() == Work.objects.count() > 0
    assert all(Work.objects.get(pk=row.proposal_id).value == work_of(row, row.run).value for row in rows)
