"""What customers of experiments ordered within their horizon, by arm; and what keeping customers cost meanwhile."""

from minori.lake.stage import Pass, Stage
from minori.query.sql import sql

# An order in another currency has no worth here: the customer's sum is then unknown.
_SPENT = sql("""
    with ordered as (
        select e.experiment, e.customer_key, count(*) as orders, count(case when coalesce(o.currency, $currency) = $currency
               then o.amount end) as priced, sum(o.amount) as amount
        from enrolled e
        join orders o on o.customer_key = e.customer_key and o._day > e.drawn_on and o._day <= e.settled_on
        group by e.experiment, e.customer_key
    )
    select e.experiment, e.play, e.customer_key, e.treated, e.drawn_on, e.settled_on,
           case when coalesce(o.orders, 0) = coalesce(o.priced, 0)
                then cast(coalesce(o.amount, 0) as decimal(18, 4)) end as spent
    from enrolled e
    left join ordered o on o.experiment = e.experiment and o.customer_key = e.customer_key
    where e.settled_on <= $until
""")


def compute(run: Pass) -> None:
    """Set ``spent``: one row per enrolled customer whose horizon is over."""
    run.create("spent", _SPENT.bind(currency=run.company.currency, until=run.as_of))


STAGE = Stage(
    "spent",
    reads=("enrolled", "orders"),
    writes=("spent",),
    run=compute,
    says="what customers of experiments ordered",
)
