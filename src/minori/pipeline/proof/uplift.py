"""Whom proposals move, from the lots of past runs and what those runs knew of the customers."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from minori.core.errors import UnknownName
from minori.core.figure import Reading
from minori.core.ports import Progress
from minori.kpis import movement
from minori.learning import claim_spend, enrolment, uplift_figures, uplift_rows
from minori.learning.arms import Arms, Goal, arms, settled
from minori.learning.uplift import Row, Uplift, features, uplift_of
from minori.metrics import points
from minori.outcomes import became
from minori.pipeline.proof.experiments import SEED, goal_of
from minori.pipeline.proof.numeric_metrics import numeric_metrics
from minori.pipeline.proof.past_runs import give_past_runs
from minori.pipeline.session import Session
from minori.query.sql import sql
from minori.schema.table import Column, Type
from minori.stats.reading import read
from minori.stats.rounding import significant

_PLACE = "moved_"
_MONTHS = 12  # of margin that a yes is counted with
_OWN = ("score", "mrr_before")  # known on the day of the draw, beside the metrics
_ROWS = sql("select * from moved order by experiment, play, settled_on, customer_id")


def uplift(
    session: Session,
    as_of: date,
    *,
    play: str | None = None,
    worth: float | None = None,
    cost: float = 0.0,
    seed: int = SEED,
    progress: Progress = lambda _what, _share: None,
) -> list[Uplift]:
    """
    Say of every play that was drawn for (or one) whether customers differ in a way worth acting on.

    Parameters
    ----------
    worth, cost
        Of a yes and of a contact, in the company's currency; a yes is counted by its margin unless said otherwise.

    Raises
    ------
    UnknownName
        If there is no such play.
    """
    if play is not None and play not in session.policy.plays:
        raise UnknownName("play", play, session.policy.plays)
    progress("who was drawn, and what was known of them", 0.1)
    metrics = sorted(numeric_metrics(session.policy))
    grouped = _grouped(session, as_of, play, metrics)
    names = [*_OWN, *(uplift_rows.METRIC + name for name in metrics)]
    contracts = "contracts" in session.connected(as_of)
    known_until = as_of - timedelta(days=session.workspace.company.renewal_grace if contracts else 0)
    margin = float(session.policy.gross_margin)
    found = []
    for number, ((experiment, name), rows) in enumerate(sorted(grouped.items())):
        progress(name, 0.4 + 0.6 * number / len(grouped))
        goal = goal_of(session.policy.plays.get(name))
        own, known = (
            arms(rows, goal, known_until=known_until, sees_leaving=contracts),
            settled(rows, known_until),
        )
        if len(set(own.treated.tolist())) < 2:
            continue
        x, columns = features(known, names)
        each = read(uplift_figures.WORTH, worth, len(known)) if worth else _worth(known, own, goal, margin)
        found.append(uplift_of(experiment, name, own, x, columns, worth=each, cost=cost, seed=seed))
    progress("done", 1.0)
    return found


def _grouped(
    session: Session, as_of: date, play: str | None, metrics: Sequence[str]
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    give_past_runs(session, _PLACE)
    columns = [Column("as_of", Type.DATE, "day"), Column("customer_key", Type.INTEGER, "customer")]
    columns += [Column(name, Type.NUMBER, name) for name in metrics]
    session.engine.attach(f"{_PLACE}run_metric", session.snapshot.files("results/metric"), columns)
    stages = (
        enrolment.ENROL,
        points.STAGE,
        movement.STAGE,
        became.STAGE,
        enrolment.FOLLOW,
        claim_spend.STAGE,
        uplift_rows.stage(metrics),
    )
    run = session.run_pass(stages, [as_of], place=_PLACE)
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in run.fetch(_ROWS.bind()).to_pylist():
        if play in (None, row["play"]):
            grouped[row["experiment"], row["play"]].append(row)
    return grouped


def _worth(rows: Sequence[Row], own: Arms, goal: Goal, margin: float) -> Reading:
    """Return the margin of one yes, on average over those who said it; of help that of what they pay."""
    with np.errstate(invalid="ignore"):
        amount = own.before if goal == "stay" else np.maximum(own.after - own.before, 0)
    yeses = amount[own.yes & ~np.isnan(amount)] * _MONTHS
    if not len(yeses) or not yeses.any():
        spent = [float(row["spent"]) for row, yes in zip(rows, own.yes, strict=True) if yes and row["spent"]]
        yeses = np.array(spent, dtype=np.float64)
    value = significant(float(yeses.mean()) * margin) if len(yeses) else None
    return read(uplift_figures.WORTH, value, len(yeses))
