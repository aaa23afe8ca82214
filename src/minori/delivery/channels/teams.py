"""Microsoft Teams: a card for the team, by a workflow's webhook. The webhook's address is the secret."""

import json
from datetime import datetime

from minori.core.text import Text
from minori.delivery.channel import Channel, Way
from minori.delivery.message import Letter
from minori.delivery.post import post
from minori.policy.words import Definition

_LONGEST = 5_000  # signs; a card of more than 28 KB is refused


class Settings(Definition):
    """Nothing: the webhook knows its channel."""


def send(way: Way, letter: Letter, _now: datetime) -> None:
    """Post the letter; raises SendError."""
    body = json.dumps(message(letter), ensure_ascii=False).encode()
    post(way.secret, body, {"Content-Type": "application/json"}, way.network)


def message(letter: Letter) -> dict[str, object]:
    """Return what Teams is sent: plain runs of text, in which no Markdown is read."""
    card = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.4",
        "body": [
            _run(letter.subject, bold=True),
            *(_run(line) for line in letter.text[:_LONGEST].splitlines()),
        ],
        "actions": [
            {"type": "Action.OpenUrl", "title": link.label, "url": link.url} for link in letter.links
        ],
    }
    attachment = {
        "contentType": "application/vnd.microsoft.card.adaptive",
        "contentUrl": None,
        "content": card,
    }
    return {"type": "message", "attachments": [attachment]}


def _run(text: str, *, bold: bool = False) -> dict[str, object]:
    run = {"type": "TextRun", "text": text or " ", "weight": "Bolder" if bold else "Default"}
    return {"type": "RichTextBlock", "inlines": [run]}


KIND = Channel(
    label=Text(ja="Microsoft Teams", en="Microsoft Teams"),
    help=Text(ja="チームのTeamsチャネルに通知します。", en="Notifies a Teams channel of the team."),
    settings=Settings,
    send=send,
    secret=Text(ja="ワークフローのWebhook URL", en="URL of the workflow's webhook"),
)
