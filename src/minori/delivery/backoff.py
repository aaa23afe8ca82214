"""How long to wait after a failure: longer each time, and never everybody at once."""

from datetime import timedelta

from minori.core.keys import share64

MOST_TRIES = 7
_FIRST_SECONDS = 60
_FACTOR = 4
_LONGEST_SECONDS = 12 * 3600
_JITTER = 0.25  # share of the wait, to either side


def wait(key: str, tries: int, *, asked_seconds: int | None = None) -> timedelta:
    """Return how long to wait after the ``tries``-th try of a message (from 1).

    The spread comes from the message's key, so that it repeats. ``asked_seconds`` is the least that the other side
    asks for; more than twelve hours of it is not granted.
    """
    plain = min(_FIRST_SECONDS * _FACTOR ** (tries - 1), _LONGEST_SECONDS)
    spread = plain * (1 + _JITTER * (2 * share64(key, "wait", str(tries)) - 1))
    return timedelta(seconds=max(spread, min(asked_seconds or 0, _LONGEST_SECONDS)))
