"""Open severe ticket: while we owe the customer an answer that hurts, we do not sell.

Needs   tickets (severity, opened_at, closed_at).
Holds   offers that ask for money while a ticket of one of the ``severities`` is open.
"""

from typing import Annotated

from pydantic import Field
from sqlglot import exp

from minori.core.text import Text
from minori.decision.guard import Guard
from minori.policy.definitions import Policy
from minori.policy.words import Definition
from minori.query.sql import sql


class Limits(Definition):
    """Which severities count."""

    severities: Annotated[tuple[str, ...], Field(min_length=1)] = ("high", "urgent")


_ANSWERS = sql("""
    with severe as (
        select as_of, customer_key, min(_day) as opened_on, count(*) as tickets
        from tickets
        where closed_at is null and lower(severity) in ($severities)
        group by as_of, customer_key
    )
    select c.as_of, c.candidate_id, 'holds' as answer, cast(null as date) as until, s.opened_on, s.tickets
    from candidate c
    join severe s on s.as_of = c.as_of and s.customer_key = c.customer_key
    where c.asks_for_money
""")


def answers(limits: Limits, _policy: Policy) -> exp.Query:
    """Hold paid offers while a severe ticket is open."""
    return _ANSWERS.bind(severities=[severity.lower() for severity in limits.severities])


KIND = Guard(
    label=Text(ja="重大なお問い合わせの対応中", en="Open severe ticket"),
    help=Text(
        ja="重大なお問い合わせが解決するまで、有料のご提案を控えます。",
        en="Holds paid offers while a severe ticket is open.",
    ),
    reason=Text(
        ja="{opened_on}からの重大なお問い合わせ{tickets}件が未解決のため、有料のご提案を控えます。",
        en="Severe tickets open: {tickets}, the oldest since {opened_on}; no paid offer until solved.",
    ),
    limits=Limits,
    needs=("tickets",),
    answers=answers,
    help_first=True,
)
