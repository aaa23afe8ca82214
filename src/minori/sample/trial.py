"""A whole trial: a company is made, loaded and decided on several dates, and the decisions are scored."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from minori.pipeline.init import pin
from minori.pipeline.proof.acceptance import train_acceptance
from minori.pipeline.run import run_day
from minori.pipeline.workspace import Workspace
from minori.policy.workspace import WorkspaceFile
from minori.sample.compare import score
from minori.sample.decisions import Decision
from minori.sample.score import Outcome
from minori.sample.worlds import WorldName
from minori.sample.write import write_company

WEEKS_APART = 4
NO_LIMIT = 1_000_000


def trial(
    folder: Path,
    *,
    world: WorldName,
    customers: int,
    days: int,
    until: date,
    seed: int,
    dates: int,
    budget: int,
) -> Mapping[str, Outcome]:
    """Return what each policy brought on ``dates`` as-of dates, four weeks apart, at ``budget`` contacts a date."""
    written = write_company(folder, world=world, customers=customers, days=days, until=until, seed=seed)
    pin(folder, world)
    now = datetime(until.year, until.month, until.day, 12, tzinfo=UTC) + timedelta(days=1)
    workspace = Workspace(folder, lambda: now)
    workspace.load()
    as_ofs = [until - timedelta(weeks=WEEKS_APART * back) for back in reversed(range(dates))]
    told: set[str] = set()
    decisions = {day: _decided(workspace, day, told, budget) for day in as_ofs}
    return score(folder, written.truth, decisions, budget=budget)


def _decided(workspace: Workspace, day: date, told: set[str], budget: int) -> list[Decision]:
    """Decide a day as a team would that looks once in four weeks: older situations ask too, but each only once.

    Chances are learned from the company's own earlier proposals, as they were known on the day. What limits the
    contacts of a date is the budget, as for every policy it is compared with.
    """
    lake, file, policy, now = workspace.lake, unhurried(workspace.file), workspace.policy, workspace.now()
    train_acceptance(lake, file, policy, now=now, as_of=day)
    ran = run_day(lake, file, policy, now=now, as_of=day, backlog=True, keep=False)
    report = workspace.report(ran)
    fresh = [proposal for proposal in report["proposals"] if proposal["proposal_id"] not in told][:budget]
    told |= {proposal["proposal_id"] for proposal in fresh}
    return [_decision(proposal) for proposal in fresh]


def unhurried(file: WorkspaceFile) -> WorkspaceFile:
    """Return the settings of a team that has four weeks for what it decides on a date, not a day."""
    team = {name: one.model_copy(update={"proposals_a_day": NO_LIMIT}) for name, one in file.team.items()}
    return file.model_copy(update={"team": team})


def _decision(proposal: Mapping[str, Any]) -> Decision:
    return Decision(
        customer_id=proposal["customer_id"],
        kind=proposal["kind"],
        offer=json.dumps(proposal["offer"]),
        value=proposal["expected_value"],
    )
