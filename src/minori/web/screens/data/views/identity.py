"""Identities that turned out to be one: shown, added, taken back. Rows are never rewritten (SEMANTICS 17)."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from minori.core.keys import short_id
from minori.web.audit import record
from minori.web.company import workspace
from minori.web.jobs import queue
from minori.web.language import in_words
from minori.web.models import Fact, Person
from minori.web.readmodel.shown import customers
from minori.web.rights import Ability, needs
from minori.web.say import word
from minori.web.screens.data import page

TABLE = "identity_links"
_COLUMNS = ["from_id", "into_id", "at", "by", "undone_at"]
MOST = 500


@needs(Ability.MANAGE)
def show(request: HttpRequest) -> HttpResponse:
    """List the links, the newest first, also those that the lake has not got yet."""
    person = page.sees_rows(request)
    links = sorted(_links().values(), key=lambda row: row["at"], reverse=True)
    ids = {row[side] for row in links[:MOST] for side in ("from_id", "into_id")}
    names = dict(customers(person).filter(customer_id__in=ids).values_list("customer_id", "name"))
    shown = [
        {**row, "from_name": names.get(row["from_id"], ""), "into_name": names.get(row["into_id"], "")}
        for row in links[:MOST]
    ]
    return page.page(request, "data-identity", "data/identity.html", links=shown, more=len(links) > MOST)


@require_POST
@needs(Ability.ADMINISTER)
def merge(request: HttpRequest) -> HttpResponse:
    """Say that one id is another; the next run takes them for one."""
    person = page.sees_rows(request)
    start, end = (request.POST.get(name, "").strip()[:200] for name in ("from_id", "into_id"))
    problem = _problem(person, start, end)
    if problem:
        messages.error(request, in_words(word(problem)))
        return redirect("data-identity")
    at = timezone.now().isoformat()
    _write(person, {"from_id": start, "into_id": end, "at": at, "by": person.member or person.name})
    record(person, "identity.merged", f"customer:{end}", merged=start)
    messages.success(request, in_words(word("data.merged")))
    return redirect("data-identity")


@require_POST
@needs(Ability.ADMINISTER)
def undo(request: HttpRequest) -> HttpResponse:
    """Take a link back; what was decided while it held stays as it was."""
    person = page.sees_rows(request)
    wanted = tuple(request.POST.get(name, "") for name in ("from_id", "into_id", "at"))
    row = _links().get(wanted)
    if row is None:
        raise Http404
    if not row["undone_at"]:
        _write(person, {**row, "undone_at": timezone.now().isoformat()})
        record(person, "identity.unmerged", f"customer:{row['into_id']}", merged=row["from_id"])
    messages.success(request, in_words(word("data.unmerged")))
    return redirect("data-identity")


def _write(person: Person, row: dict[str, Any]) -> None:
    key = short_id(row["from_id"], row["into_id"], row["at"], "undone" if row.get("undone_at") else "")
    with transaction.atomic():
        Fact.objects.get_or_create(table=TABLE, key=key, defaults={"row": row})
    queue.ask("drain", by=person)


def _links() -> dict[tuple[str, ...], dict[str, Any]]:
    """Return every link by what names it; what the app has written and the lake has not comes last."""
    rows = workspace().lake.snapshot().arrow(f"facts/{TABLE}", _COLUMNS).to_pylist()
    waiting = [fact.row for fact in Fact.objects.filter(table=TABLE, drained_at=None).order_by("pk")]
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in [*map(_plain, rows), *waiting]:
        found[row["from_id"], row["into_id"], row["at"]] = {name: row.get(name) for name in _COLUMNS}
    return found


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    moments = {name: row[name].isoformat() if row[name] else None for name in ("at", "undone_at")}
    return {**row, **moments}


def _problem(person: Person, start: str, end: str) -> str:
    """Return what is wrong with a merge: the same id, one that nobody knows, or a circle."""
    if not start or not end or start == end:
        return "data.merge_two"
    known = set(customers(person).filter(customer_id__in=[start, end]).values_list("customer_id", flat=True))
    if known != {start, end}:
        return "data.merge_unknown"
    leads = {row["from_id"]: row["into_id"] for row in _links().values() if not row["undone_at"]}
    seen, place = {start}, end
    while place in leads and place not in seen:
        seen.add(place)
        place = leads[place]
    return "data.merge_circle" if place == start or start in leads else ""
