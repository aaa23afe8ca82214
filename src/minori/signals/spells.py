"""Spells: the unbroken run of days on which a condition holds, derived from facts alone (SEMANTICS 6).

A signal is a candidate while it holds and is younger than ``valid``, and again for ``valid`` days at each
``again_after``. Gaps of up to ``rearm`` days do not end a spell. So a missed night loses nothing.

Young spells are known day by day. How old the others are is read from Mondays only, and only for plays that ask again:
their start is the first Monday of the spell, which is the same whatever day it is looked at.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import pyarrow as pa

from minori.lake.stage import Pass, Stage
from minori.policy.definitions import Play
from minori.query.sql import sql

WEEKS = 57  # Mondays looked at; a spell that began before is old and asks no more

# play_past holds the days before the as-of date on which the condition held, for plays that hold on it;
# play_monday the Mondays, for spells that are no longer young.
_SPELLS = sql("""
    with day as (
        select customer_key, play, as_of as day from play_day
        union
        select customer_key, play, as_of as day from play_past
    ), gap as (
        select d.customer_key, d.play, d.day, r.valid, r.rearm, r.again_after, r.looked_from,
               date_diff('day', lag(d.day) over (partition by d.customer_key, d.play order by d.day), d.day) as gap
        from day d
        join play_rule r on r.play = d.play
    ), spell as (
        select customer_key, play, max(day) filter (where gap is null or gap > rearm + 1) as since,
               max(day) as newest, max(valid) as valid, max(rearm) as rearm, max(again_after) as again_after,
               max(looked_from) as looked_from
        from gap
        group by customer_key, play
    ), monday as (
        select m.customer_key, m.play, m.as_of as day,
               date_diff('day', lag(m.as_of) over (partition by m.customer_key, m.play order by m.as_of), m.as_of) as gap
        from play_monday m
    ), begun as (
        select m.customer_key, m.play, max(m.day) filter (where m.gap is null or m.gap > greatest(r.rearm, 7) + 1) as since,
               max(m.day) as newest
        from monday m
        join play_rule r on r.play = m.play
        group by m.customer_key, m.play
    ), aged as (
        select s.customer_key, s.play, s.valid, s.again_after,
               date_diff('day', s.looked_from, s.since) <= s.rearm as older,
               case when date_diff('day', s.looked_from, s.since) <= s.rearm
                    then coalesce(b.since, s.since) else s.since end as since,
               b.since is not null and date_diff('day', $first_monday, b.since) > greatest(s.rearm, 7) as dated
        from spell s
        left join begun b on b.customer_key = s.customer_key and b.play = s.play
        where s.newest = $as_of
    ), asked as (
        select customer_key, play, since, valid, older, dated, date_diff('day', since, $as_of) as age_days,
               cast(floor(date_diff('day', since, $as_of) / nullif(again_after, 0)) as bigint) as times,
               again_after
        from aged
    )
    select cast($as_of as date) as as_of, customer_key, play, since, age_days, older and not dated as older,
           case when not older then 0 when dated then coalesce(times, 0) else 0 end as ask,
           case when not older then case when age_days < valid then 'young' else 'old' end
                when dated and times >= 1 and age_days - times * again_after < valid then 'again'
                else 'old' end as state
    from asked
""")


def lookback(play: Play) -> int:
    """Return how many days back the condition must be known, day by day, to tell whether a spell is young."""
    return play.valid + play.rearm


def mondays(as_of: date) -> list[date]:
    """Return the Mondays up to a day, oldest first."""
    newest = as_of - timedelta(days=as_of.weekday())
    return [newest - timedelta(weeks=back) for back in reversed(range(WEEKS))]


def rules(plays: Mapping[str, Play], as_of: date) -> pa.Table:
    """Return the plays' spans of days as a table."""
    on = {name: play for name, play in plays.items() if play.on}
    looked_from = [as_of - timedelta(days=lookback(play)) for play in on.values()]
    return pa.table(
        {
            "play": pa.array(list(on), pa.string()),
            "valid": pa.array([p.valid for p in on.values()], pa.int64()),
            "rearm": pa.array([p.rearm for p in on.values()], pa.int64()),
            "again_after": pa.array([p.again_after for p in on.values()], pa.int64()),
            "looked_from": pa.array(looked_from, pa.date32()),
        }
    )


def compute(run: Pass) -> None:
    """Set ``signal``: one row per customer and play whose condition holds as of the date."""
    run.write("play_rule", rules(run.policy.plays, run.as_of))
    run.create("signal", _SPELLS.bind(as_of=run.as_of, first_monday=mondays(run.as_of)[0]))


STAGE = Stage(
    "signals",
    reads=("play_day", "play_past", "play_monday"),
    writes=("signal", "play_rule"),
    run=compute,
    says="spells, their age and whether they ask",
)
