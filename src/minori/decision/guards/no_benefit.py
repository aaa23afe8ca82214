"""No benefit: an offer that brings this customer nothing is not made.

Needs   nothing beside the candidate.
Holds   every candidate for which no offer can be made, and says why; and offers that ask for money of which
        no benefit to this customer is known.
"""

from sqlglot import exp

from minori.core.text import Text
from minori.decision.guard import Guard, NoLimits
from minori.policy.definitions import Policy
from minori.query.sql import sql

_ANSWERS = sql("""
    select c.as_of, c.candidate_id, 'holds' as answer, cast(null as date) as until, c.refusal,
           case when c.offer is null and c.refusal is null then 'no_offer'
                when c.offer is null then 'refused' end as why
    from candidate c
    where c.offer is null or (c.asks_for_money and not coalesce(c.benefit_known, false))
""")


def answers(_limits: NoLimits, _policy: Policy) -> exp.Query:
    """Hold what cannot be offered or brings the customer nothing."""
    return _ANSWERS.bind()


KIND = Guard(
    label=Text(ja="お客様の利点なし", en="No benefit"),
    help=Text(
        ja="このお客様に利点を示せない有料のご提案を控えます。",
        en="Holds paid offers that bring this customer nothing.",
    ),
    reason=Text(
        ja="このお客様にとっての利点を示せないため、有料のご提案を控えます。",
        en="No benefit to this customer is known; no paid offer.",
    ),
    reasons={
        "no_offer": Text(
            ja="このお客様にご用意できる内容がないため、ご提案を控えます。",
            en="There is nothing that could be offered to this customer.",
        ),
        "refused": Text(ja="ご提案できる内容がありません：{refusal}", en="Nothing to offer: {refusal}"),
    },
    answers=answers,
)
