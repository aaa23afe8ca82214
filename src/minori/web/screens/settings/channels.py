"""Ways out: mail, chat and webhooks. Secrets are named here and stand in the environment."""

import json
import os

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from minori.web.audit import record
from minori.web.language import in_words
from minori.web.models import Channel, Message, Person
from minori.web.rights import Ability, needs
from minori.web.say import word

SECRET_PREFIX = "MINORI_"  # a channel may read no other variable of the process


@needs(Ability.ADMINISTER)
def listed(request: HttpRequest) -> HttpResponse:
    """Show the channels and what went through them lately."""
    from minori.delivery.channel import CHANNELS

    context = {
        "channels": [(c, bool(c.secret_in and os.environ.get(c.secret_in))) for c in Channel.objects.all()],
        "kinds": list(CHANNELS),
        "messages_made": Message.objects.order_by("-id")[:50],
        "part": "channels",
    }
    return render(request, "settings/channels.html", context)


@require_POST
@needs(Ability.ADMINISTER)
def save(request: HttpRequest) -> HttpResponse:
    """Add or change a channel."""
    from minori.delivery.channel import CHANNELS

    name, kind = request.POST.get("name", "").strip()[:100], request.POST.get("kind", "")
    channel_id = slugify(request.POST.get("channel_id", "") or name)[:40] or kind
    secret_in = request.POST.get("secret_in", "").strip()[:100]
    problem = _problem(kind, list(CHANNELS), secret_in, request.POST.get("settings", ""))
    if problem:
        messages.error(request, problem)
        return redirect("settings-channels")
    given = json.loads(request.POST.get("settings") or "{}")
    Channel.objects.update_or_create(
        channel_id=channel_id,
        defaults={
            "kind": kind,
            "name": name or channel_id,
            "settings": given,
            "secret_in": secret_in,
            "on": request.POST.get("on") == "yes",
        },
    )
    record(_who(request), "channel.saved", f"channel:{channel_id}", kind=kind)
    messages.success(request, in_words(word("settings.saved")))
    return redirect("settings-channels")


def _problem(kind: str, kinds: list[str], secret_in: str, settings: str) -> str:
    if kind not in kinds:
        return in_words(word("settings.bad_kind", kind=kind[:40], kinds=", ".join(kinds)))
    if secret_in and not secret_in.startswith(SECRET_PREFIX):
        return in_words(word("settings.bad_secret", name=secret_in, prefix=SECRET_PREFIX))
    try:
        given = json.loads(settings or "{}")
    except ValueError:
        given = None
    return "" if isinstance(given, dict) else in_words(word("settings.bad_settings"))


@require_POST
@needs(Ability.ADMINISTER)
def test(request: HttpRequest, channel: str) -> HttpResponse:
    """Send a word to the team itself through a channel, and say what the other side answered."""
    from minori.core.errors import MinoriError
    from minori.web.outbox.trial import try_channel

    found = get_object_or_404(Channel, channel_id=channel)
    try:
        try_channel(found, to=request.POST.get("to", "")[:400])
        messages.success(request, in_words(word("settings.tested")))
    except MinoriError as error:
        messages.error(request, str(error))
    record(_who(request), "channel.tested", f"channel:{channel}")
    return redirect("settings-channels")


@require_POST
@needs(Ability.ADMINISTER)
def remove(request: HttpRequest, channel: str) -> HttpResponse:
    """Remove a channel; what waits for it stays in the outbox and says so."""
    get_object_or_404(Channel, channel_id=channel).delete()
    record(_who(request), "channel.removed", f"channel:{channel}")
    return redirect("settings-channels")


def _who(request: HttpRequest) -> Person:
    return get_object_or_404(Person, pk=request.user.pk)
