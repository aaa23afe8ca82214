"""Flood: so many customers entered a play on one day that rather the data is wrong (SEMANTICS 7).

Needs   signal and point.
Holds   every candidate of the play while the signals of such a day ask: more than ``ranking.flood_share`` of
        all customers, where there are ``least`` of them.
"""

from decimal import Decimal

from pydantic import Field
from sqlglot import exp

from minori.core.text import Text
from minori.decision.guard import Guard
from minori.policy.definitions import Policy
from minori.policy.words import Definition
from minori.query.sql import sql


class Limits(Definition):
    """Below how many customers a share says nothing."""

    least: int = Field(20, ge=1)


_ANSWERS = sql("""
    with entered as (
        select as_of, play, since, count(*) as entered
        from signal where state in ('young', 'again')
        group by as_of, play, since
    ), everybody as (
        select as_of, count(*) as customers from point group by as_of
    ), flooded as (
        select e.as_of, e.play, max(e.since) as since, arg_max(e.entered, e.since) as entered,
               max(v.customers) as customers
        from entered e
        join everybody v on v.as_of = e.as_of
        where v.customers >= $least and e.entered > $share * v.customers
        group by e.as_of, e.play
    )
    select c.as_of, c.candidate_id, 'holds' as answer, cast(null as date) as until, f.since as entered_on,
           f.entered, f.customers
    from candidate c
    join flooded f on f.as_of = c.as_of and f.play = c.play
""")


def answers(limits: Limits, policy: Policy) -> exp.Query:
    """Hold every candidate of a play that too many customers entered on one day."""
    return _ANSWERS.bind(least=limits.least, share=Decimal(str(policy.guards.ranking.flood_share)))


KIND = Guard(
    label=Text(ja="対象の急増", en="Flood"),
    help=Text(
        ja="一日に多くのお客様が同時に対象となった型を一時停止します。",
        en="Pauses a play that too many customers entered on one day.",
    ),
    reason=Text(
        ja="{entered_on}に全{customers}件のうち{entered}件のお客様が一度に対象となったため、"
        "この型を一時停止しています。データに誤りがないかご確認ください。",
        en="{entered} of {customers} customers entered this play on {entered_on}; it pauses. Check the data.",
    ),
    limits=Limits,
    reads=("signal", "point"),
    always=True,
    answers=answers,
)
