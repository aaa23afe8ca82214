"""Answers: what the customer says, who notes it, and what goes back as facts."""

from datetime import datetime

from minori.core.text import Text
from minori.web.life.conflict import Refused, overtaken
from minori.web.life.leaving import made_by_sales
from minori.web.life.states import REASONS, Action, Actor
from minori.web.life.steps import check, fact, step, taking, taking_by_itself
from minori.web.models import HandOver, Person, State, Work
from minori.web.outbox import queue_thanks

RESULTS = {"accepted": Action.ACCEPT, "declined": Action.DECLINE}
LONGEST_NOTE = 2_000
_UNREADABLE = Text(
    ja="お返事は accepted か declined、理由は {reasons} のいずれかで指定してください。",
    en="A result is accepted or declined, a reason one of {reasons}.",
)


def answered(
    person: Person,
    proposal_id: str,
    version: int,
    at: datetime,
    *,
    result: str,
    reason: str = "",
    note: str = "",
) -> Work:
    """Note what a customer answered; of a case with sales this brings the result back to CS.

    Raises
    ------
    Refused
        If result or reason is not one we know.
    """
    action = _action(result, reason)
    with taking(person, proposal_id, version, action) as work:
        if work.state == State.HANDED_OVER:
            _closed(work, person, at, result, note)
        _answer(work, action, person, at, reason)
        return work


def by_customer(proposal_id: str, result: str, reason: str, at: datetime) -> Work:
    """Note what the customer answered on their own page; the same answer twice is one.

    A reason may follow a decline. Raises Http404, Refused, or Conflict if it was answered otherwise before.
    """
    action = _action(result, reason)
    with taking_by_itself(proposal_id) as work:
        if work.state == result:
            if reason and not work.reason:
                _reason_follows(work, reason)
            return work
        if work.state in RESULTS:
            raise overtaken(work)
        check(work, action, Actor.CUSTOMER)
        if work.state == State.HANDED_OVER:
            _closed(work, None, at, result, "")
        _answer(work, action, None, at, reason)
        return work


def seen(proposal_id: str) -> None:
    """Note that the customer opened the proposal; only the first time says anything."""
    with taking_by_itself(proposal_id) as work:
        if work.state == State.SENT:
            step(work, Action.SEE, None)


def expired_unanswered(work: Work, at: datetime) -> None:
    """End a locked proposal that was sent and never answered."""
    step(work, Action.EXPIRE, None, result_at=at)
    _outcome(work, at, "expired", "")


def _action(result: str, reason: str) -> Action:
    if result not in RESULTS or (reason and reason not in REASONS):
        raise Refused(_UNREADABLE.fill({"reasons": ", ".join(REASONS)}))
    return RESULTS[result]


def _answer(work: Work, action: Action, person: Person | None, at: datetime, reason: str) -> None:
    step(work, action, person, reason=reason, result_at=at, detail={"reason": reason} if reason else {})
    _outcome(work, at, str(action), reason)
    if action is Action.DECLINE:
        queue_thanks(work, at)


def _outcome(work: Work, at: datetime, result: str, reason: str) -> None:
    row = {
        "proposal_id": work.pk,
        "customer_id": work.customer_id,
        "play": work.play,
        "result": result,
        "reason": reason or None,
        "answered_at": at,
    }
    fact("outcomes", f"{work.pk}:{work.version}", row)


def _reason_follows(work: Work, reason: str) -> None:
    Work.objects.filter(pk=work.pk).update(reason=reason)
    work.reason = reason
    row = {
        "proposal_id": work.pk,
        "customer_id": work.customer_id,
        "play": work.play,
        "result": work.state,
        "reason": reason,
        "answered_at": work.result_at,
    }
    fact("outcomes", f"{work.pk}:{work.version}:reason", row)


def _closed(work: Work, person: Person | None, at: datetime, result: str, note: str) -> None:
    if work.sent_at is None and person is not None:
        made_by_sales(work, person, at)
        work.sent_at = at
        Work.objects.filter(pk=work.pk).update(sent_at=at)
    HandOver.objects.filter(work=work, closed_at=None).update(
        result=result, result_note=note.strip()[:LONGEST_NOTE], closed_at=at
    )
