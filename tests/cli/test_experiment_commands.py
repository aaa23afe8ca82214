"""The commands of the proof that read past runs: experiments, pushiness, after-yes, on a sample company."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from minori.cli.main import group
from minori.pipeline.init import pin
from minori.sample.write import write_company

UNTIL = date(2026, 3, 31)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("proof") / "sample"
    write_company(made, world="b2b_saas", customers=80, days=420, until=UNTIL, seed=3)
    pin(made, "b2b_saas")
    _call("load", "-w", str(made))
    _call("run", "-w", str(made), "--as-of", "2025-10-31", "--backlog", "--most", "0")
    yield made


def _call(*arguments: str) -> str:
    done = CliRunner().invoke(group, list(arguments), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def _json(*arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(_call(*arguments, "--json"))
    return found


class TestExperiments:
    def test_every_drawn_play_has_a_verdict_and_every_number_its_sample(self, folder: Path) -> None:
        cells = _json("experiments", "-w", str(folder), "--dry-run")
        assert cells and {cell["verdict"] for cell in cells} == {"not_enough"}
        readings = [r for cell in cells for r in cell["readings"]]
        assert all(
            isinstance(r["sample"], int) and (r["value"] is None) == (r["missing"] is not None)
            for r in readings
        )

    def test_both_languages_and_csv(self, folder: Path) -> None:
        assert "判定" in _call("experiments", "-w", str(folder), "--language", "ja")
        assert "Verdict" in _call("experiments", "-w", str(folder), "--language", "en")
        lines = _call("experiments", "-w", str(folder), "--csv").splitlines()
        assert lines[0].startswith("experiment,play,stratum,class,verdict,figure") and len(lines) > 8

    def test_plays_without_a_verdict_show_no_numbers_yet(self, folder: Path) -> None:
        shown = _call("experiments", "-w", str(folder), "--language", "en")
        assert "Not shown (not enough data): Effect of proposing" in shown
        assert "Chance that it helps" not in shown.splitlines()[0]

    def test_a_plan_needs_no_workspace(self) -> None:
        rise, fall = _json("experiments", "--plan", "400,0.5,0.1")
        assert 0.1 <= rise["value"] <= 0.16 and fall["figure"] == "experiment_smallest_fall"

    @pytest.mark.parametrize("plan", ["400", "400,0,0.1", "0,0.5,0.1", "many,0.5,0.1"])
    def test_an_impossible_plan_is_refused(self, plan: str) -> None:
        assert CliRunner().invoke(group, ["experiments", "--plan", plan]).exit_code == 2


class TestPushiness:
    @pytest.mark.parametrize("by", ["play", "channel", "owner", "month"])
    def test_by_each(self, folder: Path, by: str) -> None:
        assert _json("pushiness", "-w", str(folder), "--by", by)
        assert "押し売り度" in _call("pushiness", "-w", str(folder), "--by", by, "--language", "ja")

    def test_csv(self, folder: Path) -> None:
        assert _call("pushiness", "-w", str(folder), "--csv").startswith("play,figure,value")


def test_after_yes_marks_what_is_observational(folder: Path) -> None:
    found = _json("after-yes", "-w", str(folder))
    readings = {r["figure"]: r for r in found[0]["readings"]}
    assert (
        readings["after_yes_used"]["observational"]
        and not readings["after_yes_health_by_lot"]["observational"]
    )
    assert "Observational" in _call("after-yes", "-w", str(folder), "--language", "en")
