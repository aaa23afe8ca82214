"""What leaves the house: queued when somebody approves it, called back while it still waits, noted when it is out."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from minori.core.errors import DeliveryError
from minori.web.life.conflict import NOBODY, ON_ITS_WAY, STALE, Conflict, Refused
from minori.web.life.states import Action, Actor
from minori.web.life.steps import check, fact, step, taking, taking_by_itself
from minori.web.models import Delivery, Message, Person, State, Work
from minori.web.outbox import queue_proposal

TALKS = ("call", "meeting")
ANSWER_DAYS = timedelta(days=30)  # a proposal holds so long after it was made, at least


def approve(person: Person, proposal_id: str, version: int, at: datetime) -> Work:
    """Let a proposal go to its customer; guards and consent are asked again by the outbox when it leaves.

    Raises
    ------
    Conflict
        If the newest run no longer stands behind it, or somebody else was faster.
    Refused
        If the customer has nobody with an address.
    """
    with taking(person, proposal_id, version, Action.APPROVE) as work:
        _let_go(work, person, at)
        return work


def approve_alone(work: Work, at: datetime) -> None:
    """Let a locked proposal go that no person needs to decide; ``automatic`` says which."""
    check(work, Action.APPROVE, Actor.MINORI)
    _let_go(work, None, at)


def told(person: Person, proposal_id: str, version: int, at: datetime, *, channel: str) -> Work:
    """Note that a person made the proposal to the customer by call or in a meeting."""
    with taking(person, proposal_id, version, Action.TOLD) as work:
        cancel_message(work)
        step(work, Action.TOLD, person, detail={"channel": channel}, sent_at=at)
        _proposed(work, at, channel, person)
        key = f"told-{work.pk}"
        contact = {
            "interaction_id": key,
            "customer_id": work.customer_id,
            "channel": channel,
            "direction": "out",
            "about": "proposal",
            "by": person.member or person.name,
            "occurred_at": at,
        }
        fact("interactions", key, contact)
        return work


def delivered(proposal_id: str, at: datetime, *, channel: str, user_id: str = "") -> Work:
    """Note that the outbox delivered a proposal; twice is once."""
    with taking_by_itself(proposal_id) as work:
        if work.sent_at is not None:
            return work
        check(work, Action.SEND, Actor.MINORI)
        step(work, Action.SEND, None, detail={"channel": channel}, sent_at=at)
        _proposed(work, at, channel, None, user_id)
        return work


def held(proposal_id: str, why: Mapping[str, Any]) -> Work:
    """Note that a guard or a missing consent stopped a proposal at the door: it is a draft again, with the reason.

    ``why`` has ``guard``, and ``reason`` in both languages.
    """
    with taking_by_itself(proposal_id) as work:
        if work.state == State.APPROVED:
            step(work, Action.HOLD, None, detail=why)
        return work


def may_leave(proposal_id: str) -> bool:
    """Say whether a queued proposal is still approved and the newest run still stands behind it."""
    return Work.objects.filter(pk=proposal_id, state=State.APPROVED, stale=False, sent_at=None).exists()


def called_back(work: Work, why: Mapping[str, Any]) -> None:
    """Take a locked, approved proposal back if its message still waits; else it is on its way and stays."""
    try:
        cancel_message(work)
    except Conflict:
        return
    step(work, Action.HOLD, None, detail=why)


def cancel_message(work: Work) -> None:
    """Take the waiting message of a proposal out of the outbox; raises Conflict if it is on its way or gone."""
    messages = Message.objects.filter(proposal_id=work.pk, kind="proposal")
    messages.filter(state__in=[Delivery.WAITING, Delivery.HELD, Delivery.DEAD]).delete()
    if messages.exists():
        raise Conflict(ON_ITS_WAY)


def _let_go(work: Work, person: Person | None, at: datetime) -> None:
    if work.stale:
        raise Conflict(STALE)
    step(work, Action.APPROVE, person)
    try:
        queue_proposal(work, person, at)
    except DeliveryError:
        raise Refused(NOBODY) from None


def made_by_sales(work: Work, person: Person, at: datetime) -> None:
    """Note as made a proposal that was handed over before it reached the customer."""
    _proposed(work, at, "meeting", person)


def _proposed(work: Work, at: datetime, channel: str, person: Person | None, user_id: str = "") -> None:
    holds = max(filter(None, (work.valid_until, (at + ANSWER_DAYS).date())))
    row = {
        "proposal_id": work.pk,
        "customer_id": work.customer_id,
        "user_id": user_id or None,
        "play": work.play,
        "kind": work.kind,
        "asks_for_money": work.asks_for_money,
        "channel": channel,
        "by": person.member or person.name if person else work.doer or None,
        "proposed_at": at,
        "expires_on": _day(holds),
        "mrr_change": str(work.card.get("mrr_change", 0)),
        "currency": work.card.get("currency"),
    }
    fact("proposals", work.pk, row)


def _day(value: date) -> str:
    return value.isoformat()
