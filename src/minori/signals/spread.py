"""What values a play's thresholds could take: the spread of what they compare, over all points. The table ``spread``."""

from sqlglot import exp

from minori.lake.stage import Pass, Stage
from minori.policy.definitions import Play
from minori.query.condition import parse_condition
from minori.query.sql import literal, named, sql, united
from minori.query.thresholds import thresholds_of

TILES = 12

_NONE = sql("select cast(0 as bigint) as place, cast(null as double) as value")

# The middle of each tile of the known values, equally many points in each.
_SPREAD = sql("""
    with known as (
        select place, value, row_number() over (partition by place order by value) as number,
               count(*) over (partition by place) as size
        from _value where value is not null
    ), tile as (
        select place, value, floor((number - 1) * $tiles / size) as tile from known
    )
    select place, tile, min(value) as value from tile group by place, tile
""")


def spread(play: Play) -> Stage:
    """Return the stage for one play; a play without thresholds has no rows."""

    def compute(run: Pass) -> None:
        condition = parse_condition(play.when)
        run.create("_situation", run.situation(condition.columns))
        values: list[exp.Query] = [_NONE.bind()]
        for threshold in thresholds_of(play.when):
            value = exp.cast(parse_condition(threshold.what).tree.copy(), "double")
            row = exp.select(named(literal(threshold.place), "place"), named(value, "value"))
            values.append(row.from_("_situation"))
        run.create("_value", united(values))
        run.create("spread", _SPREAD.bind(tiles=TILES))

    return Stage(
        "spread",
        reads=("point", "state", "metric", "standing", "health", "trend", "customers"),
        writes=("spread",),
        run=compute,
        says="which values each threshold could take",
    )
