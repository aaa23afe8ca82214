"""Guards that look at what was proposed and answered before, and at the play as a whole."""

from datetime import date, timedelta

import pytest

from build import ago, noon
from decision.build_decision import Decide, Row, candidate, policy, tomorrow


def outcome(days: int, result: str = "declined", play: str | None = "add_seats", **columns: object) -> Row:
    return {
        "proposal_id": f"p{days}-{columns}",
        "customer_id": "acme",
        "play": play,
        "result": result,
        "answered_at": noon(ago(days)),
        **columns,
    }


def proposal(days: int, name: str = "old", **columns: object) -> Row:
    at = noon(ago(days))
    return {"proposal_id": name, "customer_id": "acme", "play": "upgrade", "proposed_at": at, **columns}


class TestRecentDecline:
    POLICY = policy({"recent_decline": {}})

    @pytest.mark.parametrize(
        ("outcomes", "play", "until"),
        [
            ([outcome(89)], "add_seats", tomorrow()),
            ([outcome(90)], "add_seats", None),
            ([outcome(29)], "upgrade", tomorrow()),
            ([outcome(30)], "upgrade", None),
            ([outcome(0)], "add_seats", None),
            ([outcome(1, "ignored")], "add_seats", None),
            ([outcome(40), outcome(10, play="upgrade")], "add_seats", ago(40) + timedelta(days=90)),
        ],
    )
    def test_steps_back(self, outcomes: list[Row], play: str, until: date | None, deciding: Decide) -> None:
        answer = deciding([candidate(play=play)], {"outcomes": outcomes}, policy=self.POLICY).answer(
            "recent_decline"
        )
        assert (answer and answer["until"]) == until

    @pytest.mark.parametrize("play", ["teach", "save", "smaller"])
    def test_never_holds_help(self, play: str, deciding: Decide) -> None:
        facts = {"outcomes": [outcome(1, play=play), outcome(2)]}
        assert deciding([candidate(play=play)], facts, policy=self.POLICY).answers == []

    def test_holds_a_declined_trial_though_it_is_free(self, deciding: Decide) -> None:
        facts = {"outcomes": [outcome(40, play="try")]}
        trial = candidate(play="try", kind="trial", asks_for_money=False)
        assert deciding([trial], facts, policy=self.POLICY).until("recent_decline") == ago(40) + timedelta(
            days=90
        )

    def test_finds_the_play_by_the_proposal(self, deciding: Decide) -> None:
        facts = {"outcomes": [outcome(60, play=None, proposal_id="old")], "proposals": [proposal(61)]}
        assert deciding([candidate(play="upgrade")], facts, policy=self.POLICY).until(
            "recent_decline"
        ) == tomorrow(30)
        assert deciding([candidate()], facts, policy=self.POLICY).answers == []

    def test_says_when(self, deciding: Decide) -> None:
        answer = deciding([candidate()], {"outcomes": [outcome(1)]}, policy=self.POLICY).answer(
            "recent_decline"
        )
        assert answer is not None
        assert answer["reason_en"] == "Declined on 2026-03-30; no proposal before 2026-06-28."
        assert answer["reason_ja"] == (
            "2026年3月30日に見送りのお返事をいただいたため、2026年6月28日より前のご提案を控えます。"
        )


class TestOpenProposal:
    POLICY = policy({"open_proposal": {}})

    @pytest.mark.parametrize(
        ("old", "until"),
        [
            (proposal(5), ago(5) + timedelta(days=60)),
            (proposal(5, expires_on=tomorrow(3)), tomorrow(4)),
            (proposal(5, expires_on=ago(0)), tomorrow()),
            (proposal(5, expires_on=ago(1)), None),
            (proposal(59), tomorrow()),
            (proposal(60), None),
            (proposal(0), None),
        ],
    )
    def test_one_question_at_a_time(self, old: Row, until: date | None, deciding: Decide) -> None:
        answer = deciding([candidate()], {"proposals": [old]}, policy=self.POLICY).answer("open_proposal")
        assert (answer and answer["until"]) == until

    def test_an_answer_closes_it(self, deciding: Decide) -> None:
        facts = {"proposals": [proposal(5)], "outcomes": [outcome(2, "ignored", proposal_id="old")]}
        assert deciding([candidate()], facts, policy=self.POLICY).answers == []

    @pytest.mark.parametrize(
        ("old", "new", "held"),
        [
            ({"mrr_change": 1000, "currency": "JPY"}, 1500, False),
            ({"mrr_change": 1000}, 1499, True),
            ({"mrr_change": 1000, "currency": "USD"}, 5000, True),
            ({"mrr_change": 0}, 5000, True),
            ({}, 5000, True),
        ],
    )
    def test_unless_the_new_one_is_worth_much_more(
        self, old: Row, new: int, held: bool, deciding: Decide
    ) -> None:
        facts = {"proposals": [proposal(5, **old)]}
        got = deciding([candidate(mrr_change=new)], facts, policy=self.POLICY)
        assert (got.decision[0]["fate"] == "held") is held

    def test_never_holds_itself_nor_a_rescue(self, deciding: Decide) -> None:
        own, rescue = candidate(), candidate(play="save")
        facts = {"proposals": [proposal(5, own["candidate_id"])]}
        got = deciding([own, rescue], facts, policy=self.POLICY)
        assert got.answers == []

    def test_names_the_open_one(self, deciding: Decide) -> None:
        answer = deciding([candidate()], {"proposals": [proposal(5)]}, policy=self.POLICY).answer(
            "open_proposal"
        )
        assert (
            answer is not None
            and "「upgradeの型」" in answer["reason_ja"]
            and "'Play upgrade'" in answer["reason_en"]
        )


