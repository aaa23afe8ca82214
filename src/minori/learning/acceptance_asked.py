"""Past proposals as questions with answers: the table ``asked``, one row per proposal that was made.

An answer counts from the day on which it was known. A proposal that nobody answered is a no once its days are over;
one that is still open says nothing yet and is left out. The metrics are those of the day before it was made.
"""

import pyarrow as pa

from minori.lake.stage import Pass, Stage
from minori.policy.definitions import Play
from minori.query.sql import sql

_ASKED = sql("""
    with answered as (
        select as_of, proposal_id, min(_day) as answered_on,
               max(case when result = 'accepted' then 1 else 0 end) as accepted
        from outcomes
        group by as_of, proposal_id
    ), rowed as (
        select p.as_of, p.proposal_id, p.customer_key, p.play, p._day as proposed_on,
               cast(p.mrr_change as double) as mrr_change,
               p.currency is null or p.currency = $currency as own_currency, a.answered_on, a.accepted,
               coalesce(p.expires_on, cast(p._day + cast(coalesce(v.valid, $valid) as int) as date)) as over_on,
               row_number() over (partition by p.proposal_id order by p._day, p._id) as first_made
        from proposals p
        left join answered a on a.as_of = p.as_of and a.proposal_id = p.proposal_id
        left join asked_play v on v.play = p.play
    )
    select proposal_id, customer_key, play, proposed_on, case when own_currency then mrr_change end as mrr_change,
           coalesce(accepted, 0) = 1 as accepted, coalesce(answered_on, over_on) as known_on,
           cast(proposed_on - 1 as date) as point
    from rowed
    where first_made = 1 and (answered_on is not null or over_on < as_of)
    order by proposed_on, proposal_id
""")
_VALID_DAYS = 30  # of a proposal of a play that is not known


def compute(run: Pass) -> None:
    """Set ``asked`` as of the pass's one date."""
    run.write("asked_play", _valid(list(run.policy.plays.values())))
    run.create("asked", _ASKED.bind(currency=run.company.currency, valid=_VALID_DAYS))


def _valid(plays: list[Play]) -> pa.Table:
    names = pa.array([play.id for play in plays], pa.string())
    return pa.table({"play": names, "valid": pa.array([play.valid for play in plays], pa.int64())})


STAGE = Stage(
    "asked",
    reads=("proposals", "outcomes"),
    writes=("asked", "asked_play"),
    run=compute,
    says="past proposals and what was answered",
)
