"""Spells: the unbroken run of days on which a condition holds, derived from facts alone (SEMANTICS 6).

A signal is a candidate while it holds and is younger than ``valid``, and again for ``valid`` days at each
``again_after``. Gaps of up to ``rearm`` days do not end a spell. So a missed night loses nothing.
"""

from datetime import date

import pyarrow as pa

from minori.lake.stage import Pass, Stage
from minori.policy.definitions import Play
from minori.query.sql import sql

LONGEST_LOOK = 400  # days; a spell that began before is old and asks no more

# play_past holds the days before the as-of date on which the condition held, for plays that hold on it.
_SPELLS = sql("""
    with days as (
        select customer_key, play, as_of as day from play_day
        union
        select customer_key, play, as_of as day from play_past
    ), gaps as (
        select d.customer_key, d.play, d.day, r.valid, r.rearm, r.again_after, r.looked_from,
               date_diff('day', lag(d.day) over (partition by d.customer_key, d.play order by d.day), d.day) as gap
        from days d
        join play_rule r on r.play = d.play
    ), starts as (
        select customer_key, play, max(day) filter (where gap is null or gap > rearm + 1) as since,
               max(day) as newest, max(valid) as valid, max(rearm) as rearm, max(again_after) as again_after,
               max(looked_from) as looked_from
        from gaps
        group by customer_key, play
    ), aged as (
        select customer_key, play, since, valid, again_after, date_diff('day', since, $as_of) as age_days,
               date_diff('day', looked_from, since) <= rearm as older
        from starts
        where newest = $as_of
    )
    select cast($as_of as date) as as_of, customer_key, play, since, age_days, older,
           case when older then 'old'
                when age_days < valid then 'young'
                when age_days - again_after * floor(age_days / nullif(again_after, 0)) < valid then 'again'
                else 'old' end as state
    from aged
""")


def lookback(play: Play) -> int:
    """Return how many days back the condition must be known to tell how old a spell is."""
    again = (play.again_after or 0) * 2
    return min(max(play.valid, again + play.valid if again else 0) + play.rearm, LONGEST_LOOK)


def rules(plays: dict[str, Play], as_of: date) -> pa.Table:
    """Return the plays' spans of days as a table."""
    on = {name: play for name, play in plays.items() if play.on}
    return pa.table(
        {
            "play": pa.array(list(on), pa.string()),
            "valid": pa.array([p.valid for p in on.values()], pa.int64()),
            "rearm": pa.array([p.rearm for p in on.values()], pa.int64()),
            "again_after": pa.array([p.again_after for p in on.values()], pa.int64()),
            "looked_from": pa.array(
                [date.fromordinal(as_of.toordinal() - lookback(p)) for p in on.values()], pa.date32()
            ),
        }
    )


def compute(run: Pass) -> None:
    """Set ``signal``: one row per customer and play whose condition holds as of the date."""
    run.write("play_rule", rules(run.policy.plays, run.as_of))
    run.create("signal", _SPELLS.bind(as_of=run.as_of))


STAGE = Stage(
    "signals",
    reads=("play_day", "play_past"),
    writes=("signal", "play_rule"),
    run=compute,
    says="spells, their age and whether they ask",
)
