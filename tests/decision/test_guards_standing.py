"""Guards that look at how the customer stands: evidence, health, loyalty, start, benefit, tickets, NPS."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from build import TODAY, ago, noon
from decision.build_decision import Decide, Row, candidate, policy, tomorrow
from minori.core.errors import UnknownName

HELP = {"play": "teach"}


@pytest.mark.parametrize(
    ("guard", "columns"),
    [
        ("no_evidence", {"needs": 0}),
        ("no_evidence", {"needs": None}),
        ("poor_health", {"band": "watch"}),
        ("low_loyalty", {"loyalty": 1.0}),
        ("no_benefit", {"benefit_known": False}),
        ("no_benefit", {"benefit_known": None}),
    ],
)
class TestWhatTheCandidateCarries:
    def test_holds_a_paid_offer_while_it_lasts(
        self, guard: str, columns: dict[str, Any], deciding: Decide
    ) -> None:
        got = deciding([candidate(**columns)], policy=policy({guard: {}}))
        assert got.until(guard) is None and got.decision[0]["fate"] == "held"

    def test_leaves_help_alone(self, guard: str, columns: dict[str, Any], deciding: Decide) -> None:
        got = deciding([candidate(**HELP, **columns)], policy=policy({guard: {}}))
        assert got.answers == []


@pytest.mark.parametrize(
    ("guard", "columns"), [("poor_health", {"band": None}), ("low_loyalty", {"loyalty": None})]
)
def test_unknown_health_or_loyalty_is_for_a_person(
    guard: str, columns: dict[str, Any], deciding: Decide
) -> None:
    got = deciding([candidate(**columns)], policy=policy({guard: {}}))
    answer = got.answer(guard)
    assert answer is not None and answer["answer"] == "no_data" and "担当者が判断" in answer["reason_ja"]
    assert got.decision[0]["fate"] == "proposed" and got.decision[0]["person_decides"]


def test_least_band_is_a_setting(deciding: Decide) -> None:
    got = deciding([candidate(band="healthy")], policy=policy({"poor_health": {"least": "thriving"}}))
    answer = got.answer("poor_health")
    assert answer is not None and "概ね健全" in answer["reason_ja"]


class TestNoEvidence:
    HALF = policy({"no_evidence": {"least_need": 0.5}})

    def test_holds_what_is_less_likely_needed_than_not(self, deciding: Decide) -> None:
        answer = deciding([candidate(need=0.28)], policy=self.HALF).answer("no_evidence")
        assert answer is not None and "28% likely, below 50%" in answer["reason_en"]

    @pytest.mark.parametrize(
        "columns",
        [{"need": 0.5}, {"need": 0.28, "lifts_wait": True}, {"need": None}, {**HELP, "need": 0.1}],
    )
    def test_is_clear_for_what_likely_is_needed_a_limit_a_wish_or_help(
        self, columns: dict[str, Any], deciding: Decide
    ) -> None:
        assert deciding([candidate(**columns)], policy=self.HALF).answer("no_evidence") is None

    def test_without_the_setting_any_evidence_will_do(self, deciding: Decide) -> None:
        got = deciding([candidate(need=0.01)], policy=policy({"no_evidence": {}}))
        assert got.answer("no_evidence") is None


class TestNoBenefit:
    def test_gives_the_reason_of_the_refusal(self, deciding: Decide) -> None:
        refusal = json.dumps({"ja": "上位のプランがありません", "en": "there is no plan above"})
        got = deciding([candidate(**HELP, offer=None, refusal=refusal)], policy=policy({"no_benefit": {}}))
        answer = got.answer("no_benefit")
        assert answer is not None and answer["reason_en"] == "Nothing to offer: there is no plan above"
        assert "上位のプランがありません" in answer["reason_ja"]

    def test_holds_even_help_without_an_offer(self, deciding: Decide) -> None:
        got = deciding([candidate(**HELP, offer=None)], policy=policy({"no_benefit": {}}))
        assert got.decision[0]["fate"] == "held"


class TestOnboarding:
    def test_holds_until_the_wait_is_over(self, deciding: Decide) -> None:
        started = {"acme": ago(20)}
        got = deciding([candidate()], policy=policy({"onboarding": {"wait": "3 months"}}), started=started)
        answer = got.answer("onboarding")
        assert got.until("onboarding") == ago(20) + timedelta(days=90)
        assert (
            answer is not None
            and "2026年3月11日" in answer["reason_ja"]
            and "2026-03-11" in answer["reason_en"]
        )

    @pytest.mark.parametrize(("days", "held"), [(89, True), (90, False)])
    def test_ends_on_its_day(self, days: int, held: bool, deciding: Decide) -> None:
        got = deciding([candidate()], policy=policy({"onboarding": {}}), started={"acme": ago(days)})
        assert (got.decision[0]["fate"] == "held") is held

    @pytest.mark.parametrize("play", [{"lifts_wait": True}, HELP])
    def test_reaching_a_limit_or_asking_lifts_it(self, play: Row, deciding: Decide) -> None:
        written = policy({"onboarding": {"success": "logins >= 3"}}, metrics=LOGINS)
        got = deciding([candidate(**play)], policy=written, started={"acme": TODAY}, metrics={"logins": 0.0})
        assert got.answers == []

    def test_unknown_start_is_for_a_person(self, deciding: Decide) -> None:
        got = deciding([candidate()], policy=policy({"onboarding": {}}), started={"acme": None})
        assert got.decision[0]["fate"] == "proposed" and got.decision[0]["person_decides"]

    @pytest.mark.parametrize(("logins", "said"), [(2.0, "holds"), (3.0, None), (None, "no_data")])
    def test_waits_for_a_seen_success(self, logins: float | None, said: str | None, deciding: Decide) -> None:
        written = policy({"onboarding": {"success": "logins >= 3"}}, metrics=LOGINS)
        answer = deciding([candidate()], policy=written, metrics={"logins": logins}).answer("onboarding")
        assert (answer and answer["answer"]) == said and (answer is None or answer["until"] is None)

    def test_a_product_may_state_its_own_wait(self, deciding: Decide) -> None:
        label = {"ja": "一式", "en": "Suite"}
        products = {"suite": {"label": label, "introduction": "180 days"}, "chat": {"label": label}}
        written = policy({"onboarding": {"wait": "30 days"}}, catalog={"products": products})
        held = [{"customer_id": "acme", "product_id": "suite"}, {"customer_id": "acme", "product_id": "chat"}]
        got = deciding([candidate()], policy=written, started={"acme": ago(100)}, holding=held)
        assert got.until("onboarding") == ago(100) + timedelta(days=180)

    def test_a_success_that_names_nothing_is_refused(self, deciding: Decide) -> None:
        with pytest.raises(UnknownName, match="did you mean 'logins'"):
            deciding([candidate()], policy=policy({"onboarding": {"success": "login > 3"}}, metrics=LOGINS))


LOGINS = {"logins": {"label": {"ja": "回数", "en": "logins"}, "count": "events", "window": "28 days"}}


class TestOpenSevereTicket:
    @pytest.mark.parametrize(
        ("ticket", "held"),
        [
            ({"severity": "urgent"}, True),
            ({"severity": "High"}, True),
            ({"severity": "normal"}, False),
            ({"severity": None}, False),
            ({"severity": "urgent", "closed_at": noon(ago(1))}, False),
            ({"severity": "urgent", "closed_at": noon(tomorrow())}, True),
        ],
    )
    def test_holds_while_it_is_open(self, ticket: Row, held: bool, deciding: Decide) -> None:
        tickets = [{"ticket_id": "t", "customer_id": "acme", "opened_at": noon(ago(5)), **ticket}]
        got = deciding([candidate()], {"tickets": tickets}, policy=policy({"open_severe_ticket": {}}))
        assert (got.decision[0]["fate"] == "held") is held

    def test_leaves_help_alone(self, deciding: Decide) -> None:
        tickets = [{"ticket_id": "t", "customer_id": "acme", "opened_at": noon(ago(5)), "severity": "urgent"}]
        got = deciding([candidate(**HELP)], {"tickets": tickets}, policy=policy({"open_severe_ticket": {}}))
        assert got.answers == []


def nps(score: int, on: date, user: str | None = None) -> Row:
    return {"customer_id": "acme", "user_id": user, "kind": "nps", "score": score, "answered_at": noon(on)}


class TestDetractor:
    @pytest.mark.parametrize(
        ("surveys", "until"),
        [
            ([nps(6, ago(10))], ago(10) + timedelta(days=90)),
            ([nps(7, ago(10))], None),
            ([nps(0, ago(90))], None),
            ([nps(0, ago(89))], tomorrow()),
            ([nps(3, ago(20)), nps(9, ago(10))], None),
            ([nps(3, ago(20), "ann"), nps(9, ago(10), "bob")], ago(20) + timedelta(days=90)),
            ([], None),
        ],
    )
    def test_holds_after_a_bad_answer(self, surveys: list[Row], until: date | None, deciding: Decide) -> None:
        got = deciding([candidate()], {"surveys": surveys}, policy=policy({"detractor": {}}))
        answer = got.answer("detractor")
        assert (answer and answer["until"]) == until

    def test_says_score_and_date(self, deciding: Decide) -> None:
        got = deciding([candidate()], {"surveys": [nps(2, ago(1))]}, policy=policy({"detractor": {}}))
        answer = got.answer("detractor")
        assert answer is not None and answer["reason_en"].startswith("NPS 2 answered on 2026-03-30")
