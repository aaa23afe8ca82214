"""Erasing somebody: gone from every file and every version, never loaded again; numbers and ids stay."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from minori.cli.main import group
from minori.core.errors import LakeError, UnknownName
from minori.lake.stage import Pass
from minori.lake.tidy import tidy
from minori.pipeline.erasing.forget import unfinished
from minori.pipeline.quarantine import list_open
from minori.pipeline.workspace import Workspace
from pipeline.erasing_case import FILES, NAMES, OTHERS, SALT, WORDS, copied, forget, numbers, places

VALUES = (*NAMES, *WORDS)


@pytest.fixture
def workspace(erasable: Workspace, tmp_path: Path) -> Workspace:
    assert set(places(erasable, VALUES)) == set(VALUES), "what is to go must be there"
    return copied(erasable, tmp_path / "w")


class TestACustomer:
    def test_is_gone_from_every_file_and_others_stay(self, workspace: Workspace) -> None:
        forget(workspace)
        assert places(workspace, VALUES) == {}
        assert set(places(workspace, OTHERS)) == set(OTHERS)

    def test_every_commit_still_reads_with_its_numbers_and_ids(
        self, erasable: Workspace, workspace: Workspace
    ) -> None:
        before = {commit.number: numbers(erasable, commit.number) for commit in erasable.lake.commits()}
        forget(workspace)
        assert {number: numbers(workspace, number) for number in before} == before
        for number in before:
            rows = (
                workspace.lake.snapshot(number).arrow("facts/customers", ["customer_id", "name"]).to_pylist()
            )
            names = {row["customer_id"]: row["name"] for row in rows}
            assert names == {"C1": None, "C2": "株式会社ふたつや"}

    def test_sentences_lose_the_words_and_keep_the_rest(self, workspace: Workspace) -> None:
        forget(workspace)
        rows = {r["customer_id"]: r for r in workspace.table("candidate").to_pylist()}
        assert json.loads(rows["C1"]["because"])["ja"] == "「–」と伺いました（30）"
        assert json.loads(rows["C2"]["because"])["ja"] == "「増員予定」と伺いました（30）"
        messages = {r["customer_id"]: r["message"] for r in workspace.table("proposal").to_pylist()}
        assert messages["C1"] is None and "ふたつや" in messages["C2"]

    def test_a_run_repeated_gives_the_same_numbers(self, erasable: Workspace, workspace: Workspace) -> None:
        forget(workspace)
        workspace.run()
        assert numbers(workspace) == numbers(erasable)
        assert places(workspace, VALUES) == {}

    def test_loading_the_same_sources_brings_nothing_back(self, workspace: Workspace) -> None:
        forget(workspace)
        report = workspace.load()
        assert [(s.source, s.new, s.corrected) for s in report.sources if s.new or s.corrected] == []
        assert places(workspace, VALUES) == {}
        assert [row.file for row in list_open(workspace.lake)] == ["tickets.csv"]  # of C2

    def test_new_facts_of_theirs_come_without_what_is_personal(self, workspace: Workspace) -> None:
        forget(workspace)
        later = (
            "T5,C1,U1,export,low,橘 一花よりご質問,2026-03-02T00:00:00Z\nT6,C1,U1,export,low,橘 一花,never\n"
        )
        (workspace.root / "tickets.csv").write_text(FILES["tickets"] + later, encoding="utf-8")
        (workspace.root / "people.csv").write_text(
            FILES["people"] + "U9,C1,四谷 新,new@hitotsuya.example,sales,true\n", encoding="utf-8"
        )
        workspace.load()
        tickets = {row["ticket_id"]: row["subject"] for row in workspace.table("tickets").to_pylist()}
        assert tickets == {"T1": None, "T2": "ふつうの質問", "T5": None}
        assert places(workspace, (*VALUES, "四谷 新")) == {}
        aside = workspace.table("quarantine").to_pylist()
        assert sorted(r["row"] for r in aside if r["state"] == "erased") == [3, 6]

    def test_is_said_to_be_done_and_again_changes_nothing(self, workspace: Workspace) -> None:
        first = forget(workspace)
        assert sum(table.files for table in first.tables) > 5
        assert sum(table.files for table in forget(workspace).tables) == 0
        assert unfinished(workspace.lake.snapshot()) == []

    def test_the_lake_can_be_tidied_and_written_afterwards(self, workspace: Workspace) -> None:
        forget(workspace)
        tidy(workspace.lake, keep_days=0)
        workspace.load()
        workspace.run()
        assert places(workspace, VALUES) == {}

    def test_the_list_tells_nobody_who_it_is_but_who_asked(self, workspace: Workspace) -> None:
        forget(workspace, "株式会社ひとつや")
        rows = workspace.table("suppression").to_pylist()
        assert {row["by"] for row in rows} == {"監査 花子"} and {row["salt"] for row in rows} == {SALT}
        assert not any("C1" in json.dumps(row, default=str) for row in rows)
        done = [row["of"] for row in rows if row["of"] in ("begun", "done")]
        assert sorted(done) == ["begun", "done"]


class TestAUser:
    def test_is_gone_everywhere_the_customer_stays(self, workspace: Workspace) -> None:
        forget(workspace, "C1", "U1")
        gone = ("橘 一花", "ichika@hitotsuya.example", "とても満足です hitotsuya", "secret-token-77")
        assert places(workspace, gone) == {}
        stay = ("株式会社ひとつや", "contact@hitotsuya.example", "電話で価格の相談", "三田 花")
        assert set(places(workspace, stay)) == set(stay)

    def test_named_in_a_row_of_nobody_is_gone_for_good(self, workspace: Workspace) -> None:
        forget(workspace, "C1", "U1")
        report = workspace.load()
        assert [(s.source, s.new, s.corrected) for s in report.sources if s.new or s.corrected] == []
        words = [r["words"] for r in workspace.table("interactions").to_pylist() if r["customer_id"] == "C1"]
        assert sorted(words, key=str) == [None, "電話で価格の相談"]

    def test_of_somebody_else_is_no_user_of_theirs(self, workspace: Workspace) -> None:
        with pytest.raises(UnknownName, match="no user of C1 named 'U2'"):
            forget(workspace, "C1", "U2")


class TestPersonalData:
    def test_shows_everything_that_erasing_takes(self, workspace: Workspace) -> None:
        told = json.dumps(workspace.personal_data("C1"), ensure_ascii=False)
        assert [value for value in VALUES if value not in told and value != "Old Hitotsuya"] == []
        assert [value for value in OTHERS if value in told] == []

    def test_of_one_user_holds_only_theirs(self, workspace: Workspace) -> None:
        told = workspace.personal_data("株式会社ひとつや", "U1")
        assert set(told["facts"]) == {"users", "events", "tickets", "surveys"}
        assert {row["name"] for row in told["facts"]["users"]} == {"橘 一花"}
        assert len(told["set_aside"]) == 1

    def test_afterwards_there_are_numbers_and_ids_alone(self, workspace: Workspace) -> None:
        forget(workspace)
        told = workspace.personal_data("C1")
        assert told["facts"]["contracts"][0]["mrr"] == "50000.0000"
        assert not any("name" in row for row in told["facts"]["customers"])
        assert told["set_aside"] == []


class TestCommands:
    def said(self, workspace: Workspace, *arguments: str, code: int = 0) -> str:
        done = CliRunner().invoke(group, [*arguments, "-w", str(workspace.root)])
        assert done.exit_code == code, done.output
        return done.output

    def test_show_and_forget(self, workspace: Workspace) -> None:
        assert json.loads(self.said(workspace, "personal-data", "C1", "--user", "U1"))["user_id"] == "U1"
        shown = self.said(workspace, "forget", "C1", "--by", "監査 花子")
        assert "数値とIDは残ります" in shown and "exports/" in shown
        assert places(workspace, VALUES) == {}
        done = json.loads(self.said(workspace, "forget", "C1", "--by", "x", "--json"))
        assert done["customer_id"] == "C1"

    def test_forget_asks_who_wants_it(self, workspace: Workspace) -> None:
        assert "--by" in self.said(workspace, "forget", "C1", code=2)


def test_an_id_that_is_an_address_is_told(tmp_path: Path) -> None:
    from build import lake_with
    from minori.pipeline.erasing.forget import forget as erase

    facts = {"customers": [{"customer_id": "a@b.example", "name": "name of a"}]}
    lake = lake_with(tmp_path, facts)
    assert erase(lake, "name of a", None, by="x", salt=SALT).speaking_ids == ("a@b.example",)
    with pytest.raises(UnknownName, match="no customer named 'nobody'"):
        erase(lake, "nobody", None, by="x", salt=SALT)


def test_while_something_is_loaded_nothing_is_erased(workspace: Workspace) -> None:
    from minori.pipeline.intake import staging

    with staging(workspace.lake.root), pytest.raises(LakeError, match="is being loaded"):
        forget(workspace)
    assert set(places(workspace, VALUES)) == set(VALUES)


def test_what_was_computed_before_an_erasure_is_not_kept_after_it(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from minori.pipeline import run as running

    evaluate = running.evaluate

    def meanwhile(*given: Any, **named: Any) -> Pass:
        done = evaluate(*given, **named)
        forget(workspace)
        return done

    monkeypatch.setattr(running, "evaluate", meanwhile)
    with pytest.raises(LakeError, match="personal data was erased meanwhile"):
        workspace.run()
    assert places(workspace, VALUES) == {}


def test_merged_identities_go_together(tmp_path: Path) -> None:
    from build import ago, lake_with, noon
    from minori.pipeline.erasing.forget import forget as erase

    facts = {
        "customers": [{"customer_id": "web", "name": "Mei Web"}, {"customer_id": "crm", "name": "Mei CRM"}],
        "identity_links": [{"from_id": "web", "into_id": "crm", "at": noon(ago(3))}],
    }
    lake = lake_with(tmp_path, facts)
    erase(lake, "crm", None, by="x", salt=SALT)
    assert lake.snapshot().arrow("facts/customers")["name"].to_pylist() == [None, None]
