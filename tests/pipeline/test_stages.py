"""The table of contents: one writer per table, nothing read before it is written, every query told to every engine."""

import importlib
import pkgutil

import pytest

import minori
from minori.pipeline.stages import ALL, INPUTS
from minori.query.dialects import DIALECTS, render
from minori.query.sql import Query
from minori.schema.facts import FACTS


def test_every_table_has_one_writer() -> None:
    written = [table for stage in ALL for table in stage.writes]
    assert len(written) == len(set(written))
    assert not set(written) & {*INPUTS, *FACTS}


def test_no_stage_reads_ahead() -> None:
    known = {*INPUTS, *FACTS, "identity"}
    for stage in ALL:
        assert set(stage.reads) <= known, (stage.name, set(stage.reads) - known)
        known |= set(stage.writes)


def _queries() -> list[tuple[str, Query]]:
    found = []
    for room in ("metrics", "health", "signals", "offers", "decision", "proposal", "pipeline"):
        package = importlib.import_module(f"minori.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"minori.{room}."):
            loaded = importlib.import_module(module.name)
            for name, value in vars(loaded).items():
                values = value.items() if isinstance(value, dict) else [("", value)]
                found += [(f"{module.name}.{name}{key}", q) for key, q in values if isinstance(q, Query)]
    return found


@pytest.mark.parametrize(
    ("name", "query"), _queries(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_query_can_be_told_to_every_engine(name: str, query: Query) -> None:
    for dialect in DIALECTS:
        assert render(query.tree, dialect), name


def test_the_package_names_its_version() -> None:
    assert minori.__version__
