"""What a kind of channel is, and a channel that a company has set up."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from minori.core.registry import Registry
from minori.core.text import Text
from minori.core.yaml_file import Document, validated
from minori.delivery.addresses import OPEN, Network
from minori.delivery.message import Letter, SendError
from minori.policy.words import Definition


@dataclass(frozen=True)
class Way:
    """A channel as it is set up: its settings, checked, its secret, and what of the network may be reached."""

    settings: Any
    secret: str = field(default="", repr=False)
    network: Network = OPEN


@dataclass(frozen=True)
class Channel:
    """A kind of channel.

    ``send(way, letter, now)`` returns once the other side has taken the message, and raises SendError otherwise. It is
    called again with the same letter if its answer was lost, and has to carry the letter's key with it. ``secret``
    says what the environment variable holds; None: there is no secret. ``to_customers``: may write to customers.
    ``visible``: nothing leaves; the app shows what would have.
    """

    label: Text
    help: Text
    settings: type[Definition]
    send: Callable[[Way, Letter, datetime], None]
    secret: Text | None = None
    to_customers: bool = False
    visible: bool = False


CHANNELS: Registry[Channel] = Registry("channel", "minori.delivery.channels", Channel)


def way(kind: str, settings: dict[str, Any], secret: str = "", network: Network = OPEN) -> Way:
    """Check the settings of a channel.

    Raises
    ------
    UnknownKind
        If there is no such kind.
    DefinitionError
        If a setting is unknown or wrong, or the secret is missing.
    """
    channel = CHANNELS[kind]
    document = Document(f"channel {kind}", dict(settings))
    return Way(validated(channel.settings, document), secret, network)


def send(kind: str, by: Way, letter: Letter, now: datetime) -> None:
    """Send a letter at an instant; raises SendError, and for good if the kind must not write to customers."""
    channel = CHANNELS[kind]
    if letter.to_customer and not channel.to_customers:
        raise SendError(f"a channel of kind {kind!r} does not write to customers", True)
    channel.send(by, letter, now)
