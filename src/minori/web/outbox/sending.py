"""Sending what is due, by whatever channels are set up."""

import os
import socket
from collections.abc import Callable
from datetime import datetime
from itertools import count

from django.conf import settings
from django.utils import timezone

from minori.core.errors import DeliveryError, MinoriError
from minori.core.ports import Clock
from minori.core.text import Text
from minori.delivery.channel import CHANNELS
from minori.delivery.channel import send as send_by
from minori.delivery.layout import Imprint, as_text
from minori.delivery.loop import Came, send_due
from minori.delivery.message import Letter, Link, SendError
from minori.pipeline.workspace import Workspace
from minori.web.models import Channel, Message
from minori.web.outbox import channels, links
from minori.web.outbox.box import AppOutbox, Claimed
from minori.web.outbox.door import opened
from minori.web.outbox.queue import TO_CUSTOMERS
from minori.web.say import word

_RUNS = count()  # two runs of one process are two workers


def send(
    served: Workspace,
    *,
    clock: Clock = timezone.now,
    most: int = 200,
    stop: Callable[[], bool] = lambda: False,
) -> Came:
    """Send the messages that are due, ``most`` at a time; return how many were sent, put back, held and buried."""
    worker = f"{socket.gethostname()}-{os.getpid()}-{next(_RUNS)}"
    with opened(served) as door:
        return send_due(AppOutbox(door), send_one, worker=worker, clock=clock, most=most, stop=stop)


def send_one(claimed: Claimed, now: datetime) -> None:
    """Bring one message on its way; raises DeliveryError."""
    message = claimed.message
    channel = channels.found(message.channel)
    by_channel(channel, letter_of(message), now)
    if CHANNELS[channel.kind].visible:
        _show(message, channel)


def by_channel(channel: Channel, letter: Letter, now: datetime) -> None:
    """Send a letter by a channel; settings that are wrong are a DeliveryError like any other."""
    try:
        send_by(channel.kind, channels.way_of(channel), letter, now)
    except DeliveryError:
        raise
    except MinoriError as e:
        raise SendError(f"channel {channel.channel_id}: {e}", False) from None


def letter_of(message: Message) -> Letter:
    """Return a message as a channel takes it, with links that are signed now."""
    content = message.content
    language = "en" if content.get("language") == "en" else "ja"
    to_customer = message.kind in TO_CUSTOMERS and bool(message.to)
    return Letter(
        key=message.key,
        kind=message.kind,
        to=message.to,
        to_name=content.get("to_name", ""),
        subject=content.get("subject", ""),
        text=content.get("text", ""),
        language="en" if language == "en" else "ja",
        made_at=message.made_at,
        links=tuple(_links(message, language)),
        unsubscribe=links.stop_url(message) if to_customer else "",
        payload=content.get("payload", {}),
    )


def _links(message: Message, language: str) -> list[Link]:
    def labelled(key: str) -> str:
        text: Text = word(key)
        return text.en if language == "en" else text.ja

    if message.kind == "proposal":
        return [Link(labelled("outbox.link_answer"), links.answer_url(message))]
    if message.kind == "survey":
        return [Link(labelled("outbox.link_survey"), links.answer_url(message))]
    if message.kind in TO_CUSTOMERS:
        return []
    return [Link(labelled("outbox.link_app"), settings.BASE_URL)]


def _show(message: Message, channel: Channel) -> None:
    """Keep what would have been sent, for the page that shows it."""
    letter = letter_of(message)
    s = channels.way_of(channel).settings
    text = as_text(letter, Imprint(s.from_name, s.postal_address, s.contact))
    shown = {"from": s.from_address, "subject": letter.subject, "text": text}
    Message.objects.filter(pk=message.pk).update(content={**message.content, "shown": shown})
