"""The channels that an administrator set up, ready to send: settings checked, secrets taken from the environment."""

import os

from minori.core.errors import DeliveryError
from minori.delivery.addresses import Network
from minori.delivery.channel import CHANNELS, Way, way
from minori.web import env
from minori.web.models import Channel

CUSTOMERS = "customers"
"""Stands in a message for the channel to customers: which one that is, is seen when it leaves."""

PRODUCT = "product"
"""The same for what shows inside the product: the first signed webhook."""

TEAM_KINDS = ("slack", "teams", "chatwork")


class NoChannel(DeliveryError):
    """Raised if nothing is set up that could carry a message; it waits until something is."""


def found(channel_id: str) -> Channel:
    """Return the channel of a message; raises NoChannel if it is gone, off, or not set up yet."""
    on = Channel.objects.filter(on=True).order_by("channel_id")
    if channel_id == CUSTOMERS:
        chosen = next((c for c in on if c.kind in CHANNELS and CHANNELS[c.kind].to_customers), None)
    elif channel_id == PRODUCT:
        chosen = on.filter(kind="webhook").first()
    else:
        chosen = on.filter(channel_id=channel_id).first()
    if chosen is None:
        raise NoChannel(f"no channel for {channel_id!r} is set up and on")
    return chosen


def of_team() -> list[Channel]:
    """Return the channels that notify the team."""
    return list(Channel.objects.filter(on=True, kind__in=TEAM_KINDS).order_by("channel_id"))


def webhooks() -> list[Channel]:
    """Return the channels that tell programs what happens."""
    return list(Channel.objects.filter(on=True, kind="webhook").order_by("channel_id"))


def way_of(channel: Channel) -> Way:
    """Return the channel ready to send; raises MinoriError if its settings are wrong."""
    secret = os.environ.get(channel.secret_in, "") if channel.secret_in.startswith("MINORI_") else ""
    return way(channel.kind, dict(channel.settings), secret, network())


def network() -> Network:
    """Return what of one's own network may be reached: ``MINORI_OWN_NETWORKS``, trusted by ``MINORI_AUTHORITY``."""
    return Network(tuple(env.words("MINORI_OWN_NETWORKS")), env.text("MINORI_AUTHORITY") or None)
