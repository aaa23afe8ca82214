"""Frozen points of many past days: the stages of a run, and what became of everybody after an embargo."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pyarrow as pa
from sqlglot import exp

from minori.core.ports import Progress
from minori.lake.stage import Pass
from minori.learning.frozen import Frozen, fetch, frozen_of, stage
from minori.learning.score_floor import Swing
from minori.pipeline.proof.became import follow
from minori.pipeline.session import Session
from minori.pipeline.stages import STANDING
from minori.policy.reads import columns_of_classes, columns_of_health
from minori.query.sql import sql

_LATER = sql("""
    select cast(as_of - $embargo as date) as as_of, customer_key, mrr, churned_on, expanded_on, bought_on, followed_until
    from later_became
""")
_SWINGS = sql("""
    with known as (
        select part, round(weight / sum(weight) over (partition by as_of, customer_key), 6) as weight_share
        from health_part where points is not null
    )
    select part, weight_share, count(*) as customers from known group by part, weight_share order by part, weight_share
""")


def frozen_points(
    session: Session, days: Sequence[date], until: date, embargo: int, progress: Progress
) -> tuple[Frozen, list[Swing]]:
    """Return the points of all days, labelled as far as facts go until ``until``, and the swings of the newest day.

    A pass answers "is this source connected" for all of its dates alike, so days between which a source appeared are
    computed apart: a score of a day must not depend on the days beside it.
    """
    move = timedelta(days=embargo)
    later = [day + move for day in days if day + move <= until] or [until]
    progress("what became of everybody", 0.1)
    follow(session, later, until, place="later_")
    tables: list[pa.Table] = []
    groups = _alike(session, days)
    last: Pass | None = None
    for number, group in enumerate(groups):
        progress(f"scores as of {group[0]} to {group[-1]}", 0.2 + 0.7 * number / len(groups))
        last = _pass(session, group, f"frozen{number}_", embargo)
        tables.append(fetch(last))
    swings = [] if last is None else [Swing(**row) for row in _newest(last).to_pylist()]
    return frozen_of(tables), swings


def _alike(session: Session, days: Sequence[date]) -> list[list[date]]:
    """Return the days in groups, in order, within which the same sources are connected; the newest day is alone."""
    groups: dict[tuple[object, ...], list[date]] = {}
    for day in sorted(days):
        users = frozenset(name for name, first in session.users_from.items() if first <= day)
        groups.setdefault((day == max(days), session.connected(day), users), []).append(day)
    return sorted(groups.values(), key=lambda group: group[-1])


def _pass(session: Session, days: Sequence[date], place: str, embargo: int) -> Pass:
    policy = session.policy
    needed = columns_of_health(policy) | columns_of_classes(policy)
    run = session.run_pass(STANDING, days, place=place, metrics=needed)
    session.engine.create(f"{place}later", _LATER.bind(embargo=embargo))
    run.perform(stage(embargo))
    return run


def _newest(run: Pass) -> pa.Table:
    query: exp.Query = _SWINGS.bind()
    return run.fetch(query)


def proposals_a_day(session: Session) -> Mapping[str, int]:
    """Return how many proposals a day each person in charge works on."""
    otherwise = session.policy.guards.ranking.proposals_a_day
    return {
        name: otherwise if member.proposals_a_day is None else member.proposals_a_day
        for name, member in session.workspace.team.items()
    }
