"""The web app on a real workspace: a sample company, loaded and run once per worker; a fresh database for each test."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

FOLDER = Path(tempfile.mkdtemp(prefix="minori-web-"))
os.environ |= {
    "MINORI_WORKSPACE": str(FOLDER / "acme"),
    "MINORI_PLAIN_HTTP": "yes",
    "MINORI_DAILY_HOUR": "never",
    "DJANGO_SETTINGS_MODULE": "minori.web.settings",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "yes",  # playwright's loop runs in the thread of the test
}

import django  # noqa: E402  the environment must be set before

django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from minori.pipeline.init import pin  # noqa: E402
from minori.sample.write import write_company  # noqa: E402
from minori.web.company import workspace  # noqa: E402
from minori.web.models import Person, Role  # noqa: E402

setup_test_environment()
settings.ALLOWED_HOSTS = ["*"]
LAST_DAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)  # noon of a Sunday in Tokyo, whenever the tests run
SMALL = ("minori.yaml", "sources.yaml", "policy", "app.db", "app.db-wal", "app.db-shm", "own_app")
CLIENT = Callable[[Person], Client]


@pytest.fixture(scope="session")
def template() -> Path:
    """A sample company, loaded and decided, with an app database that holds its newest run."""
    with time_machine.travel(NOW, tick=True):
        return _made()


def _made() -> Path:
    root: Path = settings.WORKSPACE
    write_company(root, world="b2b_saas", customers=60, days=200, until=LAST_DAY, seed=3, language="ja")
    pin(root, "b2b_saas")
    served = workspace()
    served.load()
    served.run()
    call_command("migrate", run_syncdb=True, verbosity=0)
    from minori.web.readmodel.refresh import refresh

    refresh(served)
    connections.close_all()
    kept = FOLDER / "template"
    shutil.copytree(root, kept)
    return kept


@pytest.fixture
def app(template: Path) -> Iterator[Path]:
    """The served workspace with a database of its own; what a test changes outside the lake is put back."""
    connections.close_all()
    cache.clear()
    _put_back(template, SMALL)
    with time_machine.travel(NOW, tick=True):
        yield settings.WORKSPACE
    connections.close_all()


@pytest.fixture
def own_lake(app: Path, template: Path) -> Iterator[Path]:
    """The same, for tests that load, run or erase: the lake is put back afterwards."""
    yield app
    _put_back(template, ("lake",))


@pytest.fixture
def people(app: Path) -> dict[str, Person]:  # noqa: ARG001  the database must be there
    """One person per role by its name; ``csm`` and ``sales`` see their own customers, ``stranger`` has none."""
    rows = (
        ("admin", Role.ADMIN, "", True),
        ("manager", Role.MANAGER, "mori", True),
        ("csm", Role.CSM, "sato", False),
        ("other_csm", Role.CSM, "suzuki", False),
        ("sales", Role.SALES, "yamada", False),
        ("viewer", Role.VIEWER, "", True),
        ("stranger", Role.CSM, "nobody", False),
    )
    return {
        name: Person.objects.invite(
            f"{name}@example.com", name=name, role=role, member=member, sees_all=every
        )
        for name, role, member, every in rows
    }


@pytest.fixture
def client_of() -> CLIENT:
    """Returns a browser-like client that is signed in as a person."""

    def made(person: Person, **given: Any) -> Client:
        client = Client(**given)
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return made


def _put_back(template: Path, names: tuple[str, ...]) -> None:
    for name in names:
        target, source = settings.WORKSPACE / name, template / name
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.is_file():
            shutil.copy(source, target)
