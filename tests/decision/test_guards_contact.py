"""Guards that look at how often, when and how we may reach the customer."""

from datetime import UTC, date, datetime, timedelta

import pytest

from build import TODAY, ago, noon
from decision.build_decision import Decide, Row, candidate, policy, tomorrow
from minori.core.keys import key64
from minori.decision.guard import GUARDS

FREQUENCY = policy({"contact_frequency": {}})


def contact(days: int, user: str | None = None, **columns: object) -> Row:
    return {
        "interaction_id": f"{days}-{user}-{columns}",
        "customer_id": "acme",
        "user_id": user,
        "channel": "mail",
        "direction": "out",
        "about": "renewal",
        "occurred_at": noon(ago(days)),
        **columns,
    }


def proposal(days: int, name: str = "old", **columns: object) -> Row:
    at = noon(ago(days))
    return {"proposal_id": name, "customer_id": "acme", "play": "upgrade", "proposed_at": at, **columns}


class TestContactFrequency:
    @pytest.mark.parametrize(
        ("contacts", "until"),
        [
            ([contact(3, "ann"), contact(5, "ann")], ago(5) + timedelta(days=14)),
            ([contact(3, "ann"), contact(5, "bob")], None),
            ([contact(3), contact(5)], None),
            ([contact(n) for n in (1, 2, 3, 4, 5)], ago(4) + timedelta(days=14)),
            ([contact(13, "ann"), contact(1, "ann")], tomorrow()),
            ([contact(14, "ann"), contact(1, "ann")], None),
            ([contact(0, "ann"), contact(1, "ann")], None),
            ([contact(3, "ann"), contact(5, "ann", direction="in")], None),
            ([contact(3, "ann"), contact(5, "ann", about="support")], None),
        ],
    )
    def test_holds_from_the_last_that_was_enough(
        self, contacts: list[Row], until: date | None, deciding: Decide
    ) -> None:
        answer = deciding([candidate()], {"interactions": contacts}, policy=FREQUENCY).answer(
            "contact_frequency"
        )
        assert (answer and answer["until"]) == until

    def test_counts_a_proposal_and_its_contact_once(self, deciding: Decide) -> None:
        facts = {
            "interactions": [contact(2, "ann", about="proposal")],
            "proposals": [proposal(2, user_id="ann")],
        }
        assert deciding([candidate()], facts, policy=FREQUENCY).answers == []
        facts["proposals"].append(proposal(6, "older", user_id="ann"))
        assert deciding([candidate()], facts, policy=FREQUENCY).until("contact_frequency") == tomorrow(8)

    @pytest.mark.parametrize(
        ("columns", "held"),
        [
            ({"play": "save"}, False),
            ({"play": "mend", "band": "act"}, False),
            ({"play": "mend", "band": None}, True),
            ({"play": "teach", "band": "act"}, True),
        ],
    )
    def test_lets_only_the_urgent_through(self, columns: Row, held: bool, deciding: Decide) -> None:
        facts = {"interactions": [contact(1, "ann"), contact(2, "ann")]}
        got = deciding([candidate(**columns)], facts, policy=FREQUENCY)
        assert (got.answer("contact_frequency") is not None) is held

    def test_a_proposal_does_not_hold_itself(self, deciding: Decide) -> None:
        own = candidate()
        facts = {
            "proposals": [
                proposal(n, name, user_id="ann") for n, name in ((1, own["candidate_id"]), (2, "other"))
            ]
        }
        another = candidate(play="upgrade")
        got = deciding([own, another], facts, policy=FREQUENCY)
        assert got.answer("contact_frequency", own) is None
        assert got.answer("contact_frequency", another) is not None

    def test_counts_what_is_connected_and_says_what_is_not(self, deciding: Decide) -> None:
        facts = {"proposals": [proposal(1, "a", user_id="ann"), proposal(2, "b", user_id="ann")]}
        got = deciding([candidate()], facts, policy=FREQUENCY, connected=["proposals"])
        said = {(a["answer"], a["candidate_id"] != "") for a in got.answers}
        assert said == {("holds", True), ("not_checked", False)}


class TestQuietHours:
    WORKDAYS = policy({"quiet_hours": {"weekdays": ["mon", "tue", "wed", "thu", "fri"]}})

    @pytest.mark.parametrize(
        ("as_of", "until"),
        [
            (date(2026, 3, 31), None),  # sent on a Wednesday
            (date(2026, 4, 3), date(2026, 4, 6)),  # the next day is a Saturday
            (date(2026, 4, 4), date(2026, 4, 6)),
            (date(2026, 4, 5), None),
        ],
    )
    def test_waits_for_the_next_working_day(self, as_of: date, until: date | None, deciding: Decide) -> None:
        given = candidate(as_of=as_of, channel="mail")
        got = deciding([given], policy=self.WORKDAYS, days=(as_of,))
        answer = got.answer("quiet_hours")
        assert (answer and answer["until"]) == until
        assert got.decision[0]["fate"] == "proposed"

    def test_what_shows_inside_the_product_disturbs_nobody(self, deciding: Decide) -> None:
        as_of = date(2026, 4, 3)
        got = deciding([candidate(as_of=as_of, channel="in_product")], policy=self.WORKDAYS, days=(as_of,))
        assert got.answers == []

    @pytest.mark.parametrize(
        ("at", "sends"),
        [
            ("2026-04-01T12:00", "2026-04-01T12:00"),
            ("2026-04-01T20:00", "2026-04-02T09:00"),
            ("2026-04-01T08:59", "2026-04-01T09:00"),
            ("2026-04-03T21:30", "2026-04-06T09:00"),
            ("2026-04-04T12:00", "2026-04-06T09:00"),
        ],
    )
    def test_next_time_at_sending(self, at: str, sends: str) -> None:
        guard = GUARDS["quiet_hours"]
        assert guard.next_time is not None
        limits = guard.limits.model_validate({"weekdays": ["mon", "tue", "wed", "thu", "fri"]})
        zoned = datetime.fromisoformat(at).replace(tzinfo=UTC)
        assert guard.next_time(limits, zoned) == datetime.fromisoformat(sends).replace(tzinfo=UTC)

    def test_a_quiet_span_within_the_day(self) -> None:
        guard = GUARDS["quiet_hours"]
        assert guard.next_time is not None
        limits = guard.limits.model_validate({"from": "12:00", "until": "13:30"})
        lunch = datetime(2026, 4, 1, 12, 10, tzinfo=UTC)
        assert guard.next_time(limits, lunch) == datetime(2026, 4, 1, 13, 30, tzinfo=UTC)


