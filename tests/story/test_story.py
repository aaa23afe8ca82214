"""From exported files to today's proposals, as a newcomer would: the commands, in order, on a real sample company."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

UNTIL = "2026-03-31"


def minori(*arguments: str, ok: bool = True) -> str:
    """Run the command line as a person does; stderr is part of what goes wrong."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", "from minori.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=env,
        timeout=300,
        check=False,
    )
    assert (done.returncode == 0) is ok, done.stderr[-2000:]
    return done.stdout if ok else done.stderr


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo") / "acme"
    shown = minori(
        "demo", str(folder), "--customers", "80", "--days", "200", "--until", UNTIL, "--language", "en"
    )
    return folder, shown


class TestDemo:
    def test_shows_the_day_and_what_to_try_next(self, demo: tuple[Path, str]) -> None:
        _, shown = demo
        assert "80 customers" in shown
        assert "minori explain" in shown

    def test_run_again_says_the_same(self, demo: tuple[Path, str]) -> None:
        folder, _ = demo
        first, second = (minori("run", "-w", str(folder), "--json", "--dry-run") for _ in range(2))
        assert first == second

    def test_run_as_json_adds_up_and_speaks_both_languages(self, demo: tuple[Path, str]) -> None:
        folder, _ = demo
        run: dict[str, Any] = json.loads(minori("run", "-w", str(folder), "--json"))
        counts = run["counts"]
        assert run["as_of"] == UNTIL
        assert (
            counts["candidates"] == sum(counts[f] for f in ("proposed", "held", "outranked", "hold_out")) > 0
        )
        assert len(run["proposals"]) == counts["proposed"]
        assert len(run["held"]) == counts["held"]
        for proposal in run["proposals"]:
            assert proposal["because"]["ja"] and proposal["because"]["en"]
            assert proposal["message"]["ja"]["mail"] and proposal["message"]["en"]["talk"]
            assert (
                0
                < proposal["accept"]["low"]
                <= proposal["accept"]["chance"]
                <= proposal["accept"]["high"]
                < 1
            )
            assert date.fromisoformat(proposal["valid_until"]) >= date.fromisoformat(UNTIL)

    def test_explain_names_the_fate_of_every_candidate(self, demo: tuple[Path, str]) -> None:
        folder, _ = demo
        run = json.loads(minori("run", "-w", str(folder), "--json"))
        customer = run["proposals"][0]["customer_id"]
        told = json.loads(minori("explain", customer, "-w", str(folder), "--json"))
        assert {c["fate"] for c in told["candidates"]} <= {"proposed", "held", "outranked", "hold_out"}
        assert any(c["fate"] == "proposed" for c in told["candidates"])
        assert "■" in minori("explain", customer, "-w", str(folder), "--language", "ja")

    def test_the_other_lists_open(self, demo: tuple[Path, str]) -> None:
        folder, _ = demo
        assert "Customer" in minori("customers", "-w", str(folder))
        assert minori("customers", "-w", str(folder), "--csv").startswith("customer_id,")
        assert "suite" in minori("white-space", "-w", str(folder), "--most", "3")
        customer = json.loads(minori("customers", "-w", str(folder), "--json"))[0]["customer_id"]
        assert "Threshold" in minori(
            "readiness", customer, "seats_near_limit", "-w", str(folder), "--language", "en"
        )
        assert "No mistakes" in minori("check", "-w", str(folder), "--language", "en")
        assert "facts/events" in minori("tidy", "-w", str(folder), "--language", "en")

    def test_loading_again_adds_nothing(self, demo: tuple[Path, str]) -> None:
        folder, _ = demo
        again = json.loads(minori("load", "-w", str(folder), "--json"))
        assert all(source["new"] == source["corrected"] == 0 for source in again["sources"])


class TestMistakes:
    """Errors are one plain sentence on stderr that names the place; no traceback."""

    def test_no_workspace(self, tmp_path: Path) -> None:
        said = minori("run", "-w", str(tmp_path), ok=False)
        assert "no minori.yaml" in said and "Traceback" not in said

    def test_a_wrong_definition_names_file_line_and_nearest_name(self, tmp_path: Path) -> None:
        minori("init", str(tmp_path / "w"), "--preset", "b2b_saas", "--language", "en")
        (tmp_path / "w" / "policy" / "plays").mkdir(exist_ok=True)
        (tmp_path / "w" / "policy" / "plays" / "mine.yaml").write_text(
            "id: mine\nlabel: {ja: あ, en: a}\nhypothesis: {ja: あ, en: a}\n"
            "when: seat_usee >= 0.8\nbecause: {ja: あ, en: a}\noffer: {kind: seats}\n",
            encoding="utf-8",
        )
        said = minori("check", "-w", str(tmp_path / "w"), ok=False)
        assert "policy/plays/mine.yaml:4" in said
        assert "did you mean 'seat_use'" in said

    def test_nothing_loaded_yet(self, tmp_path: Path) -> None:
        minori("init", str(tmp_path / "w"), "--preset", "shop")
        assert "minori load" in minori("run", "-w", str(tmp_path / "w"), ok=False)


class TestAStrangersFile:
    def test_connect_one_edit_load_run(self, tmp_path: Path) -> None:
        export = tmp_path / "Kunden.csv"
        rows = "\n".join(f"K{n:03},Firma {n},2025-0{1 + n % 9}-01,{10 + n}" for n in range(40))
        export.write_text(f"Account No,Account Name,Customer Since,Employees\n{rows}\n", encoding="utf-8")
        folder = tmp_path / "w"
        minori("init", str(folder), "--preset", "b2b_saas", "--language", "en")
        minori("connect", str(export), "-w", str(folder), "--write")
        loaded = json.loads(minori("load", "-w", str(folder), "--json"))
        assert [(s["table"], s["new"]) for s in loaded["sources"]] == [("customers", 40)]
