"""Orders as time watched: a customer is there from an order until ``silence`` days without a further one.

Whether a customer is there on a day depends on days before it alone, so the newest days are judged like the oldest, and a
loss is counted on the day on which the silence is over. Who orders again afterwards comes back as another customer would.
"""

from bisect import bisect_left
from itertools import accumulate

from minori.kpis.spans import NEVER, rates
from minori.lake.stage import Pass, Stage
from minori.query.sql import sql

LEAST_SILENCE, MOST_SILENCE = 30, 365  # days
USUAL = 0.95  # so many of the gaps between two orders are at most as long

_ORDER = sql("""
    select o.as_of, o.customer_key, o.order_id, o._day as day, o.amount > 0 as bought,
           case when coalesce(o.currency, $currency) = $currency then o.amount
                else cast(o.amount * r.rate as decimal(18, 4)) end as amount
    from orders o
    join point p on p.as_of = o.as_of and p.customer_key = o.customer_key
    left join _rate r
      on r.as_of = o.as_of and r.currency = o.currency and r.from_on <= o._day and o._day < r.until_on
""")
_BUY = sql("""
    with bought as (
        select distinct as_of, customer_key, day from _order where bought
    )
    select as_of, customer_key, day, lead(day) over (partition by as_of, customer_key order by day) as next_on,
           lag(day) over (partition by as_of, customer_key order by day) is null as first
    from bought
""")
_GAP = sql("""
    select as_of, date_diff('day', day, next_on) as gap_days, count(*) as seen from _buy where next_on is not null
    group by as_of, date_diff('day', day, next_on)
""")
_THERE = sql("""
    select as_of, customer_key, day as from_on, least(coalesce(next_on, $never), day + $silence) as until_on,
           case when coalesce(next_on, $never) > day + $silence then day + $silence end as lost_on
    from _buy
""")
# Who ended on a slice's first day was there the day before, for no day of the slice.
_PART = sql("""
    with line as (
        select l.as_of, s.slice_from, o.customer_key, l.amount, coalesce(g.share, $margin) as share
        from order_lines l
        join _order o on o.as_of = l.as_of and o.order_id = l.order_id and o.bought
        join slice s on s.basis = 'orders' and o.day >= s.slice_from and o.day < s.slice_until
        left join margin g on g.product_id = l.product_id
        where l.amount > 0
    ), every as (
        select t.as_of, s.slice_from, t.customer_key,
               date_diff('day', greatest(t.from_on, s.slice_from), least(t.until_on, s.slice_until)) as days,
               0 as amount, 0 as orders, 0 as priced, 0 as weighed, 0 as margin, 0 as lost, 0 as won,
               case when t.from_on < s.slice_from then 1 else 0 end as there
        from _there t
        join slice s on s.basis = 'orders' and t.from_on < s.slice_until and t.until_on >= s.slice_from
        union all
        select t.as_of, s.slice_from, t.customer_key, 0, 0, 0, 0, 0, 0, 1, 0, 0
        from _there t
        join slice s on s.basis = 'orders' and t.lost_on >= s.slice_from and t.lost_on < s.slice_until
        union all
        select o.as_of, s.slice_from, o.customer_key, 0, coalesce(o.amount, 0), case when o.bought then 1 else 0 end,
               case when o.bought and o.amount is not null then 1 else 0 end, 0, 0, 0, 0, 0
        from _order o
        join slice s on s.basis = 'orders' and o.day >= s.slice_from and o.day < s.slice_until
        union all
        select as_of, slice_from, customer_key, 0, 0, 0, 0, amount, cast(amount * share as decimal(38, 4)),
               0, 0, 0
        from line
        union all
        select b.as_of, s.slice_from, b.customer_key, 0, 0, 0, 0, 0, 0, 0, 1, 0
        from _buy b
        join slice s on s.basis = 'orders' and b.day >= s.slice_from and b.day < s.slice_until
        where b.first
    )
    select as_of, 'orders' as basis, slice_from, customer_key, sum(days) as days, sum(amount) as amount,
           sum(orders) as orders, sum(priced) as priced, sum(weighed) as weighed, sum(margin) as margin,
           sum(lost) as lost, sum(won) as won, max(there) as there
    from every group by as_of, slice_from, customer_key
""")


def of_orders(run: Pass, silence_days: int) -> None:
    """Set the scratch table ``_of_orders``; reads ``orders``, ``order_lines``, ``point``, ``slice`` and ``margin``."""
    _bought(run)
    run.create("_there", _THERE.bind(never=NEVER, silence=silence_days))
    run.create("_of_orders", _PART.bind(margin=run.policy.gross_margin))


def silence(gaps: list[tuple[int, int]]) -> int:
    """Return after how many days without an order a customer counts as lost, from (days between orders, how often).

    Of the gaps seen, 95 in 100 are at most as long; at least 30 days, at most 365 (also where nobody ordered twice).
    """
    if not gaps:
        return MOST_SILENCE
    days, seen = zip(*sorted(gaps), strict=True)
    counted = list(accumulate(seen))
    usual: int = days[bisect_left(counted, USUAL * counted[-1])]
    return min(max(usual, LEAST_SILENCE), MOST_SILENCE)


def _bought(run: Pass) -> None:
    rates(run)
    run.create("_order", _ORDER.bind(currency=run.company.currency))
    run.create("_buy", _BUY.bind())


def _gaps(run: Pass) -> None:
    """Set ``order_gap``: how often so many days lay between two orders of a customer."""
    _bought(run)
    run.create("order_gap", _GAP.bind())


GAPS = Stage(
    "order_gaps",
    reads=("orders", "rates", "point"),
    writes=("order_gap",),
    run=_gaps,
    says="how many days lie between two orders",
)
