"""Past approaches with their answers: contacts and replies, proposals and outcomes; and when customers are active.

A contact is answered by the next word of the customer on the same subject within a week, before we contacted again; a survey
also by its answer. A proposal is answered if it was accepted. Meetings are no approach: they are agreed before.
"""

from minori.lake.stage import Pass, Stage
from minori.query.sql import sql

DAYS_TO_REPLY = 7
DAYS_OF_PROPOSAL = 30  # of one that does not say how long it holds
ACTIVE_DAYS = 182

_CONTACT = sql("""
    with sent as (
        select as_of, _id, customer_key, channel, coalesce(about, 'other') as about, occurred_at, _day,
               lead(occurred_at) over (partition by as_of, customer_key, coalesce(about, 'other')
                                       order by occurred_at, _id) as next_at
        from interactions
        where direction = 'out' and channel <> 'meeting' and not (coalesce(about, 'other') = 'proposal' and $proposals)
    ), heard as (
        select as_of, customer_key, coalesce(about, 'other') as about, occurred_at as heard_at
        from interactions where direction = 'in'
        union all
        select as_of, customer_key, 'survey', answered_at from surveys
    )
    select s.as_of, 'contact' as purpose, s._id as approach_key, s.customer_key,
           concat(s.channel, ' / ', s.about) as about, s.occurred_at as at, s._day as day, count(h.heard_at) > 0 as answered,
           cast(s._day + cast($days as int) as date) as known_on
    from sent s
    left join heard h
      on h.as_of = s.as_of and h.customer_key = s.customer_key and h.about = s.about and h.heard_at > s.occurred_at
     and (s.next_at is null or h.heard_at <= s.next_at)
     and date_diff('second', s.occurred_at, h.heard_at) <= 86400 * cast($days as int)
    where s._day + cast($days as int) <= s.as_of
    group by s.as_of, s._id, s.customer_key, s.channel, s.about, s.occurred_at, s._day
""")
_PROPOSAL = sql("""
    with answer as (
        select as_of, proposal_id, min(_day) as answered_on, max(case when result = 'accepted' then 1 else 0 end) as yes
        from outcomes group by as_of, proposal_id
    ), made as (
        select p.as_of, p._id, p.customer_key, p.play, p.proposed_at, p._day, a.yes,
               coalesce(a.answered_on, p.expires_on, cast(p._day + cast($days as int) as date)) as known_on
        from proposals p
        left join answer a on a.as_of = p.as_of and a.proposal_id = p.proposal_id
    )
    select as_of, 'propose' as purpose, _id as approach_key, customer_key, play as about, proposed_at as at, _day as day,
           coalesce(yes, 0) = 1 as answered, known_on
    from made where known_on <= as_of
""")
_APPROACH = sql("""
    with every as (
        select as_of, purpose, approach_key, customer_key, about, at, day, answered, known_on from _contact
        union all
        select as_of, purpose, approach_key, customer_key, about, at, day, answered, known_on from _proposal
    ), renewal as (
        select e.as_of, e.purpose, e.approach_key, min(c.renews_on) as renews_on
        from every e
        join contracts c
          on c.as_of = e.as_of and c.customer_key = e.customer_key and c.starts_on <= e.day and c.renews_on >= e.day
         and (c.ends_on is null or c.ends_on > e.day)
        where not coalesce(c.is_trial, false)
        group by e.as_of, e.purpose, e.approach_key
    )
    select e.as_of, e.purpose, e.approach_key, e.customer_key, e.about, e.at, e.day, e.answered, e.known_on,
           u.time_zone, p.started_on, r.renews_on
    from every e
    join point p on p.as_of = e.as_of and p.customer_key = e.customer_key
    left join customers u on u.as_of = e.as_of and u.customer_key = e.customer_key
    left join renewal r on r.as_of = e.as_of and r.purpose = e.purpose and r.approach_key = e.approach_key
""")
_ACTIVE = sql("""
    select e.as_of, e.customer_key,
           date_diff('hour', cast('1970-01-05 00:00:00+00' as timestamptz), e.occurred_at) % 168 as hour,
           count(*) as events
    from events e
    where e._day > e.as_of - cast($days as int)
    group by e.as_of, e.customer_key,
             date_diff('hour', cast('1970-01-05 00:00:00+00' as timestamptz), e.occurred_at) % 168
""")


def _approaches(run: Pass) -> None:
    """Set ``approach`` as of the pass's date."""
    run.create("_contact", _CONTACT.bind(days=DAYS_TO_REPLY, proposals="proposals" in run.connected))
    run.create("_proposal", _PROPOSAL.bind(days=DAYS_OF_PROPOSAL))
    run.create("approach", _APPROACH.bind())


def _active(run: Pass) -> None:
    """Set ``active_hour`` as of each date of the pass."""
    run.create("active_hour", _ACTIVE.bind(days=ACTIVE_DAYS))


APPROACHES = Stage(
    "approaches",
    reads=("interactions", "surveys", "proposals", "outcomes", "contracts", "customers", "point"),
    writes=("approach",),
    run=_approaches,
    says="who was approached when, and who answered",
)
ACTIVE = Stage(
    "active_hours",
    reads=("events",),
    writes=("active_hour",),
    run=_active,
    says="when customers are active",
)
