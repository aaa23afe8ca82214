"""Proposals: the day's list, each with its words and its life, and the steps that a person may take."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema

from minori.web.api.answers import answers
from minori.web.api.paging import USUAL, After, Limit, Page, page
from minori.web.api.tokens import Scope, person_of
from minori.web.company import company_file
from minori.web.life import act, leaving
from minori.web.life.answers import answered
from minori.web.models import Work
from minori.web.rights import own

router = Router(auth=Scope("proposals:read"))
Reason = Literal["price", "timing", "need", "fit", "other"]
States = Literal[
    "draft",
    "approved",
    "sent",
    "seen",
    "accepted",
    "declined",
    "snoozed",
    "handed_over",
    "expired",
    "withdrawn",
]


class Step(Schema):
    """One step of a proposal's life; ``by`` is null for the customer and for minori itself."""

    at: datetime
    action: str
    before: str
    after: str
    by: str | None


class Proposal(Schema):
    """A proposal as people work on it; ``version`` is to be sent with every step."""

    proposal_id: str
    customer_id: str
    play: str
    kind: str
    state: str
    version: int
    owner: str | None
    channel: str | None
    asks_for_money: bool
    stale: bool = Field(description="Touched by somebody, but the newest run no longer proposes it.")
    valid_until: date | None
    snoozed_until: date | None
    reason: str | None


class ProposalDetail(Proposal):
    """A proposal with its card (offer, evidence, chance, words) and every step so far."""

    card: dict[str, Any]
    words: dict[str, Any]
    steps: list[Step]


class Versioned(Schema):
    """Every step names the version it was decided on; an older one answers 409."""

    version: int = Field(ge=0, le=2**31 - 1)


class Snooze(Versioned):
    """Until which day."""

    until: date


class NotNow(Versioned):
    """Why not."""

    reason: Reason


class Answer(Versioned):
    """What the customer said."""

    result: Literal["accepted", "declined"]
    reason: Reason | None = None
    note: str = Field("", max_length=2000)


@router.get("", response=answers(Page[Proposal]), summary="List proposals by id")
def listed(
    request: HttpRequest, limit: Limit = USUAL, after: After = None, state: States | None = None
) -> dict[str, Any]:
    """List the proposals to customers that the token's person may see."""
    rows = own(person_of(request), Work.objects.all()).order_by("proposal_id")
    rows = rows.filter(proposal_id__gt=after) if after else rows
    rows = rows.filter(state=state) if state else rows
    return page(rows.defer("card", "words")[: limit + 1], limit, lambda w: str(w.pk), _shown)


@router.get("/{proposal_id}", response=answers(ProposalDetail), summary="One proposal")
def one(request: HttpRequest, proposal_id: str) -> dict[str, Any]:
    """Return one proposal with its words and its life."""
    return _whole(get_object_or_404(own(person_of(request), Work.objects.all()), pk=proposal_id))


@router.post(
    "/{proposal_id}/approve",
    response=answers(Proposal),
    auth=Scope("proposals:act"),
    summary="Approve and send",
)
def approve(request: HttpRequest, proposal_id: str, body: Versioned) -> dict[str, Any]:
    """Approve a proposal; it leaves once guards and consent, asked again at that moment, let it."""
    return _shown(leaving.approve(person_of(request), proposal_id, body.version, timezone.now()))


@router.post(
    "/{proposal_id}/snooze",
    response=answers(Proposal),
    auth=Scope("proposals:act"),
    summary="Put away until a day",
)
def snooze(request: HttpRequest, proposal_id: str, body: Snooze) -> dict[str, Any]:
    """Put a proposal away until a day."""
    today = timezone.now().astimezone(company_file().company.calendar.zone).date()
    return _shown(act.snooze(person_of(request), proposal_id, body.version, body.until, today))


@router.post(
    "/{proposal_id}/not-now",
    response=answers(Proposal),
    auth=Scope("proposals:act"),
    summary="Decide not to make it",
)
def not_now(request: HttpRequest, proposal_id: str, body: NotNow) -> dict[str, Any]:
    """Decide not to make a proposal, with a reason."""
    return _shown(act.not_now(person_of(request), proposal_id, body.version, body.reason))


@router.post(
    "/{proposal_id}/undo",
    response=answers(Proposal),
    auth=Scope("proposals:act"),
    summary="Take the last step back",
)
def undo(request: HttpRequest, proposal_id: str, body: Versioned) -> dict[str, Any]:
    """Take back one's own last step while nothing has left the house."""
    return _shown(act.undo(person_of(request), proposal_id, body.version, timezone.now()))


@router.post(
    "/{proposal_id}/outcome",
    response=answers(Proposal),
    auth=Scope("outcomes:write"),
    summary="Note an answer",
)
def outcome(request: HttpRequest, proposal_id: str, body: Answer) -> dict[str, Any]:
    """Note what the customer answered; it flows back as a fact."""
    work = answered(
        person_of(request),
        proposal_id,
        body.version,
        timezone.now(),
        result=body.result,
        reason=body.reason or "",
        note=body.note,
    )
    return _shown(work)


def _shown(work: Work) -> dict[str, Any]:
    names = set(Proposal.model_fields) - {"proposal_id"}
    return {"proposal_id": work.pk, **{name: _or_none(getattr(work, name)) for name in names}}


def _whole(work: Work) -> dict[str, Any]:
    steps = [
        {
            "at": s.at,
            "action": s.action,
            "before": s.before,
            "after": s.after,
            "by": s.person.name if s.person else None,
        }
        for s in work.steps.select_related("person")
    ]
    return {**_shown(work), "card": work.card, "words": work.words, "steps": steps}


def _or_none(value: Any) -> Any:
    return None if value == "" else value
