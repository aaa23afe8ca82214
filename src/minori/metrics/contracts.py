"""What each customer holds: the tables ``holding`` (one row per contract) and ``state`` (one row per customer)."""

from collections.abc import Iterable

from sqlglot import exp

from minori.lake.stage import Pass, Stage
from minori.metrics.used import calls_of
from minori.query.sql import column, named, sql

# ends_on is exclusive and null until it has come, so a contract with ends_on has ended. A contract that ended within
# the renewal grace and was replaced is seen through its successor. Of rows of one contract the newest start counts.
_HOLDING = sql("""
    with rate as (
        select as_of, currency, arg_max(rate, "on") as rate from rates group by as_of, currency
    ), numbered as (
        select as_of, customer_key, contract_id, product_id, plan_id, quantity, mrr, currency, starts_on, ends_on,
               renews_on, is_trial, trial_ends_on, term_months,
               row_number() over (partition by as_of, contract_id order by starts_on desc, _id) as newest
        from contracts
    )
    select n.as_of, n.customer_key, n.contract_id, coalesce(n.product_id, p.product_id) as product_id, n.plan_id,
           n.quantity, n.mrr, n.currency,
           case when n.currency = $currency then n.mrr
                else cast(n.mrr * r.rate as decimal(18, 4)) end as mrr_company,
           n.starts_on, n.renews_on, n.term_months,
           coalesce(n.is_trial, false) as is_trial, n.trial_ends_on,
           p.rank as plan_rank, p.plans_above, coalesce(p.is_option, false) as is_option,
           coalesce(p.by_seat, false) as by_seat
    from numbered n
    left join catalog_plan p
      on p.plan_id = n.plan_id and (n.product_id is null or p.product_id = n.product_id)
    left join rate r on r.as_of = n.as_of and r.currency = n.currency
    where n.newest = 1 and n.ends_on is null
""")

# Nothing held is 0 only where a contract of anybody was seen by the date; before, it is unknown.
_STATE = sql("""
    with held as (
        select as_of, customer_key,
               cast(sum(mrr_company) filter (where not is_trial) as double) as mrr,
               count(*) filter (where not is_trial and mrr_company is null) as unpriced,
               cast(coalesce(sum(quantity) filter (where by_seat and not is_trial),
                             sum(quantity) filter (where by_seat),
                             sum(quantity) filter (where not is_option)) as double) as seats,
               cast(count(distinct product_id) filter (where not is_trial) as double) as products,
               arg_max(plan_id, struct_pack(a := not is_trial, b := coalesce(mrr_company, 0), c := plan_id))
                 filter (where not is_option) as plan,
               arg_max(plans_above, struct_pack(a := not is_trial, b := coalesce(mrr_company, 0), c := plan_id))
                 filter (where not is_option) as plans_above,
               max(cast(is_trial as int)) = 1 as on_trial,
               cast(max(term_months) filter (where not is_option) as double) as term_months,
               min(renews_on) filter (where renews_on >= as_of and not is_option) as renews_on,
               max(trial_ends_on) filter (where is_trial) as trial_ends_on
        from holding
        group by as_of, customer_key
    )
    select p.as_of, p.customer_key,
           case when h.unpriced > 0 then null when v.as_of is not null then coalesce(h.mrr, 0) end as mrr,
           case when v.as_of is not null then coalesce(h.seats, 0) end as seats, h.plan,
           case when v.as_of is not null then coalesce(h.products, 0) end as products,
           cast(h.plans_above as double) as plans_above,
           case when v.as_of is not null then coalesce(h.on_trial, false) end as on_trial, h.term_months, h.renews_on,
           h.trial_ends_on
    from point p
    left join held h on h.as_of = p.as_of and h.customer_key = p.customer_key
    left join coverage v on v.as_of = p.as_of and v.table_name = 'contracts'
""")


def compute(run: Pass) -> None:
    """Set ``holding`` and ``state``; ``state`` also has a column per limit, product and feature the policy names."""
    run.create("holding", _HOLDING.bind(currency=run.company.currency))
    run.create("state", _with_calls(_STATE.bind(), calls_of(run.policy)))


def _with_calls(state: exp.Select, calls: Iterable[tuple[str, str]]) -> exp.Select:
    wanted = sorted(calls)
    any_seen = exp.Is(this=column("as_of", "v"), expression=exp.null()).not_()
    for number, (function, argument) in enumerate(wanted):
        alias = f"c{number}"
        value = column("value", alias)
        if function != "limit":
            value = exp.case().when(any_seen.copy(), exp.func("coalesce", value, exp.false()))
        join_on = exp.and_(
            exp.EQ(this=column("as_of", alias), expression=column("as_of", "p")),
            exp.EQ(this=column("customer_key", alias), expression=column("customer_key", "p")),
        )
        answer = _CALLS[function].bind(name=argument)
        state.join(answer.subquery(alias), on=join_on, join_type="left", copy=False)
        state.select(named(value, f"{_PREFIXES[function]}{argument}"), copy=False)
    return state


_PREFIXES = {"limit": "limit__", "holds": "holds__", "has_feature": "has__", "upper_has": "upper__"}
_CALLS = {
    "limit": sql("""
        with paid as (
            select distinct as_of, customer_key, product_id from holding where not is_trial and not is_option
        )
        select h.as_of, h.customer_key,
               cast(sum(l.amount * case when h.is_option then coalesce(h.quantity, 1) else 1 end + l.per_seat * coalesce(h.quantity, 0)
                        + case when l.by_quantity then h.quantity else 0 end) as double) as value
        from holding h
        join catalog_limit l on l.plan_id = h.plan_id and l.product_id = h.product_id and l.name = $name
        left join paid d on d.as_of = h.as_of and d.customer_key = h.customer_key and d.product_id = h.product_id
        where not h.is_trial or d.product_id is null
        group by h.as_of, h.customer_key
    """),
    "holds": sql("""
        select as_of, customer_key, max(cast(product_id = $name or plan_id = $name as int)) = 1 as value
        from holding where not is_trial group by as_of, customer_key
    """),
    "has_feature": sql("""
        select h.as_of, h.customer_key, max(cast(f.feature is not null as int)) = 1 as value
        from holding h
        left join catalog_feature f
          on f.plan_id = h.plan_id and f.product_id = h.product_id and f.feature = $name
        group by h.as_of, h.customer_key
    """),
    "upper_has": sql("""
        with having_it as (
            select h.as_of, h.customer_key, max(cast(f.feature is not null as int)) as has
            from holding h
            left join catalog_feature f
              on f.plan_id = h.plan_id and f.product_id = h.product_id and f.feature = $name
            group by h.as_of, h.customer_key
        )
        select h.as_of, h.customer_key, max(cast(f.feature is not null and m.has = 0 as int)) = 1 as value
        from holding h
        join having_it m on m.as_of = h.as_of and m.customer_key = h.customer_key
        left join catalog_feature f
          on f.product_id = h.product_id and f.feature = $name
         and (f.is_option or f.rank > coalesce(h.plan_rank, -1))
        group by h.as_of, h.customer_key
    """),
}


STAGE = Stage(
    "contracts",
    reads=("contracts", "rates", "point", "coverage", "catalog_plan", "catalog_limit", "catalog_feature"),
    writes=("holding", "state"),
    run=compute,
    says="what each customer holds",
)
