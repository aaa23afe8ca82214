"""Which candidates cannot wait for good manners: a customer about to leave, or in trouble and at risk."""

from sqlglot import exp

from minori.policy.definitions import Policy
from minori.query.sql import column, literal


def urgent(policy: Policy) -> exp.Expression:
    """Return the condition over ``candidate c``: a rescue, or help in trouble for one in the lowest band.

    Not every help is: an invitation to use more is as welcome next week.
    """
    rescue = exp.EQ(this=column("kind", "c"), expression=literal("rescue"))
    plays = sorted(p.id for p in policy.plays.values() if p.offer.kind == "help" and p.world == "trouble")
    if not plays:
        return exp.paren(rescue)
    help_now = exp.and_(
        exp.In(this=column("play", "c"), expressions=[literal(play) for play in plays]),
        exp.EQ(this=exp.func("coalesce", column("band", "c"), literal("")), expression=literal("act")),
    )
    return exp.paren(exp.or_(rescue, help_now))
