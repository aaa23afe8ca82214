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
    policy = session.policy
    on = [play for play in policy.plays.values() if play.on]
    conditions = columns_of_plays(on)
    classes = columns_of_health(policy) | columns_of_classes(policy)
    only = None
    if not Metrics(policy).ranks(conditions | classes):
        only = f"{place}only"
        session.engine.register(only, pa.table({"customer_key": pc.unique(asked["customer_key"])}))
    if conditions & set(FROM_TREND):
        back = policy.health.trend_over
        earlier = [day - timedelta(days=back) for day in days]
        session.run_pass(STANDING, earlier, place=f"{place}back_", metrics=classes, only=only)
    wanted = frozenset(name for name in read if name in policy.metrics)
    run = session.run_pass(STANDING, days, place=place, metrics=wanted | conditions | classes, only=only)
    if conditions & set(FROM_TREND):
        give_earlier(session, f"{place}back_health", place, back)
        run.perform(ASKING[0])
    run.perform(ASKING[1])
    session.engine.register(f"{place}question", asked)
    run.perform(examples.stage(read))
    return examples.fetch(run)
