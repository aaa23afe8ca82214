"""A play on the company's own past: when it would have fired, and what followed. One pass over many dates."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
from sqlglot import exp

from minori.core.errors import UnknownName, WorkspaceError
from minori.core.ports import Progress
from minori.health import trend
from minori.lake.stage import Pass
from minori.learning.backtest import follow_fires
from minori.learning.backtest_summary import Followed, summaries
from minori.pipeline.evaluate import give_earlier
from minori.pipeline.facts_needed import plays_off
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

WEEKS = 52
HORIZON = 90
VARIANT = "~"  # between a play's name and the number of its variant
_PLACE = "tried_"
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
    play = _known(session, name)
    for what, value in (thresholds or {}).items():
        play = play.model_copy(update={"when": moved(play.when, place_of(play.when, what), value)})
    newest = until - timedelta(days=horizon)
    end = min(last or newest, newest)
    begin = max(first or end - timedelta(weeks=WEEKS - 1), session.first_day or end)
    if begin > end or (session.first_day or until) >= newest:
        raise WorkspaceError(
            f"not enough history: the facts begin on {session.first_day} and end on {until},"
            f" and each date must be followed for {horizon} days; give a shorter --horizon"
        )
    return Question(play, begin, end, step, horizon, overlap)


def _known(session: Session, name: str) -> Play:
    if name not in session.policy.plays:
        raise UnknownName("play", name, session.policy.plays)
    connected = session.connected(session.newest_fact or date.max)
    off = plays_off(session.policy, connected)
    if name in off:
        raise WorkspaceError(f"{name} cannot be tried: there are no {', '.join(sorted(off[name]))}")
    session.switch_off(off)
    return session.policy.plays[name].model_copy(update={"on": True})  # it is tried before it is switched on


def backtest(
    session: Session, question: Question, until: date, progress: Progress = lambda _what, _share: None
) -> Backtest:
    """Answer it, from points at each date alone; what became of them is looked up afterwards."""
    progress("metrics and health", 0.05)
    run = _stood(session, question)
    progress("thresholds", 0.5)
    variants = _variants(run, question.play)
    plays = {play.id: play for play in (question.play, *(play for _, play in variants))}
    others = (
        {name: play for name, play in session.policy.plays.items() if play.on} if question.overlap else {}
    )
    run.policy = session.policy.model_copy(update={"plays": {**others, **plays}})
    run.perform(holds.STAGE)
    run.perform(fires(question.days[0], question.step))
    progress("what followed", 0.7)
    later = follow(session, question.days, until, place=f"{_PLACE}later_")
    session.engine.create(f"{_PLACE}became", exp.select("*").from_(f"{later.place}became"))
    run.perform(follow_fires(question.play.id, question.days[0], question.horizon))
    held = held_by_guards(session, run, question.play) if question.overlap else None
    progress("done", 1.0)
    return _result(run, question, until, variants, held)


def _stood(session: Session, question: Question) -> Pass:
    """Run the stages that say how every customer stood on all dates, and how the score had moved."""
    plays = [question.play, *(p for p in session.policy.plays.values() if p.on and question.overlap)]
    policy = session.policy.model_copy(update={"plays": {play.id: play for play in plays}})
    reads = columns_of_plays(plays)
    needed = None if question.overlap else reads | columns_of_classes(policy) | columns_of_health(policy)
    days = {*question.lead, *question.days}
    over = policy.health.trend_over
    if reads & {"health_change", "health_before", "band_before"}:
        days |= {day - timedelta(days=over) for day in days}
    run = session.run_pass(STANDING, sorted(days), place=_PLACE, metrics=needed, policy=policy)
    give_earlier(session, f"{run.place}health", run.place, over)
    run.perform(trend.STAGE)
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
    others = [row for row in rows if VARIANT not in row["other"]]
    return {
        row["other"]: row["fires"] for row in sorted(others, key=lambda row: (-row["fires"], row["other"]))
    }


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
