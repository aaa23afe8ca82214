"""Pushiness of every play, channel, owner or month; a play beyond the limits is stopped."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from minori.core.ports import Progress
from minori.core.text import Text
from minori.learning.pushiness import By, Pushed, pushed
from minori.pipeline.proof.aftermath import followed
from minori.pipeline.proof.verdicts import stops
from minori.pipeline.session import Session
from minori.policy.definitions import Policy
from minori.stats.rounding import significant

_WITHIN_LIMITS = Text(ja="押し売り度は限度の内です。", en="Its pushiness is within the limits.")


@dataclass(frozen=True)
class Pushiness:
    """Groups of proposals as of a day, and why each play that is too pushy is stopped."""

    as_of: date
    by: By
    groups: tuple[Pushed, ...]
    stopped: dict[str, Text]


def pushiness(
    session: Session, as_of: date, by: By = "play", *, progress: Progress = lambda _what, _share: None
) -> Pushiness:
    """Measure the pushiness of everything that was proposed up to a day."""
    progress("what followed after customers were asked", 0.1)
    found = followed(session, as_of)
    progress("pushiness", 0.8)
    limits = stops(session.policy)
    groups = pushed(found.rows, by, found.seen, known_until=found.known_until, least=limits.least)
    progress("done", 1.0)
    return Pushiness(as_of, by, tuple(groups), _stopped(groups, session.policy) if by == "play" else {})


def _stopped(groups: list[Pushed], policy: Policy) -> dict[str, Text]:
    limits = stops(policy)
    found = {
        group.name: group.harmful(
            at_most=limits.pushiness_at_most, rise_at_most=limits.pushiness_rise_at_most
        )
        for group in groups
    }
    return {name: why for name, why in found.items() if why is not None}


def verdict_rows(found: Pushiness) -> list[dict[str, Any]]:
    """Return one row of ``play_verdict`` per play that was proposed."""
    return [_row(found, group) for group in sorted(found.groups, key=lambda group: group.name)]


def _row(found: Pushiness, group: Pushed) -> dict[str, Any]:
    why, level = found.stopped.get(group.name), group.pushiness
    known = "not_enough" if level.value is None else "not_yet"
    words = why or (level.missing if level.missing else _WITHIN_LIMITS)
    return {
        "as_of": found.as_of,
        "play": group.name,
        "source": "pushiness",
        "experiment": "",
        "stratum": "",
        "class": "",
        "verdict": "harmful" if why else known,
        "reason_ja": words.ja,
        "reason_en": words.en,
        "treated": level.sample,
        "effect": _stored(level.value),
        "effect_low": _stored(level.low),
        "effect_high": _stored(level.high),
    }


def _stored(value: Any) -> float | None:
    return None if value is None else significant(float(value))
