"""Changing one play: its form, its words, on and off; every change becomes a draft that is looked at first."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from minori.core.errors import MinoriError
from minori.core.text import LANGUAGES
from minori.policy.edit_files import FileChange
from minori.proposal.messages import template_name as template_in_use
from minori.web.language import in_words
from minori.web.models import Person
from minori.web.policy_edit import history, trying
from minori.web.policy_edit.bars import TOUCHES, bars
from minori.web.policy_edit.conflict import Conflict
from minori.web.policy_edit.places import message_place, template_name
from minori.web.policy_edit.play_form import PlayForm, play_form
from minori.web.policy_edit.present import Present, present
from minori.web.policy_edit.said import mistake
from minori.web.policy_edit.saving import checked
from minori.web.rights import Ability, needs
from minori.web.screens.playbook.views.answers import base_of, shows_conflicts, to_draft

_DIGITS = tuple("0123456789")
LONGEST_WORDS = 40_000  # signs of one template


def known(play: str) -> Present:
    """Return the definitions; raises Http404 if they have no such play."""
    now = present()
    if play not in now.loaded.policy.plays:
        raise Http404
    return now


@needs(Ability.MANAGE)
@shows_conflicts
def edit(request: HttpRequest, play: str) -> HttpResponse:
    """Show the form of a play; when it is sent, keep it as a draft and show the diff."""
    history.notice()
    now, address, wrong = known(play), reverse("play", kwargs={"play": play}), None
    form = play_form(now, play, base_of(request))
    if request.method == "POST":
        try:
            form = form.filled(request.POST.dict())
            return to_draft(request, f"play:{play}", [form.change()], address)
        except Conflict:
            raise
        except MinoriError as error:
            wrong = mistake(error)
    page = {
        "play": form.play,
        "form": form,
        "mistake": wrong,
        "bars": bars(form.play),
        "place": int(chosen) if (chosen := request.GET.get("place", "")) in _DIGITS else None,
        "value": request.GET.get("value", "")[:30],
    }
    return render(request, "playbook/edit.html", page, status=422 if wrong else 200)


@require_POST
@needs(Ability.MANAGE)
def check(request: HttpRequest, play: str) -> HttpResponse:
    """Say at once whether what stands in the form could be saved, and what it would change."""
    try:
        change = play_form(known(play), play, base_of(request)).filled(request.POST.dict()).change()
        checked({change.file: change.after} if change.diff else {})
    except MinoriError as error:
        return render(request, "playbook/parts/checked.html", {"mistake": mistake(error)})
    return render(request, "playbook/parts/checked.html", {"change": change})


@require_POST
@needs(Ability.MANAGE)
def switch(request: HttpRequest, play: str) -> HttpResponse:
    """Switch a play on or off, or automatic in a layer, by one button; this too is a draft first."""
    address = reverse("play", kwargs={"play": play})
    try:
        form = _switched(play_form(known(play), play), request.POST.get("to", ""))
        return to_draft(request, f"play:{play}", [form.change()], address)
    except MinoriError as error:
        messages.error(request, in_words(mistake(error).text))
        return redirect(address)


@needs(Ability.MANAGE)
@shows_conflicts
def words(request: HttpRequest, play: str) -> HttpResponse:
    """Show and change the messages of a play in both languages."""
    history.notice()
    now, wrong = known(play), None
    name = template_name(now, play)
    texts = {language: _words_now(now, play, language) for language in LANGUAGES}
    places = {code: message_place(code, name, base_of(request, f"base_{code}")) for code in LANGUAGES}
    if request.method == "POST":
        shown = texts
        texts = {code: request.POST.get(f"text_{code}", "")[:LONGEST_WORDS] for code in LANGUAGES}
        changes = [
            FileChange(place.file, place.text, _whole(texts[code]))
            for code, place in places.items()
            if _whole(texts[code]) != _whole(place.text or shown[code])
        ]
        try:
            return to_draft(request, f"play:{play}", changes, reverse("play", kwargs={"play": play}))
        except Conflict:
            raise
        except MinoriError as error:
            wrong = mistake(error)
    policy = now.loaded.policy
    page = {
        "play": policy.plays[play],
        "name": name,
        "sides": [(code, texts[code], places[code].base) for code in LANGUAGES],
        "others": [p for p in policy.plays.values() if p.id != play and p.message == name],
        "mistake": wrong,
    }
    return render(request, "playbook/words.html", page, status=422 if wrong else 200)


@require_POST
@needs(Ability.MANAGE)
def preview(request: HttpRequest, play: str) -> HttpResponse:
    """Ask who matches a play today and what they would read."""
    return _ask(request, "preview", play)


@require_POST
@needs(Ability.MANAGE)
def backtest(request: HttpRequest, play: str) -> HttpResponse:
    """Ask what a play would have done in the past year."""
    return _ask(request, "backtest", play)


def _ask(request: HttpRequest, kind: str, play: str) -> HttpResponse:
    known(play)
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    trying.ask(kind, person, {}, play=play)
    return redirect("play", play=play)


def _switched(form: PlayForm, wanted: str) -> PlayForm:
    fields, (what, _, touch) = dict(form.fields), wanted.partition("-")
    if what in ("on", "off"):
        fields["on"] = "yes" if what == "on" else ""
    elif what in ("auto", "person") and touch in TOUCHES:
        fields[f"auto_{touch}"] = "yes" if what == "auto" else ""
    return replace(form, fields=fields)


def _words_now(now: Present, play: str, language: str) -> str:
    policy = now.loaded.policy
    found = policy.plays[play]
    code = next(one for one in LANGUAGES if one == language)
    name = template_in_use(policy, found, found.offer.kind, code)
    return policy.messages[code][name] if name else ""


def _whole(text: str) -> str:
    text = text.replace("\r\n", "\n").strip("\n")
    return f"{text}\n" if text else ""
