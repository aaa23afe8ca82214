"""What was changed, by whom and why, here or outside; and the way back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from minori.core.errors import DefinitionError
from minori.policy.edit_files import difference
from minori.web.language import in_words
from minori.web.models import Person, PolicyChange
from minori.web.policy_edit import history, saving
from minori.web.policy_edit.conflict import Conflict
from minori.web.policy_edit.refused import Refused
from minori.web.policy_edit.said import mistake
from minori.web.rights import Ability, needs
from minori.web.say import word
from minori.web.screens.playbook.views.answers import conflicted

PAGE = 50


@needs(Ability.SEE)
def index(request: HttpRequest) -> HttpResponse:
    """List every change, the newest first."""
    history.notice()
    file = request.GET.get("file", "")[:200]
    rows = PolicyChange.objects.select_related("person").defer("before", "after")
    pages = Paginator(rows.filter(file=file) if file else rows, PAGE)
    return render(
        request, "playbook/history.html", {"page": pages.get_page(request.GET.get("page")), "file": file}
    )


@needs(Ability.SEE)
def one(request: HttpRequest, change: int) -> HttpResponse:
    """Show one change with its diff, and what was saved with it."""
    return _page(request, get_object_or_404(PolicyChange, pk=change))


@require_POST
@needs(Ability.MANAGE)
def undo(request: HttpRequest, change: int) -> HttpResponse:
    """Put back what a change replaced, if the files are still what it made of them."""
    found = get_object_or_404(PolicyChange, pk=change)
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    try:
        done = saving.undo(person, found, request.POST.get("reason", ""))
    except Conflict as conflict:
        return conflicted(request, conflict, reverse("policy-change", kwargs={"change": found.pk}))
    except (Refused, DefinitionError) as error:
        return _page(request, found, mistake(error))
    messages.success(request, in_words(word("playbook.undone")))
    return redirect("policy-change", change=done[0].pk)


def _page(request: HttpRequest, change: PolicyChange, wrong: object = None) -> HttpResponse:
    rows = list(PolicyChange.objects.filter(together=change.together).select_related("person").order_by("pk"))
    page = {
        "change": change,
        "rows": [{"row": row, "diff": difference(row.before, row.after, row.file)} for row in rows],
        "undoable": saving.undoable(change),
        "undone_by": PolicyChange.objects.filter(undo_of__in=rows).first(),
        "mistake": wrong,
    }
    return render(request, "playbook/change.html", page, status=422 if wrong else 200)
