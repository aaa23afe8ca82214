"""Alerts and tasks: what began, and what somebody wants to do by a day."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from minori.web.audit import record
from minori.web.language import in_words
from minori.web.life.conflict import Refused
from minori.web.models import Alert, Person, Task
from minori.web.parts.listing import Column, Filter, Listing
from minori.web.parts.views import back
from minori.web.readmodel.shown import current, customers
from minori.web.rights import Ability, needs, own
from minori.web.say import word
from minori.web.screens.today.choices import members, plays
from minori.web.screens.today.views.act import day_of
from minori.web.screens.today.views.page import tasks, with_names

LONGEST_TITLE = 300

ALERTS = Listing(
    screen="alerts",
    columns=(
        Column("at", word("today.at"), sort="at", cell="today/cells/at.html"),
        Column(
            "customer_id",
            word("today.customer"),
            sort="customer_id",
            cell="today/cells/customer.html",
            value=lambda row: getattr(row, "name", row.customer_id),
        ),
        Column("play", word("today.situation"), sort="play", cell="today/cells/play.html"),
        Column("because", word("today.because"), cell="today/cells/because.html"),
        Column("owner", word("today.owner"), sort="owner", cell="today/cells/owner.html"),
    ),
    filters=(
        Filter("play", word("today.situation"), lambda rows, value: rows.filter(play=value), plays),
        Filter("owner", word("today.owner"), lambda rows, value: rows.filter(owner=value), members),
    ),
    order="-at",
    nothing="today.no_alerts",
)


@needs(Ability.SEE)
def alerts(request: HttpRequest) -> HttpResponse:
    """Show every alert, seen or not."""
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    shown = ALERTS.shown(request, own(person, Alert.objects.all()))
    rows = []
    for row, play, name in with_names(shown.page.object_list, current()):
        row.name, row.called = name, play  # type: ignore[attr-defined]  # for the cells of the list
        rows.append(row)
    shown.page.object_list = rows
    return render(request, "today/alerts.html", {"listing": shown})


@require_POST
@needs(Ability.ACT)
def seen(request: HttpRequest, alert: int) -> HttpResponse:
    """Put an alert away."""
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    if not own(person, Alert.objects.filter(pk=alert)).exists():
        raise Http404
    Alert.objects.filter(pk=alert, seen_at=None).update(seen_at=timezone.now())
    return redirect(back(request))


@require_POST
@needs(Ability.ACT)
def add(request: HttpRequest) -> HttpResponse:
    """Add a task of one's own, about a customer one may see or about none."""
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    title, customer = (
        request.POST.get("title", "").strip()[:LONGEST_TITLE],
        request.POST.get("customer_id", ""),
    )
    if customer and not customers(person).filter(customer_id=customer).exists():
        raise Http404
    try:
        due = day_of(request, "due_on")
    except Refused as refused:
        messages.error(request, in_words(refused.text))
        return redirect(back(request))
    if title:
        task = Task.objects.create(
            title=title, customer_id=customer, owner=person.member, by=person, due_on=due
        )
        record(person, "task.added", f"task:{task.pk}", customer_id=customer)
    return redirect(back(request))


@require_POST
@needs(Ability.ACT)
def done(request: HttpRequest, task: int) -> HttpResponse:
    """Tick a task off."""
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    if not tasks(person).filter(pk=task).exists():
        raise Http404
    Task.objects.filter(pk=task).update(done_at=timezone.now())
    record(person, "task.done", f"task:{task}")
    return redirect(back(request))
