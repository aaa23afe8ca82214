"""Retention by start month: of those who began to pay in a month, how many and how much is left at each month's end."""

from minori.lake.stage import Pass, Stage
from minori.query.sql import sql

# The customer's first day of pay, and +1 or -1 wherever pay begins or ends; sums of both up to a month's end are what
# is left there. Months are the rows of ``month`` (month_from, month_until, number).
_COHORT = sql("""
    with paying as (
        select as_of, customer_key, day, sum(amount) as amount,
               case when max(case when kind in ('new', 'reactivation') then 1 else 0 end) = 1 then 1
                    when max(case when kind = 'churn' then 1 else 0 end) = 1 then -1
                    when max(case when kind = 'unknown' then 1 else 0 end) = 1 and sum(amount) > 0 then 1
                    when max(case when kind = 'unknown' then 1 else 0 end) = 1 and sum(amount) < 0 then -1
                    else 0 end as step
        from movement group by as_of, customer_key, day
    ), began as (
        select as_of, customer_key, min(day) as began_on from paying where step = 1 group by as_of, customer_key
    ), placed as (
        select p.as_of, p.customer_key, p.day, p.amount, p.step, m.month_from as start_month, m.number
        from paying p
        join began b on b.as_of = p.as_of and b.customer_key = p.customer_key
        join month m on b.began_on >= m.month_from and b.began_on < m.month_until
    ), size as (
        select as_of, start_month, count(distinct customer_key) as started from placed group by as_of, start_month
    )
    select p.as_of, p.start_month, m.number - p.number as months, s.started,
           cast(sum(p.step) as bigint) as customers, cast(sum(p.amount) as decimal(18, 4)) as mrr
    from placed p
    join month m on p.day < m.month_until and m.number >= p.number and m.whole
    join size s on s.as_of = p.as_of and s.start_month = p.start_month
    group by p.as_of, p.start_month, m.number - p.number, s.started
""")


def compute(run: Pass) -> None:
    """Set ``cohort``."""
    run.create("cohort", _COHORT.bind())


STAGE = Stage(
    "cohorts",
    reads=("movement", "month"),
    writes=("cohort",),
    run=compute,
    says="what is left of those who began in a month",
)
