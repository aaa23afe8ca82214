"""Predicted lifetime value: each customer's purchases or months to come, judged on held-out time."""

from functools import partial

from sqlglot import exp

from minori.kpis.lifetime_contracts import by_contracts
from minori.kpis.lifetime_orders import by_orders
from minori.kpis.lifetime_rows import as_table
from minori.lake.stage import Pass, Stage
from minori.lake.types import arrow_schema
from minori.schema.proof.lifetime import TABLES

_DECLARED = {table.name: table for table in TABLES}


def compute(run: Pass, *, horizon: int) -> None:
    """Set ``lifetime``, ``lifetime_check``, ``lifetime_model`` and ``lifetime_segment`` as of the last date of the pass."""
    found = [by_orders(run, horizon), by_contracts(run, horizon)]
    run.create("lifetime", exp.union(found[0].customers, found[1].customers, distinct=False))
    for name, rows in (
        ("lifetime_check", [row for basis in found for row in basis.checks]),
        ("lifetime_model", [row for basis in found for row in basis.models]),
        ("lifetime_segment", [row for basis in found for row in basis.segments]),
    ):
        run.write(name, as_table(rows, run.as_of, arrow_schema(_DECLARED[name], technical=False)))


def stage(horizon: int) -> Stage:
    """Return the stage for a horizon in days.

    The first date of its pass is where the prediction is judged from; with one date alone nothing is judged, and the plain
    figures are shown.
    """
    return Stage(
        "lifetime",
        reads=("purchase_history", "purchase_later", "relationship", "point", "standing"),
        writes=("lifetime", "lifetime_check", "lifetime_model", "lifetime_segment"),
        run=partial(compute, horizon=horizon),
        says="what is expected of each customer",
    )
