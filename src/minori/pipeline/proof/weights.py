"""Learned weights of the health score: past points gathered, both scorecards, and the change of ``health.yaml``."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa

from minori.core.ports import Progress
from minori.lake.lake import Lake
from minori.lake.types import arrow_type
from minori.learning.weights import Weighed, weigh
from minori.learning.weights_points import fetch, stage, standing_of
from minori.pipeline.proof.became import follow
from minori.pipeline.proof.frozen_dates import month_ends, windows
from minori.pipeline.session import Session
from minori.pipeline.stages import STANDING
from minori.policy.edit import difference, replace_file, with_parts
from minori.policy.load import FOLDER
from minori.policy.reads import columns_of_classes, columns_of_health
from minori.query.sql import sql
from minori.schema.proof.acceptance import WEIGHT_CHANGE

HORIZON, EMBARGO = 90, 30  # days
FILE = f"{FOLDER}/health.yaml"
_LATER = sql("""
    select cast(as_of - $embargo as date) as as_of, customer_key, mrr, churned_on, expanded_on, followed_until
    from later_became
""")


@dataclass(frozen=True)
class Weights:
    """What was learned as of a day, and the change of ``policy/health.yaml`` that follows from it.

    ``diff`` is empty if nothing is proposed: there is too little to learn from, or the learned score is not better in
    time order than the one in use.
    """

    as_of: date
    windows: tuple[date, ...]
    churn: Weighed
    expansion: Weighed
    before: str
    after: str

    @property
    def diff(self) -> str:
        """The change as a unified diff."""
        return difference(self.before, self.after, FILE)


def learned_weights(
    session: Session, root: Path, as_of: date, progress: Progress = lambda _what, _share: None
) -> Weights:
    """Learn churn and expansion apart from windows that do not overlap, and propose the churn score if it is better."""
    first = session.first_day or as_of
    days = windows(month_ends(first, as_of), as_of, HORIZON, EMBARGO)
    parts = session.policy.health.parts
    tables = [_ledger(session, day, as_of, number, progress, len(days)) for number, day in enumerate(days)]
    ledger = pa.concat_tables(tables) if tables else _NO_LEDGER.empty_table()
    standing = standing_of(ledger, list(parts), HORIZON + EMBARGO)
    churn, expansion = weigh(standing, parts, "churn"), weigh(standing, parts, "expansion")
    path = root / FILE
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    better = churn.compared is not None and churn.compared.better
    after = with_parts(before, churn.proposal) if better and churn.proposal else before
    progress("done", 1.0)
    return Weights(as_of, tuple(days), churn, expansion, before, after)


def accept(lake: Lake, root: Path, weights: Weights, *, by: str, now: datetime) -> None:
    """Write the change, and keep who accepted it and on what grounds.

    Raises
    ------
    WorkspaceError
        If the file was changed since the proposal was made.
    """
    replace_file(root / FILE, weights.before, weights.after)
    row = {
        "as_of": weights.as_of,
        "accepted_at": now,
        "accepted_by": by,
        "file": FILE,
        "diff": weights.diff,
        "grounds": json.dumps(grounds(weights.churn), sort_keys=True),
    }
    with lake.change(f"weights accepted by {by}") as change:
        change.append("results/weight_change", pa.Table.from_pylist([row], _CHANGE))


def grounds(weighed: Weighed) -> Mapping[str, object]:
    """Return what the comparison found, as plain data."""
    compared = asdict(weighed.compared) if weighed.compared else None
    if compared and weighed.compared:
        compared |= {"hand_auc": list(weighed.compared.hand_auc)}
        compared |= {"learned_auc": list(weighed.compared.learned_auc), "better": weighed.compared.better}
    return {"aim": weighed.aim, "points": weighed.rows, "events": weighed.events, "compared": compared}


def _ledger(session: Session, day: date, until: date, number: int, progress: Progress, days: int) -> pa.Table:
    """Return the ledger of one day: each is a pass of its own, because a score must not depend on the days beside it."""
    progress(f"scores as of {day}", 0.9 * number / days)
    later = day + timedelta(days=EMBARGO)
    follow(session, [later], until, place="later_")
    needed = columns_of_health(session.policy) | columns_of_classes(session.policy)
    run = session.run_pass(STANDING, [day], place=f"weights{number}_", metrics=needed)
    session.engine.create(f"{run.place}later", _LATER.bind(embargo=EMBARGO))
    run.perform(stage(HORIZON + EMBARGO))
    return fetch(run)


_CHANGE = pa.schema([pa.field(c.name, arrow_type(c.type)) for c in WEIGHT_CHANGE.columns])
_NO_LEDGER = pa.schema(
    [
        ("as_of", pa.date32()),
        ("customer_key", pa.int64()),
        ("health", pa.float64()),
        ("churned", pa.bool_()),
        ("expanded", pa.bool_()),
        ("part", pa.string()),
        ("value", pa.float64()),
        ("weight", pa.float64()),
    ]
)
