"""Contracts as spans of revenue: what each was worth in its own currency, from when until when.

A row of a contract ends when it says so or when the next row of the same contract starts. A gap without pay of up to
``renewal_grace`` days is the same relationship (SEMANTICS 16): once the successor is visible, what ended last is carried
to its start. That holds for a customer as a whole and for each product or option of it. Trials are no spans.
"""

from datetime import date

from minori.lake.stage import Pass
from minori.policy.definitions import Policy
from minori.query.sql import sql

NEVER = date(9999, 12, 31)
"""The end of what has not ended."""

_RATE = sql("""
    select as_of, currency, "on" as from_on, rate,
           coalesce(lead("on") over (partition by as_of, currency order by "on"), $never) as until_on,
           lag(rate) over (partition by as_of, currency order by "on") as rate_before,
           first_value("on") over (partition by as_of, currency order by "on") as first_on
    from rates
    where currency <> $currency
""")

# An option is a cell of its own beside its product's plans, whose cell is the empty item.
_SPAN = sql("""
    with plan as (
        select plan_id, min(product_id) as product_id from catalog_plan group by plan_id
    ), numbered as (
        select c.as_of, p.customer_key, p.customer_id, c.plan_id, c.quantity, c.mrr, c.term_months, c.is_trial,
               coalesce(c.product_id, l.product_id, '') as product_id, coalesce(c.currency, $currency) as currency,
               c.starts_on as from_on, coalesce(c.ends_on, $never) as ends_on,
               coalesce(lead(c.starts_on) over (partition by c.as_of, c.contract_id order by c.starts_on, c._id),
                        $never) as next_on
        from contracts c
        join point p on p.as_of = c.as_of and p.customer_key = c.customer_key
        left join plan l on l.plan_id = c.plan_id
    )
    select n.as_of, n.customer_key, n.customer_id, n.product_id, n.plan_id, n.quantity, n.mrr, n.term_months,
           n.currency, n.from_on, least(n.ends_on, n.next_on) as until_on,
           case when o.is_option then n.plan_id else '' end as item, n.mrr is null or n.mrr <> 0 as pays
    from numbered n
    left join catalog_plan o on o.plan_id = n.plan_id and o.product_id = n.product_id
    where not coalesce(n.is_trial, false) and n.plan_id not in ($metered) and n.from_on < least(n.ends_on, n.next_on)
""")

_CELL_GAP = sql("""
    with reach as (
        select as_of, customer_key, product_id, item, from_on,
               max(until_on) over (partition by as_of, customer_key, product_id, item
                                   order by from_on, until_on, plan_id
                                   rows between unbounded preceding and 1 preceding) as reached
        from _contract_span
        where pays
    )
    select as_of, customer_key, product_id, item, reached as gap_from, from_on as gap_until
    from reach
    where from_on > reached and date_diff('day', reached, from_on) <= $grace
""")
_CUSTOMER_GAP = sql("""
    with reach as (
        select as_of, customer_key, from_on,
               max(until_on) over (partition by as_of, customer_key order by from_on, until_on, product_id, plan_id
                                   rows between unbounded preceding and 1 preceding) as reached
        from _contract_span
        where pays
    )
    select as_of, customer_key, reached as gap_from, from_on as gap_until
    from reach
    where from_on > reached and date_diff('day', reached, from_on) <= $grace
""")

# ``priced_on``: the first day on which the span's worth in company currency is known; NEVER without amount or rate.
_BRIDGED = sql("""
    with first_rate as (
        select as_of, currency, min(from_on) as first_on, arg_min(rate, from_on) as first_rate
        from _rate group by as_of, currency
    )
    select s.as_of, s.customer_key, s.customer_id, s.product_id, s.item, s.plan_id, s.quantity, s.mrr,
           s.term_months, s.currency, s.from_on,
           case when s.pays then greatest(coalesce(c.gap_until, s.until_on), coalesce(k.gap_until, s.until_on))
                else s.until_on end as until_on,
           case when s.mrr is null then $never
                when s.currency = $currency or s.mrr = 0 then s.from_on
                else greatest(s.from_on, coalesce(f.first_on, $never)) end as priced_on,
           f.first_rate
    from _contract_span s
    left join _cell_gap c
      on c.as_of = s.as_of and c.customer_key = s.customer_key and c.product_id = s.product_id
     and c.item = s.item and c.gap_from = s.until_on
    left join _customer_gap k
      on k.as_of = s.as_of and k.customer_key = s.customer_key and k.gap_from = s.until_on
    left join first_rate f on f.as_of = s.as_of and f.currency = s.currency
""")


def rates(run: Pass) -> None:
    """Set the scratch table ``_rate``: foreign rates with the days on which each is in force."""
    run.create("_rate", _RATE.bind(currency=run.company.currency, never=NEVER))


def spans(run: Pass) -> None:
    """Set the scratch tables ``_span`` (one row per span, gaps bridged) and ``_rate``."""
    currency = run.company.currency
    grace = run.company.renewal_grace
    rates(run)
    run.create("_contract_span", _SPAN.bind(currency=currency, never=NEVER, metered=_left_out(run.policy)))
    run.create("_cell_gap", _CELL_GAP.bind(grace=grace))
    run.create("_customer_gap", _CUSTOMER_GAP.bind(grace=grace))
    run.create("_span", _BRIDGED.bind(currency=currency, never=NEVER))


def metered_plans(policy: Policy) -> list[str]:
    """Return the plans of the catalogue whose model is ``metered``."""
    products = policy.catalog.products.values()
    return sorted({name for p in products for name, plan in p.plans.items() if plan.model == "metered"})


def _left_out(policy: Policy) -> list[str]:
    return ["", *(metered_plans(policy) if policy.revenue.metered == "excluded" else [])]
