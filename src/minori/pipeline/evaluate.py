"""One day, evaluated: how everybody stands, what holds, since when, and what follows from it.

Besides the day itself the same stages are computed at two other sets of points: the day ``trend_over`` earlier (how the
score moved) and, for customers of whom a play's condition holds today, the days before (since when it holds). Both come
from the facts; nothing is remembered from earlier runs.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

import pyarrow as pa

from minori.core.ports import Progress
from minori.lake.stage import Pass, Stage
from minori.metrics.resolve import Metrics
from minori.pipeline.events_needed import EVENTS, events_seen, plays_without_events
from minori.pipeline.facts_needed import plays_off
from minori.pipeline.proof.model_versions import model_in_force
from minori.pipeline.proof.verdicts import NO_VERDICTS
from minori.pipeline.session import Session
from minori.pipeline.stages import ASKING, DECIDING, STANDING
from minori.policy.definitions import Play, Policy
from minori.policy.reads import columns_of_classes, columns_of_health, columns_of_plays
from minori.query.sql import reading, sql, united
from minori.schema.columns import FROM_HEALTH, FROM_STANDING, FROM_TREND
from minori.signals.spells import lookback, mondays

_SCORE = frozenset((*FROM_HEALTH, *FROM_TREND))
_EARLIER = sql("select cast(as_of + $days as date) as as_of, customer_key, health, band from scores")
_WANTED = sql("select distinct customer_key from hits where play in ($plays)")
_PLAYS = sql("select distinct play from hits order by play")
_OLD = sql("""
    select distinct s.customer_key, s.play from signal s join play_rule r on r.play = s.play
    where s.older and r.again_after > 0
""")
_DAYS = sql("select as_of, customer_key, play from hits")
HELD_OUT = pa.schema(
    [
        ("as_of", pa.date32()),
        ("customer_key", pa.int64()),
        ("candidate_id", pa.string()),
        ("until", pa.date32()),
    ]
)
_NO_DAYS = pa.schema([("as_of", pa.date32()), ("customer_key", pa.int64()), ("play", pa.string())])


def evaluate(
    session: Session,
    as_of: date,
    *,
    held_out: pa.Table | None = None,
    verdicts: pa.Table | None = None,
    backlog: bool = False,
    progress: Progress = lambda _what, _share: None,
) -> Pass:
    """Run every stage as of a date and return the pass with all result tables.

    ``held_out`` is who was held out by runs of earlier days (``HELD_OUT``), the one thing that is not read from facts:
    a lot that was drawn must be kept. ``verdicts`` are those in force on plays; None: the proof never gave any.
    """
    connected = session.connected(as_of)
    session.switch_off(plays_off(session.policy, connected))
    if EVENTS in connected:
        seen = events_seen(session.engine, session.policy, as_of)
        session.switch_off(plays_without_events(session.policy, seen))
    progress("metrics and health", 0.05)
    run = stand(session, as_of)
    progress("signals", 0.5)
    for stage in ASKING:
        run.perform(stage)
    _spells(session, run)
    session.engine.register(f"{run.place}held_out", HELD_OUT.empty_table() if held_out is None else held_out)
    session.engine.register(f"{run.place}model", model_in_force(session.snapshot, as_of))
    session.engine.register(f"{run.place}play_verdict", NO_VERDICTS if verdicts is None else verdicts)
    if verdicts is not None:
        run.connected |= {"play_verdict"}
    run.backlog = backlog
    for number, stage in enumerate(DECIDING[1:]):
        progress(stage.name, 0.7 + 0.05 * number)
        run.perform(stage)
    return run


def stand(session: Session, as_of: date) -> Pass:
    """Run the stages that say how every customer stands as of a date, with the score's trend prepared."""
    days = session.policy.health.trend_over
    needed = columns_of_health(session.policy) | columns_of_classes(session.policy)
    session.run_pass(STANDING, [as_of - timedelta(days=days)], place="earlier_", metrics=needed)
    run = session.run_pass(STANDING, [as_of])
    give_earlier(session, "earlier_health", run.place, days)
    return run


