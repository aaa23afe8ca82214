"""A play that is proven to do harm is held for everybody, or for the class of customers that it harms."""

from typing import Any

from build import TODAY
from decision.build_decision import Decide, candidate, policy

LIMIT = policy({"harmful_play": {}})


def _verdict(**columns: Any) -> dict[str, Any]:
    return {
        "play": "add_seats",
        "source": "experiment",
        "experiment": "add_seats",
        "stratum": "",
        "class": "",
        "verdict": "harmful",
        **columns,
    }


class TestVerdicts:
    def test_a_harmful_play_is_held_without_any_answers(self, deciding: Decide) -> None:
        got = deciding([candidate()], policy=LIMIT, verdicts=[_verdict()])
        answer = got.answer("harmful_play")
        assert answer is not None and answer["answer"] == "holds" and answer["until"] is None
        assert "experiment" in answer["reason_en"] and "実験" in answer["reason_ja"]

    def test_other_plays_and_other_verdicts_hold_nothing(self, deciding: Decide) -> None:
        verdicts = [_verdict(play="upgrade"), _verdict(verdict="proven")]
        assert deciding([candidate()], policy=LIMIT, verdicts=verdicts).answers == []

    def test_only_the_harmed_class_is_held(self, deciding: Decide) -> None:
        small, large = candidate("small"), candidate("large")
        standing = [{"customer_id": "small", "segment": "smb"}, {"customer_id": "large", "segment": "big"}]
        verdicts = [_verdict(stratum="segment", **{"class": "smb"})]
        got = deciding([small, large], policy=LIMIT, verdicts=verdicts, standing=standing)
        assert got.answer("harmful_play", small) is not None and got.answer("harmful_play", large) is None

    def test_a_band_is_that_of_today(self, deciding: Decide) -> None:
        verdicts = [_verdict(stratum="band", **{"class": "watch"})]
        for band, held in (("watch", True), ("healthy", False), (None, False)):
            got = deciding([candidate(band=band)], policy=LIMIT, verdicts=verdicts)
            assert (got.answer("harmful_play") is not None) == held

    def test_several_reasons_are_one_answer(self, deciding: Decide) -> None:
        verdicts = [_verdict(), _verdict(source="pushiness", experiment="")]
        got = deciding([candidate()], policy=LIMIT, verdicts=verdicts)
        assert [a["guard"] for a in got.answers] == ["harmful_play"]

    def test_without_verdicts_it_is_not_wholly_checked(self, deciding: Decide) -> None:
        got = deciding([candidate()], policy=LIMIT, connected=["outcomes"])
        assert [(a["answer"], a["as_of"]) for a in got.answers] == [("not_checked", TODAY)]
        assert "verdicts" in got.answers[0]["reason_en"]

    def test_verdicts_count_where_no_outcomes_are_connected(self, deciding: Decide) -> None:
        offered = candidate()
        got = deciding([offered], policy=LIMIT, connected=["play_verdict"], verdicts=[_verdict()])
        assert got.fate(offered)["guard"] == "harmful_play"
