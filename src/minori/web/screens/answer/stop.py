"""Stopping messages: one POST, as mail programs send it (RFC 8058), or the page for people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from minori.web.audit import record
from minori.web.language import speak
from minori.web.models import Message
from minori.web.outbox import links
from minori.web.rights import Ability, needs
from minori.web.screens.answer import said

CHOICES = {"mail": ("mail", False), "all": ("all", False), "again": ("mail", True)}
ONE_CLICK = "List-Unsubscribe"


@never_cache
@csrf_exempt  # a mail program has no cookie of ours; the signed token is the right
@needs(Ability.OPEN)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Show what can be stopped; a POST stops it at once."""
    message = links.message_of(token, links.STOP)
    if message is None:
        return render(request, "answer/gone.html", {"why": "answer.gone"}, status=410)
    speak("en" if message.content.get("language") == "en" else "ja")
    if request.method == "POST":
        return _stopped(request, token, message)
    response = render(
        request, "answer/stop.html", {"stopped": said.stopped(message), "to": _veiled(message.to)}
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _stopped(request: HttpRequest, token: str, message: Message) -> HttpResponse:
    one_click = ONE_CLICK in request.POST
    channel, granted = CHOICES.get("mail" if one_click else request.POST.get("choice", ""), ("", False))
    if not channel:
        return render(request, "answer/gone.html", {"why": "answer.unreadable"}, status=400)
    said.consent(message, channel, granted, timezone.now())
    record(None, "consent.changed", f"customer:{message.customer_id}"[:200], channel=channel, granted=granted)
    return HttpResponse(status=200) if one_click else redirect("answer-stop", token)


def _veiled(address: str) -> str:
    """Return an address as its owner knows it again, and nobody else learns it."""
    name, _, domain = address.partition("@")
    return f"{name[:2]}…@{domain}" if domain else ""
