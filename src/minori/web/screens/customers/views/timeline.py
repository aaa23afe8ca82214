"""The timeline of a customer."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from minori.web.company import company_file
from minori.web.rights import Ability, needs
from minori.web.screens.customers import queries
from minori.web.screens.customers.views.one import form_choices, labels
from minori.web.timeline import days
from minori.web.timeline.kinds import SHOWN


@require_safe
@needs(Ability.SEE)
def timeline(request: HttpRequest, customer_id: str) -> HttpResponse:
    """Show what happened, newest first; the address says which kinds and until when."""
    customer = queries.seen(request, customer_id)
    facts, calendar = queries.facts(customer_id), company_file().company.calendar
    users = facts.rows("users", ("user_id", "name", "active", "department"))
    known = {row["user_id"]: row["name"] or row["user_id"] for row in users}
    today = calendar.day_of(timezone.now())
    kinds = days.kinds_asked(request.GET.getlist("kind"), SHOWN)
    until = _day(request.GET.get("until", ""), today)
    shown = days.page(facts, customer_id, queries.names(customer, known), calendar, kinds=kinds, until=until)
    chosen = [("kind", kind) for kind in kinds] if len(kinds) < len(SHOWN) else []
    context = {
        "c": customer.row,
        "tab": "timeline",
        "labels": labels(customer),
        "page": shown,
        "kinds": [(kind, kind in kinds, shown.counts.get(kind)) for kind in SHOWN],
        "older": f"?{urlencode([*chosen, ('until', shown.older)])}" if shown.older else "",
        "newest": f"?{urlencode(chosen)}" if until < today else "",
        **form_choices(users),
    }
    return render(request, "customers/timeline.html", context)


def _day(text: str, today: date) -> date:
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today
