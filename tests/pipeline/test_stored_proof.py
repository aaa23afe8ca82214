"""The stored proof: what pages read is what the commands show; what rests on nothing new is skipped."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from build import NOW, lake_with
from kpis.revenue_case import contract, on
from minori.cli.main import group
from minori.core.errors import UnknownKind
from minori.kpis.figures import NRR
from minori.pipeline.init import init
from minori.pipeline.proof.part import LOOKS, PARTS, in_order
from minori.pipeline.proof.stored import Done, Proof, read_proof, store_proof
from minori.pipeline.workspace import Workspace
from minori.schema.proof import PROOF

DAY = date(2025, 12, 31)
ROWS = [
    contract("light", "01-01", "06-01", 100, customer_id="a"),
    contract("premium", "06-01", None, 250, customer_id="a"),
    contract("light", "01-01", "08-01", 100, customer_id="b"),
    contract("light", "03-01", None, 100, customer_id="c"),
]
QUICK = ("revenue", "shop", "value", "claims", "experiments")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("stored") / "acme"
    init(folder, preset="b2b_saas", name="Acme", language="en", currency="JPY")
    customers = [{"customer_id": c, "name": c, "started_on": on("01-01")} for c in "abc"]
    lake_with(folder, {"customers": customers, "contracts": ROWS})
    return Workspace(folder, lambda: NOW)


@pytest.fixture(scope="module")
def first(workspace: Workspace) -> list[Done]:
    return stored(workspace)


@pytest.fixture(scope="module")
def proof(workspace: Workspace, first: list[Done]) -> Proof:
    assert first
    found = read_proof(workspace.lake.snapshot())
    assert found is not None
    return found


def stored(workspace: Workspace, **how: Any) -> list[Done]:
    how = {"parts": QUICK, "as_of": DAY, **how}
    return store_proof(workspace.lake, workspace.file, workspace.policy, **how)


def rows(proof: Proof, table: str, **where: Any) -> list[dict[str, Any]]:
    every = proof.tables[table].to_pylist()
    return [row for row in every if all(row[name] == value for name, value in where.items())]


class TestWhatIsStored:
    def test_every_part_says_what_became_of_it(self, first: list[Done], proof: Proof) -> None:
        states = {done.part: done.state for done in first}
        assert states == {
            "revenue": "stored",
            "shop": "not_enough",
            "value": "stored",
            "claims": "stored",
            "experiments": "not_enough",
        }
        assert {part["part"]: part["state"] for part in proof.parts} == states
        reasons = {part["part"]: part["why_en"] for part in proof.parts if part["state"] == "not_enough"}
        assert reasons == {"shop": "there are no orders", "experiments": "nobody has been drawn yet"}

    def test_movements_reconcile_to_the_unit(self, proof: Proof) -> None:
        for product in (None, "suite"):
            walked = rows(proof, "proof_movement", product_id=product)
            for start in {row["period_from"] for row in walked}:
                amounts = {row["step"]: row["amount"] for row in walked if row["period_from"] == start}
                closing = amounts.pop("closing")
                assert sum(amounts.values()) == closing
        june = rows(proof, "proof_movement", product_id=None, period_from=on("06-01"))
        assert {row["step"]: row["amount"] for row in june if row["amount"]} == {
            "opening": 300,
            "upsell": 150,
            "closing": 450,
        }
        assert [row["customers"] for row in june if row["step"] in ("opening", "closing")] == [3, 3]

    def test_a_rate_is_the_one_that_the_command_shows(self, proof: Proof) -> None:
        (august,) = rows(
            proof, "proof_figure", part="revenue", figure=NRR.id, aspect="", period_from=on("08-01")
        )
        assert august["value"] == pytest.approx(350 / 450)
        assert (august["sample"], august["unit"], august["missing_en"]) == (3, "share", None)
        (january,) = rows(
            proof, "proof_figure", part="revenue", figure=NRR.id, aspect="", period_from=on("01-01")
        )
        assert january["value"] is None and january["missing_ja"] == "期首のMRRがありません"

    def test_retention_by_start_month(self, proof: Proof) -> None:
        left = rows(proof, "proof_figure", figure="cohort_customers_left", subject="2025-01")
        assert {int(row["aspect"]): row["value"] for row in left}[11] == 0.5
        assert {row["sample"] for row in left} == {2}

    def test_money_is_exact(self, proof: Proof) -> None:
        arpa = rows(proof, "proof_figure", figure="arpa", aspect="", period_from=on("12-01"))
        assert [row["amount"] for row in arpa] == [175]

    def test_charts_are_drawn_in_every_look(self, proof: Proof) -> None:
        drawn = rows(proof, "proof_chart", chart="waterfall")
        assert len(drawn) == len(LOOKS)
        titles = {(row["language"], row["theme"]): json.loads(row["spec"])["description"] for row in drawn}
        assert titles["ja", "dark"] == "MRRの増減" and titles["en", "light"] == "Movements of MRR"

    def test_claims_stand_beside_own_values(self, proof: Proof) -> None:
        sides = {row["aspect"] for row in rows(proof, "proof_figure", part="claims", subject="churn")}
        assert sides == {"own", "published", "seen"}
        verdicts = rows(proof, "proof_verdict", part="claims")
        assert {row["code"] for row in verdicts} == {"not_measured"}

    def test_keys_are_unique(self, proof: Proof) -> None:
        for name, table in proof.tables.items():
            keys = [tuple(row[column] for column in PROOF[name].key) for row in table.to_pylist()]
            assert len(keys) == len(set(keys)), name


class TestAgain:
    def test_what_rests_on_nothing_new_is_skipped(self, workspace: Workspace, first: list[Done]) -> None:
        later = stored(workspace)
        assert all(done.skipped for done in later)
        assert [(d.part, d.state, d.rows) for d in later] == [(d.part, d.state, d.rows) for d in first]

    def test_only_the_asked_part_is_made_again_and_replaces_its_rows(
        self, workspace: Workspace, proof: Proof
    ) -> None:
        (done,) = stored(workspace, parts=["revenue"], again=True)
        assert not done.skipped
        again = read_proof(workspace.lake.snapshot(), DAY)
        assert again is not None
        assert {n: t.num_rows for n, t in again.tables.items()} == {
            n: t.num_rows for n, t in proof.tables.items()
        }

    def test_other_days_stay_and_the_newest_is_read(self, workspace: Workspace, proof: Proof) -> None:
        stored(workspace, parts=["shop"], as_of=date(2026, 1, 31))
        newest = read_proof(workspace.lake.snapshot())
        assert newest is not None and (newest.as_of, len(newest.parts)) == (date(2026, 1, 31), 1)
        kept = read_proof(workspace.lake.snapshot(), DAY)
        assert kept is not None and len(kept.parts) == len(proof.parts)

    def test_new_facts_make_it_new(self, tmp_path: Path) -> None:
        folder = tmp_path / "other"
        init(folder, preset="b2b_saas", name="Other", language="en", currency="JPY")
        lake_with(folder, {"customers": [{"customer_id": "a", "name": "a"}], "contracts": ROWS[:1]})
        workspace = Workspace(folder, lambda: NOW)
        (before,) = stored(workspace, parts=["revenue"])
        lake_with(folder, {"contracts": ROWS[1:2]})
        (after,) = stored(workspace, parts=["revenue"])
        assert not after.skipped and after.rows > before.rows


class TestCommand:
    def test_says_what_became_of_each_part(self, workspace: Workspace, first: list[Done]) -> None:
        assert first
        arguments = ["proof", "-w", str(workspace.root), "--as-of", str(DAY), "--parts", "revenue, shop"]
        shown = CliRunner().invoke(group, [*arguments, "--language", "ja"], catch_exceptions=False)
        assert shown.exit_code == 0
        assert "保存しました" in shown.output and "注文のデータがありません" in shown.output
        told = json.loads(CliRunner().invoke(group, [*arguments, "--json"]).stdout)
        assert [one["part"] for one in told] == ["revenue", "shop"]

    def test_unknown_parts_are_named(self, workspace: Workspace) -> None:
        with pytest.raises(UnknownKind, match="no part of the proof named 'revenu'"):
            stored(workspace, parts=["revenu"])


def test_parts_have_an_order_and_words() -> None:
    assert in_order() == sorted(PARTS, key=lambda name: (PARTS[name].order, name))
    assert in_order()[0] == "revenue" and in_order()[-1] == "backtests"
    assert all(part.label.ja and part.label.en for part in PARTS.values())


def test_nothing_stored_is_none(tmp_path: Path) -> None:
    lake = lake_with(tmp_path, {"customers": [{"customer_id": "a"}]})
    assert read_proof(lake.snapshot()) is None
