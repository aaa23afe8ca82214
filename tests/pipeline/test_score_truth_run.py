"""The truth of the score over a real lake: frozen days, labels after the embargo, the verdict kept and shown."""

import json
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from build import NOW, WORKSPACE, lake_with, session_with
from learning.score_case import POLICY, company
from minori.core.errors import WorkspaceError
from minori.pipeline.proof.frozen_dates import month_ends, windows
from minori.pipeline.proof.frozen_points import frozen_points
from minori.pipeline.proof.score_kept import keep, trust
from minori.pipeline.proof.score_truth import ScoreTruth, score_truth
from minori.pipeline.session import open_session
from minori.pipeline.stages import STANDING
from minori.policy.workspace import WorkspaceFile
from minori.query.sql import sql

FIRST, LAST = date(2025, 1, 1), date(2026, 3, 31)
LEAVES = date(2025, 9, 1)
PEOPLE = {
    **{f"well{n:02}": (4, None) for n in range(30)},
    **{f"bad{n:02}": (1, LEAVES if n < 15 else None) for n in range(25)},
    "early": (1, date(2025, 7, 20)),
    "brief": (1, date(2025, 8, 10)),
}


def measured(root: Path, **more: Any) -> ScoreTruth:
    session = session_with(root, company(PEOPLE, FIRST, LAST), POLICY)
    try:
        return score_truth(session, LAST, **more)
    finally:
        session.engine.close()


def silent(_what: str, _share: float) -> None:
    """Tell nobody."""


class TestDates:
    def test_month_ends(self) -> None:
        assert month_ends(date(2025, 12, 31), date(2026, 3, 30)) == [
            date(2025, 12, 31),
            date(2026, 1, 31),
            date(2026, 2, 28),
        ]
        assert len(month_ends(date(2010, 1, 1), LAST)) == 36

    def test_windows_are_wholly_followed_and_do_not_overlap(self) -> None:
        ends = month_ends(date(2024, 1, 1), LAST)
        chosen = windows(ends, LAST, 180, 30)
        assert chosen[-1] + timedelta(days=210) <= LAST
        assert all((b - a).days >= 180 for a, b in pairwise(chosen))
        assert windows(ends[-3:], LAST, 180, 30) == []


class TestMeasured:
    def test_bands_are_of_the_frozen_day_and_labels_after_the_embargo(self, tmp_path: Path) -> None:
        found = measured(tmp_path)
        assert found.windows == (date(2025, 1, 31), date(2025, 7, 31))
        # "brief" is there on 31 July and gone before the embargo ends: lost in the first window, not in the second.
        assert found.left_in_embargo == 1
        act = found.found.bands[-1]
        assert (act.names, act.lost.n, act.lost.events) == (("act",), 27 + 25, 17)
        assert found.found.good.lost.n == 60

    def test_a_shorter_horizon_moves_the_windows(self, tmp_path: Path) -> None:
        found = measured(tmp_path, horizon=90, by="segment")
        assert found.windows == (date(2025, 4, 30), date(2025, 7, 31), date(2025, 10, 31))
        assert found.found.bad.lost.events == 17
        assert found.verdict.code == "indicative"
        assert list(found.classes) == ["unknown"]
        assert found.classes["unknown"][0].bad.lost.events == 17

    def test_the_lost_were_warned_of(self, tmp_path: Path) -> None:
        criteria = {c.id: c for c in measured(tmp_path).criteria}
        assert (criteria["early_warning"].met, criteria["early_warning"].reading.sample) == (True, 17)
        assert criteria["one_part"].met is False
        assert criteria["green_share"].reading.value == pytest.approx(30 / 40)

    def test_neither_contracts_nor_orders_is_an_error(self, tmp_path: Path) -> None:
        facts = company(PEOPLE, FIRST, LAST)
        session = session_with(tmp_path, {"customers": facts["customers"]}, POLICY)
        with pytest.raises(WorkspaceError, match="no contracts and no orders"):
            score_truth(session, LAST)
        session.engine.close()

    def test_a_short_history_is_not_enough_data(self, tmp_path: Path) -> None:
        session = session_with(tmp_path, company(PEOPLE, LAST - timedelta(days=100), LAST), POLICY)
        found = score_truth(session, LAST)
        session.engine.close()
        assert (found.windows, found.verdict.code) == ((), "not_enough_data")


