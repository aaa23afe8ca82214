"""Looking: the score with its parts, its distribution and its truth; one metric."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from minori.core.errors import DefinitionError
from minori.web.models import Person
from minori.web.policy_edit import history
from minori.web.policy_edit.present import present
from minori.web.policy_edit.said import mistake
from minori.web.readmodel.shown import current
from minori.web.rights import Ability, needs
from minori.web.screens.health import queries
from minori.web.screens.health.drawn import of_scores, of_spread
from minori.web.screens.health.views.learning import proposal
from minori.web.screens.playbook.views.showing import job_shown


@needs(Ability.SEE)
def index(request: HttpRequest) -> HttpResponse:
    """Show the score: parts, weights, points, its distribution, whether it is true; and every metric."""
    history.notice()
    try:
        now = present()
    except DefinitionError as error:
        return render(request, "playbook/broken.html", {"mistake": mistake(error)}, status=400)
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    policy, run = now.loaded.policy, current()
    page = {
        "health": policy.health,
        "parts": queries.parts(policy),
        "bands": queries.bands(person, run),
        "bars": of_scores(queries.score_bins(person, run)),
        "truth": queries.truth(),
        "metrics": queries.metrics(policy),
        "run": run,
        "behind": run is not None and run.policy_hash != now.loaded.hash,
        "job": job_shown(request),
        **proposal(),
    }
    return render(request, "health/index.html", page)


@needs(Ability.SEE)
def metric(request: HttpRequest, metric: str) -> HttpResponse:
    """Show one metric: how it is counted, how it is spread, what reads it."""
    history.notice()
    policy, run = present().loaded.policy, current()
    if metric not in policy.metrics:
        raise Http404
    parts, plays = queries.readers(policy)[metric]
    found = queries.spread(run, metric)
    page = {
        "id": metric,
        "metric": policy.metrics[metric],
        "spread": found,
        "bars": of_spread(found.bins) if found else None,
        "parts": [policy.health.parts[name] for name in parts],
        "plays": [policy.plays[name] for name in plays],
        "run": run,
    }
    return render(request, "health/metric.html", page)
