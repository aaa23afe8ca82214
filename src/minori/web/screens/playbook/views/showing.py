"""Looking: the list of plays, one play with everything known of it, pictures of backtests."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render

from minori.core.errors import DefinitionError
from minori.core.text import LANGUAGES
from minori.decision.guard import GUARDS
from minori.offers.kind import OFFER_KINDS
from minori.web.charted.views import POLICY
from minori.web.language import in_words
from minori.web.models import ChartRow, Job, JobState, Person, PolicyChange, Proof
from minori.web.parts.csv_rows import csv_response
from minori.web.policy_edit import history, trying
from minori.web.policy_edit.bars import bars
from minori.web.policy_edit.places import play_place
from minori.web.policy_edit.present import Present, present
from minori.web.policy_edit.said import mistake
from minori.web.readmodel.shown import current, customers
from minori.web.rights import Ability, may, needs
from minori.web.say import word
from minori.web.screens.playbook.queries import STATES, WORLDS, asked, lines, sliders, stored_curve
from minori.web.screens.playbook.readings import proven

NEWEST = 5  # changes on a play's page
_HEADS = (
    "playbook.play playbook.kind playbook.state playbook.signals playbook.candidates playbook.proposed playbook.held "
    "playbook.outranked playbook.hold_out playbook.accepted playbook.gain playbook.verdict playbook.pushiness"
).split()


@needs(Ability.SEE)
def index(request: HttpRequest) -> HttpResponse:
    """List every play with what it did in the newest run and what the proof says of it."""
    history.notice()
    try:
        now = present()
    except DefinitionError as error:
        return render(request, "playbook/broken.html", {"mistake": mistake(error)}, status=400)
    run = current()
    every = lines(now.loaded.policy, run)
    page = {
        "lines": asked(every, request.GET),
        "every": len(every),
        "worlds": WORLDS,
        "states": STATES,
        "run": run,
        "behind": run is not None and run.policy_hash != now.loaded.hash,
        "job": job_shown(request),
        **{name: request.GET.get(name, "")[:200] for name in ("q", "world", "state", "order")},
    }
    return render(request, "playbook/index.html", page)


@needs(Ability.SEE)
def csv(request: HttpRequest) -> StreamingHttpResponse:
    """Return the list as CSV."""
    rows = asked(lines(present().loaded.policy, current()), request.GET)
    cells = (
        [
            in_words(line.play.label),
            in_words(line.kind),
            in_words(word(f"playbook.state_{line.state}")),
            *(getattr(line.did, name, None) for name in ("signals", "candidates", "proposed")),
            line.held if line.did else None,
            *(getattr(line.did, name, None) for name in ("outranked", "hold_out")),
            line.proven.accepted.row.value if line.proven.accepted.row else None,
            line.proven.gain.row.amount if line.proven.gain.row else None,
            in_words(line.proven.verdict.label) if line.proven.verdict else None,
            line.proven.pushiness.row.value if line.proven.pushiness.row else None,
        ]
        for line in rows
    )
    return csv_response("plays", [in_words(word(head)) for head in _HEADS], cells)


@needs(Ability.SEE)
def play(request: HttpRequest, play: str) -> HttpResponse:
    """Show one play: what it is, what it did, who matches today, what it would have done in the past."""
    history.notice()
    now = present()
    if play not in now.loaded.policy.plays:
        raise Http404
    found = now.loaded.policy.plays[play]
    proof, said = proven([play])
    run = current()
    place = play_place(play)
    page = {
        "play": found,
        "kind": OFFER_KINDS[found.offer.kind].label,
        "settings": now.said("plays", play).get("offer", {}),
        "line": next(line for line in lines(now.loaded.policy, run) if line.play.id == play),
        "proven": said[play],
        "proof": proof,
        "run": run,
        "behind": run is not None and run.policy_hash != now.loaded.hash,
        "file": place.file,
        "own": bool(place.text),
        "changes": PolicyChange.objects.filter(file=place.file).select_related("person")[:NEWEST],
        "bars": (passing := bars(found) if may(request.user, Ability.MANAGE) else []),
        "passed": all(bar.met for bar in passing),
        "job": job_shown(request),
        "guards": GUARDS,
        **tried(request, {}, play),
        **backtested(now, play, {}, proof),
    }
    return render(request, "playbook/play.html", page)


@needs(Ability.SEE)
def picture(request: HttpRequest, job: int, look: str) -> HttpResponse:  # noqa: ARG001  Django's call
    """Serve the chart of a backtest that a job computed, unable to run anything."""
    found = get_object_or_404(Job, pk=job, kind="backtest", state=JobState.DONE)
    looks = {f"{language}-{theme}" for language in LANGUAGES for theme in ("light", "dark")}
    svg = found.result.get("pictures", {}).get(look) if look in looks else None
    if not svg:
        raise Http404
    response = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response


def tried(request: HttpRequest, changes: dict[str, str], play: str | None) -> dict[str, Any]:
    """Return what the last preview of these definitions found, cut to the customers that somebody may see."""
    job = trying.answer("preview", trying.key_of(changes, play=play))
    return {"preview_job": job, "preview": previewed(request, job)}


def previewed(request: HttpRequest, job: Job | None) -> dict[str, Any] | None:
    """Return the result of a preview with the names of customers; examples of others' customers are left out."""
    if job is None or job.state != JobState.DONE:
        return None
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    examples = job.result["examples"]
    ids = [example["customer_id"] for example in examples]
    names = dict(customers(person).filter(customer_id__in=ids).values_list("customer_id", "name"))
    shown = [{**e, "customer": names[e["customer_id"]]} for e in examples if e["customer_id"] in names]
    return {**job.result, "examples": shown}


def backtested(now: Present, play: str, changes: dict[str, str], proof: Proof | None) -> dict[str, Any]:
    """Return the curve of a play: a job's of these very definitions, else the stored one where nothing is changed."""
    job = trying.answer("backtest", trying.key_of(changes, play=play))
    found = now.loaded.policy.plays.get(play)
    if found is None:
        return {}
    done = job is not None and job.state == JobState.DONE
    stored = [] if changes or done else stored_curve(proof, play)
    curve = job.result["curve"] if job and done else stored
    charts = {}
    if stored and proof:
        rows = (
            ChartRow.objects.filter(proof=proof, chart="lift", subject=play)
            .exclude(svg="")
            .defer("spec", "svg")
        )
        charts = {f"{row.language}-{row.theme}": row.digest for row in rows}
    return {
        "backtest_job": job,
        "backtest": job.result if job and done else None,
        "sliders": sliders(curve, found),
        "charts": charts,
        "curve_stored": bool(stored),
    }


def job_shown(request: HttpRequest) -> Job | None:
    """Return the job that the address names, if it is one's own or one may manage."""
    asked_for = request.GET.get("job", "")
    if not (asked_for.isascii() and asked_for.isdigit() and len(asked_for) < 12):
        return None
    found = Job.objects.filter(pk=int(asked_for)).first()
    mine = found is not None and found.by_id == getattr(request.user, "pk", None)
    return found if mine or may(request.user, Ability.MANAGE) else None
