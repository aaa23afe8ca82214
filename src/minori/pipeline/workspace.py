"""A workspace in Python: ``minori.open("acme")`` gives ``.load()``, ``.run()``, ``.explain()`` and its tables."""

import contextlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from minori.core.errors import UnknownName
from minori.core.ports import Clock, Progress
from minori.lake.engines.duckdb import DuckDBEngine
from minori.lake.lake import Lake
from minori.lake.snapshot import Snapshot
from minori.lake.types import stored_columns
from minori.pipeline.check import Remark, check_policy, plays_that_are_off, remarks
from minori.pipeline.check_lake import lake_remarks, team_remarks
from minori.pipeline.erasing.forget import Forgotten, forget
from minori.pipeline.erasing.personal import personal_data
from minori.pipeline.events_needed import EVENTS, events_seen
from minori.pipeline.explain import customers, explain
from minori.pipeline.lists import Lists, lists_of
from minori.pipeline.lists_day import day_of, kept_day
from minori.pipeline.load import LoadReport, load
from minori.pipeline.meanings import explained_with
from minori.pipeline.readiness import Criterion, readiness
from minori.pipeline.report import as_object
from minori.pipeline.run import Ran, default_day, run_day
from minori.pipeline.session import Session, open_session
from minori.pipeline.white_space import white_space_of
from minori.policy.load import Loaded, load_policy
from minori.policy.workspace import WorkspaceFile, read_workspace
from minori.query.visibility import RAW
from minori.schema.facts import FACTS
from minori.sources.definitions import load_sources


@dataclass(frozen=True)
class Checked:
    """What a check found: how much there is, and what is odd though allowed."""

    sources: int
    metrics: int
    plays: int
    plays_on: int
    remarks: list[Remark]


def _silent(_what: str, _share: float) -> None:
    """Tell nobody."""


