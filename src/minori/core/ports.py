"""What the inner rooms ask of the outer ones; given to them, never imported by them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

Clock = Callable[[], datetime]
"""Returns the present instant in UTC; only the edge has one."""

Progress = Callable[[str, float], None]
"""Told what is being done and the share done, 0 to 1."""

M = TypeVar("M")


@dataclass(frozen=True)
class Verdict:
    """Whether a message may leave now. ``why`` is for people; ``send_after`` is when it may, if it is merely early.

    ``unsure``: what has to be known could not be looked up; it is asked again later, and never sent meanwhile.
    """

    go: bool
    why: str = ""
    send_after: datetime | None = None
    unsure: bool = False


class Outbox(Protocol[M]):
    """Where messages wait. Every method is atomic, and safe when several workers share the box.

    A claim is a lease: if its holder dies, the message is free again when the lease ends. So a message is sent at
    least once, and channels make a repeat recognisable by the message's key.
    """

    def claim(self, worker: str, now: datetime) -> M | None:
        """Take one message that is due; None if none is. Nobody else gets it, nor another one to that customer."""

    def permitted(self, message: M, now: datetime) -> Verdict:
        """Ask again, on fresh facts, whether a claimed message may leave; to be asked right before sending."""

    def sent(self, message: M, now: datetime) -> None:
        """Note that it left."""

    def later(self, message: M, at: datetime, why: str, *, failed: bool) -> None:
        """Put it back until an instant; ``failed``: the try counts, and is not merely early."""

    def hold(self, message: M, why: str) -> None:
        """Stop it: a guard, a missing consent or a missing approval forbids it."""

    def give_up(self, message: M, why: str) -> None:
        """Bury it; a person may try again by hand."""
