"""Parts of the stored proof over facts whose truth is known: what they keep is what the commands find."""

import json
from pathlib import Path
from typing import Any

import pytest

from build import NOW, TODAY, WORKSPACE, ago, session_with
from learning.experiment_case import Company, Truth, policy
from minori.lake.engines.duckdb import DuckDBEngine
from minori.learning import play_figures
from minori.pipeline.proof.part import LOOKS, PARTS, Found, Working
from minori.pipeline.proof.stored_rows import rows_of
from minori.pipeline.session import Session
from pipeline.backtest_case import POLICY, facts


def silent(_what: str, _share: float) -> None:
    """Tell nobody."""


def found(part: str, session: Session) -> Found:
    return PARTS[part].find(Working(session, TODAY, NOW, silent))


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Found:
    busy = POLICY.plays["busy"].model_copy(update={"on": True})
    never = busy.model_copy(update={"id": "never", "when": "logins >= 99"})
    policy = POLICY.model_copy(update={"plays": {"busy": busy, "never": never}})
    session = session_with(tmp_path_factory.mktemp("tried"), facts(), policy)
    result = found("backtests", session)
    session.engine.close()
    return result


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Any:
    plays = {"sell": Truth(buys=(0.1, 0.5)), "bad": Truth(leaves=(0.05, 0.5))}
    root, company = tmp_path_factory.mktemp("lots"), Company(plays, 300)
    lake = company.lake(root)
    session = Session(DuckDBEngine(root / "t", threads=1), lake.snapshot(), policy(plays), WORKSPACE)
    yield session
    session.engine.close()


class TestBacktests:
    def test_a_slider_reads_one_curve(self, tried: Found) -> None:
        curve = [row for row in tried.curves if row["outcome"] == "expanded"]
        (now,) = [row for row in curve if row["current"]]
        assert (now["threshold_name"], now["comparison"], now["threshold"]) == ("logins", ">=", 3.0)
        assert (now["fires"], now["happened"], now["rate"], now["base_rate"]) == (24, 12, 0.5, 0.0)
        assert now["lift"] is None  # nobody else expanded
        assert [row["threshold"] for row in curve] == sorted(row["threshold"] for row in curve)

    def test_fires_stand_beside_what_followed(self, tried: Found) -> None:
        rows = {(r["figure"], r["aspect"]): r for r in rows_of(tried)["proof_figure"]}
        assert rows["backtest_fires", ""]["value"] == 24
        assert rows["after_fire", "expanded"]["value"] == 0.5
        assert all(row["observational"] for key, row in rows.items() if key[1] == "expanded")
        assert "followed for 90 days" in rows["after_fire", "expanded"]["note_en"]

    def test_a_play_that_never_fires_says_so(self, tried: Found) -> None:
        assert {(said.subject, said.code) for said in tried.verdicts} == {("never", "never")}
        assert {drawn.subject for drawn in tried.charts} == {"busy"}
        assert len(tried.charts) == len(LOOKS)


class TestTried:
    """Experiments, the plays' summary and uplift, over lots of two plays."""

    def test_verdicts_are_kept_for_runs_and_for_pages(self, session: Session) -> None:
        result = found("experiments", session)
        assert {said.subject: said.code for said in result.verdicts} == {"sell": "proven", "bad": "harmful"}
        assert result.keep is not None
        drawn = {drawn.subject for drawn in result.charts}
        assert drawn == {"sell", "bad"}
        assert json.dumps(result.charts[0].spec)

    def test_what_became_of_plays_adds_up(self, session: Session) -> None:
        result = found("plays", session)
        decided = session.snapshot.arrow("results/decision").to_pylist()
        rows = {(r["figure"], r["subject"]): r for r in rows_of(result)["proof_figure"]}
        for play in ("sell", "bad"):
            shares = [rows[figure.id, play]["value"] for figure in play_figures.FATES.values()]
            assert sum(shares) == pytest.approx(1)
            fired = [row for row in decided if row["play"] == play and row["as_of"] > ago(365)]
            assert rows["play_fired", play]["value"] == len(fired) > 300
        gain = rows["play_gain", "sell"]
        assert gain["low"] > 0 and gain["amount"] > 0 and gain["unit"] == "money"
        assert rows["play_accepted", "sell"]["missing_en"] == "not enough data"

    def test_few_customers_are_said_to_be_few(self, session: Session) -> None:
        result = found("uplift", session)
        assert {said.code for said in result.verdicts} == {"not_enough"}
        assert {said.label.en for said in result.verdicts} == {"not enough data"}


def test_parts_without_anything_say_why(tmp_path: Path) -> None:
    session = session_with(tmp_path, {"customers": [{"customer_id": "a"}]}, POLICY)
    for part in (
        "revenue",
        "shop",
        "value",
        "experiments",
        "pushiness",
        "after_yes",
        "plays",
        "learned",
        "uplift",
    ):
        result = found(part, session)
        assert result.rows == 0 and result.missing is not None, part
        assert result.missing.ja and result.missing.en
    session.engine.close()
