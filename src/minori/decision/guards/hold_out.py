"""Hold-out: a customer drawn into a hold-out is left alone by everything that asks for money (SEMANTICS 11).

Needs   held_out: who was held out on earlier days, and until when.
Holds   every offer that asks for money until the play's horizon ends, but not the held-out one itself: that one
        is drawn again, with the same lot.
"""

from sqlglot import exp

from minori.core.text import Text
from minori.decision.guard import Guard, NoLimits
from minori.policy.definitions import Policy
from minori.query.sql import sql

_ANSWERS = sql("""
    with longest as (
        select c.as_of, c.candidate_id, max(h.until) as until
        from candidate c
        join held_out h
          on h.as_of = c.as_of and h.customer_key = c.customer_key and h.candidate_id <> c.candidate_id
        where c.asks_for_money and h.until > c.as_of
        group by c.as_of, c.candidate_id
    )
    select as_of, candidate_id, 'holds' as answer, until from longest
""")


def answers(_limits: NoLimits, _policy: Policy) -> exp.Query:
    """Hold what asks a held-out customer for money."""
    return _ANSWERS.bind()


KIND = Guard(
    label=Text(ja="非接触群", en="Hold-out"),
    help=Text(
        ja="効果を測るための非接触群のお客様には、期間が終わるまで有料のご提案をしません。",
        en="Leaves customers of a hold-out alone until its horizon ends.",
    ),
    reason=Text(
        ja="効果を測るための非接触群のお客様のため、{until}より前は有料のご提案を控えます。",
        en="In a hold-out that measures the effect of proposing; nothing that asks for money before {until}.",
    ),
    reads=("held_out",),
    always=True,
    answers=answers,
)
