"""Slack: a line for the team, by an incoming webhook. The webhook's address is the secret."""

import json
from datetime import datetime

from minori.core.text import Text
from minori.delivery.channel import Channel, Way
from minori.delivery.message import Letter
from minori.delivery.post import post
from minori.policy.words import Definition

_LONGEST = 3_000  # signs that a block holds


class Settings(Definition):
    """Nothing: the webhook knows its channel."""


def send(way: Way, letter: Letter, _now: datetime) -> None:
    """Post the letter; raises SendError."""
    body = json.dumps(message(letter), ensure_ascii=False).encode()
    post(way.secret, body, {"Content-Type": "application/json"}, way.network)


def message(letter: Letter) -> dict[str, object]:
    """Return what Slack is sent. Nothing in a letter is markup: no mention, no link of its own."""
    blocks = [_section(f"*{escaped(letter.subject).replace('*', '∗')}*"), _section(escaped(letter.text))]
    blocks += [_section(f"<{link.url}|{escaped(link.label).replace('|', '¦')}>") for link in letter.links]
    return {"text": escaped(letter.subject), "blocks": blocks, "unfurl_links": False}


def escaped(text: str) -> str:
    """Write a text so that Slack takes none of it for a mention or a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")[:_LONGEST]


def _section(text: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


KIND = Channel(
    label=Text(ja="Slack", en="Slack"),
    help=Text(ja="チームのSlackチャンネルに通知します。", en="Notifies a Slack channel of the team."),
    settings=Settings,
    send=send,
    secret=Text(ja="Incoming WebhookのURL", en="URL of the incoming webhook"),
)
