"""One proposal: everything it rests on, its words to edit, its talk script, and what happened to it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from minori.web.language import in_words, spoken
from minori.web.life import act as life
from minori.web.life.act import may_be_undone
from minori.web.life.conflict import ACTIONS, Conflict, Refused
from minori.web.life.hand_over import sales_people
from minori.web.life.states import REASONS, Action
from minori.web.models import HandOver, Message, Person, Step, Work
from minori.web.readmodel.shown import current
from minori.web.rights import Ability, needs, own
from minori.web.say import word
from minori.web.screens.today.queries import can, cards, message_of, today
from minori.web.screens.today.views.act import version
from minori.web.templatetags.shown import moment


@needs(Ability.SEE)
def one(request: HttpRequest, proposal_id: str) -> HttpResponse:
    """Show a proposal."""
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    return _shown(request, _mine(person, proposal_id))


@require_POST
@needs(Ability.ACT)
def edit(request: HttpRequest, proposal_id: str) -> HttpResponse:
    """Save the words; what was typed is never lost: on a conflict it is shown again beside what is there now."""
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    typed = {
        language: {part: request.POST.get(f"{part}_{language}", "") for part in ("subject", "body")}
        for language in ("ja", "en")
    }
    try:
        work = _mine(person, proposal_id)
        life.edit(person, proposal_id, version(request), _changed(work, typed))
    except (Conflict, Refused) as refused:
        messages.error(request, in_words(refused.text))
        return _shown(request, _mine(person, proposal_id), typed, status=409)
    messages.success(request, in_words(word("today.did_edit")))
    return redirect("proposal", proposal_id)


@require_POST
@needs(Ability.ACT)
def talk(request: HttpRequest, proposal_id: str) -> HttpResponse:
    """Show the talk script, and note that somebody looked at it."""
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    try:
        work = life.talk(person, proposal_id, version(request))
    except Conflict as refused:
        messages.error(request, in_words(refused.text))
        return redirect("proposal", proposal_id)
    card = cards(person, [work], current())[0]
    return render(request, "today/talk.html", {"card": card, "today": today()})


def _mine(person: Person, proposal_id: str) -> Work:
    work = own(person, Work.objects.all()).filter(pk=proposal_id).first()
    if work is None:
        raise Http404
    return work


def _changed(work: Work, typed: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Return the languages whose words are not what would be sent anyway."""
    present = message_of(work)
    same = {
        language: all(
            typed[language][part].replace("\r\n", "\n").strip() == present[language][part].strip()
            for part in ("subject", "body")
        )
        for language in typed
    }
    return {language: words for language, words in typed.items() if not same[language]} or typed


def _shown(
    request: HttpRequest, work: Work, typed: dict[str, dict[str, str]] | None = None, *, status: int = 200
) -> HttpResponse:
    person: Person = request.user  # type: ignore[assignment]  # the views above need an ability
    steps = list(Step.objects.filter(work=work).select_related("person").order_by("-id")[:50])
    mail = Message.objects.filter(proposal_id=work.pk, kind="proposal").order_by("-id").first()
    last, now = (steps[0] if steps else None), timezone.now()
    given = {
        "card": cards(person, [work], current())[0],
        "editor": _editor(typed or message_of(work)),
        "lost": _editor(typed) if typed and "edit" not in can(person, work) else [],
        "steps": [(step, ACTIONS[step.action], _by_customer(step)) for step in steps],
        "may_undo": may_be_undone(last, work, now) and "undo" in can(person, work),
        "mail": mail,
        "mail_at": moment((mail.sent_at or mail.send_after) if mail else None),
        "case": HandOver.objects.filter(work=work).order_by("-id").first(),
        "sales": sales_people(),
        "reasons": REASONS,
        "today": today(now),
        "whole": True,
    }
    return render(request, "today/proposal.html", given, status=status)


def _editor(words: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    """Return the fields of the editor, the page's language first."""
    order = ("ja", "en") if spoken() == "ja" else ("en", "ja")
    return [{"language": language, "title": f"today.{language}", **words[language]} for language in order]


def _by_customer(step: Step) -> bool:
    return step.person_id is None and step.action in (Action.SEE, Action.ACCEPT, Action.DECLINE)
