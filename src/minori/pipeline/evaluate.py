"""One day, evaluated: how everybody stands, what holds, since when, and what follows from it.

Besides the day itself the same stages are computed at two other sets of points: the day ``trend_over`` earlier (how the
score moved) and, for customers of whom a play's condition holds today, the days before (since when it holds). Both come
from the facts; nothing is remembered from earlier runs.
"""

from collections.abc import Iterable
from datetime import date, timedelta

import pyarrow as pa
from sqlglot import exp

from minori.core.ports import Progress
from minori.lake.stage import Pass
from minori.metrics.resolve import Metrics
from minori.pipeline.session import Session
from minori.pipeline.stages import ASKING, DECIDING, STANDING
from minori.policy.definitions import Play, Policy
from minori.policy.reads import columns_of_classes, columns_of_health, columns_of_plays
from minori.query.sql import sql
from minori.signals.spells import lookback

SHORT_LOOK = 60  # days; plays that look further back are evaluated apart, so that they alone pay for it

_EARLIER = sql("select cast(as_of + $days as date) as as_of, customer_key, health, band from scores")
_HITS = sql("select distinct customer_key from hits where play in ($plays)")
_PLAYS = sql("select distinct play from hits order by play")
_DAYS = sql("select as_of, customer_key, play from hits")
_NO_DAYS = pa.schema([("as_of", pa.date32()), ("customer_key", pa.int64()), ("play", pa.string())])


def evaluate(
    session: Session,
    as_of: date,
    *,
    backlog: bool = False,
    progress: Progress = lambda _what, _share: None,
) -> Pass:
    """Run every stage as of a date and return the pass with all result tables."""
    progress("metrics and health", 0.05)
    run = stand(session, as_of)
    progress("signals", 0.5)
    for stage in ASKING:
        run.perform(stage)
    _past(session, run)
    run.backlog = backlog
    for number, stage in enumerate(DECIDING):
        progress(stage.name, 0.7 + 0.05 * number)
        run.perform(stage)
    return run


def stand(session: Session, as_of: date) -> Pass:
    """Run the stages that say how every customer stands as of a date, with the score's trend prepared."""
    days = session.policy.health.trend_over
    needed = columns_of_health(session.policy) | columns_of_classes(session.policy)
    session.run_pass(STANDING, [as_of - timedelta(days=days)], place="earlier_", metrics=needed)
    run = session.run_pass(STANDING, [as_of])
    _give_earlier(session, "earlier_health", run.place, days)
    return run


def _give_earlier(session: Session, scores: str, place: str, days: int) -> None:
    query = _EARLIER.bind(days=days)
    next(query.find_all(exp.Table)).replace(exp.to_table(scores))
    session.engine.create(f"{place}earlier_health", query)


def _past(session: Session, run: Pass) -> None:
    """Set ``play_past``: the earlier days on which plays held that hold today."""
    hits = f"{run.place}play_day"
    holding = [row["play"] for row in session.engine.fetch(_on(_PLAYS.bind(), hits)).to_pylist()]
    session.engine.register(f"{run.place}play_past", _NO_DAYS.empty_table())
    parts: list[exp.Query] = []
    for number, (plays, everybody) in enumerate(_groups(session.policy, holding)):
        place = f"past{number}_"
        _evaluate_past(session, run, plays, place, hits, everybody=everybody)
        parts.append(_on(_DAYS.bind(), f"{place}play_day"))
    if parts:
        union = parts[0]
        for part in parts[1:]:
            union = exp.union(union, part, distinct=False)
        session.engine.create(f"{run.place}play_past", union)


def _groups(policy: Policy, holding: Iterable[str]) -> list[tuple[list[Play], bool]]:
    """Group plays by how far they look back, apart from those that rank customers and so need all of them."""
    groups: dict[tuple[bool, bool], list[Play]] = {}
    metrics = Metrics(policy)
    for name in holding:
        play = policy.plays[name]
        key = (metrics.ranks(columns_of_plays([play])), lookback(play) > SHORT_LOOK)
        groups.setdefault(key, []).append(play)
    return [(plays, everybody) for (everybody, _), plays in sorted(groups.items(), key=lambda item: item[0])]


def _evaluate_past(
    session: Session, run: Pass, plays: list[Play], place: str, hits: str, *, everybody: bool
) -> None:
    policy = session.policy.model_copy(update={"plays": {play.id: play for play in plays}})
    reads = columns_of_plays(plays)
    wanted = None if everybody else f"{place}wanted"
    if wanted is not None:
        session.engine.create(wanted, _on(_HITS.bind(plays=[play.id for play in plays]), hits))
    longest = max(lookback(play) for play in plays)
    trend = policy.health.trend_over if "health_change" in reads else 0
    days = [run.as_of - timedelta(days=back) for back in range(1, longest + trend + 1)]
    needed = reads | columns_of_classes(policy) | columns_of_health(policy)
    past = session.run_pass(STANDING, days, place=place, metrics=needed, only=wanted, policy=policy)
    _give_earlier(session, f"{place}health", place, policy.health.trend_over)
    for stage in ASKING:
        past.perform(stage)


def _on(query: exp.Query, table: str) -> exp.Query:
    for reference in list(query.find_all(exp.Table)):
        if reference.name == "hits":
            reference.replace(exp.to_table(table))
    return query
