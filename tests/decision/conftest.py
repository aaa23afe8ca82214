"""One engine for all tests of decisions; each test sets its own tables."""

from collections.abc import Iterator
from functools import partial

import pytest

from decision.build_decision import Decide, attach, decide
from minori.lake.engines.duckdb import DuckDBEngine
from minori.schema.facts import FACTS


@pytest.fixture(scope="session")
def deciding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Decide]:
    """Return ``decide`` on an engine."""
    engine = DuckDBEngine(tmp_path_factory.mktemp("engine"), threads=1)
    attach(engine, dict.fromkeys(FACTS, ()))
    yield partial(decide, engine)
    engine.close()
