"""What actions on definitions answer: a draft to look at, or the conflict with somebody else's change."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from minori.policy.edit_files import FileChange
from minori.web.language import in_words
from minori.web.models import Person
from minori.web.policy_edit.conflict import Conflict
from minori.web.policy_edit.saving import drafted
from minori.web.say import word

LONGEST_HASH = 64


def to_draft(request: HttpRequest, about: str, changes: Sequence[FileChange], address: str) -> HttpResponse:
    """Keep changes as a draft and go there; back to ``address`` if nothing changes. Raises as ``drafted`` does."""
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    draft = drafted(person, about, changes)
    if draft is None:
        messages.info(request, in_words(word("playbook.nothing_changed")))
        return redirect(address)
    return redirect("policy-draft", draft=draft.pk)


def conflicted(request: HttpRequest, conflict: Conflict, address: str) -> HttpResponse:
    """Show both changes, and where to begin again."""
    return render(request, "playbook/conflict.html", {"conflict": conflict, "address": address}, status=409)


def shows_conflicts(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a form that was made from an older version answer with both changes; it begins again at its own address."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Conflict as conflict:
            return conflicted(request, conflict, request.get_full_path())

    return answered


def base_of(request: HttpRequest, name: str = "base") -> str | None:
    """Return which version a form was made from, by its hash; None where the form has not been sent."""
    return request.POST.get(name, "")[:LONGEST_HASH] if request.method == "POST" else None
