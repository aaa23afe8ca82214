"""What followed after customers were asked, said yes, or were left alone: the table ``aftermath``, one row per occasion.

An occasion is a proposal that reached a customer, a yes to one, or a customer's first lot in an experiment. Looked at
are equal spans before and after its day. Nothing is said about a span that facts do not reach.
"""

from functools import partial

from minori.lake.stage import Pass, Stage
from minori.query.sql import sql

WITHIN = 60  # days in which asking shows its effect
SIX_MONTHS = 182
_FRESH = 14  # days that a health score may be old
COMPLAINTS = ("complaint", "complaints", "クレーム", "苦情")

_ASKED = sql("""
    with occasion as (
        select 'proposal' as role, p.proposal_id as unit, p.play, p.channel, p."by" as owner, p.customer_key,
               p._day as asked_on, o.result
        from proposals p
        left join outcomes o on o.as_of = p.as_of and o.proposal_id = p.proposal_id
        union all
        select 'yes', o.proposal_id, coalesce(o.play, p.play), p.channel, p."by", o.customer_key, o._day, o.result
        from outcomes o
        left join proposals p on p.as_of = o.as_of and p.proposal_id = o.proposal_id
        where o.result = 'accepted'
        union all
        select case when e.treated then 'treated' else 'held_out' end,
               concat(e.experiment, ' ', cast(e.customer_key as text)), e.play, null, null, e.customer_key,
               e.drawn_on, null
        from enrolled e
    )
    select role, unit, coalesce(play, '') as play, channel, owner, customer_key, asked_on, result
    from occasion
    where asked_on <= $until
""")
_TOLD = sql("""
    with said as (
        select c.customer_key, c._day as day, 'opted_out' as what from consents c where not c.granted
        union all
        select t.customer_key, t._day, 'complained' from tickets t where lower(t.topic) in ($complaints)
        union all
        select i.customer_key, i._day, 'complained' from interactions i where lower(i.about) in ($complaints)
    )
    select a.role, a.unit,
           max(case when s.what = 'opted_out' and s.day > a.asked_on then 1 else 0 end) as opted_out,
           max(case when s.what = 'opted_out' and s.day <= a.asked_on then 1 else 0 end) as opted_before,
           max(case when s.what = 'complained' and s.day > a.asked_on then 1 else 0 end) as complained,
           max(case when s.what = 'complained' and s.day <= a.asked_on then 1 else 0 end) as complained_before
    from _asked a
    left join said s
      on s.customer_key = a.customer_key and s.day > a.asked_on - $within and s.day <= a.asked_on + $within
    group by a.role, a.unit
""")
_SCORED = sql("""
    select a.role, a.unit,
           arg_max(h.health, h.as_of) filter (where h.as_of <= a.asked_on - $within) as health_before,
           arg_max(h.health, h.as_of)
             filter (where h.as_of <= a.asked_on and h.as_of > a.asked_on - $fresh) as health,
           arg_max(h.health, h.as_of) filter (where h.as_of > a.asked_on + $within - $fresh) as health_after
    from _asked a
    join run_health h
      on h.customer_key = a.customer_key and h.health is not null
     and h.as_of > a.asked_on - $within - $fresh and h.as_of <= a.asked_on + $within
    group by a.role, a.unit
""")
_ANSWERED = sql("""
    select a.role, a.unit,
           cast(sum(s.score) filter (where s._day <= a.asked_on) as double)
             / cast(nullif(count(*) filter (where s._day <= a.asked_on), 0) as double) as nps_before,
           cast(sum(s.score) filter (where s._day > a.asked_on) as double)
             / cast(nullif(count(*) filter (where s._day > a.asked_on), 0) as double) as nps_after
    from _asked a
    join surveys s
      on s.customer_key = a.customer_key and s.kind = 'nps'
     and s._day > a.asked_on - $half_year and s._day <= a.asked_on + $half_year
    group by a.role, a.unit
""")
_MOVED = sql("""
    select a.role, a.unit, min(m.day) filter (where m.kind = 'churn') as churned_on,
           min(m.day) filter (where m.kind = 'downsell') as reduced_on
    from _asked a
    join movement m on m.customer_key = a.customer_key and m.day > a.asked_on
    group by a.role, a.unit
""")
# What was bought: products and features of contracts that began with the yes and were not held before.
_USED = sql("""
    with held as (
        select a.unit, c.product_id, f.feature, c.starts_on >= a.asked_on as is_new
        from _asked a
        join contracts c on c.customer_key = a.customer_key and c.starts_on <= a.asked_on + $within
        left join catalog_feature f on f.plan_id = c.plan_id and f.product_id = c.product_id
        where a.role = 'yes' and not coalesce(c.is_trial, false)
    ), thing as (
        select unit, product_id as thing, is_new from held
        union all
        select unit, feature, is_new from held where feature is not null
    ), bought as (
        select unit, thing from thing group by unit, thing having min(cast(is_new as int)) = 1
    ), heard as (
        select e.customer_key, e._day as day, e.name as thing from events e
        union all
        select e.customer_key, e._day, e.product_id from events e where e.product_id is not null
    ), seen as (
        select b.thing from bought b join heard h on h.thing = b.thing group by b.thing
    )
    select a.unit,
           max(case when h.day > a.asked_on and h.day <= a.asked_on + $half_year then 1 else 0 end) as used
    from _asked a
    join bought b on b.unit = a.unit
    join seen s on s.thing = b.thing
    left join heard h on h.customer_key = a.customer_key and h.thing = b.thing
    where a.role = 'yes'
    group by a.unit
""")
_NOT_LOOKED = sql("select cast(null as text) as unit, cast(null as int) as used where false")
_AFTERMATH = sql("""
    select a.role, a.unit, a.play, a.channel, a.owner, a.customer_key, a.asked_on, a.result, t.opted_out,
           t.opted_before, t.complained, t.complained_before, h.health_before, h.health, h.health_after,
           n.nps_before, n.nps_after, m.churned_on, m.reduced_on, u.used
    from _asked a
    left join _told t on t.role = a.role and t.unit = a.unit
    left join _scored h on h.role = a.role and h.unit = a.unit
    left join _answered n on n.role = a.role and n.unit = a.unit
    left join _moved m on m.role = a.role and m.unit = a.unit
    left join _used u on u.unit = a.unit and a.role = 'yes'
    order by a.role, a.asked_on, a.unit
""")


