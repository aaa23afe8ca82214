"""Training the chances of acceptance: the points of past proposals computed, the ladder climbed, a version kept."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from minori.core.ports import Progress
from minori.lake.lake import Lake
from minori.learning import acceptance_asked as asked
from minori.learning.acceptance import Examples, Trained, train
from minori.learning.acceptance_columns import PARTS, Part, columns_of
from minori.learning.acceptance_examples import matrix
from minori.learning.acceptance_figures import readings_of
from minori.offers.kind import OFFER_KINDS
from minori.pipeline.proof.asked_points import standing_when_asked
from minori.pipeline.proof.model_versions import add_version, versions
from minori.pipeline.proof.numeric_metrics import numeric_metrics
from minori.pipeline.run import default_day
from minori.pipeline.session import Session, open_session
from minori.policy.definitions import Play, Policy
from minori.policy.load import Loaded
from minori.policy.workspace import RETRAIN_DAYS, WorkspaceFile
from minori.query.sql import sql

_ALL = sql("select * from asked order by proposed_on, proposal_id")


@dataclass(frozen=True)
class Learned:
    """What a training taught: its day, the trained parts, and what was left out."""

    as_of: date
    parts: Mapping[Part, Trained]
    unknown_plays: int  # answered proposals of plays that the policy does not have


def learn_acceptance(
    session: Session, as_of: date, progress: Progress = lambda _what, _share: None
) -> Learned:
    """Train both parts on what was known at the end of a day; a part without any answer is left out."""
    progress("past proposals", 0.05)
    run = session.run_pass((asked.STAGE,), [as_of], place="asked_")
    rows = run.fetch(_ALL.bind())
    plays = _by_part(session.policy)
    numbers = numeric_metrics(session.policy)
    columns = {part: columns_of(session.policy, part, numbers) for part in PARTS}
    known = pc.is_in(rows["play"], pa.array(list(session.policy.plays), pa.string()))
    rows, unknown = rows.filter(known), rows.num_rows - rows.filter(known).num_rows
    read = {c.name for part in PARTS for c in columns[part]}
    stood = standing_when_asked(session, rows, read, progress)
    parts = {}
    for part in PARTS:
        examples = _examples(rows, stood, [c.name for c in columns[part]], plays[part])
        if len(examples.accepted):
            progress(f"learning: {part}", 0.9)
            parts[part] = train(examples, columns[part], plays[part])
    return Learned(as_of, parts, unknown)


def train_acceptance(
    lake: Lake,
    workspace: WorkspaceFile,
    loaded: Loaded,
    *,
    now: datetime,
    as_of: date | None = None,
    progress: Progress = lambda _what, _share: None,
) -> Learned:
    """Train, and keep the result as a new version that replaces the adopted one.

    Raises
    ------
    WorkspaceError
        If nothing has been loaded yet.
    """
    with open_session(lake.root.parent, lake.snapshot(), loaded.policy, workspace) as session:
        learned = learn_acceptance(session, as_of or default_day(session, workspace, now), progress)
    if learned.parts:
        with lake.change(f"learned chances as of {learned.as_of}") as change:
            add_version(change, _rows(learned, loaded, now))
    progress("done", 1.0)
    return learned


def retrain_if_due(
    lake: Lake,
    workspace: WorkspaceFile,
    loaded: Loaded,
    *,
    now: datetime,
    as_of: date | None,
    progress: Progress = lambda _what, _share: None,
) -> Learned | None:
    """Train before a run if the last training is older than ``learning.retrain`` of minori.yaml says."""
    days = RETRAIN_DAYS[workspace.learning.retrain]
    if days is None:
        return None
    with open_session(lake.root.parent, lake.snapshot(), loaded.policy, workspace) as session:
        day = as_of or default_day(session, workspace, now)
    newest = max((row["as_of"] for row in versions(lake.snapshot())), default=None)
    if newest is not None and day < newest + timedelta(days=days):
        return None
    return train_acceptance(lake, workspace, loaded, now=now, as_of=day, progress=progress)


def _by_part(policy: Policy) -> dict[Part, dict[str, Play]]:
    plays: dict[Part, dict[str, Play]] = {part: {} for part in PARTS}
    for name, play in sorted(policy.plays.items()):
        plays[OFFER_KINDS[play.offer.kind].worth][name] = play
    return plays


def _examples(rows: pa.Table, stood: pa.Table, names: Sequence[str], plays: Mapping[str, Play]) -> Examples:
    mine = rows.filter(pc.is_in(rows["play"], pa.array(list(plays), pa.string())))
    place = {name: number for number, name in enumerate(stood["proposal_id"].to_pylist())}
    order = pa.array([place[name] for name in mine["proposal_id"].to_pylist()], pa.int64())
    return Examples(
        x=matrix(stood.take(order), names),
        accepted=np.array(mine["accepted"].to_pylist(), dtype=np.float64),
        plays=mine["play"].to_pylist(),
        asked=_ordinals(mine["proposed_on"]),
        known=_ordinals(mine["known_on"]),
    )


def _ordinals(days: pa.ChunkedArray) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array([day.toordinal() for day in days.to_pylist()], dtype=np.int64)


def _rows(learned: Learned, loaded: Loaded, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "part": part,
            "as_of": learned.as_of,
            "trained_at": now,
            "policy_hash": loaded.hash,
            "learned": trained.climbed.learned,
            "rung": trained.climbed.rung,
            "kind": trained.climbed.name,
            "answers": trained.climbed.rows,
            "events": trained.climbed.events,
            "metrics": _json([column.as_object() for column in trained.columns]),
            "validation": _json(
                trained.climbed.validation.as_object() if trained.climbed.validation else None
            ),
            "trail": _json([asdict(step) for step in trained.climbed.trail]),
            "warnings": _json(_warnings(trained)),
            "body": _json(trained.body()),
        }
        for part, trained in learned.parts.items()
    ]


def _warnings(trained: Trained) -> dict[str, Any]:
    suspects = [
        {"column": s.column, "refused": s.refused, "why": s.why.as_dict(), "area": s.area}
        for s in trained.suspects
    ]
    return {"columns": suspects, "drift": {**asdict(trained.drift), "moved": trained.drift.moved}}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def as_object(learned: Learned) -> dict[str, Any]:
    """Return a training as plain data, without the models themselves."""
    return {
        "as_of": learned.as_of.isoformat(),
        "proposals_of_unknown_plays": learned.unknown_plays,
        "parts": {
            part: {
                "learned": trained.climbed.learned,
                "rung": trained.climbed.rung,
                "kind": trained.climbed.name,
                "answers": trained.climbed.rows,
                "events": trained.climbed.events,
                "readings": [r.as_object() for r in readings_of(trained.climbed.validation)],
                "validation": trained.climbed.validation.as_object() if trained.climbed.validation else None,
                "trail": [asdict(step) for step in trained.climbed.trail],
                "signals": [asdict(signal) for signal in trained.signals],
                **_warnings(trained),
            }
            for part, trained in learned.parts.items()
        },
    }
