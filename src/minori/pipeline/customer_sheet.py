"""What is worked out about one customer on demand: the readiness of every play, and the score of the weeks before."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from minori.core.keys import key64
from minori.core.ports import Progress
from minori.metrics.resolve import Metrics
from minori.pipeline.readiness import readiness
from minori.pipeline.session import Session
from minori.pipeline.stages import STANDING
from minori.policy.definitions import Policy
from minori.policy.reads import columns_of_classes, columns_of_health
from minori.query.sql import sql

WEEKS = 26
_SCORES = sql("select as_of, health from health order by as_of")


def customer_sheet(session: Session, as_of: date, customer_id: str, progress: Progress) -> dict[str, Any]:
    """Return ``criteria`` (rows of ``Criterion``) and ``weeks`` (day, score), as plain data for JSON.

    ``weeks`` is empty where the score compares customers with each other, and so needs all of them.
    Raises UnknownName for a customer who is not there on that day.
    """
    progress("score of the weeks before", 0.05)
    weeks = weekly_scores(session, as_of, customer_id)
    progress("criteria", 0.4)
    plays = [play for play in session.policy.plays.values() if play.on]
    criteria = [_plain(asdict(criterion)) for criterion in readiness(session, as_of, customer_id, plays)]
    progress("done", 1.0)
    return {"criteria": criteria, "weeks": [[day.isoformat(), score] for day, score in weeks]}


def weekly_scores(session: Session, as_of: date, customer_id: str) -> list[tuple[date, float | None]]:
    """Return the score at the end of each of the last weeks, as it would have been seen then."""
    policy = _for_health(session.policy)
    needed = columns_of_health(policy) | columns_of_classes(policy)
    if Metrics(policy).ranks(name for name in needed if name in policy.metrics):
        return []
    days = [as_of - timedelta(weeks=back) for back in reversed(range(1, WEEKS + 1))]
    session.engine.register(
        "sheet_only", pa.table({"customer_key": pa.array([key64(customer_id)], pa.int64())})
    )
    run = session.run_pass(STANDING, days, place="sheet_", metrics=needed, only="sheet_only", policy=policy)
    return [(row["as_of"], row["health"]) for row in run.fetch(_SCORES.bind()).to_pylist()]


def _for_health(policy: Policy) -> Policy:
    """Leave out the classes that the score does not look at: they may compare customers with each other."""
    read = columns_of_health(policy)
    lists = {"segment": "segments", "stage": "stages", "growth_stage": "growth_stages", "touch": "touches"}
    empty: dict[str, dict[str, Any]] = {room: {} for name, room in lists.items() if name not in read}
    return policy.model_copy(update={"segments": policy.segments.model_copy(update=empty)})


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str) else value
