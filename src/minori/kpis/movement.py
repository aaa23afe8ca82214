"""Movements of monthly recurring revenue: day by day, customer × product, as seen at one analysis date.

Everything is a difference of one step function in decimals, so opening + movements = closing for any days.
    new           from nothing to something, never paid before
    reactivation  the same, after churn
    churn         everything lost
    cross_sell    a product not held the day before, while others are (an option, if the catalogue says so)
    upsell        more of a product held: by plan, seats, capacity, option, term or price
    downsell      less of it, or one of several products lost
    currency      the rate changed; the other kinds are counted at the rate in force before their day
    unknown       an amount left or entered what is known: a contract without amount, or without a rate, which is never 1
A plan that rises while an option of the product goes on the same day is one movement, of the net.
"""

from minori.kpis.spans import NEVER, spans
from minori.lake.stage import Pass, Stage
from minori.query.sql import sql

# What changes on which day. ``worth`` joins the rate in force at the end of the day before.
_CHANGE = sql("""
    with edge as (
        select s.*, 1 as sign, s.priced_on as day from _span s where s.priced_on < s.until_on
        union all
        select s.*, -1 as sign, s.until_on as day from _span s
        where s.priced_on < s.until_on and s.until_on < $never
    ), worth as (
        select e.as_of, e.customer_key, e.product_id, e.item, e.currency, e.day, e.sign * e.mrr as local_amount,
               e.sign * case when e.currency = $currency or e.mrr = 0 then e.mrr
                             else cast(e.mrr * coalesce(r.rate, e.first_rate) as decimal(18, 4)) end as amount
        from edge e
        left join _rate r
          on r.as_of = e.as_of and r.currency = e.currency and r.from_on < e.day and e.day <= r.until_on
    ), revalued as (
        select s.as_of, s.customer_key, s.product_id, s.item, s.currency, r.from_on as day,
               cast(s.mrr * r.rate as decimal(18, 4)) - cast(s.mrr * r.rate_before as decimal(18, 4)) as amount
        from _span s
        join _rate r
          on r.as_of = s.as_of and r.currency = s.currency and r.rate_before is not null
         and r.from_on >= s.priced_on and r.from_on < s.until_on
    ), either as (
        select as_of, customer_key, product_id, item, currency, day, amount, local_amount, 0 as revalued from worth
        union all
        select as_of, customer_key, product_id, item, currency, day, 0, 0, amount from revalued
    )
    select as_of, customer_key, product_id, item, currency, day,
           cast(sum(amount) as decimal(18, 4)) as amount,
           cast(sum(local_amount) as decimal(18, 4)) as local_amount,
           cast(sum(revalued) as decimal(18, 4)) as revalued
    from either group by as_of, customer_key, product_id, item, currency, day
""")

# What is held, and what of it has no price, per cell and day; with what began and what ended there.
_HOLD = sql("""
    with edge as (
        select s.as_of, s.customer_key, s.product_id, s.item, s.from_on as day, 1 as held, s.quantity,
               s.plan_id as began, cast(null as text) as ended, s.term_months as term_began,
               cast(null as bigint) as term_ended, case when s.priced_on > s.from_on then 1 else 0 end as unpriced
        from _span s
        union all
        select s.as_of, s.customer_key, s.product_id, s.item, s.until_on, -1, -s.quantity, null, s.plan_id, null,
               s.term_months, case when s.priced_on >= s.until_on then -1 else 0 end
        from _span s where s.until_on < $never
        union all
        select s.as_of, s.customer_key, s.product_id, s.item, s.priced_on, 0, 0, null, null, null, null, -1
        from _span s where s.priced_on > s.from_on and s.priced_on < s.until_on
    )
    select as_of, customer_key, product_id, item, day, sum(held) as held, sum(unpriced) as unpriced,
           case when item <> '' then null
                when min(began) <> min(ended) or max(began) <> max(ended) then 'plan'
                when sum(quantity) <> 0 then 'seats'
                when max(term_began) <> max(term_ended) then 'term'
                when max(began) is not null and max(ended) is not null then 'price'
                else 'plan' end as cause
    from edge group by as_of, customer_key, product_id, item, day
""")

_CELL = sql("""
    with changed as (
        select as_of, customer_key, product_id, item, day, sum(amount) as amount, sum(revalued) as revalued
        from _change group by as_of, customer_key, product_id, item, day
    ), whole as (
        select coalesce(h.as_of, c.as_of) as as_of, coalesce(h.customer_key, c.customer_key) as customer_key,
               coalesce(h.product_id, c.product_id) as product_id, coalesce(h.item, c.item) as item,
               coalesce(h.day, c.day) as day, coalesce(h.held, 0) as held, coalesce(h.unpriced, 0) as unpriced,
               h.cause, coalesce(c.amount, 0) as amount, coalesce(c.revalued, 0) as revalued
        from _hold h
        full join changed c
          on c.as_of = h.as_of and c.customer_key = h.customer_key and c.product_id = h.product_id
         and c.item = h.item and c.day = h.day
    ), capacity as (
        select distinct product_id, plan_id from catalog_limit
    )
    select w.as_of, w.customer_key, w.product_id, w.item, w.day, w.held, w.unpriced, w.amount, w.revalued,
           case when w.item = '' then w.cause when l.plan_id is null then 'option' else 'capacity' end as cause,
           sum(w.held) over (partition by w.as_of, w.customer_key, w.product_id, w.item order by w.day)
             - w.held as held_before
    from whole w
    left join capacity l on l.product_id = w.product_id and l.plan_id = w.item
""")

