"""Proposals to tech-touch customers, many at once; everybody else is handled one by one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from minori.decision.rank import TECH
from minori.web.language import in_words
from minori.web.life.conflict import Refused
from minori.web.life.many import MOST, Chosen, handled
from minori.web.life.states import REASONS
from minori.web.models import Person, State, Work
from minori.web.parts.views import back
from minori.web.readmodel.shown import called, current
from minori.web.rights import Ability, needs, own
from minori.web.say import word
from minori.web.screens.today.queries import today
from minori.web.screens.today.views.act import day_of

A_PAGE = 100


@needs(Ability.SEE)
def tech(request: HttpRequest) -> HttpResponse:
    """Show the open proposals to tech-touch customers, by play."""
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    rows = own(person, Work.objects.filter(touch=TECH, state=State.DRAFT)).order_by("-value", "proposal_id")
    play = request.GET.get("play", "")
    shown = rows.filter(play=play) if play else rows
    run = current()
    found = [(work, called(run, "plays", work.play)) for work in shown[:A_PAGE]]
    every = [
        (name, called(run, "plays", name))
        for name in rows.order_by("play").values_list("play", flat=True).distinct()
    ]
    given = {
        "works": found,
        "plays": every,
        "play": play,
        "count": shown.count(),
        "reasons": REASONS,
        "today": today(),
    }
    return render(request, "today/tech.html", given)


@require_POST
@needs(Ability.ACT)
def do(request: HttpRequest) -> HttpResponse:
    """Approve, snooze or put aside the chosen proposals."""
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    pairs = (entry.rpartition(":") for entry in request.POST.getlist("proposal")[: MOST + 1])
    chosen = [Chosen(key, int(seen) if seen.isdigit() else -1) for key, _, seen in pairs]
    try:
        done = handled(
            person,
            chosen,
            request.POST.get("action", ""),
            timezone.now(),
            today=today(),
            until=day_of(request, "until"),
            reason=request.POST.get("reason", ""),
        )
    except Refused as refused:
        messages.error(request, in_words(refused.text))
        return redirect(back(request))
    messages.success(request, in_words(word("today.did_many", count=done.done)))
    for text in done.refused[:5]:
        messages.error(request, in_words(text))
    return redirect(back(request))
