"""How customers stood when they were asked: the table ``example``, one row per past proposal, features before answers."""

from collections.abc import Collection

import numpy as np
import pyarrow as pa
from sqlglot import exp

from minori.lake.stage import Pass, Stage
from minori.query.sql import Query, column, named, sql
from minori.stats.arrays import Floats

WANTED = "question"
"""Input of the stage: which proposals are asked about (the rows of ``asked``)."""

# A customer who had not come yet on the day before stands at no point; then everything about it is unknown.
_EXAMPLES = sql("""
    select q.proposal_id, cast(d.play is not null as double) as play_holds,
           q.mrr_change / nullif(s.mrr, 0) as price_rise
    from question q
    left join point p on p.as_of = q.point and p.customer_key = q.customer_key
    left join state s on s.as_of = q.point and s.customer_key = q.customer_key
    left join play_day d on d.as_of = q.point and d.customer_key = q.customer_key and d.play = q.play
    left join _situation t on t.as_of = q.point and t.customer_key = q.customer_key
""")
_ALL: Query = sql("select * from example order by proposal_id")


def stage(columns: Collection[str]) -> Stage:
    """Return the stage that sets ``example`` with these columns of the situation beside its own."""

    def compute(run: Pass) -> None:
        run.create("_situation", run.situation(columns))
        values = [named(exp.cast(column(name, "t"), "double"), name) for name in sorted(columns)]
        run.create("example", _EXAMPLES.bind().select(*values))

    return Stage(
        "examples",
        reads=(WANTED, "point", "state", "metric", "standing", "health", "trend", "play_day", "customers"),
        writes=("example",),
        run=compute,
        says="how customers stood when they were asked",
    )


def fetch(run: Pass) -> pa.Table:
    """Return the rows of ``example`` of a pass."""
    return run.fetch(_ALL.bind())


def matrix(rows: pa.Table, names: Collection[str]) -> Floats:
    """Return columns of rows as numbers, NaN where unknown; a column that is not there is unknown throughout."""
    missing = np.full(rows.num_rows, np.nan)
    return np.column_stack([_numbers(rows[n]) if n in rows.column_names else missing for n in names])


def _numbers(values: pa.ChunkedArray) -> Floats:
    found: Floats = values.cast(pa.float64()).to_numpy().astype(np.float64)
    return found
