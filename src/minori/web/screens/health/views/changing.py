"""Changing the score and the metrics; every change becomes a draft that is tried and looked at first."""

import re
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from minori.core.errors import MinoriError
from minori.metrics.kind import METRIC_KINDS
from minori.web.language import in_words
from minori.web.policy_edit import history
from minori.web.policy_edit.conflict import Conflict
from minori.web.policy_edit.health_form import (
    BANDS,
    CHURN,
    UNITS,
    HealthForm,
    MetricForm,
    health_form,
    metric_form,
)
from minori.web.policy_edit.present import present
from minori.web.policy_edit.said import mistake
from minori.web.policy_edit.saving import checked
from minori.web.rights import Ability, needs
from minori.web.say import word
from minori.web.screens.playbook.views.answers import base_of, shows_conflicts, to_draft

FormOf = Callable[[], HealthForm | MetricForm]
_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")


@needs(Ability.MANAGE)
@shows_conflicts
def health(request: HttpRequest) -> HttpResponse:
    """Show and change weights, points and bands."""
    history.notice()
    form, wrong = health_form(present(), base_of(request)), None
    if request.method == "POST":
        try:
            form = form.filled(request.POST.dict())
            return to_draft(request, "health", [form.change()], reverse("health"))
        except Conflict:
            raise
        except MinoriError as error:
            wrong = mistake(error)
    page = {
        "form": form,
        "parts": [
            (name, part, *(form.fields[f"{what}_{name}"] for what in ("metric", "weight", "points")))
            for name, part in form.health.parts.items()
        ],
        "bands": [(name, form.fields[f"band_{name}"]) for name in BANDS],
        "churn": [(name, form.fields[f"churn_{name}"]) for name in CHURN],
        "metrics": list(present().loaded.policy.metrics),
        "mistake": wrong,
    }
    return render(request, "health/edit.html", page, status=422 if wrong else 200)


@needs(Ability.MANAGE)
@shows_conflicts
def metric(request: HttpRequest, metric: str) -> HttpResponse:
    """Show and change the definition of one metric, or of a new one."""
    history.notice()
    now = present()
    if metric not in now.loaded.policy.metrics and not _ID.fullmatch(metric):
        raise Http404
    form, wrong = metric_form(now, metric, base_of(request)), None
    if request.method == "POST":
        try:
            form = form.filled(request.POST.dict())
            about = f"metric:{metric}" if form.metric else "health"
            return to_draft(request, about, [form.change()], reverse("health"))
        except Conflict:
            raise
        except MinoriError as error:
            wrong = mistake(error)
    page = {"form": form, "kinds": list(METRIC_KINDS), "units": UNITS, "mistake": wrong}
    return render(request, "health/metric_edit.html", page, status=422 if wrong else 200)


@require_POST
@needs(Ability.MANAGE)
def check_health(request: HttpRequest) -> HttpResponse:
    """Say at once whether what stands in the form could be saved, and what it would change."""
    return _checked(request, lambda: health_form(present(), base_of(request)))


@require_POST
@needs(Ability.MANAGE)
def check_metric(request: HttpRequest, metric: str) -> HttpResponse:
    """Say the same of a metric."""
    return _checked(request, lambda: metric_form(present(), metric, base_of(request)))


@require_POST
@needs(Ability.MANAGE)
def new_metric(request: HttpRequest) -> HttpResponse:
    """Begin a new metric."""
    name = request.POST.get("id", "").strip()
    if not _ID.fullmatch(name) or name in present().loaded.policy.metrics:
        messages.error(request, in_words(word("playbook.bad_id")))
        return redirect("health")
    return redirect("metric-edit", metric=name)


def _checked(request: HttpRequest, form_of: FormOf) -> HttpResponse:
    try:
        change = form_of().filled(request.POST.dict()).change()
        checked({change.file: change.after} if change.diff else {})
    except MinoriError as error:
        return render(request, "playbook/parts/checked.html", {"mistake": mistake(error)})
    return render(request, "playbook/parts/checked.html", {"change": change})
