"""Outbox: nothing leaves; the app shows what would have been sent. For the demo and for trying things out."""

from datetime import datetime

from minori.core.text import Text
from minori.delivery.channel import Channel, Way
from minori.delivery.layout import Imprint
from minori.delivery.mail import made
from minori.delivery.message import Letter
from minori.policy.words import Definition, Words


class Settings(Definition):
    """Who would send."""

    from_address: str = "cs@example.com"
    from_name: Words = Text(ja="実り見本", en="Minori Sample")
    postal_address: str = "東京都千代田区1-1-1"
    contact: str = "cs@example.com"


def send(way: Way, letter: Letter, now: datetime) -> None:
    """Check that the letter could be sent as mail, and keep it where it is."""
    s: Settings = way.settings
    if "@" in letter.to:
        made(letter, Imprint(s.from_name, s.postal_address, s.contact), s.from_address, now)


KIND = Channel(
    label=Text(ja="送信箱で確認（送信しません）", en="Visible outbox (nothing leaves)"),
    help=Text(
        ja="実際には送信せず、送信箱の画面に内容を表示します。お試し用です。",
        en="Sends nothing; shows on the outbox page what would have left. For trying things out.",
    ),
    settings=Settings,
    send=send,
    to_customers=True,
    visible=True,
)
