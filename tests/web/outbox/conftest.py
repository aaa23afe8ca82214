"""An outbox with a real mail server behind it, and a proposal that may leave."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from delivery.carried import SMTP_SETTINGS, Mailbox, mail_server
from minori.delivery.loop import Came
from minori.pipeline.rechecked import Asked, Rechecker
from minori.web.company import workspace
from minori.web.life.leaving import approve
from minori.web.models import Channel, Message, Person, State, Work
from minori.web.outbox.recipients import recipient
from minori.web.outbox.sending import send

NOW = datetime(2026, 11, 20, 5, tzinfo=UTC)  # Friday, 14:00 in Tokyo
_SENDABLE: list[str] = []


@pytest.fixture
def mailbox(app: Path) -> Iterator[Mailbox]:  # noqa: ARG001  the database must be there
    """The company's mail server, set up as its channel to customers."""
    with mail_server() as (box, port):
        Channel.objects.create(
            channel_id="mail", kind="smtp", name="Mail", settings={**SMTP_SETTINGS, "port": port}
        )
        yield box


@pytest.fixture
def work(app: Path) -> Work:  # noqa: ARG001  the database must be there
    """A draft that nothing holds."""
    return Work.objects.get(pk=sendable()[0])


def sendable() -> list[str]:
    """Drafts by mail that no guard holds and that have somebody to write to."""
    if not _SENDABLE:
        served = workspace()
        policy = served.policy.policy
        with Rechecker(served.root, served.lake.snapshot(), policy, served.file) as rechecker:
            for work in Work.objects.filter(state=State.DRAFT).exclude(channel="in_product").order_by("pk"):
                whom = recipient(served, work.customer_id)
                asked = Asked(
                    work.pk,
                    work.customer_id,
                    "mail",
                    work.kind,
                    whom.user_id if whom else "",
                    work.play,
                    True,
                )
                if whom is not None and not rechecker.ask(asked, now=NOW).held:
                    _SENDABLE.append(work.pk)
    assert len(_SENDABLE) >= 2, "the sample has too few proposals that may leave"
    return _SENDABLE


def approved(person: Person, work: Work) -> Message:
    """Let a proposal go; its message waits."""
    approve(person, work.pk, work.version, NOW)
    return Message.objects.get(proposal_id=work.pk, kind="proposal")


def sent(at: datetime = NOW, **given: Any) -> Came:
    """Send what is due at an instant."""
    return send(workspace(), clock=lambda: at, **given)
