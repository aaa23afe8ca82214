"""On which points a play's condition holds: the table ``play_day`` (as_of, customer_key, play)."""

from sqlglot import exp

from minori.lake.stage import Pass, Stage
from minori.query.condition import parse_condition
from minori.query.sql import column, literal, named, sql

_NONE = sql("select as_of, customer_key, cast(null as text) as play from point where false")


def columns_read(run: Pass) -> set[str]:
    """Return the columns that the plays of the pass read."""
    return {c for play in run.policy.plays.values() if play.on for c in parse_condition(play.when).columns}


def compute(run: Pass) -> None:
    """Set ``play_day`` for every point: one row per play whose condition holds."""
    run.create("_situation", run.situation(columns_read(run)))
    queries = [
        exp.select(column("as_of"), column("customer_key"), named(literal(name), "play"))
        .from_("_situation")
        .where(parse_condition(play.when).tree.copy())
        for name, play in run.policy.plays.items()
        if play.on
    ]
    union: exp.Query = _NONE.bind()
    for query in queries:
        union = exp.union(union, query, distinct=False)
    run.create("play_day", union)


STAGE = Stage(
    "holds",
    reads=("point", "state", "metric", "standing", "health", "trend", "customers"),
    writes=("play_day",),
    run=compute,
    says="which plays' conditions hold",
)
