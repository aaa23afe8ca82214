"""What each step leaves behind: steps, audit, facts, messages; and what it refuses."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minori.policy.workspace import HandOver as Rules
from minori.schema.facts import FACTS
from minori.web.life import act, leaving
from minori.web.life.act import LONGEST
from minori.web.life.answers import answered, by_customer, seen
from minori.web.life.conflict import Conflict, Refused
from minori.web.life.hand_over import agree, give_back, hand_over, rule_for
from minori.web.models import Audit, Delivery, Fact, HandOver, Message, Person, State, Step, Work

TODAY = date(2026, 11, 22)


def facts(table: str) -> list[dict[str, object]]:
    """Return the facts of a table, each with only columns that the table has."""
    rows = [fact.row for fact in Fact.objects.filter(table=table).order_by("pk")]
    assert all(set(row) <= set(FACTS[table].by_name) for row in rows)
    return rows


def test_a_sent_proposal_is_a_fact_once(work: Work, people: dict[str, Person]) -> None:
    approved = leaving.approve(people["csm"], work.pk, work.version, timezone.now())
    assert Message.objects.get(proposal_id=work.pk).state == Delivery.WAITING and not facts("proposals")
    for _ in range(2):
        sent = leaving.delivered(work.pk, timezone.now(), channel="mail", user_id="U1")
    assert (approved.state, sent.state) == (State.APPROVED, State.SENT)
    [fact] = facts("proposals")
    assert fact["proposal_id"] == work.pk and fact["mrr_change"] == str(work.card["mrr_change"])
    assert [step.action for step in Step.objects.filter(work=work)] == ["approve", "sent"]
    assert set(Audit.objects.values_list("what", flat=True)) >= {"proposal.approve", "proposal.sent"}


def test_accepted_and_declined_flow_back_and_a_decline_is_thanked(
    work: Work, people: dict[str, Person]
) -> None:
    leaving.approve(people["csm"], work.pk, work.version, timezone.now())
    leaving.delivered(work.pk, timezone.now(), channel="mail")
    seen(work.pk)
    seen(work.pk)
    done = by_customer(work.pk, "declined", "", timezone.now())
    by_customer(work.pk, "declined", "price", timezone.now())
    assert (done.state, Work.objects.get(pk=work.pk).reason) == (State.DECLINED, "price")
    assert [row["reason"] for row in facts("outcomes")] == [None, "price"]
    assert Message.objects.filter(kind="thanks").count() == 1
    with pytest.raises(Conflict):
        by_customer(work.pk, "accepted", "", timezone.now())


def test_a_call_is_a_contact_and_a_proposal(work: Work, people: dict[str, Person]) -> None:
    leaving.told(people["csm"], work.pk, work.version, timezone.now(), channel="call")
    [contact], [made] = facts("interactions"), facts("proposals")
    assert (contact["about"], contact["channel"], made["channel"]) == ("proposal", "call", "call")


def test_held_at_the_door_is_a_draft_again_with_the_reason(work: Work, people: dict[str, Person]) -> None:
    leaving.approve(people["csm"], work.pk, work.version, timezone.now())
    why = {"guard": "consent", "reason": {"ja": "同意なし", "en": "no consent"}}
    assert leaving.held(work.pk, why).state == State.DRAFT
    assert Step.objects.filter(work=work).last().detail == why  # type: ignore[union-attr]
    assert leaving.held(work.pk, why).version == Work.objects.get(pk=work.pk).version


def test_undo_brings_back_what_was_there(work: Work, people: dict[str, Person]) -> None:
    csm = people["csm"]
    edited = act.edit(csm, work.pk, 0, {"ja": {"subject": "一", "body": "二"}})
    again = act.edit(csm, work.pk, edited.version, {"ja": {"subject": "三", "body": "四"}})
    assert act.undo(csm, work.pk, again.version, timezone.now()).words == edited.words


@pytest.mark.parametrize("how", ["approve", "snooze", "not_now", "hand_over"])
def test_undone_and_untouched_is_as_before(how: str, work: Work, people: dict[str, Person]) -> None:
    csm, now = people["csm"], timezone.now()
    done = {
        "approve": lambda: leaving.approve(csm, work.pk, 0, now),
        "snooze": lambda: act.snooze(csm, work.pk, 0, TODAY + timedelta(days=3), TODAY),
        "not_now": lambda: act.not_now(csm, work.pk, 0, "need"),
        "hand_over": lambda: hand_over(csm, work.pk, 0, now, to="yamada"),
    }[how]()
    assert done.state != State.DRAFT
    back = act.undo(csm, work.pk, done.version, timezone.now())
    kept = ("state", "touched", "words", "reason", "snoozed_until", "doer", "sales_owner")
    assert [getattr(back, name) for name in kept] == [getattr(work, name) for name in kept]
    assert not Message.objects.filter(kind="proposal").exists() and not HandOver.objects.exists()


def test_what_is_on_its_way_is_not_undone(work: Work, people: dict[str, Person]) -> None:
    done = leaving.approve(people["csm"], work.pk, 0, timezone.now())
    Message.objects.update(state=Delivery.CLAIMED)
    with pytest.raises(Conflict, match="on its way"):
        act.undo(people["csm"], work.pk, done.version, timezone.now())
    assert Work.objects.get(pk=work.pk).state == State.APPROVED


def test_undo_is_for_oneself_and_for_a_while(work: Work, people: dict[str, Person]) -> None:
    done = act.not_now(people["manager"], work.pk, 0, "need")
    with pytest.raises(Conflict, match="manager"):
        act.undo(people["csm"], work.pk, done.version, timezone.now())
    with pytest.raises(Conflict, match="minutes"):
        act.undo(people["manager"], work.pk, done.version, timezone.now() + timedelta(minutes=11))


def test_hand_over_carries_the_context_and_the_result_comes_back(
    work: Work, people: dict[str, Person]
) -> None:
    given_ = hand_over(people["csm"], work.pk, 0, timezone.now(), to="yamada", note="急ぎ")
    case = HandOver.objects.get()
    assert case.context["card"] == work.card and case.context["customer"]["name"] == work.card["customer"]
    answered(people["sales"], work.pk, given_.version, timezone.now(), result="accepted", note="年契約")
    case.refresh_from_db()
    assert (case.result, case.result_note) == ("accepted", "年契約") and case.closed_at is not None
    assert len(facts("proposals")) == len(facts("outcomes")) == 1


def test_sales_gives_a_case_back(work: Work, people: dict[str, Person]) -> None:
    given_ = hand_over(people["csm"], work.pk, 0, timezone.now(), to="yamada")
    back = give_back(people["sales"], work.pk, given_.version, timezone.now(), note="時期尚早")
    assert (back.state, back.doer, back.sales_owner) == (State.DRAFT, work.doer, work.sales_owner)
    assert HandOver.objects.get().result == "returned"


def test_the_day_of_a_case_is_agreed_by_those_who_see_it(work: Work, people: dict[str, Person]) -> None:
    hand_over(people["csm"], work.pk, 0, timezone.now(), to="yamada")
    case = HandOver.objects.get()
    assert agree(people["sales"], case.pk, TODAY).proposes_on == TODAY
    with pytest.raises(Http404):
        agree(people["stranger"], case.pk, TODAY)


def test_rules_of_amount_and_complexity() -> None:
    rules = Rules(mrr_change=50_000, items=3)
    assert rule_for({"mrr_change": 50_000}, rules) == {
        "rule": "amount",
        "mrr_change": "50000",
        "from": "50000",
    }
    assert rule_for({"mrr_change": 49_999, "offer": {"items": [1, 2]}}, rules) is None
    assert rule_for({"offer": {"items": [1, 2, 3]}}, rules)["rule"] == "complexity"  # type: ignore[index]
    assert rule_for({"kind": "bundle"}, rules) == {"rule": "complexity", "kind": "bundle"}


def test_nobody_touches_what_is_not_theirs(work: Work, people: dict[str, Person]) -> None:
    for name in ("other_csm", "stranger"):
        with pytest.raises(Http404):
            act.not_now(people[name], work.pk, 0, "need")
    with pytest.raises(PermissionDenied):
        act.not_now(people["viewer"], work.pk, 0, "need")


def test_a_stale_proposal_is_not_sent(work: Work, people: dict[str, Person]) -> None:
    Work.objects.filter(pk=work.pk).update(stale=True)
    with pytest.raises(Conflict, match="no longer proposes"):
        leaving.approve(people["manager"], work.pk, 0, timezone.now())
    assert not Message.objects.exists() and Work.objects.get(pk=work.pk).state == State.DRAFT


@given(subject=st.text(max_size=250), body=st.text(max_size=400))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_words_are_plain_and_bounded(work: Work, people: dict[str, Person], subject: str, body: str) -> None:
    work.refresh_from_db()
    try:
        kept = act.edit(
            people["csm"], work.pk, work.version, {"ja": {"subject": subject, "body": body}}
        ).words["ja"]
    except Refused:
        assert Work.objects.get(pk=work.pk).version == work.version
        return
    assert 0 < len(kept["subject"]) <= LONGEST["subject"] and 0 < len(kept["body"]) <= LONGEST["body"]
    assert "\n" not in kept["subject"] and "\x00" not in kept["body"] and "\r" not in kept["body"]


def test_templates_in_words_stay_text(work: Work, people: dict[str, Person]) -> None:
    words = {"subject": "{{ customer }}", "body": "{% for x in y %}{{ 7*7 }}"}
    assert act.edit(people["csm"], work.pk, 0, {"ja": words}).words["ja"] == words
