"""The loop: what is due is asked about, sent, tried again later, held or buried; and it never sends what it may not."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from delivery.carried import NOW
from minori.core.ports import Verdict
from minori.delivery.backoff import MOST_TRIES, wait
from minori.delivery.loop import send_due
from minori.delivery.message import SendError

GO = Verdict(go=True)


@dataclass(frozen=True)
class Note:
    """A message."""

    key: str
    tries: int = 0


@dataclass
class Box:
    """An outbox in memory."""

    due: list[Note]
    verdict: Verdict = GO
    log: list[tuple[str, str]] = field(default_factory=list)
    put_off: list[datetime] = field(default_factory=list)

    def claim(self, _worker: str, _now: datetime) -> Note | None:
        return (
            replace(note, tries=note.tries + 1)
            if (note := next(iter(self.due), None)) and self.due.pop(0)
            else None
        )

    def permitted(self, _message: Note, _now: datetime) -> Verdict:
        return self.verdict

    def sent(self, message: Note, _now: datetime) -> None:
        self.log.append(("sent", message.key))

    def later(self, message: Note, at: datetime, _why: str, *, failed: bool) -> None:
        self.log.append(("failed" if failed else "early", message.key))
        self.put_off.append(at)

    def hold(self, message: Note, _why: str) -> None:
        self.log.append(("held", message.key))

    def give_up(self, message: Note, _why: str) -> None:
        self.log.append(("dead", message.key))


def run(box: Box, send: Callable[[Note, datetime], None]) -> list[tuple[str, str]]:
    send_due(box, send, worker="w", clock=lambda: NOW)
    return box.log


def never(_message: Note, _now: datetime) -> None:
    raise AssertionError("sent what it may not")


def failing(permanent: bool, after: int | None = None) -> Callable[[Note, datetime], None]:
    def send(_message: Note, _now: datetime) -> None:
        raise SendError("no", permanent, after_seconds=after)

    return send


def test_what_is_due_is_sent() -> None:
    assert run(Box([Note("a"), Note("b")]), lambda *_: None) == [("sent", "a"), ("sent", "b")]


@pytest.mark.parametrize(
    ("verdict", "came"),
    [
        (Verdict(go=False, why="no"), "held"),
        (Verdict(go=False, unsure=True), "failed"),
        (Verdict(go=False, send_after=NOW + timedelta(hours=9)), "early"),
    ],
)
def test_what_may_not_leave_stays(verdict: Verdict, came: str) -> None:
    assert run(Box([Note("a")], verdict), never) == [(came, "a")]


def test_what_stays_unsure_is_held_in_the_end() -> None:
    assert run(Box([Note("a", MOST_TRIES - 1)], Verdict(go=False, unsure=True)), never) == [("held", "a")]


def test_failures_are_tried_again_until_enough_is_enough() -> None:
    assert run(Box([Note("a")]), failing(False)) == [("failed", "a")]
    assert run(Box([Note("a", MOST_TRIES - 1)]), failing(False)) == [("dead", "a")]
    assert run(Box([Note("a")]), failing(True)) == [("dead", "a")]
    assert run(Box([Note("a", MOST_TRIES)]), never) == [("dead", "a")]


def test_the_wait_grows_and_spreads() -> None:
    waits = [wait("k", tries).total_seconds() for tries in range(1, MOST_TRIES + 1)]
    assert waits == sorted(waits) and 45 <= waits[0] <= 75 and waits[-1] <= 15 * 3600
    assert wait("k", 1) == wait("k", 1) != wait("other", 1)
    box = Box([Note("a")])
    run(box, failing(False, after=3_000))
    assert box.put_off == [NOW + timedelta(seconds=3_000)]
