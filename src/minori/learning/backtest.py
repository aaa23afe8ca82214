"""What would have followed: fires of plays beside what became of the customers and of comparable others.

Observational: the others were not drawn by lot, so a lift is never called an effect. Comparable are the customers of
the same segment, touch layer and date on which the condition did not hold; where there are fewer than five of them, all
customers of the date on which it did not.
"""

from datetime import date

from minori.lake.stage import Pass, Stage
from minori.query.sql import sql

OUTCOMES = ("expanded", "churned", "bought")
FEWEST_OTHERS = 5

# Every point that could be followed for the whole horizon, once per outcome that could befall it.
_LABEL = sql("""
    with event as (
        select as_of, customer_key, 'expanded' as outcome, expanded_on as day, true as open from became
        union all
        select as_of, customer_key, 'churned', churned_on, mrr > 0 from became
        union all
        select as_of, customer_key, 'bought', bought_on, true from became
    )
    select e.as_of, e.customer_key, e.outcome,
           coalesce(t.segment, '') as segment, coalesce(t.touch, '') as touch,
           case when e.day <= e.as_of + $horizon then 1 else 0 end as happened,
           case when e.day <= e.as_of + $horizon then date_diff('day', e.as_of, e.day) end as days, e.day
    from event e
    join point p on p.as_of = e.as_of and p.customer_key = e.customer_key
    left join standing t on t.as_of = e.as_of and t.customer_key = e.customer_key
    where e.as_of >= $first and e.open
""")
_SIZE = sql("""
    select as_of, outcome, segment, touch, count(*) as size, sum(happened) as happened
    from _label group by as_of, outcome, segment, touch
""")
_HOLDING = sql("""
    select d.play, l.as_of, l.outcome, l.segment, l.touch, count(*) as size, sum(l.happened) as happened
    from play_day d
    join _label l on l.as_of = d.as_of and l.customer_key = d.customer_key
    group by d.play, l.as_of, l.outcome, l.segment, l.touch
""")
# The others: all less those on whom the condition holds, per stratum and per date.
_BASE = sql("""
    with play as (select distinct play from play_day), other as (
        select p.play, s.as_of, s.outcome, s.segment, s.touch, s.size - coalesce(h.size, 0) as size,
               s.happened - coalesce(h.happened, 0) as happened
        from _size s
        cross join play p
        left join _holding h on h.play = p.play and h.as_of = s.as_of and h.outcome = s.outcome
         and h.segment = s.segment and h.touch = s.touch
    )
    select play, as_of, outcome, segment, touch, size >= $fewest as own,
           case when size >= $fewest then size
                else sum(size) over (partition by play, as_of, outcome) end as size,
           case when size >= $fewest then happened
                else sum(happened) over (partition by play, as_of, outcome) end as happened
    from other
""")
_FOLLOWED = sql("""
    select f.as_of, f.customer_key, f.play, l.outcome, l.segment, l.touch, l.happened, l.days, b.own,
           cast(b.happened as double) / nullif(b.size, 0) as base
    from fire f
    join _label l on l.as_of = f.as_of and l.customer_key = f.customer_key
    join _base b on b.play = f.play and b.as_of = l.as_of and b.outcome = l.outcome
     and b.segment = l.segment and b.touch = l.touch
""")
_FIRES = sql("""
    select as_of, customer_key, play, outcome, happened, days, base from _followed where base is not null
""")
# Weight of a stratum = its share of the play's fires; what each other customer adds to the weighted base rate.
_OTHERS = sql("""
    with weight as (
        select play, outcome, as_of, segment, touch, own, max(base) as base,
               cast(count(*) as double) / sum(count(*)) over (partition by play, outcome) as weight
        from _followed where play = $play and base is not null
        group by play, outcome, as_of, segment, touch, own
    ), beside as (
        select w.play, w.outcome, w.weight, w.base, l.customer_key, l.happened,
               count(*) over (partition by w.outcome, w.as_of, w.segment, w.touch) as size
        from weight w
        join _label l on l.as_of = w.as_of and l.outcome = w.outcome
         and (not w.own or (l.segment = w.segment and l.touch = w.touch))
        left join play_day d on d.as_of = l.as_of and d.customer_key = l.customer_key and d.play = w.play
        where d.play is null
    )
    select play, outcome, customer_key, sum(weight * (happened - base) / size) as influence
    from beside group by play, outcome, customer_key
""")
_MISSED = sql("""
    with event as (
        select distinct customer_key, outcome, day from _label where happened = 1
    ), play as (select distinct play from fire), found as (
        select distinct f.play, e.customer_key, e.outcome, e.day
        from event e
        join fire f on f.customer_key = e.customer_key and f.as_of < e.day and e.day <= f.as_of + $horizon
    )
    select p.play, e.outcome, count(*) as events, count(f.play) as foreseen
    from event e
    cross join play p
    left join found f on f.play = p.play and f.customer_key = e.customer_key and f.outcome = e.outcome and f.day = e.day
    group by p.play, e.outcome
""")
_TOGETHER = sql("""
    select f.play, d.play as other, count(*) as fires
    from fire f
    join other_day d on d.as_of = f.as_of and d.customer_key = f.customer_key
    where f.play = $play and d.play <> f.play
    group by f.play, d.play
""")


def follow_fires(play: str, first: date, horizon: int) -> Stage:
    """Return the stage that follows the fires of every play of the pass; ``play`` is the one looked at closely.

    ``became`` must hold every point from ``first`` on, each followed for ``horizon`` days; ``other_day`` where the
    conditions of other plays hold.
    """

    def compute(run: Pass) -> None:
        run.create("_label", _LABEL.bind(horizon=horizon, first=first))
        run.create("_size", _SIZE.bind())
        run.create("_holding", _HOLDING.bind())
        run.create("_base", _BASE.bind(fewest=FEWEST_OTHERS))
        run.create("_followed", _FOLLOWED.bind())
        run.create("followed_fire", _FIRES.bind())
        run.create("other", _OTHERS.bind(play=play))
        run.create("missed", _MISSED.bind(horizon=horizon))
        run.create("together", _TOGETHER.bind(play=play))

    return Stage(
        "backtest",
        reads=("fire", "play_day", "other_day", "became", "point", "standing"),
        writes=("followed_fire", "other", "missed", "together"),
        run=compute,
        says="what followed the fires of plays, beside comparable others",
    )
