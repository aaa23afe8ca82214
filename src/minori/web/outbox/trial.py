"""Trying a channel out, and the channel of the sample company."""

from django.utils import timezone

from minori.core.keys import short_id
from minori.delivery.message import Letter
from minori.web.company import company_file
from minori.web.models import Channel
from minori.web.outbox.sending import by_channel
from minori.web.say import word

SAMPLE = "outbox"


def try_channel(channel: Channel, *, to: str) -> None:
    """Send one line to the team itself; raises DeliveryError with what the other side answered."""
    now, language = timezone.now(), company_file().company.language
    letter = Letter(
        key=f"trial:{short_id(channel.channel_id, now.isoformat())}",
        kind="trial",
        to=to,
        subject=word("outbox.trial_subject")[language],
        text=word("outbox.trial_text")[language],
        language=language,
        made_at=now,
    )
    by_channel(channel, letter, now)


def sample_channel() -> Channel:
    """Return the visible outbox, set up if there is no channel at all: nothing leaves, everything can be looked at."""
    found = Channel.objects.first()
    if found is not None:
        return found
    return Channel.objects.create(channel_id=SAMPLE, kind="outbox", name="Outbox")
