"""Trials that became contracts, free users who pay, payers who took an option, and which plan people choose.

Contracts are seen as of the pass's date. A trial counts in the period in which it ended, once ``renewal_grace`` has
passed since: a contract that pays and starts within the grace after the trial's end is its upgrade.
"""

from minori.kpis.spans import NEVER
from minori.lake.stage import Pass, Stage
from minori.query.sql import sql

_HELD = sql("""
    with plan as (
        select plan_id, min(product_id) as product_id from catalog_plan group by plan_id
    ), numbered as (
        select c.as_of, p.customer_key, coalesce(c.product_id, l.product_id, '') as product_id, c.plan_id, c.mrr,
               coalesce(c.is_trial, false) as is_trial, c.starts_on as from_on,
               least(coalesce(c.ends_on, $never),
                     coalesce(lead(c.starts_on) over (partition by c.as_of, c.contract_id
                                                      order by c.starts_on, c._id), $never),
                     case when coalesce(c.is_trial, false) and c.trial_ends_on <= c.as_of then c.trial_ends_on
                          else $never end) as until_on
        from contracts c
        join point p on p.as_of = c.as_of and p.customer_key = c.customer_key
        left join plan l on l.plan_id = c.plan_id
    )
    select n.as_of, n.customer_key, n.product_id, n.plan_id, n.mrr, n.is_trial, n.from_on, n.until_on,
           coalesce(o.is_option, false) as is_option, not n.is_trial and n.mrr > 0 as pays,
           not n.is_trial and n.mrr = 0 and not coalesce(o.is_option, false) as is_free
    from numbered n
    left join catalog_plan o on o.plan_id = n.plan_id and o.product_id = n.product_id
    where n.from_on < n.until_on
""")

# Of who pays for the product already, only the plan that was tried counts as an upgrade.
_TRIAL = sql("""
    with trial as (
        select t.as_of, p.period_from, t.customer_key, t.product_id, t.plan_id, t.from_on, t.until_on
        from _held t
        join period p on t.until_on >= p.period_from and t.until_on < p.period_until
        where t.is_trial and date_diff('day', t.until_on, t.as_of) >= $grace
    ), payer as (
        select distinct t.as_of, t.customer_key, t.product_id, t.from_on
        from trial t
        join _held h
          on h.as_of = t.as_of and h.customer_key = t.customer_key and h.product_id = t.product_id and h.pays
         and h.from_on <= t.from_on and h.until_on > t.from_on
    ), upgraded as (
        select distinct t.as_of, t.customer_key, t.product_id, t.from_on
        from trial t
        join _held h
          on h.as_of = t.as_of and h.customer_key = t.customer_key and h.product_id = t.product_id and h.pays
         and h.from_on > t.from_on and date_diff('day', t.until_on, h.from_on) <= $grace
        left join payer y
          on y.as_of = t.as_of and y.customer_key = t.customer_key and y.product_id = t.product_id
         and y.from_on = t.from_on
        where y.customer_key is null or h.plan_id = t.plan_id
    )
    select t.as_of, t.period_from, 'trial_upgrade' as figure, count(u.customer_key) as successes, count(*) as sample
    from trial t
    left join upgraded u
      on u.as_of = t.as_of and u.customer_key = t.customer_key and u.product_id = t.product_id
     and u.from_on = t.from_on
    group by t.as_of, t.period_from
""")

_STEP = sql("""
    with opened as (
        select h.as_of, p.period_from, p.period_until, h.customer_key,
               max(case when h.is_free then 1 else 0 end) as free, max(case when h.pays then 1 else 0 end) as pays,
               max(case when h.is_option and h.pays then 1 else 0 end) as option
        from _held h
        join period p on h.from_on < p.period_from and h.until_on >= p.period_from
        group by h.as_of, p.period_from, p.period_until, h.customer_key
    ), began as (
        select o.as_of, o.period_from, o.customer_key, max(case when h.pays then 1 else 0 end) as pays,
               max(case when h.is_option and h.pays then 1 else 0 end) as option
        from opened o
        join _held h
          on h.as_of = o.as_of and h.customer_key = o.customer_key
         and h.from_on >= o.period_from and h.from_on < o.period_until
        group by o.as_of, o.period_from, o.customer_key
    )
    select o.as_of, o.period_from, cast(sum(case when o.free = 1 and o.pays = 0 then 1 else 0 end) as bigint) as free,
           cast(sum(case when o.free = 1 and o.pays = 0 then b.pays else 0 end) as bigint) as free_paid,
           cast(sum(case when o.pays = 1 and o.option = 0 then 1 else 0 end) as bigint) as paid,
           cast(sum(case when o.pays = 1 and o.option = 0 then b.option else 0 end) as bigint) as paid_option
    from opened o
    left join began b on b.as_of = o.as_of and b.period_from = o.period_from and b.customer_key = o.customer_key
    group by o.as_of, o.period_from
""")

_CONVERSION = sql("""
    with every as (
        select as_of, period_from, figure, successes, sample from _trial
        union all
        select as_of, period_from, 'free_to_paid', coalesce(free_paid, 0), free from _step where free > 0
        union all
        select as_of, period_from, 'paid_to_option', coalesce(paid_option, 0), paid from _step where paid > 0
    )
    select as_of, period_from, figure, successes, sample from every
""")

# Who renews the plan held the day before chooses nothing.
_TIER = sql("""
    with chosen as (
        select distinct h.as_of, p.period_from, h.customer_key, h.product_id, h.plan_id
        from _held h
        join period p on h.from_on >= p.period_from and h.from_on < p.period_until
        left join _held b
          on b.as_of = h.as_of and b.customer_key = h.customer_key and b.product_id = h.product_id
         and b.plan_id = h.plan_id and not b.is_trial and b.from_on < h.from_on and b.until_on >= h.from_on
        where not h.is_trial and not h.is_option and b.customer_key is null
    ), held as (
        select distinct h.as_of, p.period_from, h.customer_key, h.product_id, h.plan_id
        from _held h
        join period p on h.from_on < p.period_until and h.until_on >= p.period_until
        where not h.is_trial and not h.is_option
    ), counted as (
        select as_of, period_from, product_id, plan_id, count(*) as chosen, 0 as held
        from chosen group by as_of, period_from, product_id, plan_id
        union all
        select as_of, period_from, product_id, plan_id, 0, count(*)
        from held group by as_of, period_from, product_id, plan_id
    )
    select c.as_of, c.period_from, nullif(c.product_id, '') as product_id, c.plan_id, min(o.rank) as rank,
           cast(max(c.chosen) as bigint) as chosen, cast(max(c.held) as bigint) as held
    from counted c
    left join catalog_plan o on o.product_id = c.product_id and o.plan_id = c.plan_id
    group by c.as_of, c.period_from, c.product_id, c.plan_id
""")


def compute(run: Pass) -> None:
    """Set ``conversion`` (successes of a sample) and ``tier`` (plans chosen, and held at the end)."""
    run.create("_held", _HELD.bind(never=NEVER))
    run.create("_trial", _TRIAL.bind(grace=run.company.renewal_grace))
    run.create("_step", _STEP.bind())
    run.create("conversion", _CONVERSION.bind())
    run.create("tier", _TIER.bind())


STAGE = Stage(
    "conversion",
    reads=("contracts", "point", "catalog_plan", "period"),
    writes=("conversion", "tier"),
    run=compute,
    says="trials, free users and payers that went a step further, and the plans people choose",
)