class Workspace:
    """Everything a company owns, in one folder."""

    def __init__(self, root: Path, now: Clock) -> None:
        self.root, self.now = root, now

    @cached_property
    def file(self) -> WorkspaceFile:
        """What ``minori.yaml`` says."""
        return read_workspace(self.root)

    @cached_property
    def policy(self) -> Loaded:
        """The resolved policy, wholly checked."""
        loaded = load_policy(self.root, extends=self.file.policy.extends, constant=self.file.policy.constant)
        check_policy(loaded)
        return loaded

    @cached_property
    def lake(self) -> Lake:
        """Facts and results."""
        return Lake(self.root / "lake", self.now)

    def check(self) -> Checked:
        """Check every definition; raises DefinitionError for the first mistake, returns what is odd."""
        sources = load_sources(self.root / "sources.yaml")
        snapshot = self.lake.snapshot()
        connected = {name for name in FACTS if snapshot.rows(f"facts/{name}")} if snapshot.number else None
        plays = [play for play in self.policy.policy.plays.values() if play.on]
        events = self._events_seen(snapshot) if connected is not None and EVENTS in connected else None
        policy = self.policy.policy
        off = plays_that_are_off(policy, connected, events) if connected is not None else {}
        return Checked(
            sources=len(sources.every),
            metrics=len(self.policy.policy.metrics),
            plays=len(plays),
            plays_on=len(plays) - len(off),
            remarks=[
                *remarks(self.policy, connected, events),
                *lake_remarks(snapshot),
                *team_remarks(self.file, policy, snapshot),
            ],
        )

    def _events_seen(self, snapshot: Snapshot) -> frozenset[str]:
        engine = DuckDBEngine(self.root / "lake" / "temporary", threads=self.file.engine.threads)
        try:
            engine.attach(RAW + EVENTS, snapshot.files(f"facts/{EVENTS}"), stored_columns(FACTS[EVENTS]))
            return events_seen(engine, self.policy.policy, date.max)
        finally:
            engine.close()

    @contextlib.contextmanager
    def session(self) -> Iterator[Session]:
        """Open an engine on the newest facts, for what is computed on demand."""
        with open_session(self.root, self.lake.snapshot(), self.policy.policy, self.file) as session:
            yield session

    def day(self, session: Session, as_of: date | None) -> date:
        """Return the asked day, or the default one."""
        return as_of or default_day(session, self.file, self.now())

    def explain(self, customer: str, as_of: date | None = None) -> dict[str, Any]:
        """Return everything a run knows of a customer, given by id or name."""
        found = explain(self.lake.snapshot(), customer, self.names, as_of)
        return explained_with(found, self.policy.policy)

    def customers(self, as_of: date | None = None) -> list[dict[str, Any]]:
        """Return every customer of a run with health, stage, touch and contract, the least healthy first."""
        return customers(self.lake.snapshot(), self.names, as_of)

    def lists(self, as_of: date | None = None, *, ran: Ran | None = None) -> Lists:
        """Return who needs help first, who is left alone for now, and who was never told of a need.

        Of the newest run that was kept, or the one as of a day, or of ``ran``, which need not be kept.
        """
        snapshot, calendar = self.lake.snapshot(), self.file.company.calendar
        day = kept_day(snapshot, calendar, as_of) if ran is None else day_of(ran, snapshot, calendar)
        return lists_of(day, self.policy.policy)

    def white_space(self, as_of: date | None = None) -> pa.Table:
        """Return what each customer does not use yet: products, options, departments, seats."""
        with self.session() as session:
            return white_space_of(session, self.day(session, as_of))

    def readiness(
        self, customer: str, plays: Collection[str] | None = None, as_of: date | None = None
    ) -> list[Criterion]:
        """Return each criterion of the plays (default: all that are on) for one customer."""
        known = self.policy.policy.plays
        for name in plays or ():
            if name not in known:
                raise UnknownName("play", name, known)
        chosen = [p for name, p in known.items() if (name in plays if plays else p.on)]
        with self.session() as session:
            return readiness(session, self.day(session, as_of), customer, chosen)

    def load(self, *, only: Collection[str] | None = None, progress: Progress = _silent) -> LoadReport:
        """Load every source of ``sources.yaml`` (or some, by id), as one commit."""
        company = self.file.company
        return load(
            self.root,
            self.lake,
            time_zone=company.time_zone,
            currency=company.currency,
            now=self.now(),
            only=only,
            progress=progress,
        )

    def run(
        self,
        as_of: date | None = None,
        *,
        backlog: bool = False,
        keep: bool = True,
        progress: Progress = _silent,
    ) -> Ran:
        """Decide one day; default the last complete company day, but never after the newest fact."""
        return run_day(
            self.lake,
            self.file,
            self.policy,
            now=self.now(),
            as_of=as_of,
            backlog=backlog,
            keep=keep,
            progress=progress,
        )

    def report(self, ran: Ran) -> dict[str, Any]:
        """Return a run as one plain object, as ``minori run --json`` prints it."""
        return as_object(ran, self.names, self.file.company.currency)

    @property
    def names(self) -> dict[str, str]:
        """Names of customers by id; absent where unknown."""
        rows = self.lake.snapshot().arrow("facts/customers", ["customer_id", "name"]).to_pylist()
        return {row["customer_id"]: row["name"] for row in rows if row["name"]}

    def personal_data(self, customer: str, user: str | None = None) -> dict[str, Any]:
        """Return everything the lake holds of a customer (id or name), or of one user of theirs, as plain data."""
        return personal_data(self.lake, customer, user)

    def forget(self, customer: str, user: str | None = None, *, by: str, salt: str) -> Forgotten:
        """Erase what is personal of a customer (id or name), or of one user of theirs, for good.

        ``by`` says who asks for it. ``salt`` is a random text (``secrets.token_hex(16)``); it keys the list of who
        was erased, if nobody was yet.
        """
        constant = [name for name in self.file.policy.constant if "." not in name]
        return forget(self.lake, customer, user, by=by, salt=salt, constant=constant)

    def table(self, name: str) -> pa.Table:
        """Return a fact table (plural name) or result table (singular) as Arrow; ``.to_pandas()`` works on it."""
        snapshot = self.lake.snapshot()
        for room in ("facts", "results", "notes"):
            if snapshot.has(f"{room}/{name}"):
                return snapshot.arrow(f"{room}/{name}")
        return pa.table({})
