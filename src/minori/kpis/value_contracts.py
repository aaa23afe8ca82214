"""Contracts as time watched: days paid, MRR over them, customers lost and won, per customer and slice of time.

A loss within ``renewal_grace`` of the last day may still turn out to be a late renewal: slices of contracts end before.
"""

from minori.kpis.spans import NEVER
from minori.lake.stage import Pass
from minori.query.sql import sql

_LEVEL = sql("""
    with summed as (
        select as_of, customer_key, day, sum(amount) as amount from movement group by as_of, customer_key, day
    )
    select as_of, customer_key, day as from_on,
           coalesce(lead(day) over (partition by as_of, customer_key order by day), $never) as until_on,
           sum(amount) over (partition by as_of, customer_key order by day) as mrr
    from summed
""")
_PRODUCT_LEVEL = sql("""
    with summed as (
        select as_of, customer_key, coalesce(product_id, '') as product_id, day, sum(amount) as amount
        from movement group by as_of, customer_key, coalesce(product_id, ''), day
    )
    select as_of, customer_key, product_id, day as from_on,
           coalesce(lead(day) over (partition by as_of, customer_key, product_id order by day), $never) as until_on,
           sum(amount) over (partition by as_of, customer_key, product_id order by day) as mrr
    from summed
""")
# Who ended on a slice's first day was there the day before, for no day of the slice.
_PART = sql("""
    with paid as (
        select l.as_of, s.slice_from, l.customer_key, coalesce(g.share, $margin) as share,
               l.mrr * date_diff('day', greatest(l.from_on, s.slice_from), least(l.until_on, s.slice_until)) as amount
        from _product_level l
        join slice s on s.basis = 'contracts' and l.from_on < s.slice_until and l.until_on > s.slice_from
        left join margin g on g.product_id = l.product_id
        where l.mrr <> 0
    ), turned as (
        select distinct m.as_of, s.slice_from, m.customer_key, m.day, m.kind
        from movement m
        join slice s on s.basis = 'contracts' and m.day >= s.slice_from and m.day < s.slice_until
        where m.kind in ('new', 'churn')
    ), every as (
        select l.as_of, s.slice_from, l.customer_key,
               date_diff('day', greatest(l.from_on, s.slice_from), least(l.until_on, s.slice_until)) as days,
               0 as amount, 0 as margin, 0 as lost, 0 as won,
               case when l.from_on < s.slice_from then 1 else 0 end as there
        from _level l
        join slice s on s.basis = 'contracts' and l.from_on < s.slice_until and l.until_on >= s.slice_from
        where l.mrr > 0
        union all
        select as_of, slice_from, customer_key, 0, amount, cast(amount * share as decimal(38, 4)), 0, 0, 0
        from paid
        union all
        select as_of, slice_from, customer_key, 0, 0, 0, case when kind = 'churn' then 1 else 0 end,
               case when kind = 'new' then 1 else 0 end, 0
        from turned
    )
    select as_of, 'contracts' as basis, slice_from, customer_key, sum(days) as days, sum(amount) as amount,
           0 as orders, 0 as priced, sum(amount) as weighed, sum(margin) as margin, sum(lost) as lost, sum(won) as won,
           max(there) as there
    from every group by as_of, slice_from, customer_key
""")


def of_contracts(run: Pass) -> None:
    """Set the scratch table ``_of_contracts``; reads ``movement``, ``slice`` and ``margin``."""
    run.create("_level", _LEVEL.bind(never=NEVER))
    run.create("_product_level", _PRODUCT_LEVEL.bind(never=NEVER))
    run.create("_of_contracts", _PART.bind(margin=run.policy.gross_margin))
