"""The quarterly review as a page, and as a deck."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from minori.core.text import LANGUAGES
from minori.web.audit import record
from minori.web.company import company_file
from minori.web.language import in_words, speak, spoken
from minori.web.rights import Ability, needs
from minori.web.screens.customers import queries
from minori.web.screens.customers.trend import drawn
from minori.web.screens.customers.views.one import labels
from minori.web.screens.qbr import columns
from minori.web.screens.qbr.deck import deck
from minori.web.screens.qbr.figures_said import done_rows, price, use_rows, value_rows
from minori.web.screens.qbr.pack import pack_of

TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@require_safe
@needs(Ability.SEE)
def pack_page(request: HttpRequest, customer_id: str) -> HttpResponse:
    """Show the review; ``?language=`` chooses the customer's language for this page alone."""
    customer = queries.seen(request, customer_id)
    _speak(request)
    pack = pack_of(customer, queries.facts(customer_id))
    context = {
        "c": customer.row,
        "tab": "qbr",
        "labels": labels(customer),
        "pack": pack,
        "trend": drawn(pack.history),
        "weeks": columns.drawn(pack.weeks) if pack.seen_until else None,
        "use_rows": use_rows(pack) if pack.seen_until else [],
        "done_rows": done_rows(pack) if pack.seen_until else [],
        "value_rows": value_rows(pack),
        "steps": [(step, price(step)) for step in pack.steps],
        "language_now": spoken(),
        "other": "en" if spoken() == "ja" else "ja",
    }
    return render(request, "qbr/page.html", context)


@require_safe
@needs(Ability.SEE)
def deck_file(request: HttpRequest, customer_id: str) -> HttpResponse:
    """Give the review as a PowerPoint file; who took it is written down."""
    customer = queries.seen(request, customer_id)
    _speak(request)
    company = company_file().company
    pack = pack_of(customer, queries.facts(customer_id))
    content = deck(pack, customer.row, in_words(company.name), customer.person.name)
    record(customer.person, "qbr.exported", f"customer:{customer_id}", as_of=customer.run.as_of.isoformat())
    response = HttpResponse(content, content_type=TYPE)
    name = quote(f"QBR-{customer.row.name}-{customer.run.as_of}.pptx", safe="")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


@require_safe
@needs(Ability.SEE)
def nowhere(_request: HttpRequest) -> HttpResponse:
    """Lead to the list of customers."""
    return redirect("customers")


def _speak(request: HttpRequest) -> None:
    for language in LANGUAGES:
        if request.GET.get("language") == language:
            speak(language)
