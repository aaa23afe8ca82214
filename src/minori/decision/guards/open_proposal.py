"""Open proposal: one question at a time.

Needs   proposals, and outcomes to see which of them were answered.
Holds   while another proposal is neither answered nor past its date, for ``open_for`` days at most; unless
        the new one changes the monthly revenue by ``unless_worth`` times as much: facts tell no more of what
        the old one was worth.
Never   holds a rescue, urgent help, or the open proposal itself.
"""

from decimal import Decimal

from pydantic import Field
from sqlglot import exp

from minori.core.text import Text
from minori.decision.guard import Guard
from minori.decision.urgent import urgent
from minori.policy.definitions import Policy
from minori.policy.words import Days, Definition
from minori.query.sql import sql


class Limits(Definition):
    """How much more a new proposal must be worth, and how long an unanswered one counts as open."""

    unless_worth: Decimal = Field(Decimal("1.5"), ge=1)
    open_for: Days = 60


_ANSWERS = sql("""
    with waiting as (
        select p.as_of, p.customer_key, p.proposal_id, p.play, p._day as proposed_on,
               least(p._day + $open_for, coalesce(p.expires_on + 1, p._day + $open_for)) as free_on,
               case when coalesce(p.currency, $currency) = $currency then p.mrr_change end as mrr_change
        from proposals p
        left join outcomes o on o.as_of = p.as_of and o.proposal_id = p.proposal_id and o._day < o.as_of
        where p._day < p.as_of and o.proposal_id is null
    ), held as (
        select c.as_of, c.candidate_id, w.free_on, w.play, w.proposed_on,
               row_number() over (partition by c.as_of, c.candidate_id
                                  order by w.free_on desc, w.proposal_id) as newest
        from candidate c
        join waiting w on w.as_of = c.as_of and w.customer_key = c.customer_key
         and w.proposal_id <> c.candidate_id and w.free_on > w.as_of
        where not $urgent
          and not coalesce(w.mrr_change > 0 and c.mrr_change >= $unless_worth * w.mrr_change, false)
    )
    select as_of, candidate_id, 'holds' as answer, free_on as until, play, proposed_on
    from held
    where newest = 1
""")


def answers(limits: Limits, policy: Policy) -> exp.Query:
    """Hold new proposals while an old one is open."""
    return _ANSWERS.bind(
        unless_worth=limits.unless_worth,
        open_for=limits.open_for,
        currency=policy.catalog.currency,
        urgent=urgent(policy),
    )


KIND = Guard(
    label=Text(ja="ご提案の回答待ち", en="Open proposal"),
    help=Text(
        ja="ほかのご提案へのお返事を待つ間は、新しいご提案を控えます。",
        en="Holds new proposals while another one waits for its answer.",
    ),
    reason=Text(
        ja="{proposed_on}の「{play}」のご提案がお返事待ちのため、{until}より前は新しいご提案を控えます。",
        en="'{play}', proposed on {proposed_on}, is not answered yet; no new proposal before {until}.",
    ),
    limits=Limits,
    needs=("proposals",),
    reads=("outcomes",),
    answers=answers,
)
