"""What tests of the documents share."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

from docs.guide_case import ROOT
from minori.cli.main import group


@pytest.fixture(scope="session")
def generator() -> ModuleType:
    """Return the script that writes the pages of kinds."""
    spec = importlib.util.spec_from_file_location("generate_kinds", ROOT / "docs" / "generate_kinds.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds a small sample company, loaded and decided, in ``demo``."""
    folder = tmp_path_factory.mktemp("guide")
    size = ["--customers", "40", "--days", "200", "--until", "2026-03-31"]
    made = CliRunner().invoke(group, ["demo", str(folder / "demo"), *size], catch_exceptions=False)
    assert made.exit_code == 0, made.output
    return folder
