"""The quiet lists in full, with filters in the address, and as CSV: お知らせ漏れ, 支援優先, 今は提案しない, renewals."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from minori.core.text import Text
from minori.web.language import in_words
from minori.web.models import CustomerRow, ListedRow, Person
from minori.web.parts.folded import folded
from minori.web.parts.listing import Column, Filter, Listing
from minori.web.readmodel.shown import current, listed
from minori.web.rights import Ability, needs
from minori.web.say import word
from minori.web.screens.today.choices import guards, members, plays
from minori.web.screens.today.views.page import QUIET
from minori.web.screens.today.views.page import renewals as soon

_W = word
_OF_CUSTOMER = (Filter("owner", _W("today.owner"), lambda rows, value: rows.filter(owner=value), members),)


def _searched(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    run = current()
    found = CustomerRow.objects.filter(run=run, folded__contains=folded(value)).values("customer_id")
    return rows.filter(customer_id__in=found)


def _line(name: str) -> Any:
    def of(row: ListedRow) -> str:
        found = row.line.get(name)
        return in_words(found) if isinstance(found, dict) else str(found or "")

    return of


_COLUMNS = (
    Column("place", _W("today.place"), sort="place", right=True, shown=False),
    Column("customer", _W("today.customer"), cell="today/cells/customer.html", value=_line("customer")),
    Column("customer_id", _W("today.customer_id"), sort="customer_id", shown=False),
    Column("label", _W("today.situation"), sort="play", value=_line("label")),
    Column("because", _W("today.because"), value=_line("because")),
    Column("since", _W("today.since"), value=_line("since")),
    Column("reason", _W("today.reason"), value=_line("reason")),
    Column("guard", _W("today.guard"), sort="guard", value=_line("guard"), shown=False),
    Column("until", _W("today.until"), sort="until", cell="today/cells/until.html"),
    Column("owner", _W("today.owner"), sort="owner", cell="today/cells/owner.html"),
)
_BY_NAME = Filter("search", _W("today.search_customer"), _searched, kind="search")
_BY_PLAY = Filter("play", _W("today.situation"), lambda rows, value: rows.filter(play=value), plays)
_BY_GUARD = Filter("guard", _W("today.guard"), lambda rows, value: rows.filter(guard=value), guards)
_OF_GUARDS = ("reason", "guard", "until")
LISTINGS = {
    name: Listing(
        screen=f"today-{name}",
        columns=_COLUMNS
        if name != "never_told"
        else tuple(c for c in _COLUMNS if c.name not in ("reason", "guard", "until")),
        filters=(_BY_NAME, *_OF_CUSTOMER, _BY_PLAY, *((_BY_GUARD,) if name != "never_told" else ())),
        order="place",
        nothing=f"today.no_{name}",
    )
    for name in QUIET
}


@needs(Ability.SEE)
def full(request: HttpRequest, name: str) -> HttpResponse:
    """Show a quiet list in full."""
    if name not in LISTINGS:
        raise Http404
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    run = current()
    shown = LISTINGS[name].shown(request, listed(person, name, run))
    given = {
        "listing": shown,
        "name": name,
        "names": QUIET,
        "told_known": bool(run and run.totals.get("told_known")),
    }
    return render(request, "today/listed.html", given)


@needs(Ability.SEE)
def as_csv(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """Give a quiet list as CSV."""
    if name not in LISTINGS:
        raise Http404
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    return LISTINGS[name].csv(request, listed(person, name), in_words(word(f"today.list_{name}")))


RENEWALS = Listing(
    screen="renewals",
    columns=(
        Column("name", _W("today.customer"), sort="folded", cell="today/cells/customer.html"),
        Column("customer_id", _W("today.customer_id"), sort="customer_id", shown=False),
        Column("renews_on", _W("today.renews_on"), sort="renews_on", cell="today/cells/renews_on.html"),
        Column("mrr", _W("today.mrr"), sort="mrr", right=True, cell="today/cells/mrr.html"),
        Column("plan", _W("today.plan"), sort="plan"),
        Column("band", _W("today.health"), sort="health", cell="today/cells/band.html"),
        Column("proposed", _W("today.proposed"), sort="proposed", right=True),
        Column("owner", _W("today.owner"), sort="owner", cell="today/cells/owner.html"),
    ),
    filters=(
        Filter(
            "search",
            _W("today.search_customer"),
            lambda r, v: r.filter(folded__contains=folded(v)),
            kind="search",
        ),
        *_OF_CUSTOMER,
        Filter(
            "before",
            _W("today.renews_before"),
            lambda r, v: r.filter(renews_on__lte=v) if _is_day(v) else r,
            kind="day",
        ),
    ),
    order="renews_on",
    nothing="today.no_renewals",
)


def _is_day(text: str) -> bool:
    return len(text) == 10 and text.replace("-", "").isdigit()


@needs(Ability.SEE)
def renewals(request: HttpRequest) -> HttpResponse:
    """Show the contracts that are renewed within two months."""
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    rows = soon(person, current()).defer("detail")
    return render(request, "today/renewals.html", {"listing": RENEWALS.shown(request, rows)})


@needs(Ability.SEE)
def renewals_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give them as CSV."""
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    rows = soon(person, current()).defer("detail")
    return RENEWALS.csv(request, rows, in_words(Text(ja="契約更新", en="renewals")))
