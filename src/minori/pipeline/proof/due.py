"""Verdicts that a run stands on: the newest ones, made anew when they are a week old and there is more to know.

So a harmful play stops by itself, without anybody asking for the proof.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from minori.pipeline.proof import experiments, pushiness
from minori.pipeline.proof.past_runs import first_settled
from minori.pipeline.proof.verdicts import in_force_of, verdicts_up_to
from minori.pipeline.session import Session

EVERY_DAYS = 7


@dataclass(frozen=True)
class Given:
    """Verdicts in force on a day (None: there never were any), and those that were made for it, by source."""

    in_force: pa.Table | None
    fresh: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)


def given(session: Session, as_of: date) -> Given:
    """Return the verdicts a run as of a day stands on."""
    known = verdicts_up_to(session.snapshot, as_of)
    fresh: dict[str, list[dict[str, Any]]] = {}
    if _due(known, "experiment", as_of) and first_settled(session, as_of):
        fresh["experiment"] = experiments.verdict_rows(experiments.experiments(session, as_of))
    if _due(known, "pushiness", as_of) and "proposals" in session.connected(as_of):
        fresh["pushiness"] = pushiness.verdict_rows(pushiness.pushiness(session, as_of))
    rows = [
        *(row for row in known or () if row["source"] not in fresh),
        *(r for part in fresh.values() for r in part),
    ]
    if known is None and not fresh:
        return Given(None)
    return Given(in_force_of(rows, as_of, session.policy), fresh)


def _due(known: Sequence[Mapping[str, Any]] | None, source: str, as_of: date) -> bool:
    days = [(as_of - row["as_of"]).days for row in known or () if row["source"] == source]
    return not days or min(days) >= EVERY_DAYS
