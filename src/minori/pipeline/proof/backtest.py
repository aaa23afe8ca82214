"""A play on the company's own past: when it would have fired, and what followed. One pass over many dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
from sqlglot import exp

from minori.core.ports import Progress
from minori.health import trend
from minori.lake.stage import Pass
from minori.learning.backtest import follow_fires
from minori.learning.backtest_summary import Followed, summaries
from minori.pipeline.evaluate import give_earlier
from minori.pipeline.proof.backtest_dates import HORIZON, span, tryable
from minori.pipeline.proof.became import follow
from minori.pipeline.proof.fires_held import Held, held_by_guards
from minori.pipeline.session import Session
from minori.pipeline.stages import STANDING
from minori.policy.definitions import Play
from minori.policy.reads import columns_of_classes, columns_of_health, columns_of_plays
from minori.query.condition import parse_condition
from minori.query.sql import sql
from minori.query.thresholds import Threshold, moved, place_of, thresholds_of
from minori.signals import holds
from minori.signals.fires import fires
from minori.signals.spread import spread
from minori.stats.rounding import significant

VARIANT = "~"  # between a play's name and the number of its variant
_PLACE = "backtest_"
_KNOWN_FROM = {"expanded": "contracts", "churned": "contracts", "bought": "orders"}


@dataclass(frozen=True)
class Question:
    """What is asked: a play, perhaps with moved thresholds, on dates ``step`` days apart from ``first`` to ``last``."""

    play: Play
    first: date
    last: date
    step: int = 7
    horizon: int = HORIZON
    overlap: bool = True

    @property
    def days(self) -> list[date]:
        """The dates looked at, oldest first; the newest is ``last``."""
        count = (self.last - self.first).days // self.step
        return [self.last - timedelta(days=self.step * back) for back in reversed(range(count + 1))]

    @property
    def lead(self) -> list[date]:
        """Dates before them: a spell that began there does not begin again."""
        before = -(-max(self.play.rearm + 1, self.step) // self.step)
        return [self.days[0] - timedelta(days=self.step * back) for back in reversed(range(1, before + 1))]


@dataclass(frozen=True)
class Variant:
    """The play with one threshold at another value, and what followed by outcome."""

    threshold: Threshold
    followed: Mapping[str, Followed]


@dataclass(frozen=True)
class Backtest:
    """What was found; ``fires`` counts all of them, ``followed`` what came of them by outcome.

    ``held`` is None where the guards were not asked.
    """

    question: Question
    until: date
    fires: int
    customers: int
    followed: Mapping[str, Followed]
    curve: tuple[Variant, ...]
    together: Mapping[str, int]
    held: Held | None


def asked(
    session: Session,
    name: str,
    until: date,
    *,
    first: date | None = None,
    last: date | None = None,
    step: int = 7,
    horizon: int = HORIZON,
    thresholds: Mapping[str, float] | None = None,
    overlap: bool = True,
) -> Question:
    """Return the question, with what was not said filled in: the newest 52 weeks that can be followed wholly.

    Raises
    ------
    UnknownName
        If there is no such play, or no such threshold in its condition.
    WorkspaceError
        If the play needs facts that are not there, or there is not enough history to follow anything for the horizon.
    """
    play = tryable(session, name)
    for what, value in (thresholds or {}).items():
        play = play.model_copy(update={"when": moved(play.when, place_of(play.when, what), value)})
    begin, end = span(session, until, first=first, last=last, horizon=horizon)
    return Question(play, begin, end, step, horizon, overlap)


def backtest(
    session: Session, question: Question, until: date, progress: Progress = lambda _what, _share: None
) -> Backtest:
    """Answer it, from points at each date alone; what became of them is looked up afterwards."""
    progress("metrics and health", 0.05)
    run = stood(session, [question], until)
    found = answered(session, run, question, until, progress)
    progress("done", 1.0)
    return found


def answered(
    session: Session,
    run: Pass,
    question: Question,
    until: date,
    progress: Progress = lambda _what, _share: None,
) -> Backtest:
    """Answer a question from a pass in which its dates stand."""
    progress("thresholds", 0.5)
    variants = _variants(run, question.play)
    plays = {play.id: play for play in (question.play, *(play for _, play in variants))}
    run.policy = session.policy.model_copy(update={"plays": plays})
    run.perform(holds.STAGE)
    run.perform(fires(question.days[0], question.step))
    progress("what followed", 0.7)
    run.perform(follow_fires(question.play.id, question.days[0], question.horizon))
    held = held_by_guards(session, run, question.play) if question.overlap else None
    return _result(run, question, until, variants, held)


def stood(session: Session, questions: Sequence[Question], until: date) -> Pass:
    """Say how every customer stood on all dates, how the score had moved, and what became of them later.

    The questions look at the same dates, and all of them at other plays, or none.
    """
    overlap, dates = questions[0].overlap, questions[0].days
    others = [play for play in session.policy.plays.values() if play.on and overlap]
    plays = [*others, *(question.play for question in questions)]
    policy = session.policy.model_copy(update={"plays": {play.id: play for play in plays}})
    reads = columns_of_plays(plays)
    needed = None if overlap else reads | columns_of_classes(policy) | columns_of_health(policy)
    days = {*dates, *(day for question in questions for day in question.lead)}
    over = policy.health.trend_over
    if reads & {"health_change", "health_before", "band_before"}:
        days |= {day - timedelta(days=over) for day in days}
    run = session.run_pass(STANDING, sorted(days), place=_PLACE, metrics=needed, policy=policy)
    give_earlier(session, f"{run.place}health", run.place, over)
    run.perform(trend.STAGE)
    run.policy = session.policy.model_copy(update={"plays": {play.id: play for play in others}})
    run.perform(holds.STAGE)
    session.engine.create(f"{_PLACE}other_day", exp.select("*").from_(f"{_PLACE}play_day"))
    later = follow(session, dates, until, place=f"{_PLACE}later_")
    session.engine.create(f"{_PLACE}became", exp.select("*").from_(f"{later.place}became"))
    return run


def _variants(run: Pass, play: Play) -> list[tuple[Threshold, Play]]:
    """Return the play with each threshold moved over the values that it could take."""
    run.perform(spread(play))
    rows = run.fetch(sql("select place, value from spread order by place, value").bind()).to_pylist()
    variants: list[tuple[Threshold, Play]] = []
    for threshold in thresholds_of(play.when):
        values = {significant(row["value"], 3) for row in rows if row["place"] == threshold.place}
        for value in sorted(values | {threshold.value}):
            name = f"{play.id}{VARIANT}{len(variants)}"
            when = moved(play.when, threshold.place, value)
            parse_condition(when)
            variant = play.model_copy(update={"id": name, "when": when})
            variants.append((replace(threshold, value=value), variant))
    return variants


def _result(
    run: Pass,
    question: Question,
    until: date,
    variants: list[tuple[Threshold, Play]],
    held: Held | None,
) -> Backtest:
    rows = {name: _rows(run, name) for name in ("followed_fire", "other", "missed")}
    found: dict[str, dict[str, Followed]] = {}
    for one in summaries(rows["followed_fire"], rows["other"], rows["missed"]):
        if _KNOWN_FROM[one.outcome] in run.connected:
            found.setdefault(one.play, {})[one.outcome] = one
    name = question.play.id
    count = run.fetch(_COUNT.bind(play=name)).to_pylist()[0]
    return Backtest(
        question,
        until,
        count["fires"],
        count["customers"],
        found.get(name, {}),
        tuple(Variant(threshold, found.get(play.id, {})) for threshold, play in variants),
        _together(run),
        held,
    )


_COUNT = sql(
    "select count(*) as fires, count(distinct customer_key) as customers from fire where play = $play"
)


def _together(run: Pass) -> dict[str, int]:
    rows: list[dict[str, Any]] = _rows(run, "together").to_pylist()
    return {row["other"]: row["fires"] for row in sorted(rows, key=lambda row: (-row["fires"], row["other"]))}


def _rows(run: Pass, name: str) -> pa.Table:
    return run.fetch(exp.select("*").from_(name))


def as_object(found: Backtest) -> dict[str, Any]:
    """Return a backtest as plain data for programs."""
    question = found.question
    return {
        "play": question.play.id,
        "when": question.play.when,
        "from": question.days[0].isoformat(),
        "to": question.last.isoformat(),
        "every_days": question.step,
        "horizon_days": question.horizon,
        "dates": len(question.days),
        "fires": found.fires,
        "customers": found.customers,
        "observational": True,
        "outcomes": {outcome: _plain(one) for outcome, one in found.followed.items()},
        "curve": [
            {
                "what": variant.threshold.what,
                "comparison": variant.threshold.comparison,
                "value": variant.threshold.value,
                "outcomes": {outcome: _plain(one) for outcome, one in variant.followed.items()},
            }
            for variant in found.curve
        ],
        "together": dict(found.together),
        "held": found.held
        and {"fires": found.held.fires, "clear": found.held.clear, "by_guard": dict(found.held.by)},
    }


def _plain(one: Followed) -> dict[str, Any]:
    return {
        "fires": one.fires,
        "customers": one.customers,
        "happened": one.happened,
        "readings": [reading.as_object() for reading in one.readings],
    }
