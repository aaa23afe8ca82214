"""The best time to approach: found where it was planted, denied where there is none, from facts to advice."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from build import session_with
from learning.best_time_case import MONDAY, POLICY, UNTIL, approached, company, mail, tokyo
from minori.learning import best_time_figures
from minori.learning.best_time import WORDS, Finding, findings, split_at
from minori.learning.best_time_advice import advice, busiest, segment_advice, slot_readings
from minori.learning.best_time_approaches import APPROACHES
from minori.learning.best_time_clocks import HOUR, RENEWAL, TENURE, slots_of, slots_of_week
from minori.metrics import points
from minori.pipeline.proof.best_time import BestTimes, best_times
from minori.query.sql import sql

TUESDAY_AT_TEN = HOUR.slots.index(next(slot for slot in HOUR.slots if slot.en == "Tue 9:00–11:00"))
Facts = Mapping[str, list[dict[str, Any]]]


def found_in(root: Path, facts: Facts, until: date = UNTIL) -> BestTimes:
    session = session_with(root, facts, POLICY)
    try:
        return best_times(session, until)
    finally:
        session.engine.close()


def of(found: BestTimes, clock: str, how: str = "answers") -> Finding:
    return next(one for one in found.found if one.clock.id == clock and one.how == how)


class TestFromFacts:
    def test_a_planted_time_is_advised(self, tmp_path: Path) -> None:
        found = found_in(tmp_path, company(1, better=2.5))
        one = of(found, "hour")
        assert one.verdict == "usable"
        assert one.lift.low is not None
        assert one.lift.figure.observational
        assert slot_readings(one)[0][0] == TUESDAY_AT_TEN
        for code in (0, 7, 59):
            assert advice(one, code)[0].slot == TUESDAY_AT_TEN
        names = one.approached.segments
        assert segment_advice(one, names.index("large"))[0].slot == TUESDAY_AT_TEN

    def test_without_any_nothing_is_advised(self, tmp_path: Path) -> None:
        found = found_in(tmp_path, company(2, better=1.0))
        one = of(found, "hour")
        assert one.verdict == "none"
        assert advice(one, 0) == []
        assert segment_advice(one, 1) == []

    def test_later_facts_change_nothing(self, tmp_path: Path) -> None:
        until = date(2026, 1, 31)
        facts = company(3, better=2.0)
        cut = tokyo(until + timedelta(days=1), 0)
        known = {**facts, "interactions": [row for row in facts["interactions"] if row["occurred_at"] < cut]}
        whole, part = found_in(tmp_path / "all", facts, until), found_in(tmp_path / "cut", known, until)
        for one, other in zip(whole.found, part.found, strict=True):
            assert (one.verdict, one.any_time, one.lift, one.chance) == (
                other.verdict,
                other.any_time,
                other.lift,
                other.chance,
            )

    def test_too_little_is_said(self, tmp_path: Path) -> None:
        found = found_in(tmp_path, company(4, better=3.0, customers=6, each=5))
        assert {one.verdict for one in found.found} == {"not_enough"}
        assert all(one.lift.missing is not None for one in found.found)

    def test_nobody_was_approached(self, tmp_path: Path) -> None:
        facts = company(4, better=1.0, customers=3, each=1)
        assert found_in(tmp_path, {**facts, "interactions": []}).found == ()


class TestWithoutFacts:
    def test_none_is_said_in_nearly_every_draw(self) -> None:
        """Four tests in each draw: hours by answers and by activity, tenure, renewal."""
        claimed = 0
        for seed in range(100):
            tried = approached(seed)
            found = findings(tried, {"contact": split_at(tried[0].contacts.at)})
            assert {one.verdict for one in found} <= {"none", "usable"}
            claimed += any(one.verdict == "usable" for one in found)
        assert claimed <= 5

    def test_a_planted_phase_is_found_by_its_own_clock(self) -> None:
        right = 0
        for seed in range(10):
            tried = approached(seed, better=2.0, each=24)
            found = findings(tried, {"contact": split_at(tried[0].contacts.at)})
            right += [one.clock.id for one in found if one.verdict == "usable"] == ["tenure"]
        assert right >= 8

    def test_activity_is_told_apart_from_answers(self) -> None:
        tried = approached(1)
        slot, reading = busiest(tried[0], 3)[0]
        assert tried[0].active_now is not None
        assert tried[0].active_now[3, slot] == tried[0].active_now[3].max()
        assert reading.figure is best_time_figures.ACTIVE


_ROWS = sql("select approach_key, about, answered, known_on, day from approach order by at")


class TestApproaches:
    def rows(self, root: Path, *mails: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
        facts = {**company(1, better=1.0, customers=1, each=1), "interactions": list(mails), **more}
        session = session_with(root, facts, POLICY)
        try:
            run = session.run_pass((points.STAGE, APPROACHES), [UNTIL])
            return run.fetch(_ROWS.bind()).to_pylist()
        finally:
            session.engine.close()

    def test_a_reply_answers_the_last_mail_before_it(self, tmp_path: Path) -> None:
        first, second = tokyo(MONDAY, 10), tokyo(MONDAY + timedelta(days=2), 10)
        reply = mail("c000", second + timedelta(hours=1), "in")
        rows = self.rows(tmp_path, mail("c000", first, "out"), mail("c000", second, "out"), reply)
        assert [row["answered"] for row in rows] == [False, True]

    @pytest.mark.parametrize(
        ("hours", "more"),
        [(7 * 24 + 1, {}), (-1, {}), (5, {"about": "support"})],
        ids=["late", "before", "about else"],
    )
    def test_what_is_no_reply(self, tmp_path: Path, hours: int, more: dict[str, Any]) -> None:
        at = tokyo(MONDAY, 10)
        rows = self.rows(
            tmp_path, mail("c000", at, "out"), mail("c000", at + timedelta(hours=hours), "in", **more)
        )
        assert [row["answered"] for row in rows] == [False]

    def test_open_weeks_meetings_and_proposals_are_left_out(self, tmp_path: Path) -> None:
        at = tokyo(MONDAY, 10)
        proposal = {
            "proposal_id": "p",
            "customer_id": "c000",
            "play": "more",
            "proposed_at": at,
            "mrr_change": 5,
        }
        outcome = {"proposal_id": "p", "customer_id": "c000", "result": "accepted", "answered_at": at}
        rows = self.rows(
            tmp_path,
            mail("c000", at, "out", channel="meeting"),
            mail("c000", at, "out", about="proposal"),
            mail("c000", tokyo(UNTIL - timedelta(days=6), 10), "out"),
            proposals=[proposal],
            outcomes=[outcome],
        )
        assert [(row["about"], row["answered"]) for row in rows] == [("more", True)]


class TestClocks:
    def test_hours_are_those_of_the_customer(self) -> None:
        at = tokyo(date(2026, 3, 3), 10)  # a Tuesday
        rows = pa.table(
            {
                "at": pa.chunked_array([pa.array([at, at], pa.timestamp("us", tz="UTC"))]),
                "time_zone": pa.chunked_array([pa.array([None, "America/New_York"], pa.string())]),
            }
        )
        slots = [HOUR.slots[slot].en for slot in slots_of(HOUR, rows, "Asia/Tokyo")]
        assert slots == ["Tue 9:00–11:00", "Mon 17:00–24:00"]

    def test_hours_of_the_week_move_with_the_zone(self) -> None:
        tokyo_slots = slots_of_week("Asia/Tokyo", date(2026, 3, 3))
        assert HOUR.slots[tokyo_slots[0]].en == "Mon 9:00–11:00"
        assert sorted(set(tokyo_slots.tolist())) == list(range(HOUR.grid.size))

    def test_months_since_and_before(self) -> None:
        day = date(2026, 3, 1)
        columns = {
            "day": [day] * 3,
            "started_on": [day, date(2025, 9, 15), None],
            "renews_on": [day, date(2026, 5, 15), None],
        }
        rows = pa.table({name: pa.chunked_array([pa.array(v, pa.date32())]) for name, v in columns.items()})
        assert slots_of(TENURE, rows, "UTC").tolist() == [0, 2, -1]
        assert slots_of(RENEWAL, rows, "UTC").tolist() == [0, 2, -1]


def test_verdicts_are_written_in_both_languages() -> None:
    assert set(WORDS) == {"usable", "none", "not_enough"}
