"""``minori learn`` on a workspace: shown, listed, rolled back; weights accepted by a named person only."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from build import NOW
from minori.cli.main import group
from minori.pipeline.workspace import Workspace
from minori.sample.write import write_company


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("acme")
    write_company(root, world="b2b_saas", customers=40, days=210, until=date(2026, 3, 31), seed=3)
    Workspace(root, lambda: NOW).load()
    return root


def run(folder: Path, *words: str) -> str:
    result = CliRunner().invoke(group, ["learn", *words, "-w", str(folder)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_acceptance_says_how_sure_it_is_and_can_be_rolled_back(folder: Path) -> None:
    said = run(folder, "acceptance", "--language", "en")
    assert "Plays that sell" in said and "accepted. Model:" in said
    assert {row["version"] for row in json.loads(run(folder, "list", "--json"))} == {1}
    assert "version 1" in run(folder, "rollback", "1", "--language", "en")
    assert "使用中" in run(folder, "list", "--language", "ja")


def test_weights_are_never_written_without_a_name_or_a_reason(folder: Path) -> None:
    found = json.loads(run(folder, "weights", "--json"))
    assert [aim["aim"] for aim in found["aims"]] == ["churn", "expansion"]
    assert all(reading["sample"] >= 0 for aim in found["aims"] for reading in aim["readings"])
    refused = CliRunner().invoke(group, ["learn", "weights", "--accept", "-w", str(folder)])
    assert refused.exit_code == 2 and "--by" in refused.output
    assert found["diff"] == "" and not (folder / "policy" / "health.yaml").exists()
