"""Three plays with planted effects, tried by lot for two months: what is proven, what stops by itself, what is not proven."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from build import NOW
from minori.cli.main import group
from minori.pipeline.workspace import Workspace
from minori.sample.planted import EFFECTS, SITUATIONS, Effect
from minori.sample.planted_trial import Trial, live_with_minori

UNTIL, SEED = date(2026, 3, 31), 1
VERDICTS = {"useful": "proven", "harmful": "harmful", "without": "not_yet"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("planted") / "w"


@pytest.fixture(scope="module")
def trial(folder: Path) -> Trial:
    """Seven weeks with a load and a run each; the last week is only loaded."""
    made = live_with_minori(folder, customers=900, weeks=8, until=UNTIL, seed=SEED)
    minori("load", folder)
    return made


@pytest.fixture(scope="module")
def cells(folder: Path, trial: Trial) -> dict[str, Any]:
    """What ``minori experiments`` says, by planted effect."""
    assert trial.planted.effects.keys() == set(SITUATIONS)
    return {trial.planted.effects[cell["play"]]: cell for cell in minori("experiments", folder)}


@pytest.fixture(scope="module")
def run(folder: Path, cells: dict[str, Any]) -> dict[str, Any]:
    """The run after it."""
    assert len(cells) == len(EFFECTS)
    ran: dict[str, Any] = minori("run", folder)
    return ran


def minori(command: str, folder: Path) -> Any:
    """Run a command and return the JSON that it prints."""
    done = CliRunner().invoke(group, [command, "-w", str(folder), "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def difference(effect: Effect, outcome: str) -> float:
    without, with_it = getattr(effect, outcome)
    return float(with_it - without)


class TestExperiments:
    def test_verdicts_are_what_was_planted(self, cells: dict[str, Any]) -> None:
        assert {effect: cell["verdict"] for effect, cell in cells.items()} == VERDICTS

    def test_intervals_hold_the_planted_effects(self, cells: dict[str, Any]) -> None:
        for effect, outcome, figure in (
            ("useful", "bought", "experiment_effect"),
            ("harmful", "leaves", "experiment_left"),
            ("without", "bought", "experiment_effect"),
            ("without", "leaves", "experiment_left"),
        ):
            found = next(r for r in cells[effect]["readings"] if r["figure"] == figure)
            low, high = found["interval"]
            assert low <= difference(EFFECTS[effect], outcome) <= high, (effect, figure)


class TestTheLoop:
    def test_the_harmful_play_stopped_by_itself_on_a_day_of_the_loop(
        self, folder: Path, trial: Trial, cells: dict[str, Any]
    ) -> None:
        harmful = trial.planted.play("harmful")
        assert cells
        rows = Workspace(folder, lambda: NOW).table("play_verdict").to_pylist()
        stopped_on = min(row["as_of"] for row in rows if row["verdict"] == "harmful")
        assert stopped_on in trial.days[:-1]
        assert {row["play"] for row in rows if row["verdict"] == "harmful"} == {harmful}
        assert max(proposed_on(trial, harmful)) < stopped_on

    def test_the_others_went_on(self, trial: Trial) -> None:
        for effect in ("useful", "without"):
            assert max(proposed_on(trial, trial.planted.play(effect))) == trial.days[-1]


class TestNextRun:
    def test_holds_every_candidate_of_the_harmful_play(self, run: dict[str, Any], trial: Trial) -> None:
        harmful = trial.planted.play("harmful")
        held = [row for row in run["held"] if row["play"] == harmful]
        assert len(held) > 20
        assert {row["guard"] for row in held} == {"harmful_play"}
        counts = run["counts"]
        assert counts["candidates"] == counts["proposed"] + counts["hold_out"] + len(held)
        assert {row["play"] for row in run["proposals"]} == set(SITUATIONS) - {harmful}

    def test_says_so_in_both_languages(self, run: dict[str, Any], trial: Trial) -> None:
        (notice,) = run["notices"]
        assert (notice["kind"], notice["play"]) == ("play_stopped", trial.planted.play("harmful"))
        assert "止めています" in notice["text"]["ja"] and "is stopped" in notice["text"]["en"]


def proposed_on(trial: Trial, play: str) -> list[date]:
    """Days on which customers of a play were first proposed to."""
    played = {
        name: SITUATIONS[place]
        for name, place in zip(trial.planted.customer_ids, trial.planted.situation.tolist(), strict=True)
    }
    return [day for customer, day in trial.treated.items() if played[customer] == play]
