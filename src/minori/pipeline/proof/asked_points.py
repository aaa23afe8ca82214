"""How customers stood on the day before each past proposal: the stages of a run, quarter by quarter."""

from collections.abc import Collection
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from minori.core.ports import Progress
from minori.learning import acceptance_examples as examples
from minori.metrics.resolve import Metrics
from minori.pipeline.evaluate import give_earlier
from minori.pipeline.session import Session
from minori.pipeline.stages import ASKING, STANDING
from minori.policy.definitions import Policy
from minori.policy.reads import columns_of_classes, columns_of_health, columns_of_plays
from minori.schema.columns import CUSTOMER_COLUMNS, FROM_TREND

_EMPTY = pa.schema([("proposal_id", pa.string())])


def standing_when_asked(
    session: Session, asked: pa.Table, columns: Collection[str], progress: Progress
) -> pa.Table:
    """
    Return one row per proposal of ``asked`` with the wanted columns as of its ``point``.

    Quarters are computed apart, each for the customers who were asked in it, so that the points stay few; so are days
    between which a source appeared, because a pass answers "is it connected" for all of its days alike.
    """
    groups = _groups(session, asked["point"].to_pylist())
    read = {name for name in columns if name in {*CUSTOMER_COLUMNS, *session.policy.metrics}}
    tables = []
    for number, days in enumerate(groups):
        progress(f"customers as of {days[0]} to {days[-1]}", 0.1 + 0.75 * number / len(groups))
        chosen = asked.filter(pc.is_in(asked["point"], pa.array(days, pa.date32())))
        tables.append(_stood(session, chosen, days, read, f"asked{number}_"))
    return pa.concat_tables(tables) if tables else _EMPTY.empty_table()


def _groups(session: Session, points: Collection[date]) -> list[list[date]]:
    groups: dict[tuple[object, ...], list[date]] = {}
    for day in sorted(set(points)):
        users = frozenset(name for name, first in session.users_from.items() if first <= day)
        groups.setdefault((day.year, (day.month - 1) // 3, session.connected(day), users), []).append(day)
    return sorted(groups.values())


def _stood(session: Session, asked: pa.Table, days: list[date], read: set[str], place: str) -> pa.Table:
    """Compute a group of days: of the plays' conditions only those of plays that were asked about then."""
    policy = _of_plays(session.policy, asked["play"].to_pylist())
    conditions = columns_of_plays(policy.plays.values())
    classes = columns_of_health(policy) | columns_of_classes(policy)
    wanted = frozenset(name for name in read if name in policy.metrics) | conditions | classes
    trended = bool((conditions | read) & set(FROM_TREND))
    only = None
    if not Metrics(policy).ranks(wanted):
        only = f"{place}only"
        session.engine.register(only, pa.table({"customer_key": pc.unique(asked["customer_key"])}))
    if trended:
        back = policy.health.trend_over
        earlier = [day - timedelta(days=back) for day in days]
        session.run_pass(STANDING, earlier, place=f"{place}back_", metrics=classes, only=only, policy=policy)
    run = session.run_pass(STANDING, days, place=place, metrics=wanted, only=only, policy=policy)
    if trended:
        give_earlier(session, f"{place}back_health", place, back)
        run.perform(ASKING[0])
    run.perform(ASKING[1])
    session.engine.register(f"{place}question", asked)
    run.perform(examples.stage(read))
    return examples.fetch(run)


def _of_plays(policy: Policy, names: Collection[str]) -> Policy:
    """Return the policy with those of the plays alone that are on; ``play_holds`` asks about no others."""
    chosen = {name: play for name, play in policy.plays.items() if play.on and name in set(names)}
    return policy.model_copy(update={"plays": chosen})
