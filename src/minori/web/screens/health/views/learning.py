"""Weights learned from who left and who expanded: asked for, shown as a change, accepted like any other change."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from minori.policy.edit_files import FileChange
from minori.web.models import Job, JobState, Person
from minori.web.policy_edit import history, trying
from minori.web.rights import Ability, needs
from minori.web.screens.playbook.views.answers import shows_conflicts, to_draft


@require_POST
@needs(Ability.MANAGE)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for weights to be learned."""
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    trying.ask("learn_weights", person, {})
    return redirect("health")


@require_POST
@needs(Ability.MANAGE)
@shows_conflicts
def accept(request: HttpRequest, job: int) -> HttpResponse:
    """Make a draft of what was learned; the file may have changed since, which then shows both."""
    history.notice()
    found = get_object_or_404(Job, pk=job, kind="learn_weights", state=JobState.DONE)
    change = FileChange(found.result["file"], found.result["before"], found.result["after"])
    return to_draft(request, "health", [change], reverse("health"))


def proposal() -> dict[str, Any]:
    """Return the newest learned proposal, and the job that makes one."""
    job = Job.objects.filter(kind="learn_weights").order_by("-pk").first()
    return {"learn_job": job, "learned": job.result if job and job.state == JobState.DONE else None}
