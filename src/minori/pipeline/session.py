"""An engine with a snapshot's facts in it, ready for passes."""

import contextlib
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
from sqlglot import exp

from minori.lake.engine import Engine
from minori.lake.engines.duckdb import DuckDBEngine
from minori.lake.snapshot import Snapshot
from minori.lake.stage import Pass, Stage
from minori.lake.types import stored_columns
from minori.pipeline.identity import known_links
from minori.policy.definitions import Policy
from minori.policy.tables import catalog_tables
from minori.policy.workspace import WorkspaceFile
from minori.query.points import Dates
from minori.query.sql import column, literal, named, reading, sql, united
from minori.query.visibility import RAW
from minori.schema.facts import FACTS

_DECLARED = sql("""
    select "table" as table_name, min(declared_from) as covers_from, max(declared_until) as covers_until,
           max(fresh_within_days) as fresh_within_days
    from loads group by "table"
""")
_NOTHING_DECLARED = pa.schema(
    [
        ("table_name", pa.string()),
        ("covers_from", pa.date32()),
        ("covers_until", pa.date32()),
        ("fresh_within_days", pa.int64()),
    ]
)
_FIRST_DAY = sql("select min(_day) as first_day, max(_day) as last_day, count(*) as row_count from facts")
_FIRST_USER = sql("select min(_day) as first_day from facts where user_key is not null")


_NO_DAYS = sql("select cast(null as text) as table_name, cast(null as date) as day where false")
_FIRST = sql("""
    with unknown as (
        select customer_key from customers c where c.started_on is null
    ), seen as (
        select c.customer_key, c._day as day from contracts c join unknown u on u.customer_key = c.customer_key
        union all
        select o.customer_key, o._day from orders o join unknown u on u.customer_key = o.customer_key
        union all
        select e.customer_key, e._day from events e join unknown u on u.customer_key = e.customer_key
    )
    select customer_key, min(day) as first_on from seen group by customer_key
""")


class Session:
    """A snapshot's facts attached to an engine; passes are made from it."""

    def __init__(self, engine: Engine, snapshot: Snapshot, policy: Policy, workspace: WorkspaceFile) -> None:
        self.engine, self.snapshot, self.policy, self.workspace = engine, snapshot, policy, workspace
        self.spans = {name: self._attach(name) for name in FACTS}
        self.users_from = {name: day for name in FACTS if (day := self._first_user(name)) is not None}
        for name, rows in catalog_tables(policy).items():
            engine.register(name, rows)
        self._declared()
        self._history()

    @property
    def newest_fact(self) -> date | None:
        """The newest company day of anything that happened."""
        days = [last for name, (_, last, _) in self.spans.items() if last and name in _HAPPENED]
        return max(days, default=None)

    @property
    def first_day(self) -> date | None:
        """The oldest company day from which on it is known what customers did; of contracts if nothing else is."""
        known = {name: first for name, (first, _, _) in self.spans.items() if first and name in _HAPPENED}
        return min(
            (known[name] for name in _DONE if name in known), default=min(known.values(), default=None)
        )

    def switch_off(self, plays: Collection[str]) -> None:
        """Turn plays off for this session: their facts are not there."""
        off = {name: self.policy.plays[name].model_copy(update={"on": False}) for name in plays}
        self.policy = self.policy.model_copy(update={"plays": {**self.policy.plays, **off}})

    def run_pass(
        self,
        stages: Sequence[Stage],
        days: Sequence[date],
        *,
        place: str = "now_",
        metrics: frozenset[str] | None = None,
        only: str | None = None,
        policy: Policy | None = None,
    ) -> Pass:
        """Run stages over the points ``days × customers`` and return the pass, for reading its tables.

        Its ``connected`` are the tables of which the first day saw something; what can differ between the days is
        in ``coverage``.
        """
        dates = Dates(tuple(sorted(days)), self.workspace.company.calendar)
        run = Pass(
            engine=self.engine,
            dates=dates,
            policy=policy or self.policy,
            company=self.workspace.company,
            place=place,
            metrics=metrics,
            connected=self.connected(dates.first),
            linked=self._identity(dates),
            only=only,
            users_from=self.users_from,
            team=self.workspace.team,
        )
        for stage in stages:
            run.perform(stage)
        return run

    def _attach(self, name: str) -> tuple[date | None, date | None, int]:
        table = FACTS[name]
        self.engine.attach(RAW + name, self.snapshot.files(f"facts/{name}"), stored_columns(table))
        row = self.engine.fetch(reading(_FIRST_DAY.bind(), facts=RAW + name)).to_pylist()[0]
        return row["first_day"], row["last_day"], row["row_count"]

    def _first_user(self, name: str) -> date | None:
        """Return the first day on which a row says which user it was; None if none does."""
        if not self.spans[name][2] or all(c.name != "user_key" for c in FACTS[name].technical):
            return None
        found = self.engine.fetch(reading(_FIRST_USER.bind(), facts=RAW + name))
        day: date | None = found["first_day"][0].as_py()
        return day

    def connected(self, day: date) -> frozenset[str]:
        """Tables of which something could be seen on the day; what comes later must not change the answer."""
        return frozenset(
            name
            for name, (first, _, count) in self.spans.items()
            if count and (FACTS[name].at is None or (first is not None and first <= day))
        )

    def _declared(self) -> None:
        if self.snapshot.has("notes/load"):
            self.engine.register("loads", self.snapshot.arrow("notes/load"))
            self.engine.register("declared", self.engine.fetch(_DECLARED.bind()))
        else:
            self.engine.register("declared", _NOTHING_DECLARED.empty_table())

    def _history(self) -> None:
        """Set what does not depend on the date: the days on which each table has rows, everybody's first fact."""
        days = [
            exp.select(named(literal(name), "table_name"), named(column("_day"), "day"))
            .from_(RAW + name)
            .distinct()
            for name, table in FACTS.items()
            if table.at is not None and self.spans[name][2]
        ]
        self.engine.create("fact_day", united([_NO_DAYS.bind(), *days]))
        raw = {name: RAW + name for name in ("customers", "contracts", "orders", "events")}
        self.engine.create("first_fact", reading(_FIRST.bind(), **raw))

    def _identity(self, dates: Dates) -> bool:
        """Set ``identity``: where each merged identity leads, as known at each date; False if there is none."""
        links = self.snapshot.arrow("facts/identity_links")
        if not links.num_rows:
            return False
        rows = [
            {"as_of": day, "from_key": key, "into_key": into}
            for day in dates.days
            for key, into in known_links(links.to_pylist(), dates.ends_at(day)).items()
        ]
        schema = pa.schema([("as_of", pa.date32()), ("from_key", pa.int64()), ("into_key", pa.int64())])
        self.engine.register("identity", pa.Table.from_pylist(rows, schema))
        return bool(rows)


_DONE = ("events", "gauges", "orders")  # what customers do themselves
_HAPPENED = (
    "events",
    "gauges",
    "tickets",
    "surveys",
    "orders",
    "order_lines",
    "interactions",
    "statements",
    "outcomes",
    "proposals",
    "contracts",
)


@contextlib.contextmanager
def open_session(
    root: Path, snapshot: Snapshot, policy: Policy, workspace: WorkspaceFile
) -> Iterator[Session]:
    """Open an engine on a snapshot and close it afterwards."""
    engine = DuckDBEngine(
        root / "lake" / "temporary", threads=workspace.engine.threads, memory=workspace.engine.memory
    )
    try:
        yield Session(engine, snapshot, policy, workspace)
    finally:
        engine.close()
