"""What became of points: labels, looked up in facts after each point, never used as a feature.

``frozen_point`` (as_of, customer_key) are the points that are asked about, as they were known at their own date; the
pass itself stands at the last day of data. A point that was merged into another customer since is followed there.
A churn within ``renewal_grace`` of ``followed_until`` may still turn out to be a late renewal. Who held a free or trial
contract at the point and began to pay later has expanded; the first pay of somebody who held nothing is a new customer.
"""

from minori.lake.stage import Pass, Stage
from minori.query.sql import sql

_FOLLOWED = sql("""
    select as_of, customer_key, customer_key as now_key from frozen_point
""")
_FOLLOWED_LINKS = sql("""
    select f.as_of, f.customer_key, coalesce(i.into_key, f.customer_key) as now_key
    from frozen_point f left join identity i on i.from_key = f.customer_key
""")

_BECAME = sql("""
    with held as (
        select distinct f.as_of, f.customer_key
        from _followed f
        join contracts c on c.customer_key = f.now_key and c.starts_on <= f.as_of
         and (c.ends_on is null or c.ends_on > f.as_of)
    ), revenue as (
        select f.as_of, f.customer_key, sum(m.amount) filter (where m.day <= f.as_of) as mrr,
               arg_max(m.cause, struct_pack(a := m.day, b := m.cause))
                 filter (where m.kind = 'unknown' and m.day <= f.as_of) as known,
               min(m.day) filter (where m.kind = 'churn' and m.day > f.as_of) as churned_on,
               least(
                   min(m.day) filter (where m.kind in ('upsell', 'cross_sell') and m.day > f.as_of),
                   min(m.day) filter (where m.kind = 'new' and m.day > f.as_of and h.customer_key is not null)
               ) as expanded_on
        from _followed f
        left join held h on h.as_of = f.as_of and h.customer_key = f.customer_key
        join movement m on m.customer_key = f.now_key
        group by f.as_of, f.customer_key
    ), bought as (
        select f.as_of, f.customer_key, min(o._day) as bought_on
        from _followed f
        join orders o on o.customer_key = f.now_key and o._day > f.as_of and o.amount > 0
        group by f.as_of, f.customer_key
    )
    select f.as_of, f.customer_key,
           case when $contracts and coalesce(r.known, 'priced') = 'priced'
                then cast(coalesce(r.mrr, 0) as decimal(18, 4)) end as mrr,
           r.churned_on, r.expanded_on, b.bought_on, $until as followed_until
    from _followed f
    left join revenue r on r.as_of = f.as_of and r.customer_key = f.customer_key
    left join bought b on b.as_of = f.as_of and b.customer_key = f.customer_key
""")


def compute(run: Pass) -> None:
    """Set ``became``, one row per frozen point; the pass has one date, the last day of data."""
    run.create("_followed", (_FOLLOWED_LINKS if run.linked else _FOLLOWED).bind())
    run.create("became", _BECAME.bind(contracts="contracts" in run.connected, until=run.as_of))


STAGE = Stage(
    "became",
    reads=("frozen_point", "movement", "orders", "contracts"),
    writes=("became",),
    run=compute,
    says="what became of each point later",
)
