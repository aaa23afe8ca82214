"""What Today reads: a constant number of queries, whatever the number of customers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from minori.policy.workspace import WorkspaceFile
from minori.web.company import company_file
from minori.web.language import spoken
from minori.web.life.act import may_be_undone
from minori.web.life.hand_over import rule_for
from minori.web.life.states import OUT, UNDO_WITHIN, Action, possible
from minori.web.life.steps import acting
from minori.web.models import CustomerRow, HandOver, Person, Run, State, Step, Work
from minori.web.rights import Ability, may, own
from minori.web.screens.today.evidence import Piece, evidence_of
from minori.web.templatetags.shown import money, number, share

SHOWS = ("open", "waiting", "done")
DONE_DAYS = timedelta(days=30)
_SHOWN_OF_CUSTOMER = (
    "customer_id name band health health_change stage touch mrr plan renews_on detail".split()
)


@dataclass
class Card:
    """A proposal as Today shows it."""

    work: Work
    customer: CustomerRow | None
    play: dict[str, Any]
    evidence: list[Piece]
    can: frozenset[Action]
    rule: dict[str, Any] | None  # by which it belongs to sales
    names: dict[str, Any] = field(default_factory=dict)

    @property
    def card(self) -> dict[str, Any]:
        """What the run said, as it stood when somebody touched it."""
        found: dict[str, Any] = self.work.card
        return found

    @property
    def name(self) -> str:
        """The customer's name."""
        return str(self.card.get("customer") or self.work.customer_id)

    @property
    def plan(self) -> dict[str, str] | None:
        """What the plan is called."""
        plan = self.customer.plan if self.customer else ""
        known = self.names.get("plans", {}).get(plan)
        return known or ({"ja": plan, "en": plan} if plan else None)

    @property
    def spoken_message(self) -> dict[str, str]:
        """The words in the language of the page."""
        return message_of(self.work)[spoken()]

    @property
    def low(self) -> str:
        """Lower end of the chance's interval."""
        return share(self.card["accept"]["low"])

    @property
    def high(self) -> str:
        """Upper end of it."""
        return share(self.card["accept"]["high"])

    @property
    def role_words(self) -> list[dict[str, Any]]:
        """What each role of the customer is told, in the language of the page."""
        roles = self.card.get("roles") or []
        return [{"label": role["label"], "words": role["message"][spoken()]["mail"]} for role in roles]

    @property
    def terms(self) -> dict[str, str]:
        """What the expected value is made of, written; empty for a card of an older kind."""
        found = self.card.get("terms") or {}
        written = {name: money(found.get(name)) for name in ("if_offered", "if_nothing", "harm")}
        return {**written, "months": number(found.get("months"))} if found else {}


def message_of(work: Work) -> dict[str, dict[str, str]]:
    """Return subject, body, talk and product text by language, as they would be sent now."""
    drafted = work.card.get("message") or {}
    return {
        language: {
            "subject": drafted.get(language, {}).get("subject", ""),
            "body": drafted.get(language, {}).get("mail", ""),
            "talk": drafted.get(language, {}).get("talk", ""),
            "product": drafted.get(language, {}).get("product", ""),
            **work.words.get(language, {}),
        }
        for language in ("ja", "en")
    }


def today(now: datetime | None = None) -> date:
    """Return the company's present day."""
    return company_file().company.calendar.day_of(now or timezone.now())


def works(person: Person, show: str, whose: str) -> QuerySet[Work]:
    """Return proposals in the order of their value: to do today, waiting for somebody, or done lately."""
    rows = own(person, Work.objects.all())
    rows = rows.filter(doer=whose) if whose else rows
    match show:
        case "waiting":
            rows = rows.filter(state__in=[State.APPROVED, *OUT, State.HANDED_OVER])
        case "done":
            done = Q(state__in=[State.ACCEPTED, State.DECLINED]) | Q(state=State.WITHDRAWN, touched=True)
            rows = rows.filter(done, changed_at__gte=timezone.now() - DONE_DAYS)
        case _:
            rows = rows.filter(Q(state=State.DRAFT) | Q(state=State.SNOOZED, snoozed_until__lte=today()))
    return rows.order_by("-value", "proposal_id")


def cards(person: Person, found: Iterable[Work], run: Run | None) -> list[Card]:
    """Return cards of proposals, with their customers in one query."""
    every, names = list(found), (run.totals.get("names", {}) if run else {})
    rows = CustomerRow.objects.filter(run=run, customer_id__in={work.customer_id for work in every})
    customers = {row.customer_id: row for row in rows.only(*_SHOWN_OF_CUSTOMER)} if every else {}
    rules = company_file()
    return [_card(person, work, customers.get(work.customer_id), names, rules) for work in every]


def _card(
    person: Person, work: Work, customer: CustomerRow | None, names: dict[str, Any], file: WorkspaceFile
) -> Card:
    play = names.get("plays", {}).get(work.play) or {"ja": work.play, "en": work.play}
    metrics = customer.detail.get("metric", {}) if customer else {}
    return Card(
        work=work,
        customer=customer,
        play=play,
        evidence=evidence_of(work.card, names, metrics),
        can=can(person, work),
        rule=rule_for(work.card, file.hand_over),
        names=names,
    )


def can(person: Person, work: Work) -> frozenset[Action]:
    """Return what somebody may do with a proposal now: what its buttons are."""
    if not may(person, Ability.ACT):
        return frozenset()
    found = possible(State(work.state), acting(person, work), sent=work.sent_at is not None)
    return found - {Action.APPROVE} if work.stale else found


def undoable(person: Person, now: datetime) -> list[Step]:
    """Return what somebody did in the last minutes and may still take back, the newest first."""
    steps = (
        Step.objects.filter(person=person, at__gte=now - UNDO_WITHIN).select_related("work").order_by("-id")
    )
    return [step for step in steps[:20] if may_be_undone(step, step.work, now)][:5]


def results_from_sales(person: Person, now: datetime) -> QuerySet[HandOver]:
    """Return what sales answered in the last two weeks, for the CSM who handed it over."""
    mine = own(person, Work.objects.all()).values("pk")
    closed = HandOver.objects.filter(closed_at__gte=now - timedelta(days=14), work__in=mine)
    return closed.select_related("work").order_by("-closed_at")