def test_the_frozen_score_is_that_of_a_run_of_the_day(tmp_path: Path) -> None:
    day = date(2025, 5, 31)
    session = session_with(tmp_path, company(PEOPLE, FIRST, LAST), POLICY)
    frozen, _ = frozen_points(session, month_ends(FIRST, LAST), LAST, 30, silent)
    run = session.run_pass(STANDING, [day], place="alone_")
    alone = run.fetch(sql("select customer_key, health, band from health order by customer_key").bind())
    session.engine.close()
    then = frozen.on([day])
    assert then.band.tolist() == [band or "unknown" for band in alone["band"].to_pylist()]
    assert set(then.band) == {"thriving", "act"}
    assert np.array_equal(then.health, alone["health"].to_numpy())


class TestKept:
    def test_a_score_is_marked_until_it_is_checked_and_after_it_changed(self, tmp_path: Path) -> None:
        lake = lake_with(tmp_path, company(PEOPLE, FIRST, LAST))
        assert trust(lake.snapshot(), POLICY).code == "not_checked"
        with open_session(tmp_path, lake.snapshot(), POLICY, WORKSPACE) as session:
            found = score_truth(session, LAST, horizon=90)
        keep(lake, found, POLICY, NOW)
        keep(lake, found, POLICY, NOW)
        checked = trust(lake.snapshot(), POLICY)
        assert (checked.code, checked.under_floor, checked.checked_as_of) == ("indicative", True, LAST)
        assert checked.flag is not None and "最低基準" in checked.flag.ja
        assert lake.snapshot().rows("results/score_truth") == 1
        assert lake.snapshot().rows("results/score_floor") == 5
        other = POLICY.model_copy(update={"health": POLICY.health.model_copy(update={"trend_over": 7})})
        assert trust(lake.snapshot(), other).code == "changed"


POLICY_FILES = {
    "minori.yaml": {"company": {"name": {"ja": "見本", "en": "Sample"}, "language": "en"}},
    "policy/catalog.yaml": POLICY.catalog.model_dump(mode="json", exclude_defaults=True),
    "policy/metrics.yaml": {
        "use": {"label": {"ja": "Use", "en": "Use"}, "count": "events", "window": "28 days"}
    },
    "policy/health.yaml": POLICY.health.model_dump(mode="json", exclude_defaults=True),
}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    lake_with(tmp_path, company(PEOPLE, FIRST, LAST))
    for name, content in POLICY_FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(json.dumps(content, default=str))  # JSON is YAML
    return tmp_path


def shown(name: str, *arguments: str) -> str:
    from minori.cli.main import LazyGroup, group

    assert isinstance(group, LazyGroup)
    done = CliRunner().invoke(group, [name, *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


class TestCommand:
    def test_says_it_in_both_languages_and_as_data(self, workspace: Path) -> None:
        place = ("-w", str(workspace), "--dry-run")
        assert "最低基準" in shown("calibration", *place, "--language", "ja")
        assert "Ship floor" in shown("calibration", *place, "--language", "en", "--by", "touch")
        data = json.loads(shown("calibration", *place, "--json", "--horizon", "90"))
        assert (data["verdict"], data["under_floor"]) == ("indicative", True)
        assert data["bands"]["bad"]["lost"] == 17
        header, first, *_ = shown("calibration", *place, "--csv").splitlines()
        assert header.startswith("by,class,band,figure") and first.startswith("all,,thriving,lost")

    def test_the_mark_stands_wherever_the_score_does(self, workspace: Path) -> None:
        place = ("-w", str(workspace))
        assert "has not been checked" in shown("run", *place)
        assert json.loads(shown("run", *place, "--json"))["score"]["verdict"] == "not_checked"
        shown("calibration", *place, "--horizon", "90")
        for output in (shown("customers", *place), shown("explain", "bad20", *place), shown("run", *place)):
            assert "under the ship floor" in output
        row = json.loads(shown("customers", *place, "--json"))[0]
        assert row["score"] == json.loads(shown("explain", "bad20", *place, "--json"))["score"]
        assert row["score"]["under_floor"] is True
        assert shown("customers", *place, "--csv").splitlines()[1].endswith("indicative,True")


def test_persons_are_followed_for_ninety_days(tmp_path: Path) -> None:
    file = WorkspaceFile.model_validate(
        {"company": WORKSPACE.company.model_dump(), "policy": {"extends": "b2c_subscription"}}
    )
    lake = lake_with(tmp_path, company(PEOPLE, FIRST, LAST))
    with open_session(tmp_path, lake.snapshot(), POLICY, file) as session:
        assert score_truth(session, LAST).horizon == 90
