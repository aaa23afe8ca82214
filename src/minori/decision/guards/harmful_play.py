"""Harmful play: customers mostly say no to it, or it is proven to do harm, so it stops for everybody.

Needs   outcomes over all customers; the verdicts that the proof gives on plays (``minori experiments``,
        ``minori pushiness``).
Holds   every candidate of a play if more than ``declines_at_most`` of its answers (yes or no) in the last
        ``within`` days were no, once there are ``least`` of them. Silence is neither and does not count.
        Every candidate of a play whose newest verdict is harmful; of one class of customers, if only they are harmed.
        A verdict on an experiment ends with it: another ``id`` is a new experiment.
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
    """Which share of noes is too much, out of how many answers, over how many days; and how much harm is proof.

    ``harm_e_value`` is the stake on harm at which an experiment stops: a harmless play is stopped with a chance of at
    most 1 / it, ever. ``pushiness_at_most`` and ``pushiness_rise_at_most`` are points of 押し売り度, which the lower
    end of its interval must exceed.
    """

    declines_at_most: Decimal = Field(Decimal("0.6"), ge=0, le=1)
    least: int = Field(20, ge=1)
    within: Days = 90
    harm_e_value: Decimal = Field(Decimal(10), gt=1)
    pushiness_at_most: Decimal = Field(Decimal(25), ge=0)
    pushiness_rise_at_most: Decimal = Field(Decimal(10), ge=0)


_ANSWERS = sql("""
    with said as (
        select o.as_of, coalesce(o.play, p.play) as play, count(*) as answers,
               count(*) filter (where o.result = 'declined') as declines
        from outcomes o
        left join proposals p on p.as_of = o.as_of and p.proposal_id = o.proposal_id
        where o.result in ('accepted', 'declined') and o._day < o.as_of and o._day > o.as_of - $within
        group by o.as_of, coalesce(o.play, p.play)
    ), declined as (
        select c.as_of, c.candidate_id, s.answers, s.declines
        from candidate c
        join said s on s.as_of = c.as_of and s.play = c.play
        where s.answers >= $least and s.declines > $declines_at_most * s.answers
    ), judged as (
        select c.as_of, c.candidate_id,
               min(case when v.stratum = '' then v.source else 'class' end) as harmed_by
        from candidate c
        join play_verdict v on v.as_of = c.as_of and v.play = c.play and v.verdict = 'harmful'
        left join standing s on s.as_of = c.as_of and s.customer_key = c.customer_key
        where v.class = case v.stratum when 'segment' then s.segment when 'stage' then s.stage
                                       when 'growth_stage' then s.growth_stage when 'touch' then s.touch
                                       when 'band' then c.band else '' end
        group by c.as_of, c.candidate_id
    )
    select c.as_of, c.candidate_id, 'holds' as answer, cast(null as date) as until, d.answers, d.declines,
           j.harmed_by as why
    from candidate c
    left join declined d on d.as_of = c.as_of and d.candidate_id = c.candidate_id
    left join judged j on j.as_of = c.as_of and j.candidate_id = c.candidate_id
    where d.candidate_id is not null or j.candidate_id is not null
""")


def answers(limits: Limits, _policy: Policy) -> exp.Query:
    """Hold every candidate of a play that customers mostly decline, or that is proven to harm them."""
    return _ANSWERS.bind(declines_at_most=limits.declines_at_most, least=limits.least, within=limits.within)


KIND = Guard(
    label=Text(ja="見送りの多い型", en="Harmful play"),
    help=Text(
        ja="お客様の多くが見送った型と、害が証明された型を、すべてのお客様に対して控えます。",
        en="Stops a play that customers mostly decline, or that is proven to do harm.",
    ),
    reason=Text(
        ja="この型は直近{within}日間のお返事{answers}件のうち{declines}件が見送りのため、見直すまで控えます。",
        en="Of {answers} answers to this play within {within} days, {declines} were no; held until reviewed.",
    ),
    reasons={
        "experiment": Text(
            ja="実験の結果、この型はお客様に悪い影響を与えていると判定されたため、見直すまで控えます。",
            en="The experiment shows that this play does customers harm; held until reviewed.",
        ),
        "pushiness": Text(
            ja="この型の押し売り度が限度を超えたため、見直すまで控えます。",
            en="This play is pushier than the limit allows; held until reviewed.",
        ),
        "class": Text(
            ja="実験の結果、この型は同じ区分のお客様に悪い影響を与えていると判定されたため、見直すまで控えます。",
            en="The experiment shows that this play does customers of this class harm; held until reviewed.",
        ),
    },
    limits=Limits,
    needs=("outcomes",),
    also_needs=("play_verdict",),
    reads=("proposals", "standing"),
    answers=answers,
)
