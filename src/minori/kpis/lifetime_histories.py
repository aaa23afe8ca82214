"""What each customer bought, and what contracts they kept: the rows that models of lifetime value are fitted to.

Orders of one company day are one purchase, net of that day's returns. A day that is not above 0 is no purchase: what it
takes back is counted apart. ``purchase_later`` looks from the first date of a pass at what came until its last date.
"""

from minori.kpis.spans import rates
from minori.lake.stage import Pass, Stage
from minori.query.sql import sql

_PURCHASE_DAY = sql("""
    with priced as (
        select o.as_of, o.customer_key, o._day as day, o.amount as raw,
               case when coalesce(o.currency, $currency) = $currency then o.amount
                    else cast(o.amount * r.rate as decimal(18, 4)) end as amount
        from orders o
        join point p on p.as_of = o.as_of and p.customer_key = o.customer_key
        left join _rate r
          on r.as_of = o.as_of and r.currency = o.currency and r.from_on <= o._day and o._day < r.until_on
    ), summed as (
        select as_of, customer_key, day, sum(raw) as raw,
               case when count(*) = count(amount) then cast(sum(amount) as decimal(18, 4)) end as net
        from priced group by as_of, customer_key, day
    )
    select as_of, customer_key, day, net, coalesce(net, raw) > 0 as bought from summed
""")

_HISTORY = sql("""
    with marked as (
        select as_of, customer_key, day, net, bought,
               min(case when bought then day end) over (partition by as_of, customer_key) as first_on
        from _purchase_day
    )
    select as_of, customer_key, count(*) filter (where bought) - 1 as repeats,
           cast(date_diff('day', first_on, max(day) filter (where bought)) as bigint) as last_days,
           cast(date_diff('day', first_on, as_of) as bigint) as age_days,
           case when count(*) filter (where bought and net is null and day > first_on) = 0
                then cast(coalesce(sum(net) filter (where bought and day > first_on), 0) as decimal(18, 4))
                end as repeat_spend,
           cast(coalesce(sum(net) filter (where bought), 0) as decimal(18, 4)) as spend,
           cast(coalesce(-sum(net) filter (where not bought), 0) as decimal(18, 4)) as returned
    from marked
    where first_on is not null
    group by as_of, customer_key, first_on
""")

_LATER = sql("""
    select h.as_of, h.customer_key, count(*) filter (where d.bought) as bought,
           case when count(d.day) = count(d.net)
                then cast(coalesce(sum(d.net), 0) as decimal(18, 4)) end as spent
    from purchase_history h
    left join _purchase_day d
      on d.customer_key = h.customer_key and d.as_of = $until and d.day > h.as_of
    where h.as_of = $cut
    group by h.as_of, h.customer_key
""")

# A customer of whom a contract's worth is not known has no movements then, so such a time is in no relationship.
_RELATIONSHIP = sql("""
    with edge as (
        select as_of, customer_key, day, max(case when kind = 'churn' then 1 else 0 end) as ends
        from movement where kind in ('new', 'reactivation', 'churn')
        group by as_of, customer_key, day
    ), placed as (
        select as_of, customer_key, day as starts_on, ends,
               lag(ends) over (partition by as_of, customer_key order by day) as ended_before,
               lead(day) over (partition by as_of, customer_key order by day) as next_on,
               lead(ends) over (partition by as_of, customer_key order by day) as next_ends
        from edge
    ), spell as (
        select as_of, customer_key, starts_on, case when next_ends = 1 then next_on end as ended_on
        from placed where ends = 0 and coalesce(ended_before, 1) = 1
    ), term as (
        select s.as_of, s.customer_key, s.starts_on,
               arg_min(c.term_months, struct_pack(a := c.starts_on, b := c._id)) as months
        from spell s
        join contracts c
          on c.as_of = s.as_of and c.customer_key = s.customer_key and c.starts_on >= s.starts_on
         and (s.ended_on is null or c.starts_on < s.ended_on)
        where not coalesce(c.is_trial, false)
        group by s.as_of, s.customer_key, s.starts_on
    ), worth as (
        select as_of, customer_key, cast(sum(amount) as decimal(18, 4)) as mrr
        from movement group by as_of, customer_key
    )
    select s.as_of, s.customer_key, s.starts_on, s.ended_on,
           case when t.months >= 12 then 'year' else 'month' end as cohort, w.mrr
    from spell s
    join worth w on w.as_of = s.as_of and w.customer_key = s.customer_key
    left join term t on t.as_of = s.as_of and t.customer_key = s.customer_key and t.starts_on = s.starts_on
""")


def compute(run: Pass) -> None:
    """Set ``purchase_history``, ``purchase_later`` and ``relationship``."""
    rates(run)
    run.create("_purchase_day", _PURCHASE_DAY.bind(currency=run.company.currency))
    run.create("purchase_history", _HISTORY.bind())
    run.create("purchase_later", _LATER.bind(cut=run.dates.first, until=run.dates.last))
    run.create("relationship", _RELATIONSHIP.bind())


STAGE = Stage(
    "lifetime_histories",
    reads=("orders", "contracts", "rates", "point", "movement"),
    writes=("purchase_history", "purchase_later", "relationship"),
    run=compute,
    says="what each customer bought, and how long contracts lasted",
)
