"""What tests of the pipeline share."""

import pytest

from minori.pipeline.workspace import Workspace
from pipeline.erasing_case import company


@pytest.fixture(scope="session")
def erasable(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A company before anybody is erased; to be copied, never changed."""
    return company(tmp_path_factory.mktemp("erasable") / "w")
