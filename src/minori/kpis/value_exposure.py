"""What a customer is worth, as sums of a period: time watched, revenue, losses, costs; together and by class.

Time is cut into ``slice`` s of a month at most. A customer belongs to the class it had on the day before a slice, whatever
became of it within: who leaves must not be found in the class of those who left. Newcomers have the class of the slice's end.
"""

from functools import partial

from minori.kpis.spans import rates
from minori.kpis.value_contracts import of_contracts
from minori.kpis.value_orders import of_orders
from minori.lake.stage import Pass, Stage
from minori.query.sql import sql

# Who was not there the day before the slice is known by the class at its end.
_PLACED = sql("""
    with every as (
        select as_of, basis, slice_from, customer_key, days, amount, orders, priced, weighed, margin, lost, won, there
        from _of_contracts
        union all
        select as_of, basis, slice_from, customer_key, days, amount, orders, priced, weighed, margin, lost, won, there
        from _of_orders
    )
    select e.as_of, e.basis, s.period_from, e.slice_from, e.customer_key, e.days, e.amount, e.orders, e.priced,
           e.weighed, e.margin, e.lost, e.won,
           coalesce(case when e.there = 1 then b.class else a.class end, '') as class
    from every e
    join slice s on s.basis = e.basis and s.slice_from = e.slice_from
    left join value_class b on b.seen_on = s.before_on and b.customer_key = e.customer_key
    left join value_class a on a.seen_on = s.after_on and a.customer_key = e.customer_key
""")

# Each row once for all together (class null), and once for its class.
_EXPOSURE = sql("""
    with twice as (
        select as_of, basis, period_from, class, customer_key, days, amount, orders, priced, weighed, margin, lost,
               won
        from _placed
        union all
        select as_of, basis, period_from, cast(null as text), customer_key, days, amount, orders, priced, weighed,
               margin, lost, won
        from _placed
    )
    select as_of, basis, period_from, class, count(distinct case when days > 0 then customer_key end) as customers,
           cast(sum(days) as bigint) as days, cast(sum(amount) as decimal(38, 4)) as amount,
           cast(sum(orders) as bigint) as orders, cast(sum(priced) as bigint) as priced,
           cast(sum(weighed) as decimal(38, 4)) as weighed, cast(sum(margin) as decimal(38, 4)) as margin,
           cast(sum(lost) as bigint) as lost, cast(sum(won) as bigint) as won,
           cast(case when basis = 'orders' then $silence end as bigint) as silence_days
    from twice group by as_of, basis, period_from, class
""")

# Also of those who never became customers: what was spent in vain is part of the cost of winning one.
_COST = sql("""
    with priced as (
        select c.as_of, c.customer_key, c.kind, c._day as day,
               case when coalesce(c.currency, $currency) = $currency then c.amount
                    else cast(c.amount * r.rate as decimal(18, 4)) end as amount
        from costs c
        left join _rate r
          on r.as_of = c.as_of and r.currency = c.currency and r.from_on <= c._day and c._day < r.until_on
        where c.kind in ('acquisition', 'retention')
    ), spent as (
        select p.as_of, s.basis, s.period_from, coalesce(e.class, a.class, '') as class, p.kind, p.amount
        from priced p
        join slice s on p.day >= s.slice_from and p.day < s.slice_until
        left join _placed e
          on e.basis = s.basis and e.slice_from = s.slice_from and e.customer_key = p.customer_key
        left join value_class a on a.seen_on = s.after_on and a.customer_key = p.customer_key
    ), twice as (
        select as_of, basis, period_from, class, kind, amount from spent
        union all
        select as_of, basis, period_from, cast(null as text), kind, amount from spent
    )
    select as_of, basis, period_from, class, kind, cast(sum(amount) as decimal(38, 4)) as amount,
           count(*) as entries, count(*) - count(amount) as unpriced
    from twice group by as_of, basis, period_from, class, kind
""")


def compute(run: Pass, *, silence: int) -> None:
    """Set ``value_exposure`` and ``value_cost`` for every slice of ``slice``."""
    rates(run)
    of_contracts(run)
    of_orders(run, silence)
    run.create("_placed", _PLACED.bind())
    run.create("value_exposure", _EXPOSURE.bind(silence=silence))
    run.create("value_cost", _COST.bind(currency=run.company.currency))


def stage(silence: int) -> Stage:
    """Return the stage for a silence in days, after which a customer who only orders counts as lost."""
    return Stage(
        "value_exposure",
        reads=(
            "movement",
            "orders",
            "order_lines",
            "costs",
            "rates",
            "point",
            "slice",
            "value_class",
            "margin",
        ),
        writes=("value_exposure", "value_cost"),
        run=partial(compute, silence=silence),
        says="what customers paid, for how long, and what they cost",
    )
