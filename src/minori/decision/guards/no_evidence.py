"""No evidence: what speaks for the offer does not show that the customer needs it, so it would be pushing.

Needs   nothing beside the candidate.
Holds   every offer that asks for money whose evidence is time alone, or unknown; and those for which the need is less
        likely than ``least_need``, all reasons taken together.
Never   holds a weak sign of a play that lifts the wait: a limit is near, was reached, or the customer asked.
"""

from pydantic import Field
from sqlglot import exp

from minori.core.text import Text
from minori.decision.guard import Guard
from minori.policy.definitions import Policy
from minori.policy.words import Definition
from minori.query.sql import sql


class Limits(Definition):
    """How likely a need must be, 0 to 1; 0: any evidence will do."""

    least_need: float = Field(0.0, ge=0, le=1)


_ANSWERS = sql("""
    select c.as_of, c.candidate_id, 'holds' as answer, cast(null as date) as until,
           cast(floor(c.need * 100) as int) as need, cast(floor($least_need * 100) as int) as least,
           case when coalesce(c.needs, 0) > 0 then 'weak' end as why
    from candidate c
    where c.asks_for_money
      and (coalesce(c.needs, 0) = 0 or (c.need < $least_need and not coalesce(c.lifts_wait, false)))
""")


def answers(limits: Limits, _policy: Policy) -> exp.Query:
    """Hold paid offers without a piece of evidence of need, or with too weak ones."""
    return _ANSWERS.bind(least_need=limits.least_need)


KIND = Guard(
    label=Text(ja="必要性の根拠なし", en="No evidence of need"),
    help=Text(
        ja="時期だけを理由とした有料のご提案と、必要とされている見込みが低い有料のご提案を控えます。",
        en="Holds paid offers that only the calendar speaks for, or for which a need is not likely enough.",
    ),
    reason=Text(
        ja="お客様に必要だと示す数値がまだないため、有料のご提案を控えます。",
        en="No number shows yet that the customer needs it; no paid offer.",
    ),
    reasons={
        "weak": Text(
            ja="必要とされている見込みが{need}%（目安は{least}%以上）のため、ほかの兆候が重なるまで有料のご提案を控えます。",
            en="So far a need is {need}% likely, below {least}%; no paid offer until another sign joins in.",
        )
    },
    limits=Limits,
    answers=answers,
)
