"""A change before it is saved: its diff, what it would do, and the saving itself with a reason."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from minori.core.errors import DefinitionError, MinoriError
from minori.decision.guard import GUARDS
from minori.web.jobs import queue
from minori.web.language import in_words
from minori.web.models import JobState, Person, PolicyDraft
from minori.web.policy_edit import trying
from minori.web.policy_edit.conflict import Conflict
from minori.web.policy_edit.present import loaded_with
from minori.web.policy_edit.refused import Refused
from minori.web.policy_edit.said import mistake
from minori.web.policy_edit.saving import LONGEST_REASON, changes_of
from minori.web.policy_edit.saving import save as save_changes
from minori.web.rights import Ability, needs
from minori.web.say import word
from minori.web.screens.health.tried import tried_shown
from minori.web.screens.playbook.queries import sliders
from minori.web.screens.playbook.views.answers import conflicted
from minori.web.screens.playbook.views.showing import previewed

SCORED = ("policy/health.yaml", "policy/metrics.yaml", "policy/segments.yaml")


def own_draft(request: HttpRequest, draft: int) -> PolicyDraft:
    """Return one's own draft; somebody else's is not there."""
    return get_object_or_404(PolicyDraft, pk=draft, person=request.user)


def texts_of(draft: PolicyDraft) -> dict[str, str]:
    """Return the new texts of a draft by file."""
    return {change.file: change.after for change in changes_of(draft)}


def play_of(draft: PolicyDraft) -> str | None:
    """Return the play that a draft is about; None if it is about something else."""
    return draft.about.removeprefix("play:") if draft.about.startswith("play:") else None


def trials(draft: PolicyDraft) -> list[str]:
    """Return the jobs that tell what a draft would do."""
    scored = [file for file in texts_of(draft) if file in SCORED]
    return ["try_health"] if scored else ["preview", "backtest"] if play_of(draft) else ["preview"]


@needs(Ability.MANAGE)
def show(request: HttpRequest, draft: int) -> HttpResponse:
    """Show a draft: the diff, what it would do, and where to say why."""
    return _page(request, own_draft(request, draft))


@require_POST
@needs(Ability.MANAGE)
def attempt(request: HttpRequest, draft: int) -> HttpResponse:
    """Ask what a draft would do."""
    found = own_draft(request, draft)
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    kind = request.POST.get("kind", "")
    if kind in trials(found):
        asked = {} if kind == "try_health" else {"play": play_of(found)}
        trying.ask(kind, person, texts_of(found), **asked)
    return redirect("policy-draft", draft=found.pk)


@require_POST
@needs(Ability.MANAGE)
def save(request: HttpRequest, draft: int) -> HttpResponse:
    """Save a draft with its reason; a conflict shows both changes."""
    found = own_draft(request, draft)
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    try:
        save_changes(person, changes_of(found), request.POST.get("reason", ""))
    except Conflict as conflict:
        return conflicted(request, conflict, address_of(found))
    except (Refused, DefinitionError) as error:
        return _page(request, found, error)
    address = address_of(found)
    found.delete()
    messages.success(request, in_words(word("playbook.saved")))
    return redirect(address)


@require_POST
@needs(Ability.MANAGE)
def discard(request: HttpRequest, draft: int) -> HttpResponse:
    """Let a draft go."""
    found = own_draft(request, draft)
    address = address_of(found)
    found.delete()
    return redirect(address)


@require_POST
@needs(Ability.MANAGE)
def run_now(request: HttpRequest) -> HttpResponse:
    """Ask for a run with the definitions as they are now."""
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    job = queue.ask("daily", "now", by=person, load=False)
    return redirect(f"{reverse('playbook')}?job={job.pk}")


def address_of(draft: PolicyDraft) -> str:
    """Return the page that a draft was begun from."""
    room, _, name = draft.about.partition(":")
    if room == "play":
        return reverse("play", kwargs={"play": name})
    if room == "metric":
        return reverse("metric", kwargs={"metric": name})
    pages = {"guards": "guards", "health": "health"}
    return reverse(pages.get(room, "policy-files"))


def _page(request: HttpRequest, draft: PolicyDraft, error: MinoriError | None = None) -> HttpResponse:
    texts, play = texts_of(draft), play_of(draft)
    jobs = {
        kind: trying.answer(kind, trying.key_of(texts, **({} if kind == "try_health" else {"play": play})))
        for kind in trials(draft)
    }
    backtest, tried = jobs.get("backtest"), jobs.get("try_health")
    done = backtest is not None and backtest.state == JobState.DONE
    page = {
        "draft": draft,
        "changes": changes_of(draft),
        "address": address_of(draft),
        "play_id": play,
        "jobs": jobs,
        "preview": previewed(request, jobs.get("preview")),
        "backtest": backtest.result if backtest and done else None,
        "backtest_job": backtest,
        "sliders": sliders(backtest.result["curve"], loaded_with(texts).policy.plays[play])
        if backtest and done and play
        else [],
        "tried": tried_shown(request, tried.result) if tried and tried.state == JobState.DONE else None,
        "guards": GUARDS,
        "mistake": mistake(error) if error else None,
        "reason": request.POST.get("reason", "")[:LONGEST_REASON],
        "longest": LONGEST_REASON,
    }
    return render(request, "playbook/draft.html", page, status=422 if error else 200)
