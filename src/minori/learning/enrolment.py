"""Who was drawn into which experiment, and what became of them; the arms are those of the first lot.

Only the first lot of a customer in an experiment counts: it was drawn before anything the experiment did, so the
arm owes nothing to the outcome, and a customer drawn again or merged is still one. Whether the proposal then reached
the customer does not matter (intention to treat). ``run_decision``, ``run_standing`` and ``run_health`` are what past
runs left in the lake; ``experiment_rule`` says each play's horizon.
"""

from minori.lake.stage import Pass, Stage
from minori.query.sql import sql

_DRAWN = sql("""
    select d.as_of, d.experiment, d.play, d.candidate_id, d.customer_key, d.customer_id, d.fate, d.probability,
           d.customer_key as now_key
    from run_decision d
    where d.experiment is not null and d.fate in ('proposed', 'hold_out') and d.as_of <= $until
""")
_DRAWN_LINKS = sql("""
    select d.as_of, d.experiment, d.play, d.candidate_id, d.customer_key, d.customer_id, d.fate, d.probability,
           coalesce(i.into_key, d.customer_key) as now_key
    from run_decision d left join identity i on i.from_key = d.customer_key
    where d.experiment is not null and d.fate in ('proposed', 'hold_out') and d.as_of <= $until
""")
_ENROLLED = sql("""
    with placed as (
        select d.as_of, d.experiment, d.play, d.customer_key, d.customer_id, d.fate, d.probability, d.now_key,
               row_number() over (
                   partition by d.experiment, d.now_key order by d.as_of, d.candidate_id
               ) as nth
        from _drawn d
    )
    select d.experiment, d.play, d.now_key as customer_key, d.customer_id, d.as_of as drawn_on,
           d.as_of + cast(coalesce(r.horizon, $horizon) as int) as settled_on, d.fate = 'proposed' as treated,
           case when d.fate = 'proposed' then d.probability else 1 - d.probability end as share,
           s.segment, s.stage, s.growth_stage, s.touch, h.band
    from placed d
    left join experiment_rule r on r.experiment = d.experiment and r.play = d.play
    left join run_standing s on s.as_of = d.as_of and s.customer_key = d.customer_key
    left join run_health h on h.as_of = d.as_of and h.customer_key = d.customer_key
    where d.nth = 1
""")
_FROZEN = sql("""
    with ends as (
        select drawn_on as as_of, customer_key from enrolled
        union all
        select settled_on as as_of, customer_key from enrolled
    )
    select distinct as_of, customer_key from ends
""")
_TRIED = sql("""
    select e.experiment, e.play, e.customer_key, least(b.expanded_on, b.bought_on) as gained_on, b.churned_on,
           b.mrr as mrr_before, a.mrr as mrr_after
    from enrolled e
    left join became b on b.as_of = e.drawn_on and b.customer_key = e.customer_key
    left join became a on a.as_of = e.settled_on and a.customer_key = e.customer_key
""")
DEFAULT_HORIZON = 90  # days, of plays that the policy no longer has


def _enrol(run: Pass) -> None:
    """Set ``enrolled``, and ``frozen_point``: the days of the draw and of the end of the horizon."""
    run.create("_drawn", (_DRAWN_LINKS if run.linked else _DRAWN).bind(until=run.as_of))
    run.create("enrolled", _ENROLLED.bind(horizon=DEFAULT_HORIZON))
    run.create("frozen_point", _FROZEN.bind())


def _follow(run: Pass) -> None:
    """Set ``tried``."""
    run.create("tried", _TRIED.bind())


ENROL = Stage(
    "enrolment",
    reads=("run_decision", "run_standing", "run_health", "experiment_rule"),
    writes=("enrolled", "frozen_point"),
    run=_enrol,
    says="who was drawn into which experiment",
)
FOLLOW = Stage(
    "trial",
    reads=("enrolled", "became"),
    writes=("tried",),
    run=_follow,
    says="what became of them",
)
