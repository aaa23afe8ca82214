"""Published claims beside the own values, and CS as a profit centre: experiments, two periods, and costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from minori.core.figure import Reading
from minori.core.ports import Progress
from minori.lake.stage import Pass
from minori.learning import claim_figures as figures
from minori.learning import claim_spend
from minori.learning.claims import (
    CLAIMS,
    NO_COST_EXPERIMENT,
    NO_LONG_HOLD_OUT,
    NO_WORDING,
    Beside,
    Gain,
    by_lot,
)
from minori.learning.experiment_words import WORDING
from minori.learning.experiments import Cell
from minori.pipeline.proof.claims_seen import seen
from minori.pipeline.proof.cs_profit import cs_profit, gains_by_play
from minori.pipeline.proof.experiments import Experiments, experiments
from minori.pipeline.proof.value import Values, values
from minori.pipeline.session import Session
from minori.query.sql import sql
from minori.stats.arrays import Floats
from minori.stats.pooled_ratio import TwoArms

FRAMES = ("gain", "loss")  # names of the variants that the claim on framing is about
_PLACE = "tried_"  # where experiments leave who was enrolled
_SPENT = sql("""
    select experiment, play, treated, cast(spent as double) as spent from spent
    order by experiment, play, customer_key
""")


@dataclass(frozen=True)
class Claims:
    """Each claim beside the own value; and what CS brought in and cost."""

    as_of: date
    currency: str
    beside: tuple[Beside, ...]
    cs: tuple[Reading, Reading, Reading]  # gain, cost, profit
    gains: Mapping[str, Gain]  # by play


def claims(
    session: Session,
    as_of: date,
    progress: Progress = lambda _what, _share: None,
    *,
    valued: Values | None = None,
    tried: Experiments | None = None,
) -> Claims:
    """Measure what can be measured, with facts and experiments up to ``as_of``.

    ``valued`` and ``tried`` are of the same session and day, where they are there already.
    """
    progress("two periods", 0.1)
    valued = valued or values(session, as_of)
    progress("experiments", 0.3)
    every = (tried or experiments(session, as_of)).cells
    cells = [cell for cell in every if not cell.stratum]
    run = session.run_pass((claim_spend.STAGE,), [as_of], place=_PLACE)
    progress("claims", 0.9)
    spent = None if "contracts" in run.connected else _spent(run)
    effects = _effects(cells, _framed(every), spent)
    beside = tuple(
        Beside(claim, effect, seen(claim.id, valued)) for claim, effect in zip(CLAIMS, effects, strict=True)
    )
    one = valued.of("contracts") or valued.of("orders")
    margin = float(one.after.margin_share if one else run.policy.gross_margin)
    progress("done", 1.0)
    cs = cs_profit(run, cells, spent, margin)
    gains = gains_by_play(run, cells, spent, margin)
    return Claims(as_of, run.company.currency, beside, cs, gains)


def _effects(
    cells: Sequence[Cell], framed: Sequence[Cell], spent: Mapping[tuple[str, str], TwoArms] | None
) -> tuple[Reading, ...]:
    """Return the own effect for each claim, in the order of ``CLAIMS``; ``spent`` where customers only order."""
    selling = [cell for cell in cells if cell.goal == "gain"]
    bought = [_arms(cell, cell.arms.yes.astype(np.float64)) for cell in selling]
    left = [
        _arms(cell, cell.arms.left.astype(np.float64))
        for cell in cells
        if cell.goal == "stay" and cell.arms.left is not None
    ]
    if spent is None:
        added = [_arms(cell, np.maximum(cell.arms.after - cell.arms.before, 0)) for cell in selling]
        sales = [_arms(cell, cell.arms.after) for cell in selling]
    else:
        names = [(cell.experiment, cell.play) for cell in selling]
        added = sales = [spent[name] for name in names if name in spent]
    return (
        Reading(figures.LTV, None, 0, missing=NO_LONG_HOLD_OUT),
        by_lot(figures.TARGETED, bought),
        by_lot(figures.SPEND, added),
        by_lot(figures.SALES, sales),
        Reading(figures.COST, None, 0, missing=NO_COST_EXPERIMENT),
        by_lot(figures.CHURN, left),
        by_lot(
            figures.FRAMING, [_arms(cell, cell.arms.yes.astype(np.float64)) for cell in framed], NO_WORDING
        ),
    )


def _framed(cells: Sequence[Cell]) -> list[Cell]:
    """Return the arms of ``loss`` in experiments of exactly the wordings ``gain`` and ``loss``."""
    drawn: dict[tuple[str, str], set[str]] = {}
    for cell in cells:
        if cell.stratum == WORDING:
            drawn.setdefault((cell.experiment, cell.play), set()).add(cell.name)
    both = {name for name, variants in drawn.items() if variants == set(FRAMES)}
    return [
        cell
        for cell in cells
        if cell.stratum == WORDING and cell.name == FRAMES[1] and (cell.experiment, cell.play) in both
    ]


def _arms(cell: Cell, worth: Floats) -> TwoArms:
    known, treated = ~np.isnan(worth), cell.arms.treated
    return TwoArms(worth[known & treated], worth[known & ~treated])


def _spent(run: Pass) -> dict[tuple[str, str], TwoArms]:
    rows = run.fetch(_SPENT.bind()).to_pylist()
    found: dict[tuple[str, str], tuple[list[float], list[float]]] = {}
    for row in rows:
        if row["spent"] is not None:
            arms = found.setdefault((row["experiment"], row["play"]), ([], []))
            arms[0 if row["treated"] else 1].append(row["spent"])
    return {name: TwoArms(np.array(treated), np.array(held)) for name, (treated, held) in found.items()}
