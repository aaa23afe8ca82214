"""``minori lists`` on a real lake: tables in both languages, JSON and CSV, names that are long or missing."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from build import NOW, ago, lake_with, noon
from minori.cli.main import group
from minori.pipeline.init import init
from minori.pipeline.workspace import Workspace

LONG = "株式会社" + "とても長い名前の" * 12 + "商会"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company whose customers use less than before and told us of their plans; one has no name."""
    root = tmp_path_factory.mktemp("lists") / "w"
    init(root, preset="b2b_saas", name="見本", language="ja")
    said = {"kind": "plan", "feature": "seats", "amount": 40, "said_at": noon(ago(3))}
    contract = {"product_id": "suite", "plan_id": "light", "quantity": 5, "mrr": 50_000, "currency": "JPY"}
    names = {"c1": LONG, "c2": None, "c3": '=1+"x"'}
    facts: dict[str, list[dict[str, Any]]] = {
        "customers": [
            {"customer_id": c, "name": name, "started_on": ago(300), "owner": "hana"}
            for c, name in names.items()
        ],
        "contracts": [{"contract_id": c, "customer_id": c, "starts_on": ago(300), **contract} for c in names],
        "statements": [{"customer_id": c, "statement_id": c, **said} for c in names],
        "tickets": [
            {"ticket_id": c, "customer_id": c, "severity": "urgent", "opened_at": noon(ago(2))} for c in names
        ],
        "events": [
            {
                "event_id": f"{c}{n}",
                "customer_id": c,
                "user_id": c,
                "name": "login",
                "occurred_at": noon(ago(n)),
            }
            for c in names
            for n in range(90)
        ],
    }
    lake_with(root, facts)
    Workspace(root, lambda: NOW).run()
    return root


def said(folder: Path, *arguments: str) -> str:
    done = CliRunner().invoke(group, ["lists", *arguments, "-w", str(folder)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize(
    ("language", "title"), [("ja", "今は提案しない（理由と期日）"), ("en", "Not now (why, and until when)")]
)
def test_tables_say_who_why_and_until_when(folder: Path, language: str, title: str) -> None:
    shown = said(folder, "--language", language)
    assert title in shown
    assert "c2" in shown  # nameless, so by id
    assert "商会" in "".join(shown.split())  # a long name is folded, never cut
    assert ("原因が続く間" if language == "ja" else "while it lasts") in shown
    assert "proposals" in shown  # no source says what was told, and the page says so


def test_one_list_as_json_has_both_languages_and_plain_dates(folder: Path) -> None:
    got = json.loads(said(folder, "not-now", "--json"))
    assert set(got) == {"as_of", "told_known", "not_now"}
    assert {line["customer_id"] for line in got["not_now"]} == {"c1", "c2", "c3"}
    for line in got["not_now"]:
        assert line["guard"] and line["reason"]["ja"] and line["reason"]["en"]
        assert line["since"] <= got["as_of"] and (line["until"] is None or line["until"] > got["as_of"])


def test_csv_names_the_list_and_is_safe_for_spreadsheets(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(said(folder, "--csv", "--language", "en"))))
    assert {row["list"] for row in rows} <= {"help_first", "not_now", "never_told"}
    assert {row["customer"] for row in rows if row["customer_id"] == "c3"} == {'\'=1+"x"'}


def test_only_lines_of_an_owner_and_only_so_many(folder: Path) -> None:
    assert json.loads(said(folder, "not-now", "--json", "--owner", "nobody"))["not_now"] == []
    assert "--most" in said(folder, "not-now", "--most", "1", "--owner", "hana")


def test_run_ends_with_the_counts_and_the_command_for_each(folder: Path) -> None:
    workspace = Workspace(folder, lambda: NOW)
    done = CliRunner().invoke(group, ["run", "-w", str(folder), "--dry-run"], catch_exceptions=False)
    lists = workspace.lists()
    for count, command in ((len(lists.not_now), "not-now"), (len(lists.never_told), "never-told")):
        [line] = [line for line in done.output.splitlines() if f"minori lists {command}" in line]
        assert line.split()[0] == str(count)
