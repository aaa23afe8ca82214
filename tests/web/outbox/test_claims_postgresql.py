"""On PostgreSQL, where writers do not wait for each other: no message has two holders, no customer two messages on their way."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sources.test_database_postgresql import MISSING, as_owner, programs

HERE = Path(__file__)


@pytest.fixture
def address() -> Iterator[str]:
    """A database of a server that runs for this test alone."""
    found = programs()
    if found is None:
        if os.environ.get("MINORI_NO_SKIP") == "1":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    folder = Path(subprocess.check_output(["mktemp", "-d", "/tmp/minori-pg-XXXXXX"], text=True).strip())
    start, data = as_owner(folder), folder / "data"
    make = [*start, found / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N"]
    subprocess.run([*make, "--locale=C"], check=True, stdout=subprocess.DEVNULL, cwd="/")
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    control = [*start, found / "pg_ctl", "-D", data, "-w", "-s", "-l", folder / "log"]
    subprocess.run([*control, "-o", options, "start"], check=True, cwd="/")
    try:
        yield f"postgresql://postgres@{str(folder).replace('/', '%2F')}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, cwd="/")
        subprocess.run(["rm", "-rf", folder], check=True)


def test_workers_on_postgresql_never_share(address: str, app: Path) -> None:
    child = subprocess.run(
        [sys.executable, str(HERE.with_name("claim_in_process.py"))],
        env={**os.environ, "MINORI_DATABASE_URL": address, "MINORI_WORKSPACE": str(app)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert child.returncode == 0, child.stderr
    got = json.loads(child.stdout.splitlines()[-1])
    assert len(got) == len(set(got)) == 8, "one of each customer"
    assert {key.partition("-")[0] for key in got} == {str(n) for n in range(8)}
