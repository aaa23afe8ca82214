"""Terms of the revenue figures: what each customer adds above and below the line of every ratio, per period.

A figure is a sum over customers divided by another, so two ways of counting can be compared customer by customer.
A customer whose MRR became known or unknown within a period is left out of its ratios.
"""

from minori.lake.stage import Pass, Stage
from minori.query.sql import sql

_CUSTOMER_FLOW = sql("""
    with success as (
        select m.as_of, p.period_from, m.customer_key,
               count(distinct case when m.kind = 'upsell' then m.day end) as upsells,
               count(distinct case when m.kind = 'cross_sell' then struct_pack(a := m.day, b := m.product_id) end)
                 as cross_sells,
               max(case when m.kind = 'unknown' then 1 else 0 end) as unknown_within
        from movement m
        join period p on m.day >= p.period_from and m.day < p.period_until
        group by m.as_of, p.period_from, m.customer_key
    ), summed as (
        select as_of, period_from, period_until, customer_key, customer_id,
               cast(sum(opening) as decimal(18, 4)) as opening, cast(sum(new) as decimal(18, 4)) as new,
               cast(sum(upsell) as decimal(18, 4)) as upsell,
               cast(sum(cross_sell) as decimal(18, 4)) as cross_sell,
               cast(sum(downsell) as decimal(18, 4)) as downsell, cast(sum(churn) as decimal(18, 4)) as churn,
               cast(sum(reactivation) as decimal(18, 4)) as reactivation,
               cast(sum(currency) as decimal(18, 4)) as currency,
               cast(sum(unknown) as decimal(18, 4)) as unknown, cast(sum(closing) as decimal(18, 4)) as closing,
               cast(sum(case when closing > 0 then 1 else 0 end) as bigint) as products
        from flow group by as_of, period_from, period_until, customer_key, customer_id
    )
    select f.as_of, f.period_from, f.period_until, f.customer_key, f.customer_id, f.opening, f.new, f.upsell,
           f.cross_sell, f.downsell, f.churn, f.reactivation, f.currency, f.unknown, f.closing, f.products,
           coalesce(s.upsells, 0) as upsells, coalesce(s.cross_sells, 0) as cross_sells,
           coalesce(s.unknown_within, 0) = 0 as known
    from summed f
    left join success s
      on s.as_of = f.as_of and s.period_from = f.period_from and s.customer_key = f.customer_key
""")

_TERM = sql("""
    with flows as (
        select as_of, period_from, customer_id, opening, new, upsell, cross_sell, downsell, churn, reactivation, closing,
               products, upsells, cross_sells, case when opening > 0 or $everyone then 1 else 0 end as counts
        from customer_flow where known
    ), every as (
        select as_of, period_from, customer_id, 'nrr' as figure,
               counts * (opening + upsell + cross_sell + churn + case when $contraction then downsell else 0 end)
                 + case when $offsets then reactivation else 0 end as numerator, opening as denominator
        from flows
        union all
        select as_of, period_from, customer_id, 'grr', counts * (opening + downsell + churn), opening from flows
        union all
        select as_of, period_from, customer_id, 'gross_mrr_churn', counts * (-downsell - churn), opening from flows
        union all
        select as_of, period_from, customer_id, 'quick_ratio', new + upsell + cross_sell + reactivation,
               -downsell - churn
        from flows
        union all
        select as_of, period_from, customer_id, 'logo_churn',
               case when churn < 0 and (opening > 0 or $counted) and (closing <= 0 or not $offsets) then 1 else 0 end,
               case when opening > 0 then 1 else 0 end
        from flows
        union all
        select as_of, period_from, customer_id, 'arpa', closing, case when closing > 0 then 1 else 0 end from flows
        union all
        select as_of, period_from, customer_id, 'products_per_customer', products,
               case when closing > 0 then 1 else 0 end
        from flows
        union all
        select as_of, period_from, customer_id, 'existing_share', case when opening > 0 then closing else 0 end,
               closing
        from flows
        union all
        select as_of, period_from, customer_id, 'upsell_rate', case when $each then upsells else least(upsells, 1) end,
               1
        from flows where opening > 0 or closing > 0
        union all
        select as_of, period_from, customer_id, 'cross_sell_rate',
               case when $each then cross_sells else least(cross_sells, 1) end, 1
        from flows where opening > 0 or closing > 0
    )
    select as_of, period_from, figure, customer_id, cast(numerator as decimal(18, 4)) as numerator,
           cast(denominator as decimal(18, 4)) as denominator
    from every where numerator <> 0 or denominator <> 0
""")


def compute(run: Pass) -> None:
    """Set ``customer_flow`` and ``term``."""
    revenue = run.policy.revenue
    run.create("customer_flow", _CUSTOMER_FLOW.bind())
    run.create(
        "term",
        _TERM.bind(
            everyone=revenue.newcomers == "by_kind",
            contraction=revenue.contraction == "counted",
            offsets=revenue.reactivation == "offsets_churn",
            counted=revenue.same_period == "counted",
            each=revenue.rate_counts == "successes",
        ),
    )


STAGE = Stage(
    "terms",
    reads=("movement", "flow", "period"),
    writes=("customer_flow", "term"),
    run=compute,
    says="what each customer adds to the revenue figures",
)