def compute(run: Pass, use: bool) -> None:
    """Set ``aftermath``; the pass has one date, the last day of data. ``use`` reads every event, so only if asked."""
    run.create("_asked", _ASKED.bind(until=run.as_of))
    run.create("_told", _TOLD.bind(within=WITHIN, complaints=COMPLAINTS))
    run.create("_scored", _SCORED.bind(within=WITHIN, fresh=_FRESH))
    run.create("_answered", _ANSWERED.bind(half_year=SIX_MONTHS))
    run.create("_moved", _MOVED.bind())
    run.create("_used", _USED.bind(within=WITHIN, half_year=SIX_MONTHS) if use else _NOT_LOOKED.bind())
    run.create("aftermath", _AFTERMATH.bind())


_READS = (
    "proposals",
    "outcomes",
    "consents",
    "tickets",
    "interactions",
    "surveys",
    "enrolled",
    "run_health",
    "movement",
)
STAGE = Stage(
    "aftermath",
    reads=_READS,
    writes=("aftermath",),
    run=partial(compute, use=False),
    says="what followed after customers were asked",
)
WITH_USE = Stage(
    "aftermath with use",
    reads=(*_READS, "contracts", "events", "catalog_feature"),
    writes=("aftermath",),
    run=partial(compute, use=True),
    says="the same, and whether what was bought was used",
)
