"""What is to be sent, and why it could not be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from minori.core.errors import DeliveryError
from minori.core.text import Language


class SendError(DeliveryError):
    """Raised by a channel; ``after_seconds`` is how long the other side asks us to wait, if it says so."""

    def __init__(self, problem: str, permanent: bool, *, after_seconds: int | None = None) -> None:
        self.after_seconds = after_seconds
        super().__init__(problem, permanent=permanent)


class Link(NamedTuple):
    """A link below a message: what it says and where it leads (one of our own addresses)."""

    label: str
    url: str


@dataclass(frozen=True)
class Letter:
    """One message to one address. Every text is plain: a channel escapes it as it needs.

    ``key`` names the message for good, so that a repeat can be recognised. ``unsubscribe`` is the address at which one
    POST ends such messages; it is set for whatever goes to a customer, and empty for one's own team. ``payload`` is
    what programs get instead of words.
    """

    key: str
    kind: str
    to: str
    subject: str
    text: str
    language: Language
    made_at: datetime
    to_name: str = ""
    links: tuple[Link, ...] = ()
    unsubscribe: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)

    @property
    def to_customer(self) -> bool:
        """Whether it leaves the company."""
        return bool(self.unsubscribe)
