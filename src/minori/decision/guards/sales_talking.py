"""Sales talking: while sales is in contact, CS does not make offers of its own beside them.

Needs   interactions about sales, in either direction.
Holds   offers that ask for money for ``within`` days after the last one.
Never   holds plays that sales itself owns (``reach: {owner: sales}``).
"""

from sqlglot import exp

from minori.core.text import Text
from minori.decision.guard import Guard
from minori.policy.definitions import Policy
from minori.policy.words import Days, Definition
from minori.query.sql import sql


class Limits(Definition):
    """How long a contact of sales counts."""

    within: Days = 30


_ANSWERS = sql("""
    with talking as (
        select as_of, customer_key, max(_day) as talked_on
        from interactions
        where about = 'sales' and _day < as_of and _day > as_of - $within
        group by as_of, customer_key
    )
    select c.as_of, c.candidate_id, 'holds' as answer, t.talked_on + $within as until, t.talked_on
    from candidate c
    join talking t on t.as_of = c.as_of and t.customer_key = c.customer_key
    where c.asks_for_money and c.play not in ($plays_of_sales)
""")


def answers(limits: Limits, policy: Policy) -> exp.Query:
    """Hold paid offers of others while sales is in contact."""
    of_sales = sorted(play.id for play in policy.plays.values() if play.reach.owner == "sales")
    return _ANSWERS.bind(within=limits.within, plays_of_sales=of_sales or ("",))  # SQL knows no empty list


KIND = Guard(
    label=Text(ja="営業が商談中", en="Sales is talking"),
    help=Text(
        ja="営業担当が商談中のお客様への、営業以外からの有料のご提案を控えます。",
        en="Holds paid offers by others while sales is in contact.",
    ),
    reason=Text(
        ja="{talked_on}に営業担当が商談しているため、{until}より前は営業以外からの有料のご提案を控えます。",
        en="Sales was in contact on {talked_on}; no paid offer by others before {until}.",
    ),
    limits=Limits,
    needs=("interactions",),
    answers=answers,
)
