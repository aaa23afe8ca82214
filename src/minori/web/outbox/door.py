"""The door: asked for each message right before it leaves, on facts as they are at that moment (SEMANTICS 9).

Nothing of a proposal passes that nobody approved, unless its play is automatic for this touch and nothing about the customer is
unknown. Whatever cannot be looked up keeps the door shut.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from minori.core.errors import MinoriError
from minori.core.ports import Verdict
from minori.core.text import Text
from minori.pipeline.rechecked import Again, Asked, Rechecker
from minori.pipeline.workspace import Workspace
from minori.web.life.leaving import may_leave
from minori.web.models import Current, CustomerRow, Fact, Message, Step, Work
from minori.web.outbox import channels
from minori.web.outbox.drain import own_row
from minori.web.outbox.queue import TO_CUSTOMERS, asked_enough
from minori.web.say import word

_OVERLAP = timedelta(minutes=5)  # a drain that is under way marks its facts a little after the lake has them
_NO_CHANNEL = timedelta(minutes=10)  # until somebody has set one up
_APPROVE = "approve"
# A word of thanks answers what the customer just said: it is no new contact.
_LEFT_OUT = {"thanks": frozenset({"contact_frequency"})}


@dataclass(frozen=True)
class Judged:
    """What the door says; ``held`` tells the team which guard it was, and why, in both languages."""

    verdict: Verdict
    held: dict[str, Any] = field(default_factory=dict)


_OPEN = Judged(Verdict(go=True))


class Door:
    """Asks about any number of messages; looks at the lake anew whenever it has changed."""

    def __init__(self, served: Workspace) -> None:
        self.served = served
        self._rechecker: Rechecker | None = None
        self._opened_at = timezone.now()

    def ask(self, message: Message, now: datetime) -> Judged:
        """Say whether a message may leave now; what cannot be looked up is said to be unsure, and never leaves."""
        try:
            channels.found(message.channel)
        except channels.NoChannel as e:
            return Judged(Verdict(go=False, why=str(e), send_after=now + _NO_CHANNEL))
        if message.kind not in TO_CUSTOMERS:
            return _OPEN
        try:
            return self._asked(message, now)
        except (MinoriError, OSError) as e:
            return Judged(Verdict(go=False, why=f"could not be checked: {e}", unsure=True))

    def close(self) -> None:
        """Let the engine go."""
        if self._rechecker is not None:
            self._rechecker.engine.close()
            self._rechecker = None

    def _asked(self, message: Message, now: datetime) -> Judged:
        work = Work.objects.filter(pk=message.proposal_id).first() if message.proposal_id else None
        if message.kind == "proposal" and (work is None or not may_leave(work.pk)):
            return _held("approval", word("outbox.no_approval"))
        if message.kind == "survey" and asked_enough(
            message.customer_id, message.user_id, now, but=message.pk
        ):
            return _held("contact_frequency", word("outbox.asked_enough"))
        again = self._again(message, work, now)
        if again.held:
            first = again.held[0]
            return _held(first.guard, first.reason, first.until.isoformat() if first.until else None)
        refusal = self._approval(work, again) if message.kind == "proposal" and work else None
        if refusal is not None:
            return _held("approval", refusal)
        if again.send_after is not None:
            return Judged(Verdict(go=False, why=word("outbox.quiet").en, send_after=again.send_after))
        return _OPEN

    def _again(self, message: Message, work: Work | None, now: datetime) -> Again:
        rechecker = self._fresh()
        proposes = message.kind == "proposal" and work is not None
        asked = Asked(
            message_id=message.proposal_id or message.key,
            customer_id=message.customer_id,
            user_id=message.user_id,
            channel="in_product" if work and not message.to else "mail",
            kind=work.kind if proposes and work else "help",
            play=work.play if proposes and work else "",
            asks_for_money=bool(proposes and work and work.asks_for_money),
            band=_band(message.customer_id),
        )
        return rechecker.ask(
            asked, now=now, fresh=self._facts(), leave_out=_LEFT_OUT.get(message.kind, frozenset())
        )

    def _fresh(self) -> Rechecker:
        """Return a rechecker of the lake as it is now."""
        opened_at, snapshot = timezone.now(), self.served.lake.snapshot()
        if self._rechecker is None or self._rechecker.snapshot.number != snapshot.number:
            self.close()
            self._rechecker = Rechecker(
                self.served.root, snapshot, self.served.policy.policy, self.served.file
            )
            self._opened_at = opened_at
        return self._rechecker

    def _facts(self) -> list[Any]:
        """Return the facts that the snapshot may lack."""
        missing = Q(drained_at=None) | Q(drained_at__gte=self._opened_at - _OVERLAP)
        tables = (*self._rechecker.tables, "identity_links") if self._rechecker else ()
        return [own_row(fact) for fact in Fact.objects.filter(missing, table__in=tables).order_by("id")]

    def _approval(self, work: Work, again: Again) -> Text | None:
        """Return why a proposal may not leave though it is approved; None if it may."""
        play = self.served.policy.policy.plays.get(work.play)
        if play is None or not play.on:
            return word("outbox.play_off")
        approved = Step.objects.filter(work=work, action=_APPROVE).order_by("-id").first()
        if approved is None:
            return word("outbox.no_approval")
        if approved.person_id is not None:
            return None
        unknown = again.a_person_decides
        if work.person_decides or unknown or work.touch not in play.automatic:
            return _person_decides(unknown[0] if unknown else None)
        return None


def _person_decides(why: Text | None) -> Text:
    plain = word("outbox.person_decides")
    if why is None:
        return plain
    return Text(ja=f"{plain.ja}{why.ja}", en=f"{plain.en} {why.en}")


def _held(guard: str, reason: Text, until: str | None = None) -> Judged:
    held = {"guard": guard, "reason": reason.as_dict(), "until": until}
    return Judged(Verdict(go=False, why=f"{guard}: {reason.en}"), held)


def _band(customer_id: str) -> str | None:
    current = Current.objects.values_list("run_id", flat=True).first()
    row = CustomerRow.objects.filter(run_id=current, customer_id=customer_id).first() if current else None
    return row.band or None if row else None


@contextmanager
def opened(served: Workspace) -> Iterator[Door]:
    """Give a door and close it afterwards."""
    door = Door(served)
    try:
        yield door
    finally:
        door.close()
