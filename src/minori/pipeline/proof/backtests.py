"""Every play on the company's own past: one pass over the same dates, asked once per play."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from minori.core.ports import Progress
from minori.core.text import Text
from minori.pipeline.events_needed import EVENTS, events_seen, missing_events
from minori.pipeline.facts_needed import missing_facts
from minori.pipeline.proof.backtest import Backtest, Question, answered, stood
from minori.pipeline.proof.backtest_dates import span
from minori.pipeline.session import Session


@dataclass(frozen=True)
class Backtests:
    """What can be asked of the plays that are on, and why the others cannot be tried."""

    questions: tuple[Question, ...]
    off: Mapping[str, Text]


def questions(session: Session, until: date) -> Backtests:
    """Return the usual question for each play that is on.

    Raises
    ------
    WorkspaceError
        If there is not enough history to follow anything.
    """
    policy = session.policy
    newest = session.newest_fact or until
    connected = session.connected(newest)
    off = missing_facts(policy, connected)
    if EVENTS in connected:
        off |= missing_events(policy, events_seen(session.engine, policy, newest))
    session.switch_off(off)
    begin, end = span(session, until)
    plays = [play for _, play in sorted(session.policy.plays.items()) if play.on]
    return Backtests(tuple(Question(play, begin, end) for play in plays), off)


def backtests(
    session: Session,
    every: tuple[Question, ...],
    until: date,
    progress: Progress = lambda _what, _share: None,
) -> Iterator[Backtest]:
    """Yield the answer to each question; all of them look at the same dates."""
    if not every:
        return
    progress("metrics and health", 0.05)
    run = stood(session, every, until)
    for number, question in enumerate(every):
        progress(question.play.id, 0.3 + 0.7 * number / len(every))
        yield answered(session, run, question, until)
    progress("done", 1.0)
