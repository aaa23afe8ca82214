"""A case goes to sales with its whole context, by rules of amount and complexity or by hand; and may come back."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404

from minori.core.text import Text
from minori.policy.workspace import HandOver as Rules
from minori.web.audit import record
from minori.web.company import company_file
from minori.web.life.conflict import Refused
from minori.web.life.leaving import cancel_message
from minori.web.life.states import Action
from minori.web.life.steps import step, taking
from minori.web.models import CustomerRow, HandOver, Note, Person, State, Step, Work
from minori.web.outbox import queue_team
from minori.web.rights import Ability, may, own

LONGEST_NOTE = 2_000
_MOVED = ("doer", "sales_owner")  # what a hand-over changes beside the state
_SUBJECT = Text(ja="{customer}: {to}さんへの引き継ぎ", en="{customer}: handed over to {to}")
_NOBODY = Text(
    ja="引き継ぎ先の営業担当者を選んでください。",
    en="Choose the sales person who takes it over.",
)


def sales_people() -> dict[str, str]:
    """Return the team's sales people: name by member id."""
    return {key: member.name for key, member in company_file().team.items() if member.role == "sales"}


def rule_for(card: Mapping[str, Any], rules: Rules) -> dict[str, Any] | None:
    """Return the rule by which a proposal belongs to sales, with its numbers; None if CS makes it alone."""
    monthly, once = Decimal(str(card.get("mrr_change", 0))), Decimal(str(card.get("once", 0)))
    if rules.mrr_change is not None and monthly >= rules.mrr_change:
        return {"rule": "amount", "mrr_change": str(monthly), "from": str(rules.mrr_change)}
    if rules.once is not None and once >= rules.once:
        return {"rule": "amount", "once": str(once), "from": str(rules.once)}
    items = len(card.get("offer", {}).get("items", ()))
    if items >= rules.items:
        return {"rule": "complexity", "items": items, "from": rules.items}
    if card.get("kind") in rules.kinds:
        return {"rule": "complexity", "kind": card["kind"]}
    return None


def hand_over(
    person: Person,
    proposal_id: str,
    version: int,
    at: datetime,
    *,
    to: str,
    note: str = "",
    proposes_on: date | None = None,
) -> Work:
    """Give a proposal to a sales person with everything that is known of it.

    Raises
    ------
    Refused
        If ``to`` is no sales person of the team.
    """
    if to not in sales_people():
        raise Refused(_NOBODY)
    with taking(person, proposal_id, version, Action.HAND_OVER) as work:
        if work.state == State.APPROVED:
            cancel_message(work)
        case = HandOver.objects.create(
            work=work,
            by=person,
            to=to,
            why=rule_for(work.card, company_file().hand_over) or {"rule": "by_hand"},
            context=_context(work),
            note=note.strip()[:LONGEST_NOTE],
            proposes_on=proposes_on,
        )
        step(work, Action.HAND_OVER, person, detail={"to": to}, doer=to, sales_owner=to)
        _tell(case, work, at)
        return work


def give_back(person: Person, proposal_id: str, version: int, at: datetime, *, note: str = "") -> Work:
    """Give a case back to CS unanswered: it is what it was before the hand-over."""
    with taking(person, proposal_id, version, Action.GIVE_BACK) as work:
        given = Step.objects.filter(work=work, action=Action.HAND_OVER).order_by("-id").first()
        before = State(given.before) if given else State.DRAFT
        before = State.DRAFT if before is State.APPROVED else before
        kept = given.detail.get("undo", {}) if given else {}
        was = {name: kept.get(name, getattr(work, "owner" if name == "doer" else name)) for name in _MOVED}
        HandOver.objects.filter(work=work, closed_at=None).update(
            result="returned", result_note=note.strip()[:LONGEST_NOTE], closed_at=at
        )
        step(work, Action.GIVE_BACK, person, to=before, **was)
        return work


def agree(person: Person, hand_over_id: int, proposes_on: date | None) -> HandOver:
    """Set the day that the meeting agreed on.

    Raises Http404 if there is no such open case among the customers that the person may see.
    """
    with transaction.atomic():
        found = HandOver.objects.filter(pk=hand_over_id, closed_at=None).select_related("work").first()
        now = Person.objects.get(pk=person.pk)
        if found is None or not own(now, Work.objects.filter(pk=found.work_id)).exists():
            raise Http404
        if not may(now, Ability.ACT):
            raise PermissionDenied
        found.proposes_on = proposes_on
        found.save(update_fields=["proposes_on"])
        record(now, "proposal.agreed", f"proposal:{found.work_id}", proposes_on=str(proposes_on or ""))
        return found


def _tell(case: HandOver, work: Work, at: datetime) -> None:
    """Tell the team's channels; the case itself is read in the app."""
    customer = str(work.card.get("customer") or work.customer_id)
    subject = _SUBJECT.fill({"customer": customer, "to": sales_people()[case.to]})
    because = work.card.get("because")
    text = Text(**because) if because else subject
    payload = {"proposal_id": work.pk, "customer_id": work.customer_id, "to": case.to}
    queue_team(
        f"hand_over:{case.pk}",
        "hand_over",
        subject,
        text,
        at,
        customer_id=work.customer_id,
        proposal_id=work.pk,
        payload=payload,
    )


def _context(work: Work) -> dict[str, Any]:
    customer = CustomerRow.objects.filter(run__current__isnull=False, customer_id=work.customer_id).first()
    steps = Step.objects.filter(work=work).select_related("person").order_by("id")
    return {
        "card": work.card,
        "words": work.words,
        "customer": {
            name: str(value) if (value := getattr(customer, name)) is not None else None
            for name in ("name", "band", "health", "stage", "touch", "mrr", "plan", "renews_on")
        }
        if customer
        else {},
        "steps": [
            {"action": s.action, "at": s.at.isoformat(), "by": s.person.name if s.person else ""}
            for s in steps
        ],
        "notes": list(Note.objects.filter(customer_id=work.customer_id).values_list("words", flat=True)[:10]),
    }
