"""A signal is a spell of days, derived from facts: gaps, age, asking again, and a missed night."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from sqlglot import exp

from build import CALENDAR, COMPANY, TODAY, ago, both
from minori.lake.engines.duckdb import DuckDBEngine
from minori.lake.stage import Pass
from minori.policy.definitions import Policy
from minori.query.points import Dates
from minori.signals import spells

_DAY = pa.schema([("as_of", pa.date32()), ("customer_key", pa.int64()), ("play", pa.string())])


def signal(tmp_path: Path, *days_ago: int, today: date = TODAY, **play: Any) -> dict[str, Any] | None:
    """The signal of one customer whose condition held on these days."""
    definition = {
        "id": "p",
        "label": both("p"),
        "hypothesis": both("h"),
        "when": "true",
        "because": both("b"),
        "offer": {"kind": "help"},
        **play,
    }
    policy = Policy.model_validate({"plays": {"p": definition}})
    run = Pass(DuckDBEngine(tmp_path), Dates((today,), CALENDAR), policy, COMPANY)
    held = [ago(d) for d in days_ago if ago(d) <= today]
    near = today - timedelta(days=spells.lookback(policy.plays["p"]))
    for table, chosen in (
        ("play_day", [d for d in held if d == today]),
        ("play_past", [d for d in held if near <= d < today]),
        ("play_monday", [d for d in held if d in spells.mondays(today)]),
    ):
        run.write(
            table, pa.Table.from_pylist([{"as_of": d, "customer_key": 1, "play": "p"} for d in chosen], _DAY)
        )
    run.perform(spells.STAGE)
    rows = run.fetch(exp.select("*").from_("signal")).to_pylist()
    run.engine.close()
    return rows[0] if rows else None


class TestSpell:
    def test_begins_on_its_first_day_and_is_young(self, tmp_path: Path) -> None:
        got = signal(tmp_path, 0, 1, 2)
        assert got and (got["since"], got["age_days"], got["state"]) == (ago(2), 2, "young")

    def test_a_gap_up_to_rearm_does_not_end_it(self, tmp_path: Path) -> None:
        got = signal(tmp_path, 0, 6, rearm="5 days")
        assert got and got["since"] == ago(6)

    def test_a_longer_gap_begins_a_new_one(self, tmp_path: Path) -> None:
        got = signal(tmp_path, 0, 7, rearm="5 days")
        assert got and got["since"] == TODAY

    def test_does_not_ask_while_it_does_not_hold(self, tmp_path: Path) -> None:
        assert signal(tmp_path, 1, 2) is None

    def test_is_old_once_valid_has_passed(self, tmp_path: Path) -> None:
        assert (signal(tmp_path, *range(14)) or {})["state"] == "young"
        assert (signal(tmp_path, *range(15)) or {})["state"] == "old"

    def test_asks_again_at_each_again_after(self, tmp_path: Path) -> None:
        got = signal(tmp_path, *range(100), again_after="90 days", valid="14 days")
        assert got and (got["ask"], got["state"]) == (1, "again")
        assert (signal(tmp_path, *range(60), again_after="90 days") or {})["state"] == "old"

    def test_the_start_of_an_old_spell_is_the_same_on_every_day(self, tmp_path: Path) -> None:
        days = range(120)
        starts = {
            (signal(tmp_path, *days, today=ago(back), again_after="90 days") or {})["since"]
            for back in range(0, 60, 7)
        }
        assert len(starts) == 1

    def test_a_spell_that_began_before_all_mondays_asks_no_more(self, tmp_path: Path) -> None:
        got = signal(tmp_path, *range(500), again_after="90 days")
        assert got and (got["older"], got["state"]) == (True, "old")

    @pytest.mark.parametrize("missed", range(1, 14))
    def test_a_missed_night_loses_nothing(self, tmp_path: Path, missed: int) -> None:
        """Whatever day it is looked at, a spell younger than valid is there with the same start."""
        got = signal(tmp_path, *range(14), today=ago(missed))
        assert got and (got["since"], got["state"]) == (ago(13), "young")
