"""What each customer does not use yet: the table ``white_space`` over products, options, departments and seats.

A cell is ``owned``, ``trial`` or ``gap``; for departments and seats ``gap`` means that nobody was active within 28 days.
What was ordered and not sent back is owned like what stands in a contract. Items without plans are listed up to
``MOST_ITEMS`` of them: a larger range is a shop's, and nobody means to have all of it.
"""

from minori.lake.stage import Pass, Stage
from minori.query.sql import sql
from minori.schema.facts import FACTS

ACTIVE_DAYS = 28
MOST_ITEMS = 100

_WHITE_SPACE = sql("""
    with product as (
        select product_id from catalog_product
        where has_plans or (select count(*) from catalog_product where not has_plans) <= $most_items
    ), ordered as (
        select as_of, customer_key, product_id from order_lines
        group by as_of, customer_key, product_id having sum(quantity) > 0
    ), held as (
        select as_of, customer_key, product_id, plan_id, min(cast(is_trial as int)) as only_trial
        from holding group by as_of, customer_key, product_id, plan_id
    ), held_product as (
        select as_of, customer_key, product_id, min(only_trial) as only_trial
        from held group by as_of, customer_key, product_id
    ), active as (
        select distinct as_of, customer_key, user_key from events where _day > as_of - $days and user_key is not null
    ), department_active as (
        select distinct a.as_of, a.customer_key, lower(u.department) as department
        from active a join users u on u.as_of = a.as_of and u.user_key = a.user_key
    ), seat as (
        select s.as_of, s.customer_key, s.seats, count(a.user_key) as used
        from state s
        left join active a on a.as_of = s.as_of and a.customer_key = s.customer_key
        where s.seats > 0
        group by s.as_of, s.customer_key, s.seats
    ), cell as (
    select p.as_of, p.customer_id, 'product' as what, c.product_id as item, cast(null as text) as of_product,
           case when h.only_trial = 0 or o.product_id is not null then 'owned'
                when h.only_trial = 1 then 'trial' else 'gap' end as cell,
           cast(null as double) as used, cast(null as double) as total
    from point p
    cross join product c
    left join held_product h
      on h.as_of = p.as_of and h.customer_key = p.customer_key and h.product_id = c.product_id
    left join ordered o
      on o.as_of = p.as_of and o.customer_key = p.customer_key and o.product_id = c.product_id
    union all
    select p.as_of, p.customer_id, 'option', o.plan_id, o.product_id,
           case when h.plan_id is null then 'gap' when h.only_trial = 1 then 'trial' else 'owned' end, null, null
    from point p
    join held_product hp on hp.as_of = p.as_of and hp.customer_key = p.customer_key
    join catalog_plan o on o.product_id = hp.product_id and o.is_option
    left join held h
      on h.as_of = p.as_of and h.customer_key = p.customer_key and h.product_id = o.product_id
     and h.plan_id = o.plan_id
    union all
    select p.as_of, p.customer_id, 'department', d.name, null,
           case when a.department is null then 'gap' else 'owned' end, null, cast(d.headcount as double)
    from point p
    join departments d on d.as_of = p.as_of and d.customer_key = p.customer_key
    left join department_active a
      on a.as_of = p.as_of and a.customer_key = p.customer_key and a.department = lower(d.name)
    union all
    select p.as_of, p.customer_id, 'seats', 'seats', null, case when s.used < s.seats then 'gap' else 'owned' end,
           cast(s.used as double), s.seats
    from point p
    join seat s on s.as_of = p.as_of and s.customer_key = p.customer_key
    where $events
    )
    select * from cell
""")


def compute(run: Pass) -> None:
    """Set ``white_space``."""
    query = _WHITE_SPACE.bind(days=ACTIVE_DAYS, most_items=MOST_ITEMS, events="events" in run.connected)
    run.create("white_space", query)


STAGE = Stage(
    "white space",
    reads=(*FACTS, "point", "state", "holding", "catalog_product", "catalog_plan"),
    writes=("white_space",),
    run=compute,
    says="what each customer does not use yet",
)
