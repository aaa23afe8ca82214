"""The page of one customer."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from minori.web.company import company_file
from minori.web.models import Note, Task, Work
from minori.web.rights import Ability, needs
from minori.web.screens.customers import forms, holdings, ledger, queries
from minori.web.screens.customers.fates import fates, signals
from minori.web.screens.customers.figures import bars, figures
from minori.web.screens.customers.kept_policy import kept
from minori.web.screens.customers.sheet import sheet_of
from minori.web.screens.customers.trend import drawn
from minori.web.timeline.kinds import code

NOTES = 50
TASKS = 30
WORKS = 20


@require_safe
@needs(Ability.SEE)
def customer(request: HttpRequest, customer_id: str) -> HttpResponse:
    """Show everything about a customer."""
    return page(request, queries.seen(request, customer_id))


def page(
    request: HttpRequest,
    customer: queries.Seen,
    *,
    entered: QueryDict | None = None,
    form: str = "",
    problem: str = "",
) -> HttpResponse:
    """Return the page; with what somebody entered in a form that could not be taken, and why."""
    facts = queries.facts(customer.customer_id)
    people, users = holdings.team(facts)
    told = ledger.ledger(customer, facts)
    context = {
        "c": customer.row,
        "tab": "overview",
        "labels": labels(customer),
        "ledger": told,
        "trend": drawn(dict([*sheet_weeks(customer), *told.history]).items()),
        "bars": bars(customer),
        "figures": figures(customer),
        "terms": holdings.now_and_past(holdings.terms(customer, facts)),
        "matrix": holdings.matrix(customer, facts, users),
        "people": people,
        "signals": signals(customer),
        "fates": fates(customer),
        "works": worked(customer),
        **written_down(customer),
        **form_choices(users),
        "entered": entered,
        "form": form,
        "problem": problem,
    }
    return render(request, "customers/one.html", context, status=422 if problem else 200)


def labels(customer: queries.Seen) -> dict[str, Any]:
    """Return what the classes of the customer are called."""
    row = customer.row
    return {
        "stage": customer.called("stages", row.stage),
        "touch": customer.called("touches", row.touch),
        "segment": customer.called("segments", row.segment),
        "growth": customer.called("growth_stages", row.growth),
        "plan": customer.called("plans", row.plan),
    }


def worked(customer: queries.Seen) -> list[tuple[Work, dict[str, str]]]:
    """Return the proposals that the team has, with what their plays are called."""
    found = Work.objects.filter(customer_id=customer.customer_id).order_by(
        "-last_as_of", "-value", "proposal_id"
    )
    return [(work, customer.called("plays", work.play)) for work in found[:WORKS]]


def written_down(customer: queries.Seen) -> dict[str, Any]:
    """Return notes and tasks of a customer."""
    tasks = Task.objects.filter(customer_id=customer.customer_id, done_at=None).order_by("due_on", "id")
    notes = Note.objects.filter(customer_id=customer.customer_id).select_related("by")
    return {"notes": list(notes[:NOTES]), "tasks": list(tasks[:TASKS]), "today": _today()}


def form_choices(users: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the forms offer; the keys make a form that is sent twice one fact."""
    catalog = kept().policy.catalog
    limits = {
        name
        for product in catalog.products.values()
        for plan in product.plans.values()
        for name in plan.limits
    }
    return {
        "channels": [(name, code("channel", name)) for name in forms.CHANNELS],
        "directions": [(name, code("direction", name)) for name in forms.DIRECTIONS],
        "abouts": [(name, code("about", name)) for name in forms.ABOUTS],
        "statement_kinds": [(name, code("statement", name)) for name in forms.KINDS],
        "features": [(name, feature.label) for name, feature in catalog.features.items()]
        + [(name, code("feature", name)) for name in sorted(limits)],
        "users": [row for row in users if row["active"] is not False][:500],
        "team": queries.team(),
        "contact_key": forms.new_key(),
        "statement_key": forms.new_key(),
        "now": timezone.localtime(timezone.now(), company_file().company.calendar.zone).strftime(
            "%Y-%m-%dT%H:%M"
        ),
    }


def sheet_weeks(customer: queries.Seen) -> list[tuple[Any, float | None]]:
    """Return the score of the weeks before as it was computed for the readiness sheet, if it was."""
    sheet = sheet_of(customer)
    return sheet.weeks if sheet else []


def _today() -> Any:
    return company_file().company.calendar.day_of(timezone.now())
