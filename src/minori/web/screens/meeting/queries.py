"""What the meeting talks about: cases with sales, and proposals that the rules give to sales."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from minori.policy.workspace import HandOver as Rules
from minori.web.company import company_file
from minori.web.language import in_words
from minori.web.life.hand_over import rule_for
from minori.web.life.states import OPEN
from minori.web.models import CustomerRow, HandOver, Person, Run, State, Task, Work
from minori.web.readmodel.shown import called
from minori.web.rights import own
from minori.web.say import word
from minori.web.screens.today.evidence import called as label
from minori.web.screens.today.evidence import written

MOST = 50  # of each kind: what a meeting can talk about
WEAK = 40  # points of a part of the health score
ISSUES = ("stated_issue_on", "severe_open", "tickets_28d", "detractor_on", "cancel_requested_on")


@dataclass
class Line:
    """A customer on the sheet."""

    work: Work
    customer: CustomerRow | None
    play: dict[str, str]
    issues: list[str]
    case: HandOver | None = None
    rule: dict[str, Any] | None = None
    task: Task | None = None

    @property
    def name(self) -> str:
        """The customer's name."""
        return str(self.work.card.get("customer") or self.work.customer_id)


def cases(person: Person, run: Run | None) -> list[Line]:
    """Return open cases with sales, the agreed ones first by day."""
    mine = own(person, Work.objects.filter(state=State.HANDED_OVER)).values("pk")
    found = HandOver.objects.filter(work__in=mine, closed_at=None).select_related("work", "by")
    every = list(found.order_by("proposes_on", "pk")[:MOST])
    every.sort(key=lambda case: (case.proposes_on is None, case.proposes_on or date.max, case.pk))
    lines = _lines([case.work for case in every], run)
    for line, case in zip(lines, every, strict=True):
        line.case = case
    return lines


def candidates(person: Person, run: Run | None) -> list[Line]:
    """Return open proposals that the rules of amount and complexity give to sales, or that sales make anyway."""
    file = company_file()
    sales = [key for key, member in file.team.items() if member.role == "sales"]
    wanted = _by_rules(file.hand_over) | Q(doer__in=sales)
    rows = own(person, Work.objects.filter(wanted, state__in=OPEN, stale=False))
    chosen = [(work, rule_for(work.card, file.hand_over)) for work in rows.order_by("-value", "pk")[:MOST]]
    lines = _lines([work for work, _ in chosen], run)
    tasks = {
        t.proposal_id: t for t in Task.objects.filter(proposal_id__in=[w.pk for w, _ in chosen], done_at=None)
    }
    for line, (work, rule) in zip(lines, chosen, strict=True):
        line.rule, line.task = rule, tasks.get(work.pk)
    return lines


def _by_rules(rules: Rules) -> Q:
    """Return the condition that ``rule_for`` checks on the card, on the columns that were taken from it."""
    found = Q(kind__in=rules.kinds) | Q(items__gte=rules.items)
    if rules.mrr_change is not None:
        found |= Q(mrr_change__gte=rules.mrr_change)
    return found | Q(once__gte=rules.once) if rules.once is not None else found


def closed(person: Person, now: datetime) -> dict[str, dict[str, int]]:
    """Return by route (cs, sales) how many proposals were answered in 90 days, and how many of them were accepted."""
    since = now - timedelta(days=90)
    answered = own(person, Work.objects.filter(result_at__gte=since, state__in=["accepted", "declined"]))
    by_sales = set(HandOver.objects.filter(closed_at__gte=since).values_list("work_id", flat=True))
    found = {"cs": {"answered": 0, "accepted": 0}, "sales": {"answered": 0, "accepted": 0}}
    for key, state in answered.values_list("pk", "state"):
        route = found["sales" if key in by_sales else "cs"]
        route["answered"] += 1
        route["accepted"] += state == State.ACCEPTED
    return found


def _lines(works: list[Work], run: Run | None) -> list[Line]:
    rows = CustomerRow.objects.filter(run=run, customer_id__in={work.customer_id for work in works})
    customers = {row.customer_id: row for row in rows}
    return [
        Line(
            work=work,
            customer=customers.get(work.customer_id),
            play=called(run, "plays", work.play),
            issues=_issues(customers.get(work.customer_id), run),
        )
        for work in works
    ]


def _issues(customer: CustomerRow | None, run: Run | None) -> list[str]:
    """Return what troubles the customer, in words: what they said, open tickets, weak parts of their health."""
    if customer is None:
        return []
    metrics = customer.detail.get("metric", {})
    said = [_said(run, name, metrics[name]) for name in ISSUES if metrics.get(name)]
    parts = sorted(customer.detail.get("health_parts", ()), key=lambda part: part.get("points", 100))
    weak = [in_words(called(run, "parts", part["part"])) for part in parts if part.get("points", 100) < WEAK]
    return [*said, *(in_words(word("meeting.weak", part=part)) for part in weak[:2])]


def _said(run: Run | None, name: str, value: object) -> str:
    names = run.totals.get("names", {}) if run else {}
    return f"{label(names, name)}: {written(value, names.get('metrics', {}).get(name, {}).get('unit'))}"
