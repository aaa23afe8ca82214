"""Contact frequency: nobody is written to or called too often, over all channels and all of us.

Needs   interactions and proposals; either alone is counted, what is missing is said.
Holds   while one person was contacted ``per_person`` times, or the customer ``per_customer`` times, in the
        last ``within`` days. Answers to their own support requests do not count; a proposal counts once.
Never   holds a rescue, urgent help, or a proposal that was made already.
"""

from pydantic import Field
from sqlglot import exp

from minori.core.text import Text
from minori.decision.guard import Guard
from minori.decision.urgent import urgent
from minori.policy.definitions import Policy
from minori.policy.words import Days, Definition
from minori.query.sql import sql


class Limits(Definition):
    """How many contacts are enough, and over how many days."""

    per_person: int = Field(2, ge=1)
    per_customer: int = Field(4, ge=1)
    within: Days = 14


_ANSWERS = sql("""
    with reached_out as (
        select as_of, customer_key, user_key, _day as day, _id as id, about = 'proposal' as proposes
        from interactions
        where coalesce(direction, 'out') = 'out' and coalesce(about, 'other') <> 'support'
          and _day < as_of and _day > as_of - $within
    ), noted as (
        select distinct as_of, customer_key, day from reached_out where proposes
    ), contact as (
        select as_of, customer_key, user_key, day, id from reached_out
        union all
        select p.as_of, p.customer_key, p.user_key, p._day as day, p._id as id
        from proposals p
        left join noted n on n.as_of = p.as_of and n.customer_key = p.customer_key and n.day = p._day
        where n.customer_key is null and p._day < p.as_of and p._day > p.as_of - $within
    ), numbered as (
        select as_of, customer_key, user_key, day,
               row_number() over (partition by as_of, customer_key order by day desc, id) as of_customer,
               row_number() over (partition by as_of, customer_key, user_key
                                  order by day desc, id) as of_person
        from contact
    ), often as (
        select as_of, customer_key, count(*) as contacts,
               max(day) filter (where of_customer = $per_customer) as customer_day,
               max(day) filter (where of_person = $per_person and user_key is not null) as person_day
        from numbered
        group by as_of, customer_key
    ), made as (
        select distinct as_of, proposal_id from proposals where _day < as_of
    )
    select c.as_of, c.candidate_id, 'holds' as answer,
           greatest(o.customer_day, o.person_day) + $within as until, o.contacts,
           case when o.customer_day is null or o.customer_day < o.person_day then 'person' end as why
    from candidate c
    join often o on o.as_of = c.as_of and o.customer_key = c.customer_key
    left join made m on m.as_of = c.as_of and m.proposal_id = c.candidate_id
    where greatest(o.customer_day, o.person_day) is not null and m.proposal_id is null and not $urgent
""")


def answers(limits: Limits, policy: Policy) -> exp.Query:
    """Hold all but the urgent while a customer or one of its people was contacted often enough."""
    return _ANSWERS.bind(
        per_person=limits.per_person,
        per_customer=limits.per_customer,
        within=limits.within,
        urgent=urgent(policy),
    )


KIND = Guard(
    label=Text(ja="ご連絡の頻度", en="Contact frequency"),
    help=Text(
        ja="短い期間にご連絡が重ならないようにします。解約防止と緊急の活用支援は控えません。",
        en="Nobody is contacted too often; a rescue and urgent help are never held.",
    ),
    reason=Text(
        ja="直近{within}日間に{contacts}回ご連絡しているため、{until}より前のご提案を控えます。",
        en="Contacted {contacts} times within {within} days; no proposal before {until}.",
    ),
    reasons={
        "person": Text(
            ja="同じ方に直近{within}日間で{per_person}回ご連絡しているため、{until}より前のご提案を控えます。",
            en="Someone was contacted {per_person} times within {within} days; no proposal before {until}.",
        )
    },
    limits=Limits,
    needs=("interactions", "proposals"),
    moment="send",
    answers=answers,
)
