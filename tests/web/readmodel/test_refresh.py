"""A run copied for the app: the same as the pipeline tells it, all at once or not at all."""

import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from minori.core.errors import WorkspaceError
from minori.web.company import workspace
from minori.web.models import (
    Alert,
    Current,
    CustomerRow,
    FateRow,
    ListedRow,
    Person,
    PlayRow,
    ProposalRow,
    Run,
)
from minori.web.readmodel.refresh import KEPT_RUNS, ROWS, refresh, refresh_if_newer
from minori.web.readmodel.shown import called, current, customers, listed, proposals

_KILLED = """
import os, django
django.setup()
from minori.core.errors import WorkspaceError
from minori.web.company import workspace
from minori.web.readmodel.refresh import refresh
refresh(workspace(), progress=lambda what, share: os._exit(9) if what == os.environ["STOP_AT"] else None)
"""


def shown() -> Run:
    """Return the run that is shown; there is one."""
    run = current()
    assert run is not None
    return run


def test_rows_are_what_the_pipeline_tells(app: Path) -> None:
    assert app
    served, run = workspace(), shown()
    found = {row["customer_id"]: row for row in served.customers()}
    rows = CustomerRow.objects.filter(run=run)
    assert {row.customer_id for row in rows} == set(found)
    for row in rows:
        told = found[row.customer_id]
        assert (row.health, row.band or None, row.stage or None) == (
            told["health"],
            told["band"],
            told["stage"],
        )
        assert float(row.mrr or 0) == pytest.approx(told["mrr"] or 0)
    assert run.totals["customers"] == rows.count()
    assert Decimal(run.totals["mrr"]) == sum(row.mrr or 0 for row in rows)


def test_detail_is_what_explain_tells(app: Path) -> None:
    assert app
    row = CustomerRow.objects.filter(run=shown(), proposed__gt=0).order_by("customer_id")[0]
    told = workspace().explain(row.customer_id)
    assert row.detail["metric"] == {k: v for k, v in _plain(told["metric"]).items() if v is not None}
    assert [p["part"] for p in row.detail["health_parts"]] == [p["part"] for p in told["health_parts"]]
    for mine, theirs in zip(row.detail["candidates"], told["candidates"], strict=True):
        assert {name: mine.get(name) for name in ("candidate_id", "fate", "guard", "value")} == {
            name: theirs[name] for name in ("candidate_id", "fate", "guard", "value")
        }
        assert [g["guard"] for g in mine["guards"]] == [g["guard"] for g in theirs["guards"]]


def _plain(row: dict[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}


def test_every_candidate_has_one_fate_and_lists_are_the_same(app: Path) -> None:
    assert app
    run, lists = shown(), workspace().lists()
    assert ProposalRow.objects.filter(run=run).count() == run.counts["proposed"]
    for fate in ("held", "outranked", "hold_out"):
        assert FateRow.objects.filter(run=run, fate=fate).count() == run.counts[fate]
    for name in ("help_first", "not_now", "never_told"):
        rows = ListedRow.objects.filter(run=run, listed=name).order_by("place")
        assert [row.line for row in rows] == [line.as_object() for line in lists[name]]  # type: ignore[index]
    plays = PlayRow.objects.filter(run=run)
    assert sum(play.candidates for play in plays) == run.counts["candidates"]
    assert sum(sum(play.held.values()) for play in plays) == run.counts["held"]


def test_rows_are_cut_to_ones_own(people: dict[str, Person]) -> None:
    run, csm = shown(), people["csm"]
    mine = customers(csm)
    assert 0 < mine.count() < customers(people["admin"]).count()
    assert {row.owner for row in mine} == {"sato"}
    assert {row.owner for row in listed(csm, "never_told")} <= {"sato"}
    assert not customers(people["stranger"]).exists() and not proposals(people["stranger"]).exists()
    assert called(run, "bands", "nothing of the kind") == {
        "ja": "nothing of the kind",
        "en": "nothing of the kind",
    }


def test_the_last_runs_are_kept_and_alerts_are_told_once(app: Path) -> None:
    assert app
    served, alerts = workspace(), Alert.objects.count()
    assert refresh_if_newer(served) is None
    made = [refresh(served).pk for _ in range(3)]
    assert sorted(Run.objects.values_list("pk", flat=True)) == made[-KEPT_RUNS:]
    assert shown().pk == made[-1] and Alert.objects.count() == alerts
    for table in ROWS:
        assert set(table._default_manager.values_list("run", flat=True)) <= set(made[-KEPT_RUNS:])


def test_of_two_refreshes_the_later_is_shown(app: Path) -> None:
    assert app
    taken: list[Run] = []

    def another(what: str, _share: float) -> None:
        if what == "proposals" and not taken:
            taken.append(refresh(workspace()))

    with pytest.raises(WorkspaceError, match="took over"):
        refresh(workspace(), progress=another)
    assert [run.pk for run in taken] == [shown().pk] and not Run.objects.filter(copied_at=None).exists()


@pytest.mark.parametrize("stop_at", ["customers", "proposals for the team"])
def test_killed_in_the_middle_the_old_run_stays(app: Path, stop_at: str) -> None:
    before, rows = shown().pk, CustomerRow.objects.count()
    done = subprocess.run(
        [sys.executable, "-c", _KILLED], env={**os.environ, "STOP_AT": stop_at}, check=False
    )
    assert done.returncode == 9 and app
    assert shown().pk == before and Run.objects.filter(copied_at=None).count() == 1
    assert CustomerRow.objects.filter(run=before).count() == rows
    after = refresh(workspace())
    assert shown() == after and not Run.objects.filter(copied_at=None).exists()
    assert Current.objects.count() == 1 and CustomerRow.objects.filter(run=after).count() == rows
