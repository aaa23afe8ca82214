"""Recent decline: the customer said no, so we step back (引き際).

Needs   outcomes (result, play, answered_at); proposals say the play where an outcome does not.
Holds   the same play for ``same_play``, every offer that asks for money for ``any_play``.
Never   holds help, rescue or a smaller plan: we step back from selling, not from the customer.
"""

from sqlglot import exp

from minori.core.text import Text
from minori.decision.guard import Guard
from minori.policy.definitions import Policy
from minori.policy.words import Days, Definition
from minori.query.sql import sql


class Limits(Definition):
    """How long a no counts, for the same play and for any."""

    same_play: Days = 90
    any_play: Days = 30


_ANSWERS = sql("""
    with declined as (
        select o.as_of, o.customer_key, coalesce(o.play, p.play) as play, max(o._day) as declined_on
        from outcomes o
        left join proposals p on p.as_of = o.as_of and p.proposal_id = o.proposal_id
        where o.result = 'declined' and o._day < o.as_of
        group by o.as_of, o.customer_key, coalesce(o.play, p.play)
    ), counted as (
        select c.as_of, c.candidate_id, d.declined_on,
               greatest(case when d.play = c.play then d.declined_on + $same_play end,
                        case when c.asks_for_money then d.declined_on + $any_play end) as until
        from candidate c
        join declined d on d.as_of = c.as_of and d.customer_key = c.customer_key
        where c.kind not in ('help', 'rescue', 'downgrade')
    ), latest as (
        select as_of, candidate_id, declined_on, until,
               row_number() over (partition by as_of, candidate_id
                                  order by until desc, declined_on desc) as newest
        from counted
        where until > as_of
    )
    select as_of, candidate_id, 'holds' as answer, until, declined_on from latest where newest = 1
""")


def answers(limits: Limits, _policy: Policy) -> exp.Query:
    """Hold what was declined, and for a shorter time everything that asks for money."""
    return _ANSWERS.bind(same_play=limits.same_play, any_play=limits.any_play)


KIND = Guard(
    label=Text(ja="直近の見送り", en="Recent decline"),
    help=Text(
        ja="見送りのお返事をいただいた後は、しばらくご提案を控えます。活用支援と解約防止は控えません。",
        en="Steps back after a no; help and rescue are never held.",
    ),
    reason=Text(
        ja="{declined_on}に見送りのお返事をいただいたため、{until}より前のご提案を控えます。",
        en="Declined on {declined_on}; no proposal before {until}.",
    ),
    limits=Limits,
    needs=("outcomes",),
    reads=("proposals",),
    moment="send",
    answers=answers,
)
