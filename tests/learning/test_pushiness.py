"""Pushiness over real facts: its formula by hand, against hold-outs or against before, and when it stops a play."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from build import TODAY, ago, noon, session_with
from learning.experiment_case import Truth, contract, policy
from minori.learning import pushiness_figures as figures
from minori.learning.pushiness import Seen, pushed
from minori.pipeline.proof.pushiness import Pushiness, pushiness, verdict_rows

Row = dict[str, Any]
EVERYTHING = Seen(opted_out=True, complained=True, churned=True)


def _row(number: int, role: str = "proposal", **columns: Any) -> Row:
    return {
        "role": role,
        "play": "sell",
        "channel": "mail",
        "owner": "hana",
        "customer_key": number,
        "asked_on": ago(200),
        "result": None,
        "opted_out": 0,
        "opted_before": 0,
        "complained": 0,
        "complained_before": 0,
        "health_before": None,
        "health": None,
        "health_after": None,
        "churned_on": None,
        **columns,
    }


def _many(count: int, role: str = "proposal", start: int = 0, **columns: Any) -> list[Row]:
    return [_row(start + number, role, **columns) for number in range(count)]


class TestFormula:
    @pytest.mark.parametrize(
        ("columns", "points"),
        [
            ({"result": "declined"}, 10),
            ({"opted_out": 1}, 100),
            ({"complained": 1}, 100),
            ({"health": 70.0, "health_after": 60.0}, 50),
            ({"health": 70.0, "health_after": 61.0}, 0),
            ({"churned_on": ago(145)}, 200),
            ({"churned_on": ago(120)}, 0),
            ({"result": "declined", "opted_out": 1}, 110),
            ({"opted_out": 1, "opted_before": 1}, 0),
        ],
    )
    def test_points_of_what_followed(self, columns: Row, points: float) -> None:
        (found,) = pushed(_many(40, **columns), "play", EVERYTHING, known_until=TODAY)
        assert found.pushiness.value == pytest.approx(points)
        assert found.pushiness.figure is figures.PUSHINESS_OBSERVED

    def test_held_out_customers_are_what_is_compared_with(self) -> None:
        rows = [
            *_many(40, opted_out=1),
            *_many(20, "held_out", 100),
            *_many(20, "held_out", 200, opted_out=1),
        ]
        (found,) = pushed(rows, "play", EVERYTHING, known_until=TODAY)
        assert found.pushiness.value == pytest.approx(50) and found.pushiness.figure is figures.PUSHINESS
        assert found.pushiness.low and float(found.pushiness.low) < 50  # the hold-out's own doubt

    def test_what_nobody_could_see_is_not_counted(self) -> None:
        blind = Seen(opted_out=False, complained=False, churned=False)
        (found,) = pushed(_many(40, opted_out=1, churned_on=ago(190)), "play", blind, known_until=TODAY)
        shares = {share.figure.id: share for share in found.shares}
        assert found.pushiness.value == 0 and shares["pushiness_opted_out"].missing is not None

    def test_a_few_or_fresh_proposals_say_nothing(self) -> None:
        assert pushed(_many(40, asked_on=ago(59)), "play", EVERYTHING, known_until=TODAY) == []
        (found,) = pushed(_many(19), "play", EVERYTHING, known_until=TODAY)
        assert found.pushiness.value is None and found.pushiness.missing is not None

    def test_groups(self) -> None:
        rows = [*_many(20, channel="mail", opted_out=1), *_many(20, channel="call", owner=None)]
        by = {
            name: [g.name for g in pushed(rows, name, EVERYTHING, known_until=TODAY)]
            for name in ("channel", "owner", "month")
        }
        assert by == {"channel": ["mail", "call"], "owner": ["hana", "–"], "month": [f"{ago(200):%Y-%m}"]}

    def test_a_rise_is_seen(self) -> None:
        rows = [*_many(40), *_many(40, start=100, asked_on=ago(80), complained=1)]
        (found,) = pushed(rows, "play", EVERYTHING, known_until=TODAY)
        assert found.rise.value == pytest.approx(100)
        assert found.harmful(at_most=1000, rise_at_most=10) is not None
        assert found.harmful(at_most=1000, rise_at_most=200) is None


def _facts(complaining: int) -> dict[str, list[Row]]:
    names = [f"c{number:02}" for number in range(40)]
    asked = ago(150)
    return {
        "customers": [{"customer_id": name, "started_on": ago(900)} for name in names],
        "contracts": [contract(name, 10_000, ago(900), None) for name in names],
        "proposals": [
            {
                "proposal_id": name,
                "customer_id": name,
                "play": "sell",
                "channel": "mail",
                "by": "hana",
                "proposed_at": noon(asked),
            }
            for name in names
        ],
        "outcomes": [
            {"proposal_id": name, "customer_id": name, "result": "declined", "answered_at": noon(asked)}
            for name in names[:20]
        ],
        "tickets": [
            {
                "ticket_id": name,
                "customer_id": name,
                "topic": "complaint" if number < complaining else "how_to",
                "opened_at": noon(asked + timedelta(days=9)),
            }
            for number, name in enumerate(names)
        ],
        "consents": [
            {
                "customer_id": names[0],
                "channel": "mail",
                "granted": False,
                "said_at": noon(asked + timedelta(days=3)),
            }
        ],
    }


def _measured(root: Path, complaining: int) -> Pushiness:
    session = session_with(root, _facts(complaining), policy({"sell": Truth()}))
    return pushiness(session, TODAY)


class TestOverFacts:
    def test_everything_is_read_from_facts(self, tmp_path: Path) -> None:
        found = _measured(tmp_path, complaining=4)
        (group,) = found.groups
        assert group.pushiness.value == pytest.approx(0.5 * 10 + 0.1 * 100 + 100 / 40)
        assert [s.value for s in group.shares] == [0.5, 1 / 40, 0.1, None, 0]
        assert found.stopped == {}

    def test_a_pushy_play_gets_a_harmful_verdict(self, tmp_path: Path) -> None:
        (row,) = verdict_rows(_measured(tmp_path, complaining=30))
        assert (row["play"], row["source"], row["verdict"]) == ("sell", "pushiness", "harmful")
        assert row["effect_low"] > 25