def give_earlier(session: Session, scores: str, place: str, days: int) -> None:
    """Set ``earlier_health`` of a place from scores that are ``days`` older."""
    session.engine.create(f"{place}earlier_health", reading(_EARLIER.bind(days=days), scores=scores))


def _spells(session: Session, run: Pass) -> None:
    """Set ``signal``: look back day by day for what holds today, then by Mondays for what is old and asks again."""
    hits = f"{run.place}play_day"
    session.engine.register(f"{run.place}play_monday", _NO_DAYS.empty_table())
    _look_back(
        session, run, hits, "play_past", lambda plays: _days(run.as_of, max(lookback(p) for p in plays))
    )
    run.perform(DECIDING[0])
    old = f"{run.place}old"
    session.engine.create(
        old, reading(_OLD.bind(), signal=f"{run.place}signal", play_rule=f"{run.place}play_rule")
    )
    if _look_back(session, run, old, "play_monday", lambda _: mondays(run.as_of)):
        run.perform(DECIDING[0])


def _days(as_of: date, back: int) -> list[date]:
    return [as_of - timedelta(days=days) for days in range(1, back + 1)]


def _look_back(
    session: Session, run: Pass, hits: str, into: str, days_of: Callable[[list[Play]], list[date]]
) -> bool:
    """Evaluate the plays of ``hits`` on other days, for its customers; return whether there was anything to do."""
    holding = [row["play"] for row in session.engine.fetch(reading(_PLAYS.bind(), hits=hits)).to_pylist()]
    parts = []
    for number, (plays, everybody) in enumerate(_groups(session.policy, holding)):
        place = f"{into}{number}_"
        _evaluate_past(session, plays, days_of(plays), place, None if everybody else hits)
        parts.append(reading(_DAYS.bind(), hits=f"{place}play_day"))
    if parts:
        session.engine.create(f"{run.place}{into}", united(parts))
    else:
        session.engine.register(f"{run.place}{into}", _NO_DAYS.empty_table())
    return bool(parts)


def _groups(policy: Policy, holding: Iterable[str]) -> list[tuple[list[Play], bool]]:
    """Group plays: those that rank customers, and so need all of them, apart; and those that look at the score."""
    groups: dict[tuple[bool, bool], list[Play]] = {}
    metrics = Metrics(policy)
    for name in holding:
        play = policy.plays[name]
        reads = columns_of_plays([play])
        groups.setdefault((metrics.ranks(reads), bool(reads & _SCORE)), []).append(play)
    return [(plays, everybody) for (everybody, _), plays in sorted(groups.items(), key=lambda item: item[0])]


def _evaluate_past(
    session: Session, plays: list[Play], days: list[date], place: str, hits: str | None
) -> None:
    policy = session.policy.model_copy(update={"plays": {play.id: play for play in plays}})
    reads = columns_of_plays(plays)
    wanted = f"{place}wanted" if hits else None
    if wanted and hits:
        session.engine.create(wanted, reading(_WANTED.bind(plays=[play.id for play in plays]), hits=hits))
    needed, stages = _needed(policy, reads)
    trend = policy.health.trend_over
    if "health_change" in reads:
        days = sorted({*days, *(day - timedelta(days=trend) for day in days)})
    past = session.run_pass(stages, days, place=place, metrics=needed, only=wanted, policy=policy)
    if "health_change" in reads:
        give_earlier(session, f"{place}health", place, trend)
        past.perform(ASKING[0])
    past.perform(ASKING[1])


def _needed(policy: Policy, reads: frozenset[str]) -> tuple[frozenset[str], tuple[Stage, ...]]:
    """Return the metrics and stages without which the columns cannot be known."""
    if reads & _SCORE:
        return reads | columns_of_classes(policy) | columns_of_health(policy), STANDING
    if reads & set(FROM_STANDING):
        return reads | columns_of_classes(policy), STANDING[:4]
    return reads, STANDING[:3]