class TestHarmfulPlay:
    @pytest.mark.parametrize(
        ("declined", "accepted", "held"), [(13, 7, True), (12, 8, False), (13, 6, False), (40, 10, True)]
    )
    def test_stops_for_everybody(self, declined: int, accepted: int, held: bool, deciding: Decide) -> None:
        said = ["declined"] * declined + ["accepted"] * accepted + ["ignored"] * 30
        outcomes = [
            outcome(1 + n % 80, r, customer_id=f"c{n}", proposal_id=f"p{n}") for n, r in enumerate(said)
        ]
        got = deciding(
            [candidate(), candidate("bolt", "upgrade")],
            {"outcomes": outcomes},
            policy=policy({"harmful_play": {}}),
        )
        assert {a["candidate_id"] for a in got.answers} == ({candidate()["candidate_id"]} if held else set())

    def test_forgets_old_answers(self, deciding: Decide) -> None:
        outcomes = [outcome(90 + n, customer_id=f"c{n}", proposal_id=f"p{n}") for n in range(40)]
        assert (
            deciding([candidate()], {"outcomes": outcomes}, policy=policy({"harmful_play": {}})).answers == []
        )


class TestFlood:
    @staticmethod
    def signals(count: int, **columns: object) -> list[Row]:
        return [
            {"customer_id": f"c{n}", "play": "add_seats", "since": ago(1), "state": "young", **columns}
            for n in range(count)
        ]

    @pytest.mark.parametrize(
        ("entered", "customers", "held"), [(7, 20, True), (6, 20, False), (19, 19, False), (31, 100, True)]
    )
    def test_pauses_a_play_that_too_many_entered(
        self, entered: int, customers: int, held: bool, deciding: Decide
    ) -> None:
        people = {f"c{n}": ago(900) for n in range(customers)}
        given = candidate("c0", since=ago(9))
        got = deciding([given], policy=policy({}), started=people, signals=self.signals(entered))
        assert (got.answer("flood") is not None) is held

    def test_says_so(self, deciding: Decide) -> None:
        people = {f"c{n}": ago(900) for n in range(20)}
        got = deciding([candidate("c0")], policy=policy({}), started=people, signals=self.signals(12))
        answer = got.answer("flood")
        assert answer is not None and answer["reason_en"].startswith("12 of 20 customers")
        assert "全20件のうち12件" in answer["reason_ja"]

    @pytest.mark.parametrize("columns", [{"state": "old"}, {"play": "upgrade"}])
    def test_leaves_other_plays_and_old_spells(self, columns: Row, deciding: Decide) -> None:
        people = {f"c{n}": ago(900) for n in range(20)}
        got = deciding(
            [candidate("c0")], policy=policy({}), started=people, signals=self.signals(12, **columns)
        )
        assert got.answers == []

    def test_spread_over_days_is_no_flood(self, deciding: Decide) -> None:
        people = {f"c{n}": ago(900) for n in range(20)}
        signals = [{**s, "since": ago(n)} for n, s in enumerate(self.signals(12))]
        assert deciding([candidate("c0")], policy=policy({}), started=people, signals=signals).answers == []

    def test_the_share_is_a_setting(self, deciding: Decide) -> None:
        people = {f"c{n}": ago(900) for n in range(20)}
        lenient = policy({}, ranking={"flood_share": 0.7})
        assert (
            deciding([candidate("c0")], policy=lenient, started=people, signals=self.signals(12)).answers
            == []
        )
