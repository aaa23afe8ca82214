"""Which plays can be tried on the past, and on which dates."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from minori.core.errors import UnknownName, WorkspaceError
from minori.pipeline.events_needed import EVENTS, events_seen, plays_without_events
from minori.pipeline.facts_needed import plays_off
from minori.pipeline.session import Session
from minori.policy.definitions import Play

WEEKS = 52
HORIZON = 90


def span(
    session: Session,
    until: date,
    *,
    first: date | None = None,
    last: date | None = None,
    horizon: int = HORIZON,
) -> tuple[date, date]:
    """Return the dates looked at: by default the newest 52 weeks that can be followed wholly.

    Raises
    ------
    WorkspaceError
        If there is not enough history to follow anything for the horizon.
    """
    newest = until - timedelta(days=horizon)
    end = min(last or newest, newest)
    begin = max(first or end - timedelta(weeks=WEEKS - 1), session.first_day or end)
    if begin > end or (session.first_day or until) >= newest:
        raise WorkspaceError(
            f"not enough history: the facts begin on {session.first_day} and end on {until},"
            f" and each date must be followed for {horizon} days; give a shorter --horizon"
        )
    return begin, end


def tryable(session: Session, name: str) -> Play:
    """Return a play, switched on; plays that show nothing with these facts are off in the session from now on.

    Raises
    ------
    UnknownName
        If there is no such play.
    WorkspaceError
        If it needs facts, or events, that are not there.
    """
    if name not in session.policy.plays:
        raise UnknownName("play", name, session.policy.plays)
    play = session.policy.plays[name].model_copy(update={"on": True})  # it is tried before it is switched on
    policy = session.policy.model_copy(update={"plays": {**session.policy.plays, name: play}})
    newest = session.newest_fact or date.max
    connected = session.connected(newest)
    off = plays_off(policy, connected)
    if name in off:
        raise WorkspaceError(f"{name} cannot be tried: there are no {', '.join(sorted(off[name]))}")
    silent: Mapping[str, Sequence[str]] = {}
    if EVENTS in connected:
        silent = plays_without_events(policy, events_seen(session.engine, policy, newest))
    if name in silent:
        raise WorkspaceError(f"{name} cannot be tried: no event named {', '.join(silent[name])} occurs")
    session.switch_off({*off, *silent})
    return play
