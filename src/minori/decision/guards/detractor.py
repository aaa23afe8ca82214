"""Detractor: who would not recommend us is listened to, not sold to.

Needs   surveys of kind nps (score, answered_at, by whom).
Holds   offers that ask for money, for ``within`` days after a person's newest NPS answer was
        ``nps_at_most`` or less.
Clear   if nobody was ever asked: that is not a bad answer.
"""

from pydantic import Field
from sqlglot import exp

from minori.core.text import Text
from minori.decision.guard import Guard
from minori.policy.definitions import Policy
from minori.policy.words import Days, Definition
from minori.query.sql import sql


class Limits(Definition):
    """The highest score of a detractor, and how long it counts."""

    nps_at_most: int = Field(6, ge=0, le=10)
    within: Days = 90


_ANSWERS = sql("""
    with said as (
        select as_of, customer_key, _day as answered_on, score,
               row_number() over (partition by as_of, customer_key, user_key
                                  order by answered_at desc, score, _id) as newest
        from surveys
        where lower(kind) = 'nps'
    ), unhappy as (
        select as_of, customer_key, answered_on, score,
               row_number() over (partition by as_of, customer_key order by answered_on desc, score) as newest
        from said
        where newest = 1 and score <= $nps_at_most and answered_on > as_of - $within
    )
    select c.as_of, c.candidate_id, 'holds' as answer, u.answered_on + $within as until, u.answered_on,
           u.score
    from candidate c
    join unhappy u on u.as_of = c.as_of and u.customer_key = c.customer_key and u.newest = 1
    where c.asks_for_money
""")


def answers(limits: Limits, _policy: Policy) -> exp.Query:
    """Hold paid offers after a detractor's answer."""
    return _ANSWERS.bind(nps_at_most=limits.nps_at_most, within=limits.within)


KIND = Guard(
    label=Text(ja="NPS批判者", en="Detractor"),
    help=Text(
        ja="NPS調査で低い評価をいただいたお客様への有料のご提案を控えます。未調査のお客様は対象外です。",
        en="Holds paid offers after a low NPS answer; never surveyed is clear.",
    ),
    reason=Text(
        ja="{answered_on}のNPS調査で{score}点の評価をいただいたため、{until}より前は有料のご提案を控え、ご不満の解消を優先します。",
        en="NPS {score} answered on {answered_on}; no paid offer before {until}, we listen first.",
    ),
    limits=Limits,
    needs=("surveys",),
    answers=answers,
    help_first=True,
)
