"""What became of each play in the last year: fired, held, proposed, answered, gained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from minori.core.figure import Reading
from minori.kpis.value_change import money_of
from minori.learning import acceptance_asked, play_figures, play_summary
from minori.learning.claims import NO_HOLD_OUT, Gain
from minori.pipeline.proof.past_runs import give_past_runs
from minori.pipeline.session import Session
from minori.query.sql import sql

_YEAR = 365
_PLACE = "played_"
_FATES = sql("select play, fate, guard, candidates, customers from play_fate order by play, fate, guard")
_ANSWERS = sql("select play, proposals, accepted, priced, mrr_change from play_answer order by play")


@dataclass(frozen=True)
class PlaySummary:
    """One play: the counts of its candidates (each with the guard it is about, or none), its answers, its gain."""

    play: str
    counts: tuple[tuple[Reading, str], ...]
    answers: tuple[Reading, ...]
    gain: Reading


def play_summaries(session: Session, as_of: date, gains: Mapping[str, Gain]) -> list[PlaySummary]:
    """Return what became of every play that ever fired or was proposed in the year up to a day, by its name.

    ``gains`` are those that hold-outs prove, by play.
    """
    give_past_runs(session, _PLACE)
    stages = (acceptance_asked.STAGE, play_summary.stage(as_of - timedelta(days=_YEAR)))
    run = session.run_pass(stages, [as_of], place=_PLACE)
    fates, answers = (run.fetch(query.bind()).to_pylist() for query in (_FATES, _ANSWERS))
    currency = run.company.currency
    names = sorted({row["play"] for row in (*fates, *answers)})
    return [_summary(name, fates, answers, gains.get(name), currency) for name in names]


def _summary(
    name: str,
    fates: Sequence[dict[str, Any]],
    answers: Sequence[dict[str, Any]],
    gain: Gain | None,
    currency: str,
) -> PlaySummary:
    own = [row for row in fates if row["play"] == name]
    answered = next((row for row in answers if row["play"] == name), None)
    return PlaySummary(
        name,
        tuple(play_summary.counts(own)) if own else (),
        tuple(play_summary.answers(answered)),
        _gain(gain, currency),
    )


def _gain(gain: Gain | None, currency: str) -> Reading:
    if gain is None:
        return Reading(play_figures.GAIN, None, 0, missing=NO_HOLD_OUT)
    low, middle, high = (money_of(end, currency) for end in gain.amount)
    return Reading(play_figures.GAIN, middle, gain.customers, low, high)
