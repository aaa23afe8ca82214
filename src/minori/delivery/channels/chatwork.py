"""Chatwork: a message in a room of the team, by its API."""

from datetime import datetime
from urllib.parse import urlencode

from pydantic import Field

from minori.core.text import Text
from minori.delivery.channel import Channel, Way
from minori.delivery.message import Letter
from minori.delivery.post import post
from minori.policy.words import Definition

_LONGEST = 8_000  # signs


class Settings(Definition):
    """The room. ``api`` is for installations of one's own."""

    room: int = Field(gt=0)
    api: str = "https://api.chatwork.com/v2"


def send(way: Way, letter: Letter, _now: datetime) -> None:
    """Post the letter; raises SendError."""
    s: Settings = way.settings
    body = urlencode({"body": message(letter), "self_unread": "0"}).encode()
    head = {"X-ChatWorkToken": way.secret, "Content-Type": "application/x-www-form-urlencoded"}
    post(f"{s.api.rstrip('/')}/rooms/{s.room}/messages", body, head, way.network)


def message(letter: Letter) -> str:
    """Return what Chatwork is sent; brackets of the letter are written so that they mention nobody."""
    links = "".join(f"\n{plain(link.label)}: {link.url}" for link in letter.links)
    return f"[info][title]{plain(letter.subject)}[/title]{plain(letter.text)[:_LONGEST]}{links}[/info]"


def plain(text: str) -> str:
    """Write a text without Chatwork's tags."""
    return text.replace("[", "［").replace("]", "］")


KIND = Channel(
    label=Text(ja="Chatwork", en="Chatwork"),
    help=Text(ja="チームのChatworkルームに通知します。", en="Notifies a Chatwork room of the team."),
    settings=Settings,
    send=send,
    secret=Text(ja="APIトークン", en="API token"),
)
