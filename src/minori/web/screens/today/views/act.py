"""Every button of a card: one domain call, then back to where the person was."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from minori.core.text import Text
from minori.web.language import in_words
from minori.web.life import act as life
from minori.web.life.answers import answered
from minori.web.life.conflict import Conflict, Refused
from minori.web.life.hand_over import give_back, hand_over
from minori.web.life.leaving import TALKS, approve, told
from minori.web.models import Person, Work
from minori.web.parts.views import back
from minori.web.rights import Ability, needs
from minori.web.say import word
from minori.web.screens.today.queries import today

Do = Callable[[Person, str, int, HttpRequest], Work]


@require_POST
@needs(Ability.ACT)
def act(request: HttpRequest, proposal_id: str, action: str) -> HttpResponse:
    """Take a step with a proposal; a conflict is told, and nothing is changed."""
    if action not in ACTIONS:
        raise Http404
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    try:
        work = ACTIONS[action](person, proposal_id, version(request), request)
    except (Conflict, Refused) as refused:
        messages.error(request, in_words(refused.text))
    else:
        name = work.card.get("customer") or work.customer_id
        messages.success(request, in_words(word(f"today.did_{action}".replace("-", "_"), customer=name)))
    return redirect(back(request))


def version(request: HttpRequest) -> int:
    """Return the version that the person saw; an unreadable one matches none."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def day_of(request: HttpRequest, name: str) -> date | None:
    """Return a day from the form; None if it is empty, raises Refused if it cannot be read."""
    text = request.POST.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(_NO_DAY) from None


_NO_DAY = Text(ja="日付を 2026-04-01 の形で入力してください。", en="Write the day as 2026-04-01.")
_NO_CHANNEL = Text(ja="お伝えした方法を選んでください。", en="Choose how you told the customer.")


def _approve(person: Person, proposal: str, seen: int, _request: HttpRequest) -> Work:
    return approve(person, proposal, seen, timezone.now())


def _told(person: Person, proposal: str, seen: int, request: HttpRequest) -> Work:
    channel = request.POST.get("channel", "")
    if channel not in TALKS:
        raise Refused(_NO_CHANNEL)
    return told(person, proposal, seen, timezone.now(), channel=channel)


def _snooze(person: Person, proposal: str, seen: int, request: HttpRequest) -> Work:
    until = day_of(request, "until")
    return life.snooze(person, proposal, seen, until or today(), today())


def _not_now(person: Person, proposal: str, seen: int, request: HttpRequest) -> Work:
    return life.not_now(person, proposal, seen, request.POST.get("reason", ""))


def _hand_over(person: Person, proposal: str, seen: int, request: HttpRequest) -> Work:
    return hand_over(
        person,
        proposal,
        seen,
        timezone.now(),
        to=request.POST.get("to", ""),
        note=request.POST.get("note", ""),
        proposes_on=day_of(request, "proposes_on"),
    )


def _give_back(person: Person, proposal: str, seen: int, request: HttpRequest) -> Work:
    return give_back(person, proposal, seen, timezone.now(), note=request.POST.get("note", ""))


def _answer(person: Person, proposal: str, seen: int, request: HttpRequest) -> Work:
    return answered(
        person,
        proposal,
        seen,
        timezone.now(),
        result=request.POST.get("result", ""),
        reason=request.POST.get("reason", ""),
        note=request.POST.get("note", ""),
    )


def _undo(person: Person, proposal: str, seen: int, _request: HttpRequest) -> Work:
    return life.undo(person, proposal, seen, timezone.now())


ACTIONS: dict[str, Do] = {
    "approve": _approve,
    "told": _told,
    "snooze": _snooze,
    "not-now": _not_now,
    "hand-over": _hand_over,
    "give-back": _give_back,
    "answer": _answer,
    "undo": _undo,
}
