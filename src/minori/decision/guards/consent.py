"""Consent: we use a channel only as the customer allowed.

Needs        consents (channel or all, granted, said_at, by whom). A person's newest row counts, be it for the
             channel or for all; of merged customers the stricter.
Holds        every candidate, help and rescue too: after an opt-out of the customer itself, and on a channel
             of ``opt_in`` to which nobody there has consented. An opt-out of one user leaves the others.
Not checked  without a source; on the channels of ``opt_in`` a person then decides.
"""

from sqlglot import exp

from minori.core.text import Text
from minori.decision.guard import Guard
from minori.policy.definitions import Policy
from minori.policy.words import Definition
from minori.query.sql import sql


class Limits(Definition):
    """Channels that may be used only with consent."""

    opt_in: tuple[str, ...] = ("mail", "line")


_ANSWERS = sql("""
    with said as (
        select c.as_of, c.candidate_id, s.granted, s._day as said_on,
               s.user_key is null or s.user_key = s.customer_key as by_customer,
               row_number() over (
                   partition by c.as_of, c.candidate_id, s.customer_id, s.user_key
                   order by s.said_at desc, case when s.granted then 1 else 0 end, s._id
               ) as newest
        from candidate c
        join consents s on s.as_of = c.as_of and s.customer_key = c.customer_key
         and (s.channel = c.channel or s.channel = 'all')
    ), latest as (
        select as_of, candidate_id, max(said_on) filter (where by_customer and not granted) as refused_on,
               max(case when granted then 1 else 0 end) as granted
        from said
        where newest = 1
        group by as_of, candidate_id
    )
    select c.as_of, c.candidate_id, 'holds' as answer, cast(null as date) as until, c.channel, l.refused_on,
           case when l.refused_on is null then 'missing' end as why
    from candidate c
    left join latest l on l.as_of = c.as_of and l.candidate_id = c.candidate_id
    where l.refused_on is not null or (c.channel in ($opt_in) and coalesce(l.granted, 0) = 0)
""")
_UNCONNECTED = sql("select c.as_of, c.candidate_id, c.channel from candidate c where c.channel in ($opt_in)")


def answers(limits: Limits, _policy: Policy) -> exp.Query:
    """Hold what would go out on a channel that is not allowed."""
    return _ANSWERS.bind(opt_in=_channels(limits))


def unconnected(limits: Limits, _policy: Policy) -> exp.Query:
    """Return what would need a consent that cannot be looked up."""
    return _UNCONNECTED.bind(opt_in=_channels(limits))


def _channels(limits: Limits) -> tuple[str, ...]:
    return limits.opt_in or ("",)  # SQL knows no empty list


KIND = Guard(
    label=Text(ja="配信の同意", en="Consent"),
    help=Text(
        ja="同意のない連絡手段を使いません。配信停止のお申し出は必ず守ります。",
        en="Uses no channel without consent; an opt-out always holds.",
    ),
    reason=Text(
        ja="{refused_on}に配信停止のお申し出をいただいているため、ご連絡を控えます。",
        en="Opted out on {refused_on}; not contacted this way.",
    ),
    reasons={
        "missing": Text(
            ja="この連絡手段（{channel}）への同意をいただいていないため、ご連絡を控えます。",
            en="No consent for this channel ({channel}); not contacted this way.",
        )
    },
    limits=Limits,
    needs=("consents",),
    moment="send",
    answers=answers,
    unconnected=unconnected,
)
