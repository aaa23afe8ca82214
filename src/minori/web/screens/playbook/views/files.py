"""The definition files as text, for what no form shows; checked and saved like everything else."""

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from minori.core.errors import MinoriError
from minori.policy.edit import as_yaml
from minori.policy.edit_files import FileChange, digest, known_file
from minori.policy.load import FOLDER, PARTS
from minori.web.language import in_words
from minori.web.policy_edit import history
from minori.web.policy_edit.conflict import Conflict
from minori.web.policy_edit.places import text_at
from minori.web.policy_edit.present import present
from minori.web.policy_edit.said import mistake
from minori.web.policy_edit.saving import checked
from minori.web.rights import Ability, needs
from minori.web.say import word
from minori.web.screens.playbook.views.answers import base_of, shows_conflicts, to_draft

LONGEST = 150_000  # signs
_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")


@needs(Ability.MANAGE)
def index(request: HttpRequest) -> HttpResponse:
    """List the company's own files."""
    history.notice()
    own = sorted(file for file in history.texts_on_disk() if known_file(file))
    parts = [f"{FOLDER}/{part}.yaml" for part in PARTS]
    page = {"parts": [(file, file in own) for file in parts], "own": [f for f in own if f not in parts]}
    return render(request, "playbook/files.html", page)


@needs(Ability.MANAGE)
@shows_conflicts
def edit(request: HttpRequest) -> HttpResponse:
    """Show and change one file as text."""
    history.notice()
    file, wrong, address = _asked(request.GET.get("file", "")), None, reverse("policy-files")
    before = text_at(file, base_of(request))
    text = before or _begun(request, file)
    if request.method == "POST":
        text = request.POST.get("text", "")[:LONGEST]
        try:
            return to_draft(request, f"file:{file}", [FileChange(file, before, _like(text, before))], address)
        except Conflict:
            raise
        except MinoriError as error:
            wrong = mistake(error)
    page = {"file": file, "text": text, "base": digest(before), "mistake": wrong, "new": not before}
    return render(request, "playbook/file.html", page, status=422 if wrong else 200)


@require_POST
@needs(Ability.MANAGE)
def check(request: HttpRequest) -> HttpResponse:
    """Say at once whether a text could be saved, and what it would change."""
    file = _asked(request.GET.get("file", ""))
    before = text_at(file, None)
    change = FileChange(file, before, _like(request.POST.get("text", "")[:LONGEST], before))
    try:
        checked({change.file: change.after} if change.diff else {})
    except MinoriError as error:
        return render(request, "playbook/parts/checked.html", {"mistake": mistake(error)})
    return render(request, "playbook/parts/checked.html", {"change": change})


@require_POST
@needs(Ability.MANAGE)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a new play, as a copy of another."""
    name, like = request.POST.get("id", "").strip(), request.POST.get("like", "")
    plays = present().loaded.policy.plays
    if not _ID.fullmatch(name) or name in plays:
        messages.error(request, in_words(word("playbook.bad_id")))
        return redirect("playbook")
    query = urlencode({"file": f"{FOLDER}/plays/{name}.yaml", "like": like if like in plays else ""})
    return redirect(f"{reverse('policy-file')}?{query}")


def _asked(file: str) -> str:
    if not known_file(file):
        raise Http404
    return file


def _begun(request: HttpRequest, file: str) -> str:
    """Return the first text of a new play: another one's under the new id, switched off."""
    name, like = file.rsplit("/", 1)[1].removesuffix(".yaml"), request.GET.get("like", "")
    said = present().said("plays", like) if like and file.startswith(f"{FOLDER}/plays/") else {}
    return (
        "\n".join(as_yaml({key: value}) for key, value in {**said, "id": name, "on": False}.items()) + "\n"
        if said
        else ""
    )


def _like(text: str, before: str) -> str:
    """Return the text with line ends as the file has them, and a last one."""
    text = text.replace("\r\n", "\n")
    text = f"{text}\n" if text and not text.endswith("\n") else text
    return text.replace("\n", "\r\n") if "\r\n" in before else text
