"""What a stage is: tables in, tables out. It sees the tables it declared and nothing else."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa
from sqlglot import exp

from minori.lake.engine import Engine
from minori.lake.situation import situation
from minori.policy.definitions import Policy
from minori.policy.workspace import Company, Member
from minori.query.points import Dates
from minori.query.visibility import RAW, View, compile_facts
from minori.schema.facts import FACTS

IDENTITY = "identity"
"""Where merged identities lead; joined by the compiler itself, so no stage declares it."""

DATES = "dates"
"""The as-of dates of a pass, with the first instant after each; set when the pass is made."""

SHARED = ("catalog_", "declared", "first_fact", "fact_day")
"""Beginnings of tables that every pass reads alike."""

SCRATCH = "_"
"""Tables whose name starts so belong to one stage alone and are dropped after it."""


@dataclass
class Pass:
    """One evaluation of the stages over a set of points.

    ``place`` is put before the names of result tables, so that several passes live in one engine.
    ``metrics`` are the only metrics to compute (None: all that the policy has).
    """

    engine: Engine
    dates: Dates
    policy: Policy
    company: Company
    place: str = "now_"
    metrics: frozenset[str] | None = None
    connected: frozenset[str] = frozenset()  # fact tables that have rows
    users_from: Mapping[str, date] = field(
        default_factory=dict
    )  # first day on which a row of a table says which user
    linked: bool = False
    only: str | None = None  # an engine's relation of the customers of the points; None: all
    backlog: bool = False  # also signals that are too old to ask by themselves
    team: Mapping[str, Member] = field(default_factory=dict)
    allowed: frozenset[str] = frozenset()  # tables the running stage declared
    _scratch: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.engine.register(self.place + DATES, self.dates.rows())

    @property
    def people(self) -> dict[str, str]:
        """Names of the team by id."""
        return {owner: member.name for owner, member in self.team.items()}

    @property
    def as_of(self) -> date:
        """The newest date of the pass."""
        return self.dates.last

    @property
    def view(self) -> View:
        """From where facts are looked at."""
        return View(self.dates, self.linked, self.only, self.place + DATES)

    def create(self, table: str, tree: exp.Query) -> int:
        """Compute a result table of this pass."""
        self._check(table)
        if table.startswith(SCRATCH):
            self._scratch.add(table)
        return self.engine.create(self.place + table, self._compiled(tree))

    def situation(self, columns: Collection[str]) -> exp.Select:
        """Return a SELECT of the wanted metrics and customer columns, one row per point."""
        return situation(columns, constants=self.policy.constant)

    def perform(self, stage: "Stage") -> None:
        """Run one stage: it sees what it declared, and its scratch tables are gone afterwards."""
        self.allowed = frozenset((*stage.reads, *stage.writes))
        try:
            stage.run(self)
        finally:
            self.allowed = frozenset()
            for table in sorted(self._scratch):
                self.engine.drop(self.place + table)
            self._scratch.clear()

    def write(self, table: str, rows: pa.Table) -> None:
        """Set a result table of this pass from rows."""
        self._check(table)
        self.engine.register(self.place + table, rows)

    def fetch(self, tree: exp.Query) -> pa.Table:
        """Bring the rows of a tree here; only for what SQL has made small."""
        return self.engine.fetch(self._compiled(tree))

    def _compiled(self, tree: exp.Query) -> exp.Query:
        compiled = compile_facts(tree, self.view)
        inner = {cte.alias for cte in compiled.find_all(exp.CTE)}
        for reference in compiled.find_all(exp.Table):
            name = reference.name
            if name.startswith(RAW) or name in inner or name in (self.only, IDENTITY, self.place + DATES, ""):
                continue
            self._check(name)
            if name.startswith(SHARED):
                continue
            alias = reference.alias or name
            reference.set("this", exp.to_identifier(self.place + name))
            reference.set("alias", exp.TableAlias(this=exp.to_identifier(alias)))
        self._check_facts(tree)
        return compiled

    def _check(self, table: str) -> None:
        if self.allowed and table not in self.allowed and not table.startswith(SCRATCH):
            raise KeyError(f"the stage did not declare {table!r}")

    def _check_facts(self, tree: exp.Query) -> None:
        for reference in tree.find_all(exp.Table):
            if reference.name in FACTS:
                self._check(reference.name)


@dataclass(frozen=True)
class Stage:
    """A stage: what it reads, what it writes, and how."""

    name: str
    reads: Sequence[str]
    writes: Sequence[str]
    run: Callable[[Pass], None]
    says: str = ""
