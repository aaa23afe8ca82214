"""Harmful play: customers mostly say no to it, so it stops for everybody.

Needs   outcomes over all customers.
Holds   every candidate of a play if more than ``declines_at_most`` of its answers (yes or no) in the last
        ``within`` days were no, once there are ``least`` of them. Silence is neither and does not count.
"""

from decimal import Decimal

from pydantic import Field
from sqlglot import exp

from minori.core.text import Text
from minori.decision.guard import Guard
from minori.policy.definitions import Policy
from minori.policy.words import Days, Definition
from minori.query.sql import sql


class Limits(Definition):
    """Which share of noes is too much, out of how many answers, over how many days."""

    declines_at_most: Decimal = Field(Decimal("0.6"), ge=0, le=1)
    least: int = Field(20, ge=1)
    within: Days = 90


_ANSWERS = sql("""
    with said as (
        select o.as_of, coalesce(o.play, p.play) as play, count(*) as answers,
               count(*) filter (where o.result = 'declined') as declines
        from outcomes o
        left join proposals p on p.as_of = o.as_of and p.proposal_id = o.proposal_id
        where o.result in ('accepted', 'declined') and o._day < o.as_of and o._day > o.as_of - $within
        group by o.as_of, coalesce(o.play, p.play)
    )
    select c.as_of, c.candidate_id, 'holds' as answer, cast(null as date) as until, s.answers, s.declines
    from candidate c
    join said s on s.as_of = c.as_of and s.play = c.play
    where s.answers >= $least and s.declines > $declines_at_most * s.answers
""")


def answers(limits: Limits, _policy: Policy) -> exp.Query:
    """Hold every candidate of a play that customers mostly decline."""
    return _ANSWERS.bind(declines_at_most=limits.declines_at_most, least=limits.least, within=limits.within)


KIND = Guard(
    label=Text(ja="見送りの多い型", en="Harmful play"),
    help=Text(
        ja="お客様の多くが見送った型を、すべてのお客様に対して控えます。",
        en="Stops a play that customers mostly decline.",
    ),
    reason=Text(
        ja="この型は直近{within}日間のお返事{answers}件のうち{declines}件が見送りのため、見直すまで控えます。",
        en="Of {answers} answers to this play within {within} days, {declines} were no; held until reviewed.",
    ),
    limits=Limits,
    needs=("outcomes",),
    reads=("proposals",),
    answers=answers,
)
