"""A stored proof of the sample company, made and copied once by the job; each test gets the database that holds it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from minori.web.jobs import queue
from minori.web.jobs.worker import one
from minori.web.models import Job

PARTS = (
    "revenue shop value lifetime score experiments pushiness after_yes plays claims learned".split()
)  # backtests take minutes


@pytest.fixture(scope="session")
def proved_database(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The app's database with a proof in it; the lake is put back."""
    connections.close_all()
    root: Path = settings.WORKSPACE
    shutil.copy(template / "app.db", root / "app.db")
    queue.ask("proof", parts=PARTS)
    assert one()
    job = Job.objects.get(kind="proof")
    assert job.state == "done", job.problem
    job.delete()
    connections.close_all()
    kept = tmp_path_factory.mktemp("proved") / "app.db"
    shutil.copy(root / "app.db", kept)
    shutil.rmtree(root / "lake")
    shutil.copytree(template / "lake", root / "lake")
    return kept


@pytest.fixture
def proved(proved_database: Path, app: Path) -> Iterator[Path]:
    """The served workspace, with results to look at."""
    connections.close_all()
    for ending in ("-wal", "-shm"):
        (app / f"app.db{ending}").unlink(missing_ok=True)
    shutil.copy(proved_database, app / "app.db")
    yield app
