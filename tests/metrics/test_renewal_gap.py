"""A gap between two contracts: held is what a day can see, and the successor closes the gap in hindsight."""

from datetime import date
from pathlib import Path
from typing import Any

from build import WORKSPACE
from kpis.revenue_case import contract, movements, session_of
from minori.metrics import contracts, points
from minori.policy.workspace import Company
from minori.query.sql import sql

ROWS = [contract("light", "01-01", "03-01", 100), contract("light", "03-20", None, 120)]
GAP, AFTER = date(2025, 3, 10), date(2025, 3, 20)
_STATE = sql("select as_of, mrr, plan from state order by as_of")


def state(root: Path) -> list[tuple[Any, ...]]:
    session = session_of(root, ROWS)
    run = session.run_pass((points.STAGE, contracts.STAGE), [GAP, AFTER])
    rows = [tuple(row.values())[1:] for row in run.fetch(_STATE.bind()).to_pylist()]
    session.engine.close()
    return rows


def test_within_the_gap_nothing_is_held_and_then_the_successor_is(tmp_path: Path) -> None:
    assert state(tmp_path) == [(0, None), (120, "light")]


def test_in_hindsight_there_was_no_churn(tmp_path: Path) -> None:
    assert [r["kind"] for r in movements(tmp_path / "then", ROWS, until=GAP)] == ["new", "churn"]
    assert [r["kind"] for r in movements(tmp_path / "later", ROWS, until=AFTER)] == ["new", "upsell"]


def test_the_grace_is_a_setting_of_the_company() -> None:
    assert WORKSPACE.company.renewal_grace == 30
    given = {"name": {"ja": "見本", "en": "Sample"}, "renewal_grace": "6 weeks"}
    assert Company.model_validate(given).renewal_grace == 42
