"""The first page."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from minori.web.company import company_file
from minori.web.life.conflict import ACTIONS
from minori.web.life.hand_over import sales_people
from minori.web.life.states import REASONS
from minori.web.models import Alert, CustomerRow, Person, Run, Task
from minori.web.readmodel.shown import called, current, customers, listed
from minori.web.rights import Ability, needs, own
from minori.web.screens.today.queries import (
    SHOWS,
    cards,
    results_from_sales,
    undoable,
    works,
)
from minori.web.screens.today.queries import (
    today as company_day,
)

A_PAGE = 10
FEW = 5
COUNTED = 1_000  # beyond it a count says "more than"
SOON = timedelta(days=60)
QUIET = ("never_told", "help_first", "not_now")


@needs(Ability.SEE)
def today(request: HttpRequest) -> HttpResponse:
    """Show my proposals, and beside them what else needs somebody."""
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    run, now = current(), timezone.now()
    show = request.GET.get("show", "")
    show = show if show in SHOWS else "open"
    whose = _whose(request, person)
    page = Paginator(works(person, show, whose), A_PAGE).get_page(request.GET.get("page"))
    given = {
        "show": show,
        "shows": SHOWS,
        "whose": whose,
        "members": _members(person),
        "page": page,
        "cards": cards(person, page.object_list, run),
        "undoable": [(step, ACTIONS[step.action]) for step in undoable(person, now)],
        "sales": sales_people(),
        "reasons": REASONS,
        "today": company_day(now),
        "notices": run.notices if run else [],
        **_beside(person, run),
        "results": results_from_sales(person, now)[:FEW],
    }
    return render(request, "today/today.html", given)


def _whose(request: HttpRequest, person: Person) -> str:
    """Return whose proposals are shown: one's own at first, everybody's for those who have none."""
    asked = request.GET.get("whose")
    own_first = person.member if person.role in ("csm", "sales") else ""
    if asked is None:
        return own_first
    return "" if asked == "all" else asked[:100]


def _members(person: Person) -> dict[str, str]:
    """Return whose proposals somebody may look through."""
    team = company_file().team
    return {key: member.name for key, member in team.items() if person.sees_all or key == person.member}


def _beside(person: Person, run: Run | None) -> dict[str, Any]:
    alerts = own(person, Alert.objects.filter(seen_at=None)).order_by("-at", "-id")
    due = tasks(person).order_by("due_on", "id")
    found = renewals(person, run)
    return {
        "alerts": with_names(alerts[:FEW], run),
        "alert_count": counted(alerts),
        "tasks": due[:FEW],
        "task_count": counted(due),
        "renewals": found.order_by("renews_on", "id").defer("detail")[:FEW],
        "renewal_count": counted(found),
        "quiet": [_quiet(person, name, run) for name in QUIET],
        "told_known": bool(run and run.totals.get("told_known")),
    }


def with_names(alerts: Iterable[Alert], run: Run | None) -> list[tuple[Alert, dict[str, str], str]]:
    """Return alerts with what their play and their customer are called."""
    every = list(alerts)
    rows = CustomerRow.objects.filter(run=run, customer_id__in={alert.customer_id for alert in every})
    known = dict(rows.values_list("customer_id", "name"))
    return [(a, called(run, "plays", a.play), known.get(a.customer_id, a.customer_id)) for a in every]


def _quiet(person: Person, name: str, run: Run | None) -> dict[str, Any]:
    rows = listed(person, name, run)
    count = run.totals.get("lists", {}).get(name, 0) if run and person.sees_all else counted(rows)
    return {"name": name, "rows": rows[:FEW], "count": count}


def tasks(person: Person) -> QuerySet[Task]:
    """Return somebody's own open tasks that are due within a week, or have no day."""
    mine = Q(owner=person.member) if person.member else Q(by=person)
    soon = Q(due_on__lte=company_day() + timedelta(days=7)) | Q(due_on=None)
    return Task.objects.filter(mine, soon, done_at=None)


def renewals(person: Person, run: Run | None) -> QuerySet[Any]:
    """Return customers whose contract is renewed within two months of the run."""
    if run is None:
        return customers(person, run).none()
    return customers(person, run).filter(renews_on__gt=run.as_of, renews_on__lte=run.as_of + SOON)


def counted(rows: QuerySet[Any]) -> int:
    """Return how many rows there are, at most one more than is counted."""
    return rows.order_by()[: COUNTED + 1].count()
