"""Sources that can be broken: what a test changes in the exports is put back."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from minori.web.jobs.worker import one
from minori.web.models import Job

TICKETS = "exports/tickets.csv"
BAD = "T-BAD-1,{customer},,how_to,LOW,=cmd|calc,2026-13-45 10:00:00,\n"


@pytest.fixture
def exports(own_lake: Path, template: Path) -> Iterator[Path]:
    """The folder of exports, to be changed; the lake is put back too."""
    yield own_lake / "exports"
    shutil.rmtree(own_lake / "exports")
    shutil.copytree(template / "exports", own_lake / "exports")


@pytest.fixture
def bad_ticket(exports: Path) -> str:
    """A ticket whose time cannot be read; returns its customer's id."""
    path = exports / "tickets.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    customer = lines[1].split(",")[1]
    path.write_text("\n".join(lines) + "\n" + BAD.format(customer=customer), encoding="utf-8")
    return customer


@pytest.fixture
def work() -> Callable[[], Job]:
    """Does every job that waits; returns the last, which must not have failed."""

    def done() -> Job:
        while one():
            pass
        job: Any = Job.objects.order_by("-pk").first()
        assert job.state == "done", job.problem
        return Job.objects.get(pk=job.pk)

    return done
