"""One day's run: evaluated, written to the lake as one commit, and kept so that it can be repeated."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from minori.core.errors import WorkspaceError
from minori.core.ports import Progress
from minori.core.version import __version__
from minori.lake.lake import Lake
from minori.lake.snapshot import Snapshot
from minori.lake.stage import Pass
from minori.pipeline.evaluate import HELD_OUT, evaluate
from minori.pipeline.proof.due import Given, given
from minori.pipeline.proof.verdicts import keep as keep_verdicts
from minori.pipeline.proof.verdicts import notices
from minori.pipeline.session import Session, open_session
from minori.policy.load import Loaded
from minori.policy.workspace import WorkspaceFile
from minori.query.sql import sql

# Result tables that a run leaves in the lake, with the columns that order them.
KEPT: dict[str, tuple[str, ...]] = {
    "point": ("customer_key",),
    "coverage": ("table_name",),
    "holding": ("customer_key", "contract_id"),
    "state": ("customer_key",),
    "metric": ("customer_key",),
    "standing": ("customer_key",),
    "health_part": ("customer_key", "part"),
    "health": ("customer_key",),
    "trend": ("customer_key",),
    "signal": ("customer_key", "play"),
    "learned_chance": ("customer_key", "play"),
    "candidate": ("candidate_id",),
    "guard_answer": ("candidate_id", "guard"),
    "decision": ("candidate_id",),
    "proposal": ("proposal_id",),
}
_ALL = sql("select * from kept")


@dataclass(frozen=True)
class Ran:
    """What a run decided."""

    as_of: date
    policy_hash: str
    snapshot: int
    tables: dict[str, pa.Table]
    notices: tuple[dict[str, Any], ...] = ()  # what people should know before they read the list

    @property
    def customers(self) -> int:
        """How many customers there were."""
        return int(self.tables["point"].num_rows)

    @property
    def counts(self) -> dict[str, int]:
        """How many candidates there were and what became of them."""
        fates = pc.value_counts(self.tables["decision"]["fate"]).to_pylist()
        found = {entry["values"]: entry["counts"] for entry in fates}
        named = {fate: int(found.get(fate, 0)) for fate in ("proposed", "held", "outranked", "hold_out")}
        return {"candidates": self.tables["candidate"].num_rows, **named}


def run_day(
    lake: Lake,
    workspace: WorkspaceFile,
    loaded: Loaded,
    *,
    now: datetime,
    as_of: date | None = None,
    backlog: bool = False,
    keep: bool = True,
    progress: Progress = lambda _what, _share: None,
) -> Ran:
    """Run one day.

    Parameters
    ----------
    as_of
        The day; default the last complete company day, but never after the newest fact.
    backlog
        Also let spells ask that began too long ago.
    keep
        Write the results to the lake.

    Raises
    ------
    WorkspaceError
        If nothing has been loaded yet.
    """
    if keep:
        _learn(lake, workspace, loaded, now, as_of, progress)
    snapshot = lake.snapshot()
    with open_session(lake.root.parent, snapshot, loaded.policy, workspace) as session:
        day = as_of or default_day(session, workspace, now)
        resting, judged = held_out(snapshot, day), given(session, day)
        evaluated = evaluate(
            session, day, held_out=resting, verdicts=judged.in_force, backlog=backlog, progress=progress
        )
        tables = {name: _sorted(evaluated, name) for name in KEPT}
    told = tuple(notices(judged.in_force, loaded.policy))
    ran = Ran(day, loaded.hash, snapshot.number, tables, told)
    if keep:
        _keep(lake, ran, judged, loaded, snapshot, now, progress)
    return ran


def _learn(
    lake: Lake,
    workspace: WorkspaceFile,
    loaded: Loaded,
    now: datetime,
    as_of: date | None,
    progress: Progress,
) -> None:
    if workspace.learning.retrain != "never":
        from minori.pipeline.proof.acceptance import retrain_if_due  # it needs this module

        retrain_if_due(lake, workspace, loaded, now=now, as_of=as_of, progress=progress)


def held_out(snapshot: Snapshot, as_of: date) -> pa.Table:
    """Return who was held out by runs of earlier days, and until when; a run never reads its own day."""
    if not snapshot.has("results/decision"):
        return HELD_OUT.empty_table()
    rows = snapshot.arrow("results/decision", ["as_of", "customer_key", "candidate_id", "until", "fate"])
    earlier = pc.and_(
        pc.equal(rows["fate"], "hold_out"), pc.less(rows["as_of"], pa.scalar(as_of, pa.date32()))
    )
    chosen = rows.filter(pc.and_(earlier, pc.greater(rows["until"], pa.scalar(as_of, pa.date32()))))
    days = pa.array([as_of] * chosen.num_rows, pa.date32())
    return chosen.set_column(0, "as_of", days).select(HELD_OUT.names).cast(HELD_OUT)


def default_day(session: Session, workspace: WorkspaceFile, now: datetime) -> date:
    """Return the last complete company day, but never a day after the newest fact."""
    newest = session.newest_fact
    if newest is None:
        raise WorkspaceError("nothing has been loaded yet; run 'minori load' first")
    return min(newest, workspace.company.calendar.last_complete_day(now))


def _sorted(run: Pass, name: str) -> pa.Table:
    rows = run.fetch(_ALL.bind().from_(name))
    return rows.sort_by([(column, "ascending") for column in ("as_of", *KEPT[name])])


def _keep(
    lake: Lake,
    ran: Ran,
    judged: Given,
    loaded: Loaded,
    snapshot: Snapshot,
    now: datetime,
    progress: Progress,
) -> None:
    where = f"as_of = '{ran.as_of.isoformat()}'"
    record = pa.table(
        {
            "as_of": pa.array([ran.as_of], pa.date32()),
            "policy_hash": [ran.policy_hash],
            "policy": [loaded.canonical],
            "minori": [__version__],
            "snapshot": pa.array([snapshot.number], pa.int64()),
            "versions": [json.dumps(dict(snapshot.versions), sort_keys=True)],
            "counts": [json.dumps(ran.counts, sort_keys=True)],
            "ran_at": pa.array([now], pa.timestamp("us", tz="UTC")),
        }
    )
    progress("writing", 0.95)
    with lake.change(f"run as of {ran.as_of}") as change:
        change.refuse_erased_since(snapshot)
        for name, rows in {**ran.tables, "run": record}.items():
            change.replace(f"results/{name}", rows, where=where)
        for source, verdicts in judged.fresh.items():
            keep_verdicts(change, ran.as_of, source, verdicts)
    progress("done", 1.0)
