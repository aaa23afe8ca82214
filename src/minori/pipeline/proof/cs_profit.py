"""CS as a profit centre: the margin that hold-outs prove, less what CS cost meanwhile."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from minori.core.figure import Reading
from minori.core.text import Text
from minori.kpis.value_change import money_of
from minori.kpis.value_read import COST_UNKNOWN
from minori.lake.stage import Pass
from minori.learning import claim_figures as figures
from minori.learning import experiment_figures
from minori.learning.claims import NO_HOLD_OUT, NOT_OVER, TOO_FEW, Gain, total_gain
from minori.learning.experiments import Cell
from minori.pipeline.proof.value import COSTS_BEGIN
from minori.query.sql import sql
from minori.stats.interval import Interval
from minori.stats.intervals import LEVEL, normal_quantile
from minori.stats.pooled_ratio import TwoArms

Plays = Mapping[tuple[str, str], TwoArms]
"""What customers ordered within their horizon, by (experiment, play)."""
Held = Mapping[tuple[str, str], Mapping[str, Any]]
_DAYS_OF_MONTH = 365.25 / 12
_HELD = sql("""
    select experiment, play, count(*) as customers, min(drawn_on) as drawn_on,
           cast(sum(date_diff('day', settled_on, $until)) as bigint) as days
    from spent where treated group by experiment, play order by experiment, play
""")
_KEPT = sql("""
    select count(*) filter (where _day >= $since) as entries, min(_day) as first_on,
           cast(sum(amount) filter (where _day >= $since and coalesce(currency, $currency) = $currency)
                as decimal(18, 4)) as amount,
           count(*) filter (where _day >= $since and coalesce(currency, $currency) <> $currency) as foreign_entries
    from costs where kind = 'retention'
""")


def cs_profit(
    run: Pass, cells: Sequence[Cell], spent: Plays | None, margin: float
) -> tuple[Reading, Reading, Reading]:
    """
    Return what CS gained, what it cost, and the difference.

    Parameters
    ----------
    run
        A pass that holds ``spent``.
    cells
        Experiments as wholes.
    spent
        Where customers only order; None: they have contracts.
    margin
        Gross margin, a share.
    """
    held = _held(run)
    gains = list(_gains(cells, spent, margin, held).values())
    why = TOO_FEW if cells else NO_HOLD_OUT
    cost = _cost(
        run,
        min((row["drawn_on"] for row in held.values()), default=None),
        NOT_OVER if cells else NO_HOLD_OUT,
    )
    n = sum(gain.customers for gain in gains)
    if not gains:
        return (
            Reading(figures.CS_GAIN, None, n, missing=why),
            cost,
            Reading(figures.CS_PROFIT, None, n, missing=why),
        )
    low, middle, high = (money_of(end, run.company.currency) for end in total_gain(gains))
    gain = Reading(figures.CS_GAIN, middle, n, low, high)
    if cost.value is None:
        return gain, cost, Reading(figures.CS_PROFIT, None, n, missing=COST_UNKNOWN)
    paid = money_of(float(cost.value), run.company.currency)
    return gain, cost, Reading(figures.CS_PROFIT, middle - paid, n, low - paid, high - paid)


def gains_by_play(run: Pass, cells: Sequence[Cell], spent: Plays | None, margin: float) -> dict[str, Gain]:
    """Return what each play gained in all of its experiments (arguments as of ``cs_profit``)."""
    parts: dict[str, list[Gain]] = {}
    for (_, play), gain in _gains(cells, spent, margin, _held(run)).items():
        parts.setdefault(play, []).append(gain)
    return {
        play: Gain(total_gain(gains), sum(gain.customers for gain in gains)) for play, gains in parts.items()
    }


def _held(run: Pass) -> Held:
    rows = run.fetch(_HELD.bind(until=run.as_of)).to_pylist()
    return {(row["experiment"], row["play"]): row for row in rows}


def _gains(
    cells: Sequence[Cell], spent: Plays | None, margin: float, held: Held
) -> dict[tuple[str, str], Gain]:
    return _of_contracts(cells, held, margin) if spent is None else _of_orders(spent, margin)


def _of_contracts(cells: Sequence[Cell], held: Held, margin: float) -> dict[tuple[str, str], Gain]:
    """An effect on MRR counts from the end of each horizon until today: it is not known to last longer."""
    gains = {}
    for cell in cells:
        effect, row = cell.reading(experiment_figures.MRR), held.get((cell.experiment, cell.play))
        if effect.value is None or effect.low is None or effect.high is None or row is None:
            continue
        worth = row["days"] / _DAYS_OF_MONTH * margin
        ends = (float(end) * worth for end in (effect.low, effect.value, effect.high))
        gains[cell.experiment, cell.play] = Gain(Interval(*ends), row["customers"])
    return gains


def _of_orders(spent: Plays, margin: float) -> dict[tuple[str, str], Gain]:
    """The difference of means with its normal interval, over the customers proposed to."""
    gains = {}
    for name, arms in spent.items():
        n, m = len(arms.treated), len(arms.held_out)
        if min(n, m) < 2:
            continue
        middle = float(arms.treated.mean() - arms.held_out.mean())
        error = float(np.sqrt(arms.treated.var(ddof=1) / n + arms.held_out.var(ddof=1) / m))
        half = normal_quantile((1 + LEVEL) / 2) * error
        ends = (end * n * margin for end in (middle - half, middle, middle + half))
        gains[name] = Gain(Interval(*ends), n)
    return gains


def _cost(run: Pass, since: date | None, why: Text) -> Reading:
    """Return retention costs since a day; unknown where they are not on record since then, or have no rate here."""
    if since is None:
        return Reading(figures.CS_COST, None, 0, missing=why)
    row = run.fetch(_KEPT.bind(since=since, currency=run.company.currency)).to_pylist()[0]
    late = row["first_on"] is None or row["first_on"] > since + timedelta(days=COSTS_BEGIN)
    if late or not row["entries"] or row["foreign_entries"]:
        return Reading(figures.CS_COST, None, row["entries"], missing=COST_UNKNOWN)
    return Reading(figures.CS_COST, Decimal(row["amount"]), row["entries"])
