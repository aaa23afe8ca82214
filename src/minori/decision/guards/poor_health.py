"""Poor health: a customer who is not doing well is helped first, not sold to.

Needs    the health band that the candidate carries.
Holds    offers that ask for money below the band ``least``, while the customer is there.
No data  if the score is unknown: a person decides.
"""

from typing import Literal

from sqlglot import exp

from minori.core.text import Text
from minori.decision.guard import Guard
from minori.policy.definitions import Policy
from minori.policy.words import Definition
from minori.query.sql import sql

_BANDS = ("act", "watch", "healthy", "thriving")


class Limits(Definition):
    """The lowest band in which paid offers may be made."""

    least: Literal["watch", "healthy", "thriving"] = "healthy"


_ANSWERS = sql("""
    select c.as_of, c.candidate_id, case when c.band is null then 'no_data' else 'holds' end as answer,
           cast(null as date) as until, c.band
    from candidate c
    where c.asks_for_money and (c.band is null or c.band in ($below))
""")


def answers(limits: Limits, _policy: Policy) -> exp.Query:
    """Hold paid offers below the band."""
    return _ANSWERS.bind(below=_BANDS[: _BANDS.index(limits.least)])


KIND = Guard(
    label=Text(ja="ヘルススコア低下", en="Poor health"),
    help=Text(
        ja="ヘルススコアが低いお客様への有料のご提案を控えます。不明なときは担当者が判断します。",
        en="Holds paid offers to customers in poor health; if unknown, a person decides.",
    ),
    reason=Text(
        ja="ヘルススコアが「{band}」のため、有料のご提案より先に活用のご支援を優先します。",
        en="The health score says '{band}'; help comes before a paid offer.",
    ),
    no_data=Text(
        ja="ヘルススコアが不明なため、ご提案するかどうかは担当者が判断します。",
        en="The health score is unknown; a person decides.",
    ),
    limits=Limits,
    answers=answers,
    help_first=True,
)
