"""For every test: no skip where MINORI_NO_SKIP is set, and no deadline that a busy machine could miss."""

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

DATA = Path(__file__).parents[2] / "shared" / "data"
settings.register_profile("minori", deadline=None)
settings.load_profile("minori")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Count a skipped test as failed, so that a clean run means that everything ran.

    Only the third-party data may be absent: they are not ours to bring along.
    """
    report = yield
    excused = item.get_closest_marker("realdata") is not None and not DATA.is_dir()
    if report.skipped and not excused and os.environ.get("MINORI_NO_SKIP") == "1":
        report.outcome = "failed"
        report.longrepr = f"skipped, though MINORI_NO_SKIP is set: {report.longrepr}"
    return report
