"""A workspace in Python: ``minori.open("acme")`` gives ``.load()``, ``.run()``, ``.explain()`` and its tables."""

from collections.abc import Collection
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from minori.core.ports import Clock, Progress
from minori.lake.lake import Lake
from minori.pipeline.load import LoadReport, load
from minori.pipeline.report import as_object
from minori.pipeline.run import Ran, run_day
from minori.policy.load import Loaded, load_policy
from minori.policy.workspace import WorkspaceFile, read_workspace


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
        """The resolved policy."""
        return load_policy(self.root, extends=self.file.policy.extends, constant=self.file.policy.constant)

    @cached_property
    def lake(self) -> Lake:
        """Facts and results."""
        return Lake(self.root / "lake", self.now)

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

    def table(self, name: str) -> pa.Table:
        """Return a fact table (plural name) or result table (singular) as Arrow; ``.to_pandas()`` works on it."""
        snapshot = self.lake.snapshot()
        for room in ("facts", "results", "notes"):
            if snapshot.has(f"{room}/{name}"):
                return snapshot.arrow(f"{room}/{name}")
        return pa.table({})
