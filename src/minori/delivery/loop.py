"""Sending what is due: claim, ask again whether it may leave, send, and note what came of it."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar

from minori.core.errors import DeliveryError
from minori.core.ports import Clock, Outbox
from minori.delivery.backoff import MOST_TRIES, wait
from minori.delivery.message import SendError


class Claimed(Protocol):
    """What the loop needs to know of a claimed message; ``tries`` counts this one."""

    @property
    def key(self) -> str: ...
    @property
    def tries(self) -> int: ...


C = TypeVar("C", bound=Claimed)
Came = Counter[str]
"""How many messages were ``sent``, put back (``later``), ``held`` and buried (``dead``)."""


def send_due(
    outbox: Outbox[C],
    send: Callable[[C, datetime], None],
    *,
    worker: str,
    clock: Clock,
    most: int = 1_000,
    stop: Callable[[], bool] = lambda: False,
) -> Came:
    """Send until nothing is due, ``most`` were handled, or ``stop`` says so.

    Parameters
    ----------
    send
        Brings one message on its way; raises DeliveryError.
    worker
        Who claims, for people.
    """
    came: Came = Counter()
    while came.total() < most and not stop():
        message = outbox.claim(worker, clock())
        if message is None:
            break
        came[_handled(outbox, send, message, clock)] += 1
    return came


def _handled(outbox: Outbox[C], send: Callable[[C, datetime], None], message: C, clock: Clock) -> str:
    if message.tries > MOST_TRIES:  # its holders died again and again, or it could never be looked at
        outbox.give_up(message, f"given up after {MOST_TRIES} tries")
        return "dead"
    verdict = outbox.permitted(message, clock())
    if not verdict.go and verdict.unsure and message.tries < MOST_TRIES:
        outbox.later(message, clock() + wait(message.key, message.tries), verdict.why, failed=True)
        return "later"
    if verdict.send_after is not None:
        outbox.later(message, verdict.send_after, verdict.why, failed=False)
        return "later"
    if not verdict.go:
        outbox.hold(message, verdict.why)
        return "held"
    return _sent(outbox, send, message, clock)


def _sent(outbox: Outbox[C], send: Callable[[C, datetime], None], message: C, clock: Clock) -> str:
    try:
        send(message, clock())
    except DeliveryError as e:
        return _failed(outbox, message, e, clock())
    outbox.sent(message, clock())
    return "sent"


def _failed(outbox: Outbox[C], message: C, error: DeliveryError, now: datetime) -> str:
    if error.permanent or message.tries >= MOST_TRIES:
        outbox.give_up(message, str(error))
        return "dead"
    asked = error.after_seconds if isinstance(error, SendError) else None
    outbox.later(
        message, now + wait(message.key, message.tries, asked_seconds=asked), str(error), failed=True
    )
    return "later"
