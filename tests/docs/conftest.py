"""What tests of the documents share."""

import importlib.util
from types import ModuleType

import pytest

from docs.guide_case import ROOT


@pytest.fixture(scope="session")
def generator() -> ModuleType:
    """Return the script that writes the pages of kinds."""
    spec = importlib.util.spec_from_file_location("generate_kinds", ROOT / "docs" / "generate_kinds.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
