"""When plays would have fired: the first date of each spell, over many dates at once. The table ``fire``.

On dates further apart than a day a spell begins on the first of them that sees the condition hold.
"""

from datetime import date

import pyarrow as pa

from minori.lake.stage import Pass, Stage
from minori.query.sql import sql

_FIRES = sql("""
    with gap as (
        select as_of, customer_key, play,
               date_diff('day', lag(as_of) over (partition by customer_key, play order by as_of), as_of) as gap
        from play_day
    )
    select g.as_of, g.customer_key, g.play
    from gap g
    join _rearm r on r.play = g.play
    where (g.gap is null or g.gap > r.longest) and g.as_of >= $first
""")


def fires(first: date, step: int) -> Stage:
    """Return the stage for dates ``step`` days apart; those before ``first`` only tell what held already."""

    def compute(run: Pass) -> None:
        plays = run.policy.plays
        longest = [max(play.rearm + 1, step) for play in plays.values()]
        run.write("_rearm", pa.table({"play": list(plays), "longest": pa.array(longest, pa.int64())}))
        run.create("fire", _FIRES.bind(first=first))

    return Stage(
        "fires",
        reads=("play_day",),
        writes=("fire",),
        run=compute,
        says="the first date of each spell",
    )
