"""Predicted lifetime value on demand: today's prediction, judged by one that was made earlier."""

from datetime import date, timedelta

from minori.core.errors import WorkspaceError
from minori.core.ports import Progress
from minori.kpis import lifetime, lifetime_histories, movement
from minori.kpis.lifetime_months import DAYS_OF_MONTH
from minori.kpis.lifetime_read import Lifetimes, read
from minori.pipeline.session import Session
from minori.pipeline.stages import STANDING
from minori.policy.reads import columns_of_classes
from minori.query.sql import sql

MONTHS = 12
LEAST_HELD_OUT = 28  # days; less says nothing about the future
_CUSTOMERS = sql("select * from lifetime order by basis desc, customer_id")
_CHECKS = sql("select * from lifetime_check order by basis desc, cohort, what, method")
_MODELS = sql("select * from lifetime_model order by basis desc, cohort, method")
_SEGMENTS = sql("select * from lifetime_segment order by basis desc, scope, segment")


def lifetimes(
    session: Session,
    as_of: date,
    *,
    months: int = MONTHS,
    progress: Progress = lambda _what, _share: None,
) -> Lifetimes:
    """Predict what each customer will buy, or how long each contract will last.

    Parameters
    ----------
    as_of
        Last day of data.
    months
        How far ahead. The check looks as far back as that, or half the history where it is shorter.

    Raises
    ------
    WorkspaceError
        If there are neither orders nor contracts before ``as_of``.
    """
    horizon = round(months * DAYS_OF_MONTH)
    progress("histories", 0.1)
    run = session.run_pass(
        (*STANDING[:4], movement.STAGE, lifetime_histories.STAGE),
        sorted({_cut(session, as_of, horizon), as_of}),
        place="lifetime_",
        metrics=columns_of_classes(session.policy),
    )
    progress("models", 0.6)
    run.perform(lifetime.stage(horizon))
    progress("done", 1.0)
    return read(
        run.dates.first,
        as_of,
        months,
        customers=run.fetch(_CUSTOMERS.bind()),
        checks=run.fetch(_CHECKS.bind()).to_pylist(),
        models=run.fetch(_MODELS.bind()).to_pylist(),
        segments=run.fetch(_SEGMENTS.bind()).to_pylist(),
    )


def _cut(session: Session, as_of: date, horizon: int) -> date:
    """Return the day from which the prediction is judged; ``as_of`` itself where the history is too short."""
    began = [
        first for name in ("orders", "contracts") if (first := session.spans[name][0]) and first <= as_of
    ]
    if not began:
        raise WorkspaceError(f"no orders and no contracts before {as_of}; a lifetime value needs one of them")
    held_out = min(horizon, (as_of - min(began)).days // 2)
    return as_of - timedelta(days=held_out) if held_out >= LEAST_HELD_OUT else as_of
