"""No evidence: nothing but the calendar speaks for the offer, so it would be pushing.

Needs   nothing beside the candidate.
Holds   every offer that asks for money whose evidence is time alone, or unknown.
"""

from sqlglot import exp

from minori.core.text import Text
from minori.decision.guard import Guard, NoLimits
from minori.policy.definitions import Policy
from minori.query.sql import sql

_ANSWERS = sql("""
    select c.as_of, c.candidate_id, 'holds' as answer, cast(null as date) as until
    from candidate c
    where c.asks_for_money and coalesce(c.needs, 0) = 0
""")


def answers(_limits: NoLimits, _policy: Policy) -> exp.Query:
    """Hold paid offers without a piece of evidence of need."""
    return _ANSWERS.bind()


KIND = Guard(
    label=Text(ja="必要性の根拠なし", en="No evidence of need"),
    help=Text(
        ja="時期だけを理由とした有料のご提案を控えます。",
        en="Holds paid offers that only the calendar speaks for.",
    ),
    reason=Text(
        ja="お客様に必要だと示す数値がまだないため、有料のご提案を控えます。",
        en="No number shows yet that the customer needs it; no paid offer.",
    ),
    answers=answers,
)
