"""A shop's revenue: who bought again, how often, how much, and of which cohort, from orders.

An order with a positive amount is a purchase; returns (negative) count in amounts alone. Amounts are in the company's
currency at the rate of the order's day; an order without a rate is left out of amounts and counted in ``unpriced``.
"""

from minori.kpis.spans import rates
from minori.lake.stage import Pass, Stage
from minori.query.sql import sql

_ORDER = sql("""
    with first_day as (
        select as_of, customer_key, min(_day) as first_on from orders where amount > 0 group by as_of, customer_key
    )
    select o.as_of, o.customer_key, o.order_id, o._day as day, o.amount > 0 as bought, f.first_on,
           case when coalesce(o.currency, $currency) = $currency then o.amount
                else cast(o.amount * r.rate as decimal(18, 4)) end as amount
    from orders o
    join point p on p.as_of = o.as_of and p.customer_key = o.customer_key
    left join _rate r
      on r.as_of = o.as_of and r.currency = o.currency and r.from_on <= o._day and o._day < r.until_on
    left join first_day f on f.as_of = o.as_of and f.customer_key = o.customer_key
""")

_CUSTOMER_ORDER = sql("""
    select o.as_of, p.period_from, o.customer_key, count(*) as entries, count(*) filter (where o.bought) as orders,
           cast(sum(o.amount) as decimal(18, 4)) as amount,
           cast(sum(case when o.bought then o.amount else 0 end) as decimal(18, 4)) as bought_amount,
           count(*) filter (where o.amount is null) as unpriced,
           count(*) filter (where o.amount is null and o.bought) as unpriced_bought,
           coalesce(min(o.first_on) < p.period_from, false) as existing
    from _order o
    join period p on o.day >= p.period_from and o.day < p.period_until
    group by o.as_of, p.period_from, o.customer_key
""")

_ITEMS = sql("""
    select l.as_of, p.period_from, cast(sum(l.quantity) as decimal(18, 6)) as items,
           count(distinct l.order_id) as orders
    from order_lines l
    join _order o on o.as_of = l.as_of and o.order_id = l.order_id and o.bought
    join period p on o.day >= p.period_from and o.day < p.period_until
    where l.quantity > 0
    group by l.as_of, p.period_from
""")

_PURCHASE = sql("""
    with summed as (
        select as_of, period_from, count(*) filter (where orders > 0) as buyers,
               count(*) filter (where orders > 1) as repeaters,
               count(*) filter (where orders > 0 and existing) as returning,
               cast(sum(entries) as bigint) as entries, cast(sum(orders) as bigint) as orders,
               cast(sum(amount) as decimal(18, 4)) as amount,
               cast(sum(bought_amount) as decimal(18, 4)) as bought_amount,
               cast(sum(case when existing then amount else 0 end) as decimal(18, 4)) as existing_amount,
               cast(sum(unpriced) as bigint) as unpriced, cast(sum(unpriced_bought) as bigint) as unpriced_bought
        from customer_order group by as_of, period_from
    )
    select s.as_of, s.period_from, s.buyers, s.repeaters, s.returning, s.entries, s.orders, s.amount,
           s.bought_amount, s.existing_amount, s.unpriced, s.unpriced_bought, i.items, i.orders as orders_with_items
    from summed s
    left join _items i on i.as_of = s.as_of and i.period_from = s.period_from
""")

_COHORT = sql("""
    with placed as (
        select o.as_of, o.customer_key, o.day, o.amount, o.bought, b.month_from as start_month, b.number
        from _order o
        join month b on o.first_on >= b.month_from and o.first_on < b.month_until
    ), size as (
        select as_of, start_month, count(distinct customer_key) as started from placed group by as_of, start_month
    )
    select p.as_of, p.start_month, m.number - p.number as months, s.started,
           count(distinct case when p.bought then p.customer_key end) as customers,
           cast(sum(p.amount) as decimal(18, 4)) as amount
    from placed p
    join month m on p.day >= m.month_from and p.day < m.month_until and m.number >= p.number
    join size s on s.as_of = p.as_of and s.start_month = p.start_month
    group by p.as_of, p.start_month, m.number - p.number, s.started
""")


def compute(run: Pass) -> None:
    """Set ``customer_order``, ``purchase`` (one row per period) and ``purchase_cohort``."""
    rates(run)
    run.create("_order", _ORDER.bind(currency=run.company.currency))
    run.create("customer_order", _CUSTOMER_ORDER.bind())
    run.create("_items", _ITEMS.bind())
    run.create("purchase", _PURCHASE.bind())
    run.create("purchase_cohort", _COHORT.bind())


STAGE = Stage(
    "purchases",
    reads=("orders", "order_lines", "rates", "point", "period", "month"),
    writes=("customer_order", "purchase", "purchase_cohort"),
    run=compute,
    says="what a shop's customers bought over periods",
)
