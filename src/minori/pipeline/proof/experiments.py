"""Experiments from the lots of past runs: who was drawn, what became of them, and what that proves of each play."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from minori.core.ports import Progress
from minori.kpis import movement
from minori.learning import enrolment
from minori.learning import experiment_figures as figures
from minori.learning.arms import Goal, arms
from minori.learning.experiment_words import WORDING
from minori.learning.experiments import Cell, analysed, ordered
from minori.metrics import points
from minori.offers.kind import OFFER_KINDS
from minori.outcomes import became
from minori.pipeline.proof.past_runs import give_past_runs, rules
from minori.pipeline.proof.verdicts import stops
from minori.pipeline.proof.wordings import wordings
from minori.pipeline.session import Session
from minori.policy.definitions import Play
from minori.query.sql import sql
from minori.stats.rounding import significant

SEED = 1  # of redraws and simulated worlds; the same everywhere, so that a verdict repeats
_ROWS = sql("""
    select e.*, t.gained_on, t.churned_on, t.mrr_before, t.mrr_after
    from enrolled e join tried t on t.experiment = e.experiment and t.customer_key = e.customer_key
    order by e.experiment, e.play, e.settled_on, e.customer_id
""")


@dataclass(frozen=True)
class Experiments:
    """Every play that was ever drawn for, as of the last day of data."""

    as_of: date
    cells: tuple[Cell, ...]


def experiments(
    session: Session,
    as_of: date,
    *,
    play: str | None = None,
    seed: int = SEED,
    progress: Progress = lambda _what, _share: None,
) -> Experiments:
    """Analyse the experiments of every play (or one) with the decisions of runs up to ``as_of``.

    Raises
    ------
    UnknownName
        If an experiment declares a stratum that customers have no class of.
    """
    policy = session.policy
    known = rules(policy)
    progress("who was drawn, and what became of them", 0.1)
    grouped = _rows(session, as_of, play)
    sees_leaving = "contracts" in session.connected(as_of)
    grace = session.workspace.company.renewal_grace if sees_leaving else 0
    limit = stops(policy).harm_e_value
    cells: list[Cell] = []
    for number, ((experiment, name), rows) in enumerate(sorted(grouped.items())):
        progress(name, 0.4 + 0.6 * number / len(grouped))
        goal = goal_of(policy.plays.get(name))
        own = arms(rows, goal, known_until=as_of - timedelta(days=grace), sees_leaving=sees_leaving)
        strata = known[name][1].strata if name in known else ()
        cells += analysed(experiment, name, goal, own, strata, harm_limit=limit, seed=seed)
    cells += wordings(session, as_of, play=play, harm_limit=limit, seed=seed)
    progress("done", 1.0)
    return Experiments(as_of, tuple(ordered(cells)))


def goal_of(play: Play | None) -> Goal:
    """Return what a play is for; of one that the policy no longer has, that customers buy."""
    return "stay" if play is not None and OFFER_KINDS[play.offer.kind].worth == "keep" else "gain"


def _rows(session: Session, as_of: date, play: str | None) -> dict[tuple[str, str], list[dict[str, Any]]]:
    place = "tried_"
    give_past_runs(session, place)
    stages = (enrolment.ENROL, points.STAGE, movement.STAGE, became.STAGE, enrolment.FOLLOW)
    run = session.run_pass(stages, [as_of], place=place)
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in run.fetch(_ROWS.bind()).to_pylist():
        if play in (None, row["play"]):
            grouped[row["experiment"], row["play"]].append(row)
    return grouped


def verdict_rows(found: Experiments) -> list[dict[str, Any]]:
    """Return one row of ``play_verdict`` per cell; bad words do not stop a play."""
    return [_verdict_row(found.as_of, cell) for cell in found.cells if cell.stratum != WORDING]


def _verdict_row(as_of: date, cell: Cell) -> dict[str, Any]:
    _, treated, _, held_out = cell.arms.counts
    effect, better = cell.reading(figures.EFFECT), cell.reading(figures.CHANCE_BETTER)
    return {
        "as_of": as_of,
        "play": cell.play,
        "source": "experiment",
        "experiment": cell.experiment,
        "stratum": cell.stratum,
        "class": cell.name,
        "verdict": cell.verdict,
        "reason_ja": cell.why.ja,
        "reason_en": cell.why.en,
        "treated": treated,
        "held_out": held_out,
        "waiting": cell.arms.waiting,
        "effect": _stored(effect.value),
        "effect_low": _stored(effect.low),
        "effect_high": _stored(effect.high),
        "e_benefit": _stored(cell.reading(figures.BENEFIT).value),
        "e_harm": _stored(cell.reading(figures.HARM).value),
        "chance_better": _stored(better.value),
    }


def _stored(value: float | Decimal | None) -> float | None:
    return None if value is None else significant(float(value))
