"""Copies a run of the lake into the read model: chunk by chunk beside what is shown, then one pointer flips.

Killed at any moment, the old run is still shown, and the next refresh clears what was left half-copied.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from minori.core.errors import WorkspaceError
from minori.core.ports import Progress
from minori.core.text import Text
from minori.pipeline.check import plays_that_are_off
from minori.pipeline.explain import latest_run
from minori.pipeline.lists import LISTS
from minori.pipeline.proof.verdicts import in_force_of, notices, verdicts_up_to
from minori.pipeline.workspace import Workspace
from minori.schema.facts import FACTS
from minori.web.models import Current, CustomerRow, FateRow, ListedRow, PlayRow, ProposalRow, Run
from minori.web.readmodel import listed, work
from minori.web.readmodel.alerts import add_alerts
from minori.web.readmodel.customers import Customers
from minori.web.readmodel.lake_day import LakeDay, Row
from minori.web.readmodel.names import names_of
from minori.web.readmodel.proposals import Proposals, fates, plays, run_record
from minori.web.readmodel.totals import Totals

AT_A_TIME = 5_000
KEPT_RUNS = 2
ROWS: tuple[type[Model], ...] = (CustomerRow, ProposalRow, FateRow, ListedRow, PlayRow)
_TAKEN_OVER = "another refresh took over; this one is left aside"
_LABELS = "customer_id name kind industry region employees owner sales_owner language".split()


def refresh(
    workspace: Workspace, as_of: date | None = None, progress: Progress = lambda _what, _share: None
) -> Run:
    """Show a run, by default the newest, and bring the team's work in line with it.

    An older run that is asked for is shown, but leaves the team's work as it is.

    Raises
    ------
    WorkspaceError
        If there was no run, or another refresh took over meanwhile.
    """
    snapshot = workspace.lake.snapshot()
    day = LakeDay(snapshot, latest_run(snapshot, as_of))
    newest = day.day == latest_run(snapshot, None)
    clear_unfinished()
    run = _copied(workspace, day, progress)
    if newest:
        progress("proposals for the team", 0.9)
        work.add_new(run)
        add_alerts(run, day)
    _show(run, settle=newest)
    progress("clearing older runs", 0.95)
    clear_older()
    progress("done", 1.0)
    return run


def refresh_if_newer(workspace: Workspace) -> Run | None:
    """Show the newest run if the app does not show it yet; None if it does, or if there was no run."""
    snapshot = workspace.lake.snapshot()
    if not snapshot.rows("results/run"):
        return None
    record = run_record(LakeDay(snapshot, latest_run(snapshot, None)))
    shown = Current.objects.filter(run__as_of=record["as_of"], run__ran_at=record["ran_at"])
    return None if shown.exists() else refresh(workspace)


def clear_unfinished() -> None:
    """Remove what a refresh that was stopped left behind."""
    for run in Run.objects.filter(copied_at=None):
        _delete(run)


def clear_older() -> None:
    """Remove all runs but the last that were copied; never the one that is shown."""
    kept = Run.objects.exclude(copied_at=None).order_by("-pk").values_list("pk", flat=True)
    shown = Current.objects.values_list("run", flat=True)
    for run in Run.objects.exclude(pk__in=[*kept[:KEPT_RUNS], *shown]).exclude(copied_at=None):
        _delete(run)


def _copied(workspace: Workspace, day: LakeDay, progress: Progress) -> Run:
    policy, record, totals = workspace.policy.policy, run_record(day), Totals(day.day)
    run = Run.objects.create(
        as_of=day.day, policy_hash=record["policy_hash"], ran_at=record["ran_at"], counts=record["counts"]
    )
    labels = _labels(day)
    progress("lists", 0.02)
    lists = _copy_lists(workspace, day, run, labels)
    progress("customers", 0.15)
    _copy_customers(day, run, labels, totals, progress)
    progress("proposals", 0.7)
    _copy_proposals(workspace, day, run, labels, totals)
    _write(plays(day, run, policy.plays, _off(workspace, day)))
    currency = workspace.file.company.currency
    run.totals = {**totals.as_dict(), **lists, "currency": currency, "names": names_of(policy)}
    run.notices = _notices(workspace, day)
    run.save(update_fields=["totals", "notices"])
    return run


def _copy_lists(workspace: Workspace, day: LakeDay, run: Run, labels: dict[str, Row]) -> dict[str, Any]:
    """Copy the three lists; returns how long they are, and whether anybody knows what customers were told."""
    calendar = workspace.file.company.calendar
    lists = listed.listed(day, workspace.policy.policy, calendar, run.policy_hash)
    for rows in listed.rows(lists, run, labels, AT_A_TIME):
        _write(rows)
    return {"told_known": lists.told_known, "lists": {name: len(lists[name]) for name in LISTS}}


def _copy_customers(
    day: LakeDay, run: Run, labels: dict[str, Row], totals: Totals, progress: Progress
) -> None:
    customers, done = Customers(day, labels), 0
    for rows in customers.rows(run):
        totals.add_customers(rows)
        _write(rows)
        done += len(rows)
        progress("customers", 0.15 + 0.55 * done / customers.points.num_rows)


def _copy_proposals(
    workspace: Workspace, day: LakeDay, run: Run, labels: dict[str, Row], totals: Totals
) -> None:
    names = {key: row["name"] for key, row in labels.items() if row["name"]}
    for rows in Proposals(day, labels, names, workspace.file.company.currency).rows(run):
        totals.add_proposals(rows)
        _write(rows)
    for rest in fates(day, run, AT_A_TIME):
        _write(rest)


def _labels(day: LakeDay) -> dict[str, Row]:
    rows = day.snapshot.arrow("facts/customers", _LABELS).to_pylist()
    return {row["customer_id"]: row for row in rows}


def _off(workspace: Workspace, day: LakeDay) -> dict[str, Text]:
    connected = {name for name in FACTS if day.snapshot.rows(f"facts/{name}")}
    return plays_that_are_off(workspace.policy.policy, connected, None)


def _notices(workspace: Workspace, day: LakeDay) -> list[dict[str, Any]]:
    known = verdicts_up_to(day.snapshot, day.day)
    policy = workspace.policy.policy
    return notices(in_force_of(known, day.day, policy), policy) if known else []


def _write(rows: Iterable[Model]) -> None:
    """Write rows of one table, a transaction for each stretch: nobody else waits for long."""
    every = list(rows)
    for start in range(0, len(every), AT_A_TIME):
        stretch = every[start : start + AT_A_TIME]
        try:
            type(stretch[0])._default_manager.bulk_create(stretch)
        except IntegrityError as error:  # the run that the rows belong to is gone
            raise WorkspaceError(_TAKEN_OVER) from error


def _show(run: Run, *, settle: bool) -> None:
    """Let the pointer flip, and with it the team's work, in one transaction."""
    with transaction.atomic():
        if settle:
            work.settle(run)
        run.copied_at = timezone.now()
        if not Run.objects.filter(pk=run.pk, copied_at=None).update(copied_at=run.copied_at):
            raise WorkspaceError(_TAKEN_OVER)
        Current.objects.update_or_create(pk=1, defaults={"run": run})


def _delete(run: Run) -> None:
    """Remove a run's rows a stretch at a time, then the run itself."""
    for table in ROWS:
        rows = table._default_manager.filter(run=run).order_by("pk")
        while ids := list(rows.values_list("pk", flat=True)[:AT_A_TIME]):
            table._default_manager.filter(run=run, pk__gte=ids[0], pk__lte=ids[-1]).delete()
    run.delete()
