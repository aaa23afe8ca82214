"""The outbox port on the app's database: claims are leases, every step is one transaction (``core.ports.Outbox``)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q

from minori.core.keys import short_id
from minori.core.ports import Verdict
from minori.web.audit import record
from minori.web.life.conflict import Conflict
from minori.web.life.leaving import delivered, held
from minori.web.life.steps import fact
from minori.web.models import Delivery, Fact, Message
from minori.web.outbox.door import Door, Judged
from minori.web.outbox.queue import TO_CUSTOMERS

LEASE = timedelta(minutes=5)  # longer than asking and sending may take together
_ONE_AT_A_TIME = 7_244_118_203  # any number that nothing else locks
_LONGEST_WHY = 2_000


@dataclass(frozen=True)
class Claimed:
    """A message in the hands of one worker."""

    message: Message
    worker: str
    judged: dict[str, Any] = field(default_factory=dict)  # what the door told the team, set when it is asked

    @property
    def key(self) -> str:
        """The message's key."""
        return self.message.key

    @property
    def tries(self) -> int:
        """How often it was claimed, this time included."""
        return self.message.tries


class AppOutbox:
    """Messages of the app; several workers may share it."""

    def __init__(self, door: Door) -> None:
        self.door = door

    def claim(self, worker: str, now: datetime) -> Claimed | None:
        """Take the message that is due longest; of one customer only one at a time, so that each is counted."""
        with transaction.atomic():
            if connection.vendor == "postgresql":  # SQLite lets one writer in anyway
                with connection.cursor() as cursor:
                    cursor.execute("select pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
            message = _due(now).order_by("send_after", "id").first()
            if message is None:
                return None
            Message.objects.filter(pk=message.pk).update(
                state=Delivery.CLAIMED, claimed_by=worker[:100], lease_until=now + LEASE, tries=F("tries") + 1
            )
            message.refresh_from_db()
        return Claimed(message, worker[:100])

    def permitted(self, message: Claimed, now: datetime) -> Verdict:
        """Ask at the door; a lease that another worker has taken over is not asked for again."""
        if not self._mine(message).exists():
            return Verdict(go=False, why="another worker has it", unsure=True)
        judged: Judged = self.door.ask(message.message, now)
        message.judged.update(judged.held)
        return judged.verdict

    def sent(self, message: Claimed, now: datetime) -> None:
        """Note that it left: the contact becomes a fact, and the proposal counts as sent."""
        with transaction.atomic():
            self._set(message, state=Delivery.SENT, sent_at=now, said="", lease_until=None)
            of = message.message
            if of.kind in TO_CUSTOMERS:
                _contact(of, now)
            if of.kind != "proposal":
                return
            try:
                delivered(of.proposal_id, now, channel=_channel(of), user_id=of.user_id)
            except Conflict as e:  # it was ended by hand in the same moment; that it left is in the audit
                record(None, "message.left_late", f"proposal:{of.proposal_id}", why=str(e))

    def later(self, message: Claimed, at: datetime, why: str, *, failed: bool) -> None:
        """Put it back."""
        tries = message.tries if failed else message.tries - 1
        self._set(
            message,
            state=Delivery.WAITING,
            send_after=at,
            said=why,
            tries=tries,
            lease_until=None,
            claimed_by="",
        )

    def hold(self, message: Claimed, why: str) -> None:
        """Stop it; a proposal goes back to the team with the reason."""
        with transaction.atomic():
            if not self._set(message, state=Delivery.HELD, said=why, lease_until=None):
                return
            record(None, "message.held", f"message:{message.message.pk}", kind=message.message.kind)
            if message.message.kind == "proposal":
                held(message.message.proposal_id, message.judged)

    def give_up(self, message: Claimed, why: str) -> None:
        """Bury it."""
        if self._set(message, state=Delivery.DEAD, said=why, lease_until=None):
            record(None, "message.dead", f"message:{message.message.pk}", kind=message.message.kind)

    def _mine(self, message: Claimed) -> Any:
        return Message.objects.filter(
            pk=message.message.pk,
            state=Delivery.CLAIMED,
            claimed_by=message.worker,
            tries=message.message.tries,
        )

    def _set(self, message: Claimed, **values: Any) -> bool:
        """Change the message if it is still in this worker's hands."""
        values["said"] = str(values.get("said", ""))[:_LONGEST_WHY]
        return bool(self._mine(message).update(**values))


def _due(now: datetime) -> Any:
    free = Q(state=Delivery.WAITING, send_after__lte=now) | Q(state=Delivery.CLAIMED, lease_until__lt=now)
    beside = Message.objects.filter(
        state=Delivery.CLAIMED, lease_until__gte=now, customer_id=OuterRef("customer_id")
    )
    return Message.objects.filter(free).exclude(~Q(customer_id="") & Exists(beside))


def _channel(message: Message) -> str:
    return "mail" if message.to else "in_product"


def _contact(message: Message, now: datetime) -> None:
    """Write the contact down: over all channels it counts for how often somebody may be contacted."""
    key = short_id("sent", message.key)
    about = message.kind if message.kind in ("proposal", "survey") else "other"
    row = {
        "interaction_id": key,
        "customer_id": message.customer_id,
        "user_id": message.user_id or None,
        "channel": _channel(message),
        "direction": "out",
        "about": about,
        "by": message.content.get("by") or None,
        "occurred_at": now,
    }
    if not Fact.objects.filter(table="interactions", key=key).exists():
        fact("interactions", key, row)
