"""The sheet, to be printed or filled in during the meeting."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from minori.web.audit import record
from minori.web.company import company_file
from minori.web.language import in_words
from minori.web.life import hand_over as life
from minori.web.life.conflict import Conflict, Refused
from minori.web.models import Person, Task, Work
from minori.web.parts.csv_rows import csv_response
from minori.web.readmodel.shown import current
from minori.web.rights import Ability, needs, own
from minori.web.say import word
from minori.web.screens.meeting.queries import Line, candidates, cases, closed
from minori.web.screens.today.queries import today
from minori.web.screens.today.views.act import day_of, version

_HEADS = ("customer", "issues", "proposal", "mrr_change", "rule", "who", "proposes_on", "note")


@needs(Ability.SEE)
def sheet(request: HttpRequest) -> HttpResponse:
    """Show what there is to talk about."""
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    run = current()
    given = {
        "cases": cases(person, run),
        "candidates": candidates(person, run),
        "closed": closed(person, timezone.now()),
        "sales": life.sales_people(),
        "today": today(),
        "rules": company_file().hand_over,
    }
    return render(request, "meeting/sheet.html", given)


@needs(Ability.SEE)
def as_csv(_request: HttpRequest) -> StreamingHttpResponse:
    """Give the sheet as CSV."""
    person: Person = _request.user  # type: ignore[assignment]  # needs() lets nobody else in
    run = current()
    lines = [*cases(person, run), *candidates(person, run)]
    heads = [in_words(word(f"meeting.{name}")) for name in _HEADS]
    return csv_response(in_words(word("meeting.title")), heads, map(_cells, lines))


@require_POST
@needs(Ability.ACT)
def agree(request: HttpRequest, case: int) -> HttpResponse:
    """Set the day on which sales proposes."""
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    try:
        life.agree(person, case, day_of(request, "proposes_on"))
        messages.success(request, in_words(word("meeting.agreed")))
    except Refused as refused:
        messages.error(request, in_words(refused.text))
    return redirect("meeting")


@require_POST
@needs(Ability.ACT)
def decide(request: HttpRequest, proposal_id: str) -> HttpResponse:
    """Set who proposes and when: sales takes the case over, or CS has a task by that day."""
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    get_object_or_404(
        own(person, Work.objects.all()), pk=proposal_id
    )  # before anything is said about the form
    who = request.POST.get("who", "")
    try:
        day = day_of(request, "proposes_on")
        if who == "cs":
            _by_cs(person, proposal_id, day)
        else:
            seen, note = version(request), request.POST.get("note", "")
            life.hand_over(person, proposal_id, seen, timezone.now(), to=who, note=note, proposes_on=day)
        messages.success(request, in_words(word("meeting.agreed")))
    except (Conflict, Refused) as refused:
        messages.error(request, in_words(refused.text))
    return redirect("meeting")


def _by_cs(person: Person, proposal_id: str, day: date | None) -> None:
    work = own(person, Work.objects.all()).filter(pk=proposal_id).first()
    if work is None:
        raise Http404
    name = work.card.get("customer") or work.customer_id
    Task.objects.update_or_create(
        proposal_id=work.pk,
        done_at=None,
        defaults={
            "title": word("meeting.task", customer=name)[company_file().company.language][:300],
            "customer_id": work.customer_id,
            "owner": work.owner or person.member,
            "by": person,
            "due_on": day,
        },
    )
    record(person, "proposal.agreed", f"proposal:{work.pk}", who="cs", proposes_on=str(day or ""))


def _cells(line: Line) -> list[object]:
    offer = line.work.card.get("offer", {}).get("label")
    sales = life.sales_people()
    who = sales.get(line.case.to, line.case.to) if line.case else line.work.doer
    return [
        line.name,
        " / ".join(line.issues),
        in_words(offer),
        line.work.card.get("mrr_change"),
        line.rule["rule"] if line.rule else "",
        who,
        line.case.proposes_on if line.case else line.task.due_on if line.task else None,
        line.case.note if line.case else "",
    ]
