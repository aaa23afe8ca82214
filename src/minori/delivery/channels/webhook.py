"""Webhook: what happens here for a program of yours, signed after Standard Webhooks."""

import json
from datetime import datetime

from minori.core.text import Text
from minori.delivery.channel import Channel, Way
from minori.delivery.message import Letter
from minori.delivery.post import post
from minori.delivery.signature import headers
from minori.policy.words import Definition


class Settings(Definition):
    """Where to."""

    url: str


def send(way: Way, letter: Letter, now: datetime) -> None:
    """Post the payload; raises SendError. A repeat has the same ``webhook-id``."""
    s: Settings = way.settings
    body = json.dumps(event(letter), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    head = {"Content-Type": "application/json", **headers(way.secret, letter.key, now, body)}
    post(s.url, body, head, way.network)


def event(letter: Letter) -> dict[str, object]:
    """Return what is sent: the kind of event, when it came to be, and its data."""
    words = {"subject": letter.subject, "text": letter.text}
    data = dict(letter.payload) or {**words, "links": [link._asdict() for link in letter.links]}
    return {"type": f"minori.{letter.kind}", "timestamp": letter.made_at.isoformat(), "data": data}


KIND = Channel(
    label=Text(ja="Webhook（署名付き）", en="Webhook (signed)"),
    help=Text(
        ja="お使いのシステムに、署名付きのHTTPS要求で知らせます。社内ネットワークへは許可した宛先だけに送ります。",
        en="Tells a program of yours by a signed HTTPS request; in your own network only where it is allowed.",
    ),
    settings=Settings,
    send=send,
    secret=Text(ja="署名の鍵（whsec_…）", en="Signing secret (whsec_…)"),
)
