"""What a new run means for the team's work: new drafts, and what became of the proposals of earlier runs.

Nothing that people touched is changed: it is flagged where the run no longer stands behind it (SEMANTICS 22).
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, TypeVar

from django.db.models import Model, OuterRef, QuerySet, Subquery

from minori.web.life.answers import expired_unanswered
from minori.web.life.leaving import called_back
from minori.web.life.states import OPEN, OUT, Action
from minori.web.life.steps import many
from minori.web.models import CustomerRow, ProposalRow, Run, State, Work

M = TypeVar("M", bound=Model)
ANSWER_DAYS = timedelta(days=30)  # a sent proposal waits so long, at least
AT_A_TIME = 1_000
_FROM_CARD = (
    "mrr_change",
    "once",
    "items",
    "card",
    "value",
    "channel",
    "touch",
    "owner",
    "sales_owner",
    "doer",
    "valid_until",
    "person_decides",
)


def add_new(run: Run) -> None:
    """Add a draft for each proposal that nobody has worked on; harmless before the run is shown."""
    for rows in _in_stretches(ProposalRow.objects.filter(run=run)):
        known = set(
            Work.objects.filter(pk__in=[row.proposal_id for row in rows]).values_list("pk", flat=True)
        )
        Work.objects.bulk_create(
            [work_of(row, run) for row in rows if row.proposal_id not in known], ignore_conflicts=True
        )


def work_of(row: ProposalRow, run: Run) -> Work:
    """Return the work that a proposal begins with."""
    return Work(
        proposal_id=row.proposal_id,
        customer_id=row.customer_id,
        play=row.play,
        kind=row.kind,
        asks_for_money=row.asks_for_money,
        owner=row.owner,
        sales_owner=row.sales_owner,
        doer=row.card.get("owner") or row.owner,
        channel=row.channel,
        touch=row.touch,
        person_decides=row.person_decides,
        value=row.value,
        mrr_change=row.mrr_change,
        once=row.once,
        items=len(row.card.get("offer", {}).get("items", ())),
        card=row.card,
        first_as_of=run.as_of,
        last_as_of=run.as_of,
        valid_until=row.valid_until,
    )


def settle(run: Run) -> None:
    """Bring the work in line with the run that is shown from now on; runs in the transaction that shows it."""
    proposed = ProposalRow.objects.filter(run=run).values("proposal_id")
    detail = {"as_of": run.as_of.isoformat()}
    _expire(run)
    _move(
        Work.objects.filter(state__in=["expired", "withdrawn"], touched=False, pk__in=proposed),
        "again",
        detail,
    )
    _move(Work.objects.filter(state=State.DRAFT, touched=False).exclude(pk__in=proposed), "withdraw", detail)
    touched = Work.objects.filter(touched=True, state__in=OPEN)
    touched.filter(pk__in=proposed).update(stale=False, last_as_of=run.as_of)
    touched.exclude(pk__in=proposed).update(stale=True)
    for work in touched.filter(stale=True, state=State.APPROVED).select_for_update():
        called_back(work, {"guard": "newest_run", **detail})
    _renew(run, proposed)
    _follow_owners(run)


def _move(works: QuerySet[Work], what: str, detail: dict[str, str]) -> None:
    action = Action.PROPOSE_AGAIN if what == "again" else Action.WITHDRAW
    many(works.select_for_update(), action, detail, stale=False)


def _expire(run: Run) -> None:
    detail = {"as_of": run.as_of.isoformat()}
    past = Work.objects.filter(valid_until__lt=run.as_of).select_for_update()
    for work in past.filter(state=State.APPROVED):
        called_back(work, {"guard": "valid_until", **detail})
    many(past.filter(state__in=[State.DRAFT, State.SNOOZED]), Action.EXPIRE, detail)
    asked_before = run.ran_at - ANSWER_DAYS
    late = past.filter(state__in=OUT, sent_at__lt=asked_before)
    for work in late:
        expired_unanswered(work, run.ran_at)


def _renew(run: Run, proposed: QuerySet[ProposalRow, Any]) -> None:
    """Give untouched drafts the newest card; a changed card is a new version, so that nobody approves the old one."""
    untouched = Work.objects.filter(state=State.DRAFT, touched=False, pk__in=proposed)
    for works in _in_stretches(untouched):
        rows = ProposalRow.objects.filter(run=run, proposal_id__in=[work.pk for work in works])
        newest = {row.proposal_id: work_of(row, run) for row in rows}
        changed = [work for work in works if _take_over(work, newest[work.pk])]
        Work.objects.bulk_update(changed, ["version", *_FROM_CARD], batch_size=500)
    untouched.update(last_as_of=run.as_of)


def _take_over(work: Work, newest: Work) -> bool:
    if all(getattr(work, name) == getattr(newest, name) for name in _FROM_CARD):
        return False
    work.version += work.card != newest.card or work.channel != newest.channel  # what people see and approve
    for name in _FROM_CARD:
        setattr(work, name, getattr(newest, name))
    return True


def _follow_owners(run: Run) -> None:
    """Who may see a proposal goes by who is in charge of the customer now; a case with sales stays theirs."""
    customer = CustomerRow.objects.filter(run=run, customer_id=OuterRef("customer_id"))
    known = CustomerRow.objects.filter(run=run).values("customer_id")
    alive = Work.objects.filter(touched=True, customer_id__in=known)
    owner, sales_owner = (Subquery(customer.values(name)[:1]) for name in ("owner", "sales_owner"))
    alive.filter(state__in=OPEN | OUT).update(owner=owner, sales_owner=sales_owner)
    alive.filter(state=State.HANDED_OVER).update(owner=owner)


def _in_stretches(rows: QuerySet[M]) -> Iterator[list[M]]:
    """Give rows by primary key, a page at a time: cards are large, and sorting or keeping all of them is slow."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    every = rows.model._default_manager
    for start in range(0, len(keys), AT_A_TIME):
        yield list(every.filter(pk__in=keys[start : start + AT_A_TIME]).order_by("pk"))
