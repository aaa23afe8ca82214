"""Django's own deployment check finds nothing, and nothing is served to others with a secret made up on the spot."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SETTINGS = "minori.web.settings"


def manage(workspace: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    given = {"MINORI_WORKSPACE": str(workspace), "DJANGO_SETTINGS_MODULE": SETTINGS, **kept, **environment}
    command = [sys.executable, "-m", "minori.web.manage", *arguments]
    return subprocess.run(command, env=given, capture_output=True, text=True, timeout=120, check=False)


def test_the_deployment_check_is_clean(app: Path) -> None:
    ran = manage(
        app,
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        MINORI_SECRET_KEY="k" * 40 + "0123456789abcdef" * 2,
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("key", ["", "too short"])
def test_serving_without_a_proper_secret_is_refused_with_the_remedy(app: Path, key: str) -> None:
    ran = manage(app, "check", MINORI_SERVED="yes", MINORI_SECRET_KEY=key)
    assert ran.returncode != 0
    assert "MINORI_SECRET_KEY" in ran.stderr


def test_no_table_waits_for_a_migration(app: Path) -> None:
    ran = manage(app, "makemigrations", "--check", "--dry-run")
    assert ran.returncode == 0, ran.stdout