_PRODUCT = sql("""
    with summed as (
        select as_of, customer_key, product_id, day, sum(held) as held, sum(amount) as amount,
               sum(revalued) as revalued, min(amount) < 0 and max(amount) > 0 as mixed,
               max(case when item = '' and amount <> 0 then cause end) as main_cause,
               max(case when amount <> 0 then cause end) as any_cause
        from _cell group by as_of, customer_key, product_id, day
    )
    select as_of, customer_key, product_id, day, held, amount, revalued, mixed,
           coalesce(main_cause, any_cause) as cause,
           sum(held) over (partition by as_of, customer_key, product_id order by day) as held_after,
           sum(amount + revalued) over (partition by as_of, customer_key, product_id order by day) as level
    from summed
""")

_DAY = sql("""
    with summed as (
        select as_of, customer_key, day, sum(amount) as amount, sum(revalued) as revalued, sum(unpriced) as unpriced
        from _cell group by as_of, customer_key, day
    ), running as (
        select as_of, customer_key, day, amount, revalued, unpriced,
               sum(amount + revalued) over (partition by as_of, customer_key order by day) as level,
               sum(unpriced) over (partition by as_of, customer_key order by day) as unpriced_after
        from summed
    )
    select as_of, customer_key, day, level - amount - revalued as before, level - revalued as after,
           unpriced_after, unpriced_after - unpriced as unpriced_before,
           coalesce(max(case when level > 0 or unpriced_after > 0 then 1 else 0 end)
                      over (partition by as_of, customer_key order by day
                            rows between unbounded preceding and 1 preceding), 0) = 1 as paid_before
    from running
""")

_KIND = sql("""
    select c.as_of, c.customer_key, c.product_id, c.item, c.day,
           case when d.before <= 0 and d.after > 0 and d.paid_before then 'reactivation'
                when d.before <= 0 and d.after > 0 then 'new'
                when d.before > 0 and d.after <= 0 then 'churn'
                when p.held_after - p.held <= 0 and p.amount > 0 then 'cross_sell'
                when p.mixed and p.amount > 0 then 'upsell'
                when p.mixed or c.amount < 0 then 'downsell'
                when c.cause = 'option' and c.held_before <= 0 then $option
                else 'upsell' end as kind,
           case when d.before <= 0 and d.after > 0 then 'start'
                when d.before > 0 and d.after <= 0 then 'end'
                when p.held_after - p.held <= 0 or p.held_after <= 0 then 'product'
                when p.mixed then p.cause
                else c.cause end as cause
    from _cell c
    join _product p
      on p.as_of = c.as_of and p.customer_key = c.customer_key and p.product_id = c.product_id and p.day = c.day
    join _day d on d.as_of = c.as_of and d.customer_key = c.customer_key and d.day = c.day
    where c.amount <> 0 and d.unpriced_before = 0 and d.unpriced_after = 0
""")

# A customer of whom any contract has no known worth is unknown as a whole, and leaves the sums until it is known.
_MOVEMENT = sql("""
    with turn as (
        select as_of, customer_key, day, case when unpriced_after > 0 then 'unpriced' else 'priced' end as cause,
               case when unpriced_after > 0 then -1 else 1 end as sign
        from _day where (unpriced_before > 0) <> (unpriced_after > 0)
    ), every as (
        select c.as_of, c.customer_key, c.product_id, c.day, k.kind, k.cause, c.currency, c.amount, c.local_amount
        from _change c
        join _kind k
          on k.as_of = c.as_of and k.customer_key = c.customer_key and k.product_id = c.product_id
         and k.item = c.item and k.day = c.day
        union all
        select c.as_of, c.customer_key, c.product_id, c.day, 'currency', 'rate', c.currency, c.revalued, 0
        from _change c
        join _day d on d.as_of = c.as_of and d.customer_key = c.customer_key and d.day = c.day
        where d.unpriced_before = 0 and d.unpriced_after = 0
        union all
        select t.as_of, t.customer_key, '', t.day, 'unknown', t.cause, $currency, 0, 0 from turn t
        union all
        select t.as_of, t.customer_key, c.product_id, t.day, 'unknown', t.cause, c.currency,
               t.sign * (c.amount + c.revalued), t.sign * c.local_amount
        from turn t
        join _change c
          on c.as_of = t.as_of and c.customer_key = t.customer_key
         and (c.day < t.day or (c.day = t.day and t.sign = 1))
    ), summed as (
        select as_of, customer_key, product_id, day, kind, cause, currency,
               cast(sum(amount) as decimal(18, 4)) as amount,
               cast(sum(local_amount) as decimal(18, 4)) as local_amount
        from every group by as_of, customer_key, product_id, day, kind, cause, currency
    )
    select s.as_of, s.customer_key, p.customer_id, nullif(s.product_id, '') as product_id, s.day, s.kind, s.cause,
           s.currency, s.amount, s.local_amount
    from summed s
    join point p on p.as_of = s.as_of and p.customer_key = s.customer_key
    where s.amount <> 0 or s.local_amount <> 0 or (s.kind = 'unknown' and s.product_id = '')
""")


def compute(run: Pass) -> None:
    """Set ``movement``, as seen at each date of the pass."""
    spans(run)
    currency = run.company.currency
    run.create("_change", _CHANGE.bind(currency=currency, never=NEVER))
    run.create("_hold", _HOLD.bind(never=NEVER))
    for name, query in (("_cell", _CELL), ("_product", _PRODUCT), ("_day", _DAY)):
        run.create(name, query.bind())
    run.create("_kind", _KIND.bind(option=run.policy.catalog.option_counts_as))
    run.create("movement", _MOVEMENT.bind(currency=currency))


STAGE = Stage(
    "movement",
    reads=("contracts", "rates", "point", "catalog_plan", "catalog_limit"),
    writes=("movement",),
    run=compute,
    says="what changed in monthly revenue, day by day",
)
