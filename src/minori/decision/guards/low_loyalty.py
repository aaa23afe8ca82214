"""Low loyalty: who hardly uses us or has just come is not asked for more money yet.

Needs    the loyalty quintile (the metric that ``segments.yaml`` names) that the candidate carries.
Holds    offers that ask for money below the quintile ``least``.
No data  if it is unknown: a person decides.
"""

from pydantic import Field
from sqlglot import exp

from minori.core.text import Text
from minori.decision.guard import Guard
from minori.policy.definitions import Policy
from minori.policy.words import Definition
from minori.query.sql import sql


class Limits(Definition):
    """The lowest quintile, 1 to 5, in which paid offers may be made."""

    least: int = Field(2, ge=1, le=5)


_ANSWERS = sql("""
    select c.as_of, c.candidate_id, case when c.loyalty is null then 'no_data' else 'holds' end as answer,
           cast(null as date) as until, c.loyalty
    from candidate c
    where c.asks_for_money and (c.loyalty is null or c.loyalty < $least)
""")


def answers(limits: Limits, _policy: Policy) -> exp.Query:
    """Hold paid offers below the quintile."""
    return _ANSWERS.bind(least=limits.least)


KIND = Guard(
    label=Text(ja="ロイヤルティ不足", en="Low loyalty"),
    help=Text(
        ja="ロイヤルティが低いお客様への有料のご提案を控えます。不明なときは担当者が判断します。",
        en="Holds paid offers to customers of low loyalty; if unknown, a person decides.",
    ),
    reason=Text(
        ja="ロイヤルティが5段階の{loyalty}（{least}以上が目安）のため、有料のご提案を控えます。",
        en="Loyalty is {loyalty} of 5, below {least}; no paid offer.",
    ),
    no_data=Text(
        ja="ロイヤルティが不明なため、ご提案するかどうかは担当者が判断します。",
        en="Loyalty is unknown; a person decides.",
    ),
    limits=Limits,
    answers=answers,
)
