"""On which points a play's condition holds: the table ``play_day`` (as_of, customer_key, play)."""

from sqlglot import exp

from minori.lake.stage import Pass, Stage
from minori.policy.reads import columns_of_plays
from minori.query.condition import parse_condition
from minori.query.sql import column, literal, named, sql, united

_NONE = sql("select as_of, customer_key, cast(null as text) as play from point where false")


def compute(run: Pass) -> None:
    """Set ``play_day`` for every point: one row per play whose condition holds."""
    on = [play for play in run.policy.plays.values() if play.on]
    run.create("_situation", run.situation(columns_of_plays(on)))
    queries = [
        exp.select(column("as_of"), column("customer_key"), named(literal(play.id), "play"))
        .from_("_situation")
        .where(parse_condition(play.when).tree.copy())
        for play in on
    ]
    run.create("play_day", united([_NONE.bind(), *queries]))


STAGE = Stage(
    "holds",
    reads=("point", "state", "metric", "standing", "health", "trend", "customers"),
    writes=("play_day",),
    run=compute,
    says="which plays' conditions hold",
)
