"""The list of customers, as a page and as CSV."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from minori.web.audit import record
from minori.web.models import CustomerRow, Run
from minori.web.parts.listing import Rows
from minori.web.readmodel.shown import current
from minori.web.readmodel.shown import customers as customers_of
from minori.web.rights import Ability, needs
from minori.web.screens.customers.listing import listing_of
from minori.web.screens.customers.queries import who


@require_safe
@needs(Ability.SEE)
def customers(request: HttpRequest) -> HttpResponse:
    """Show the customers that the address asks for."""
    run = current()
    if run is None:
        return render(request, "customers/list.html", {"listing": None})
    listing = listing_of(run).shown(request, _rows(request, run))
    return render(request, "customers/list.html", {"listing": listing, "csv": reverse("customers-csv")})


@require_safe
@needs(Ability.SEE)
def csv(request: HttpRequest) -> HttpResponse:
    """Give the same list as a file; who took it, and how much, is written down."""
    run = current()
    if run is None:
        return redirect("customers")
    listing, rows = listing_of(run), _rows(request, run)
    shown = listing.shown(request, rows)
    filters = sorted(name for name, value in shown.values.items() if value)  # values may be names of people
    record(who(request), "customers.exported", "list:customers", rows=shown.pages.count, filters=filters)
    return cast(HttpResponse, listing.csv(request, rows, f"customers-{run.as_of}"))  # streamed


def _rows(request: HttpRequest, run: Run) -> Rows:
    """Return the customers that somebody may see; whose they are is read from indexes, not from the wide rows."""
    person, rows = who(request), CustomerRow.objects.filter(run=run).defer("detail")
    return rows if person.sees_all else rows.filter(pk__in=customers_of(person, run).values("pk"))
