"""Onboarding: first the customer succeeds with what they bought, then we may talk about more.

Needs    the day the customer started (``point``), what is held (``holding``), and what ``success`` reads.
Holds    offers that ask for money until ``wait`` has passed since the start (the ``introduction`` that a held
         product states replaces it; of several the longest counts), and until ``success`` is true.
Never    holds a play that lifts the wait: the customer reached a limit or asked.
No data  if the start or the success is unknown: a person decides.
"""

from sqlglot import exp

from minori.core.text import Text
from minori.decision.guard import Guard
from minori.lake.situation import situation
from minori.policy.definitions import Policy
from minori.policy.words import Days, Definition
from minori.query.condition import parse_condition
from minori.query.sql import column, literal, named, sql
from minori.schema.columns import CUSTOMER_COLUMNS


class Limits(Definition):
    """How long after the start, and which condition shows a first success."""

    wait: Days = 90
    success: str | None = None


_ANSWERS = sql("""
    with wait as (
        select as_of, customer_key, max($wait_of_product) as days
        from holding where not is_trial and not is_option
        group by as_of, customer_key
    ), judged as (
        select c.as_of, c.candidate_id, p.started_on, p.started_on + coalesce(w.days, $wait) as free_on,
               s.seen
        from candidate c
        left join point p on p.as_of = c.as_of and p.customer_key = c.customer_key
        left join wait w on w.as_of = c.as_of and w.customer_key = c.customer_key
        left join success s on s.as_of = c.as_of and s.customer_key = c.customer_key
        where c.asks_for_money and not coalesce(c.lifts_wait, false)
    )
    select as_of, candidate_id, started_on,
           case when free_on > as_of or not seen then 'holds' else 'no_data' end as answer,
           case when free_on > as_of then free_on end as until,
           case when free_on > as_of then null when not seen then 'no_success' end as why
    from judged
    where free_on is null or free_on > as_of or seen is null or not seen
""")
_NO_CONDITION = sql("select as_of, customer_key, true as seen from point")


def answers(limits: Limits, policy: Policy) -> exp.Query:
    """Hold paid offers to customers who have only begun."""
    query = _ANSWERS.bind(wait=limits.wait, wait_of_product=_wait(limits, policy))
    for reference in list(query.find_all(exp.Table)):
        if reference.name == "success":
            reference.replace(_success(limits, policy).subquery(reference.alias))
    return query


def _wait(limits: Limits, policy: Policy) -> exp.Expression:
    stated = {
        name: product.introduction
        for name, product in policy.catalog.products.items()
        if "introduction" in product.model_fields_set
    }
    if not stated:
        return literal(limits.wait)
    case = exp.case(column("product_id"))
    for name, days in stated.items():
        case = case.when(literal(name), literal(days))
    return case.else_(literal(limits.wait))


def _success(limits: Limits, policy: Policy) -> exp.Query:
    if limits.success is None:
        return _NO_CONDITION.bind()
    condition = parse_condition(limits.success)
    condition.check_names(dict.fromkeys((*CUSTOMER_COLUMNS, *policy.metrics, *policy.constant), ""))
    rows = situation(condition.columns, constants=policy.constant).subquery("q")
    seen = named(condition.tree.copy(), "seen")
    return exp.select(column("as_of"), column("customer_key"), seen).from_(rows)


KIND = Guard(
    label=Text(ja="導入期間中", en="Onboarding"),
    help=Text(
        ja="ご利用開始から一定期間が過ぎ、最初の成果が確認できるまで、有料のご提案を控えます。",
        en="Holds paid offers until some time after the start and until a first success was seen.",
    ),
    reason=Text(
        ja="{started_on}にご利用を開始されたばかりのため、{until}より前は有料のご提案を控えます。",
        en="A customer only since {started_on}; no paid offer before {until}.",
    ),
    reasons={
        "no_success": Text(
            ja="ご利用の成果がまだ確認できないため、有料のご提案より先に活用をご支援します。",
            en="No success was seen yet; help comes before a paid offer.",
        )
    },
    no_data=Text(
        ja="ご利用開始日または最初の成果が不明なため、ご提案するかどうかは担当者が判断します。",
        en="The start or the first success is unknown; a person decides.",
    ),
    limits=Limits,
    answers=answers,
    reads=("point", "holding", "state", "metric", "standing", "health", "trend", "customers"),
)