def consent(channel: str, granted: bool, days: int, user: str | None = None, customer: str = "acme") -> Row:
    at = noon(ago(days))
    return {"customer_id": customer, "user_id": user, "channel": channel, "granted": granted, "said_at": at}


class TestConsent:
    @pytest.mark.parametrize(
        ("channel", "consents", "held"),
        [
            ("mail", [], True),
            ("task", [], False),
            ("mail", [consent("mail", True, 9)], False),
            ("mail", [consent("all", True, 9)], False),
            ("mail", [consent("line", True, 9)], True),
            ("mail", [consent("mail", True, 9), consent("mail", False, 3)], True),
            ("mail", [consent("all", False, 9), consent("mail", True, 3)], False),
            ("mail", [consent("mail", True, 9, "ann")], False),
            ("mail", [consent("mail", True, 9, "ann"), consent("all", False, 12)], True),
            ("mail", [consent("mail", True, 3, "ann"), consent("mail", False, 2, "bob")], False),
            ("task", [consent("all", False, 9)], True),
            ("task", [consent("mail", False, 9)], False),
            ("task", [consent("all", False, 9, "ann")], False),
            ("task", [consent("all", False, 9, "acme")], True),  # a person who is the customer
        ],
    )
    def test_uses_a_channel_only_as_allowed(
        self, channel: str, consents: list[Row], held: bool, deciding: Decide
    ) -> None:
        got = deciding([candidate(channel=channel)], {"consents": consents}, policy=policy({"consent": {}}))
        assert (got.decision[0]["fate"] == "held") is held

    def test_an_opt_out_holds_a_rescue_too(self, deciding: Decide) -> None:
        facts = {"consents": [consent("all", False, 9)]}
        answer = deciding([candidate(play="save")], facts, policy=policy({"consent": {}})).answer("consent")
        assert answer is not None and "2026-03-22" in answer["reason_en"]

    def test_a_merged_customer_takes_the_stricter(self, deciding: Decide) -> None:
        facts = {"consents": [consent("mail", True, 1), consent("mail", False, 9, customer="acme-old")]}
        merged = {"acme-old": "acme"}
        got = deciding([candidate(channel="mail")], facts, policy=policy({"consent": {}}), merged=merged)
        assert got.decision[0]["fate"] == "held"

    def test_without_a_source_a_person_decides_on_opt_in_channels(self, deciding: Decide) -> None:
        mail, task = candidate(channel="mail"), candidate("bolt", channel="task")
        got = deciding([mail, task], policy=policy({"consent": {}}), connected=())
        answer = got.answer("consent", mail)
        assert answer is not None and answer["answer"] == "not_checked"
        assert [got.fate(c)["person_decides"] for c in (mail, task)] == [True, False]


class TestSalesTalking:
    @pytest.mark.parametrize(
        ("contacts", "play", "until"),
        [
            ([contact(10, about="sales")], "add_seats", ago(10) + timedelta(days=30)),
            ([contact(10, about="sales", direction="in")], "add_seats", ago(10) + timedelta(days=30)),
            ([contact(10, about="sales")], "deal", None),
            ([contact(10, about="sales")], "teach", None),
            ([contact(10, about="renewal")], "add_seats", None),
            ([contact(30, about="sales")], "add_seats", None),
            ([contact(0, about="sales")], "add_seats", None),
        ],
    )
    def test_leaves_the_talk_to_sales(
        self, contacts: list[Row], play: str, until: date | None, deciding: Decide
    ) -> None:
        got = deciding(
            [candidate(play=play)], {"interactions": contacts}, policy=policy({"sales_talking": {}})
        )
        answer = got.answer("sales_talking")
        assert (answer and answer["until"]) == until


def test_contacts_of_another_customer_do_not_count(deciding: Decide) -> None:
    facts = {"interactions": [contact(n, customer_id="bolt", about="sales") for n in range(1, 9)]}
    got = deciding([candidate()], facts, policy=policy({"sales_talking": {}, "contact_frequency": {}}))
    assert got.answers == [] and got.decision[0]["customer_key"] == key64("acme")
    assert got.decision[0]["as_of"] == TODAY
