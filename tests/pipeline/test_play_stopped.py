"""A harmful play stops by itself: the run finds the proof, holds the play, says so, and says so again."""

import pytest

from build import NOW, TODAY, WORKSPACE
from learning.experiment_case import Company, Truth, policy
from minori.lake.lake import Lake
from minori.pipeline.report import as_object
from minori.pipeline.run import Ran, run_day
from minori.policy.load import Loaded

PLAYS = {"harmful": Truth(leaves=(0.03, 0.3)), "useful": Truth(buys=(0.1, 0.4))}


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return Company(PLAYS, customers=300).lake(tmp_path_factory.mktemp("stopped"))


def _run(lake: Lake, *, keep: bool = True, plays: dict[str, Truth] = PLAYS) -> Ran:
    return run_day(lake, WORKSPACE, Loaded(policy(plays)), now=NOW, as_of=TODAY, keep=keep, backlog=True)


def _guards_of(ran: Ran, play: str) -> set[str | None]:
    return {row["guard"] for row in ran.tables["decision"].to_pylist() if row["play"] == play}


class TestStopped:
    def test_the_run_stops_it_and_says_so_in_both_languages(self, lake: Lake) -> None:
        ran = _run(lake, keep=False)
        assert [notice["play"] for notice in ran.notices] == ["harmful"]
        text = as_object(ran, {}, "JPY")["notices"][0]["text"]
        assert "harmfulの型" in text["ja"] and "Play harmful" in text["en"]
        answers = [row for row in ran.tables["guard_answer"].to_pylist() if row["guard"] == "harmful_play"]
        held = {row["candidate_id"] for row in answers if row["answer"] == "holds"}
        candidates = ran.tables["candidate"].to_pylist()
        assert held == {row["candidate_id"] for row in candidates if row["play"] == "harmful"} != set()
        assert not lake.snapshot().has("results/play_verdict")

    def test_a_second_run_decides_the_same(self, lake: Lake) -> None:
        first = _run(lake)
        verdicts = lake.snapshot().arrow("results/play_verdict").to_pylist()
        assert {row["play"]: row["verdict"] for row in verdicts if row["source"] == "experiment"} == {
            "harmful": "harmful",
            "useful": "proven",
        }
        second = _run(lake)
        assert second.notices == first.notices
        assert all(second.tables[name].equals(first.tables[name]) for name in first.tables)

    def test_a_new_experiment_is_a_new_start(self, lake: Lake) -> None:
        changed = policy(PLAYS)
        play = changed.plays["harmful"]
        assert play.experiment is not None
        renewed = play.model_copy(update={"experiment": play.experiment.model_copy(update={"id": "second"})})
        again = changed.model_copy(update={"plays": {**changed.plays, "harmful": renewed}})
        ran = run_day(lake, WORKSPACE, Loaded(again), now=NOW, as_of=TODAY, keep=False, backlog=True)
        assert ran.notices == ()
