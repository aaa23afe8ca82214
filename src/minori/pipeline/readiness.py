"""The readiness sheet (提案可否): each criterion of a play for a customer, its threshold, met or missing, and when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlglot import exp

from minori.core.errors import UnknownName
from minori.lake.stage import Pass
from minori.metrics.resolve import Metrics
from minori.pipeline.evaluate import stand
from minori.pipeline.session import Session
from minori.pipeline.stages import ASKING, STANDING
from minori.policy.definitions import Play
from minori.policy.reads import columns_of_plays
from minori.query.condition import parse_condition, parts_of, written_parts
from minori.query.sql import column, literal, named
from minori.stats.projection import reaches

WEEKS = 12
_RISING = (exp.GT, exp.GTE)
_COMPARISONS = (exp.GT, exp.GTE, exp.LT, exp.LTE)


@dataclass(frozen=True)
class Criterion:
    """One part of a play's condition. ``met`` is None where a number is unknown."""

    play: str
    text: str
    value: float | None
    threshold: float | None
    met: bool | None
    expected_on: date | None = None
    earliest_on: date | None = None
    latest_on: date | None = None
    points: int = 0
    metrics: tuple[str, ...] = ()  # that it reads


def readiness(session: Session, as_of: date, customer_id: str, plays: list[Play]) -> list[Criterion]:
    """Return every criterion of the plays for one customer; raises UnknownName for a customer not there."""
    run = stand(session, as_of)
    run.perform(ASKING[0])
    criteria = [
        (play, part, text)
        for play in plays
        for part, text in zip(
            parts_of(parse_condition(play.when).tree), written_parts(play.when), strict=True
        )
    ]
    row = _answers(run, customer_id, [part for _, part, _ in criteria])
    _past(session, run, row["customer_key"], plays)
    return [
        _criterion(session, run, play, part, text, row, number)
        for number, (play, part, text) in enumerate(criteria)
    ]


def _answers(run: Pass, customer_id: str, parts: list[exp.Expression]) -> dict[str, Any]:
    columns = {c.name for part in parts for c in part.find_all(exp.Column)} - {"as_of"}
    query = exp.select(column("customer_key", "q")).from_(run.situation(columns).subquery("q"))
    for number, part in enumerate(parts):
        query = query.select(named(part.copy(), f"met_{number}"))
        if isinstance(part, _COMPARISONS):
            query = query.select(named(exp.cast(part.this.copy(), "double"), f"value_{number}"))
            query = query.select(named(exp.cast(part.expression.copy(), "double"), f"threshold_{number}"))
    key = (
        exp.select("customer_key")
        .from_("point")
        .where(exp.EQ(this=column("customer_id"), expression=literal(customer_id)))
    )
    rows = run.fetch(query.where(exp.In(this=column("customer_key", "q"), query=key.subquery()))).to_pylist()
    if not rows:
        raise UnknownName("customer", customer_id, ())
    return dict(rows[0])


def _past(session: Session, run: Pass, key: int, plays: list[Play]) -> Pass:
    """Evaluate the weeks before for this customer alone."""
    policy = session.policy.model_copy(update={"plays": {play.id: play for play in plays}})
    only = exp.select(named(exp.cast(literal(key), "bigint"), "customer_key"))
    session.engine.create("weeks_wanted", only)
    days = [run.as_of - timedelta(weeks=back) for back in range(WEEKS + 1)]
    needed = frozenset(Metrics(policy).closure(columns_of_plays(plays)))
    return session.run_pass(
        STANDING[:3], days, place="weeks_", metrics=needed, only="weeks_wanted", policy=policy
    )


def _criterion(
    session: Session,
    run: Pass,
    play: Play,
    part: exp.Expression,
    text: str,
    row: dict[str, Any],
    number: int,
) -> Criterion:
    value, threshold, met = row.get(f"value_{number}"), row.get(f"threshold_{number}"), row[f"met_{number}"]
    read = tuple(sorted(parse_condition(text).reads & set(session.policy.metrics)))
    plain = Criterion(play.id, text, value, threshold, met, metrics=read)
    if met is not False or value is None or threshold is None or not isinstance(part.this, exp.Column):
        return plain
    name = part.this.name
    if name not in session.policy.metrics:
        return plain
    series = [
        (float((day - run.as_of).days), float(seen))
        for day, seen in _series(session, name)
        if seen is not None
    ]
    rising = isinstance(part, _RISING)
    reach = reaches(series, threshold, rising=rising)
    if reach is None or not _leads_there(series, rising=rising):
        return plain
    return replace(
        plain,
        expected_on=_day(run.as_of, reach.days),
        earliest_on=_day(run.as_of, reach.earliest),
        latest_on=None if reach.latest is None else _day(run.as_of, reach.latest),
        points=reach.points,
    )


def _leads_there(series: Sequence[tuple[float, float]], *, rising: bool) -> bool:
    """Return whether the values move towards a threshold: their line may have crossed it before they do."""
    mean = sum(t for t, _ in series) / len(series)
    slope = sum((t - mean) * y for t, y in series)
    return slope > 0 if rising else slope < 0


def _day(as_of: date, days: float) -> date:
    """Return the day so many days on; what is missing today is met tomorrow at the earliest."""
    return as_of + timedelta(days=max(1, round(days)))


def _series(session: Session, metric: str) -> list[tuple[date, float | None]]:
    rows = session.engine.fetch(
        exp.select("as_of", column(metric)).from_("weeks_metric").order_by("as_of")
    ).to_pylist()
    return [(row["as_of"], row[metric]) for row in rows]
