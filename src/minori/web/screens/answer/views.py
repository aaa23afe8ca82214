"""Answering a proposal or a survey by the link in a mail. Opening the page changes nothing: programs open links too."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from minori.web.language import speak
from minori.web.life import answers
from minori.web.life.conflict import Conflict
from minori.web.life.states import REASONS
from minori.web.models import Message, Work
from minori.web.outbox import links
from minori.web.outbox.queue import SURVEYS
from minori.web.rights import Ability, needs
from minori.web.screens.answer import said

RESULTS = ("accepted", "later", "declined")


@never_cache
@needs(Ability.OPEN)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show what can be answered; a POST answers it."""
    message = links.message_of(token, links.ANSWER)
    if message is None:
        return _gone(request)
    speak("en" if message.content.get("language") == "en" else "ja")
    if message.kind == "survey":
        return _survey(request, message)
    work = Work.objects.filter(pk=message.proposal_id).first()
    if message.kind != "proposal" or work is None:
        return _gone(request)
    return _proposal(request, token, message, work)


@never_cache
@csrf_exempt  # the token is the right; the page's script has no cookie where a mail program shows the page
@needs(Ability.OPEN)
@require_POST
def seen(_request: HttpRequest, token: str) -> HttpResponse:
    """Note that a person looked: the page's script says so once somebody moves, scrolls or types."""
    message = links.message_of(token, links.ANSWER)
    if (
        message is not None
        and message.kind == "proposal"
        and Work.objects.filter(pk=message.proposal_id).exists()
    ):
        answers.seen(message.proposal_id)
    return HttpResponse(status=204)


def _proposal(request: HttpRequest, token: str, message: Message, work: Work) -> HttpResponse:
    if request.method != "POST":
        context = {
            "message": message.content,
            "work": work,
            "reasons": REASONS,
            "answered": work.state in ("accepted", "declined"),
            "ask_reason": work.state == "declined" and not work.reason,
            "later": said.asked_for_later(work),
        }
        return _page(request, "answer/proposal.html", context)
    result, reason = request.POST.get("result", ""), request.POST.get("reason", "")
    if result not in RESULTS or (reason and reason not in REASONS):
        return _page(request, "answer/gone.html", {"why": "answer.unreadable"}, status=400)
    try:
        said.by_customer(message, work, result, reason, timezone.now())
    except Conflict:
        return _page(request, "answer/gone.html", {"why": "answer.otherwise"}, status=409)
    return redirect("answer", token)


def _survey(request: HttpRequest, message: Message) -> HttpResponse:
    kind = message.content.get("survey", "nps")
    low, high = SURVEYS[kind]
    context = {"survey": kind, "scores": range(low, high + 1), "low": low, "high": high}
    if said.survey_answered(message):
        return _page(request, "answer/survey.html", {**context, "answered": True})
    if request.method != "POST":
        return _page(request, "answer/survey.html", context)
    score = request.POST.get("score", "")
    if not (score.isascii() and score.isdigit() and low <= int(score) <= high):
        return _page(request, "answer/survey.html", {**context, "problem": True}, status=422)
    said.survey(message, kind, int(score), request.POST.get("comment", ""), timezone.now())
    return _page(request, "answer/survey.html", {**context, "answered": True})


def _gone(request: HttpRequest) -> HttpResponse:
    return _page(request, "answer/gone.html", {"why": "answer.gone"}, status=410)


def _page(request: HttpRequest, template: str, context: dict[str, object], status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
