"""Personal data of one person: found, given out as a file, erased for good. For administrators alone."""

from typing import Any

import pyarrow.compute as pc
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from minori.web.audit import record
from minori.web.company import workspace
from minori.web.jobs import queue
from minori.web.language import in_words
from minori.web.models import Job, JobState
from minori.web.parts.folded import folded
from minori.web.personal import exports
from minori.web.readmodel.shown import customers
from minori.web.rights import Ability, needs
from minori.web.say import word
from minori.web.screens.data import page

MOST = 20
REASONS = ("asked", "ended", "mistake", "law")
_USER = ["customer_id", "user_id", "name", "email"]
_REFERENCE = 40


@needs(Ability.ADMINISTER)
def show(request: HttpRequest) -> HttpResponse:
    """Search customers and users."""
    person = page.sees_rows(request)
    wanted = request.GET.get("q", "").strip()[:200]
    found = (
        customers(person).filter(folded__contains=folded(wanted)).order_by("folded")[:MOST] if wanted else []
    )
    jobs = Job.objects.filter(kind__in=("erase", "personal_data")).select_related("by").order_by("-pk")[:10]
    return page.page(
        request,
        "data-personal",
        "data/personal.html",
        q=wanted,
        found=list(found),
        users=_users_like(wanted) if wanted else [],
        requests=list(jobs),
        mine=person.pk,
    )


@needs(Ability.ADMINISTER)
def one(request: HttpRequest) -> HttpResponse:
    """Show what can be done with the data of a customer, or of one user of theirs."""
    page.sees_rows(request)
    return _one(request, request.GET.get("customer", ""), request.GET.get("user", ""))


@require_POST
@needs(Ability.ADMINISTER)
def export(request: HttpRequest) -> HttpResponse:
    """Ask for everything that is held of somebody as a file."""
    person = page.sees_rows(request)
    customer, user = request.POST.get("customer", ""), request.POST.get("user", "")
    _name_of(request, customer, user)
    job = queue.ask(
        "personal_data", f"{person.pk}:{customer}:{user}"[:200], by=person, customer=customer, user=user
    )
    record(person, "personal.exported", f"customer:{customer}"[:200], user=_id_alone(user), job=job.pk)
    messages.info(request, in_words(word("data.export_asked")))
    return redirect("data-personal")


@needs(Ability.ADMINISTER)
def file(request: HttpRequest, job: int) -> HttpResponse:
    """Give the file to the person who asked for it, once."""
    person = page.sees_rows(request)
    found = get_object_or_404(Job, pk=job, kind="personal_data", by=person, state=JobState.DONE)
    content = exports.taken(str(found.result.get("file", "")))
    if content is None:
        messages.error(request, in_words(word("data.export_gone")))
        return redirect("data-personal")
    record(person, "personal.fetched", f"job:{found.pk}")
    response = HttpResponse(content, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="personal-data-{found.pk}.json"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@needs(Ability.ADMINISTER)
def erase(request: HttpRequest) -> HttpResponse:
    """Ask for somebody to be erased; their name has to be written out."""
    person = page.sees_rows(request)
    customer, user = request.POST.get("customer", ""), request.POST.get("user", "")
    name, reason = _name_of(request, customer, user), request.POST.get("reason", "")
    if folded(request.POST.get("name", "")) != folded(name):
        return _one(request, customer, user, problem=in_words(word("data.name_differs")), status=400)
    if reason not in REASONS:
        return _one(request, customer, user, problem=in_words(word("data.reason_needed")), status=400)
    reference = "".join(
        sign
        for sign in request.POST.get("reference", "")
        if sign.isascii() and (sign.isalnum() or sign in "-_#/")
    )
    job = queue.ask(
        "erase",
        f"{customer}:{user}"[:200],
        by=person,
        customer=customer,
        user=user,
        by_whom=f"person:{person.pk}",
    )
    detail = {"user": _id_alone(user), "reason": reason, "reference": reference[:_REFERENCE], "job": job.pk}
    record(person, "personal.erased", f"customer:{customer}"[:200], **detail)
    messages.warning(request, in_words(word("data.erase_asked")))
    return redirect("data-personal")


def _one(request: HttpRequest, customer: str, user: str, status: int = 200, **more: Any) -> HttpResponse:
    name = _name_of(request, customer, user)
    users = _users_of(customer) if not user else []
    context = {"customer": customer, "user": user, "name": name, "users": users, "reasons": REASONS, **more}
    return page.page(request, "data-personal", "data/person.html", status, **context)


def _name_of(request: HttpRequest, customer: str, user: str) -> str:
    """Return what somebody is called; their id where nobody knows. Raises Http404 for nobody."""
    if user:
        known = {row["user_id"]: row["name"] for row in _users_of(customer)}
        if user not in known:
            raise Http404
        return known[user] or user
    row = customers(page.who(request)).filter(customer_id=customer).first()
    if row is None:
        raise Http404
    return row.name or customer


def _users_of(customer: str) -> list[dict[str, Any]]:
    rows = workspace().lake.snapshot().arrow("facts/users", _USER)
    if not rows.num_rows:
        return []
    return sorted(
        rows.filter(pc.equal(rows["customer_id"], customer)).to_pylist(), key=lambda row: row["user_id"]
    )


def _users_like(wanted: str) -> list[dict[str, Any]]:
    rows = workspace().lake.snapshot().arrow("facts/users", _USER)
    if not rows.num_rows:
        return []
    told = pc.or_(
        pc.match_substring(pc.coalesce(rows["name"], ""), wanted, ignore_case=True),
        pc.or_(
            pc.match_substring(pc.coalesce(rows["email"], ""), wanted, ignore_case=True),
            pc.equal(rows["user_id"], wanted),
        ),
    )
    return sorted(
        rows.filter(told).slice(0, MOST).to_pylist(), key=lambda row: (row["customer_id"], row["user_id"])
    )


def _id_alone(user: str) -> str:
    """Return an id for the record; one that is an address tells who it is, and stays out."""
    return "(address)" if "@" in user else user
