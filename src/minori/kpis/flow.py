"""Flow of revenue over periods: opening + movements = closing, per customer and product.

Movements are counted at the rate in force before the period; what rates changed since is ``currency``, apart. How those
who came, or came back, within a period are counted is the policy's (``revenue.yaml``, settings newcomers and same_period).
"""

from minori.lake.stage import Pass, Stage
from minori.query.sql import sql

_MOVED = sql("""
    with opening_rate as (
        select r.as_of, p.period_from, r.currency, arg_max(r.rate, r."on") as rate
        from rates r join period p on r."on" < p.period_from
        group by r.as_of, p.period_from, r.currency
    )
    select m.as_of, p.period_from, p.period_until, m.customer_key, m.customer_id,
           coalesce(m.product_id, '') as product_id, m.day, m.kind, m.amount as at_day,
           case when m.currency = $currency or m.kind in ('unknown', 'currency') or r.rate is null then m.amount
                else cast(m.local_amount * r.rate as decimal(18, 4)) end as amount
    from movement m
    join period p on m.day < p.period_until
    left join opening_rate r
      on r.as_of = m.as_of and r.period_from = p.period_from and r.currency = m.currency
""")

_STANDING = sql("""
    select as_of, period_from, customer_key,
           sum(case when day < period_from then at_day else 0 end) as opening, sum(at_day) as closing,
           min(case when day >= period_from and kind = 'churn' then day end) as lost_on,
           min(day) < period_from as paid_before,
           max(case when day >= period_from and kind = 'unknown' then 1 else 0 end) = 1 as unknown_within
    from _moved group by as_of, period_from, customer_key
""")

# ``none`` is what came and left within the period: it sums to nothing.
_COUNTED = sql("""
    select m.as_of, m.period_from, m.period_until, m.customer_key, m.customer_id, m.product_id, m.day, m.at_day,
           m.amount,
           case when m.day < m.period_from then 'before'
                when m.kind in ('currency', 'unknown') then m.kind
                when s.opening <= 0 and s.closing <= 0 and $ignored and not s.unknown_within then 'none'
                when $by_kind then m.kind
                when s.opening > 0 and (s.lost_on is null or m.day <= s.lost_on) then m.kind
                when s.opening <= 0 and s.closing <= 0 and m.kind = 'churn' then 'churn'
                when s.opening > 0 or s.paid_before then 'reactivation'
                else 'new' end as kind
    from _moved m
    join _standing s
      on s.as_of = m.as_of and s.period_from = m.period_from and s.customer_key = m.customer_key
""")

_FLOW = sql("""
    with summed as (
        select as_of, period_from, period_until, customer_key, customer_id, product_id,
               sum(case when kind = 'before' then at_day else 0 end) as opening,
               sum(case when kind = 'new' then amount else 0 end) as new,
               sum(case when kind = 'upsell' then amount else 0 end) as upsell,
               sum(case when kind = 'cross_sell' then amount else 0 end) as cross_sell,
               sum(case when kind = 'downsell' then amount else 0 end) as downsell,
               sum(case when kind = 'churn' then amount else 0 end) as churn,
               sum(case when kind = 'reactivation' then amount else 0 end) as reactivation,
               sum(case when kind = 'unknown' then amount else 0 end) as unknown,
               sum(at_day) as closing
        from _counted
        group by as_of, period_from, period_until, customer_key, customer_id, product_id
        having sum(at_day) <> 0 or sum(case when kind = 'before' then at_day else 0 end) <> 0
            or max(case when kind not in ('before', 'none') then 1 else 0 end) = 1
    )
    select as_of, period_from, period_until, customer_key, customer_id, nullif(product_id, '') as product_id,
           cast(opening as decimal(18, 4)) as opening, cast(new as decimal(18, 4)) as new,
           cast(upsell as decimal(18, 4)) as upsell, cast(cross_sell as decimal(18, 4)) as cross_sell,
           cast(downsell as decimal(18, 4)) as downsell, cast(churn as decimal(18, 4)) as churn,
           cast(reactivation as decimal(18, 4)) as reactivation,
           cast(closing - opening - new - upsell - cross_sell - downsell - churn - reactivation - unknown
                as decimal(18, 4)) as currency,
           cast(unknown as decimal(18, 4)) as unknown, cast(closing as decimal(18, 4)) as closing
    from summed
""")


def compute(run: Pass) -> None:
    """Set ``flow`` for every period of ``period``."""
    revenue = run.policy.revenue
    run.create("_moved", _MOVED.bind(currency=run.company.currency))
    run.create("_standing", _STANDING.bind())
    run.create(
        "_counted",
        _COUNTED.bind(ignored=revenue.same_period == "ignored", by_kind=revenue.newcomers == "by_kind"),
    )
    run.create("flow", _FLOW.bind())


STAGE = Stage(
    "flow",
    reads=("movement", "rates", "period"),
    writes=("flow",),
    run=compute,
    says="monthly revenue over periods, by customer and product",
)
