"""What is kept of a row that is set aside: where it stood, what was read, why, and the whole row."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from loading import CURRENCY, NOW, ZONE
from minori.core.keys import key64
from minori.sources.aside import INPUT, LINE, OUTPUT
from minori.sources.job import Job, Outcome, Unit
from minori.sources.worker import load

CONTRACTS = """
- id: contracts
  kind: files
  read: "*.csv"
  gives: contracts
  select: {select}
"""
PLAIN = "select id as contract_id, who as customer_id, plan as plan_id, mrr::decimal(18, 2) as mrr, start as starts_on from input"


def run(folder: Path, select: str, *files: str) -> tuple[Outcome, list[dict[str, Any]]]:
    """Load files in this process; return the outcome and the rows that were set aside."""
    for name, text in zip("ab", files, strict=False):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    job = Job(
        workspace=str(folder), file="sources.yaml", text=CONTRACTS.format(select=select), units=(Unit(source="contracts"),),
        time_zone=ZONE, currency=CURRENCY, now=NOW, number=1, folder=str(folder),
    )  # fmt: skip
    [outcome] = load(job, lambda *_: None)
    return outcome, pq.read_table(outcome.aside).to_pylist()


def test_a_row_is_kept_whole_with_the_columns_of_its_file(tmp_path: Path) -> None:
    text = "id,who,plan,mrr,start,note\n007,c1,pro,¥5,2026-01-01,残す\n8,c1,pro,6,2026-01-01,\n"
    outcome, [row] = run(tmp_path, PLAIN, text)
    assert (outcome.rows, outcome.staged, outcome.quarantined) == (2, 1, 1)
    reason_ja, reason_en = row.pop("reason_ja"), row.pop("reason_en")
    assert json.loads(row.pop("record")) == {
        "id": "007", "who": "c1", "plan": "pro", "mrr": "¥5", "start": "2026-01-01", "note": "残す",
    }  # fmt: skip
    assert row == {
        "source": "contracts", "table": "contracts", "file": "a.csv", "row": 1, "column": "mrr", "value": "¥5",
        "record_of": INPUT, "key": key64("007", "2026-01-01"), "customer_key": key64("c1"), "user_key": None,
    }  # fmt: skip
    assert reason_en.startswith(
        "mrr: '¥5' has a currency sign. Write in the select: cast(regexp_replace(mrr, "
    )
    assert reason_ja.startswith("mrr: 「¥5」は通貨記号が含まれています。")


def test_every_column_that_failed_is_told_in_one_row(tmp_path: Path) -> None:
    _, [row] = run(tmp_path, PLAIN, "id,who,plan,mrr,start\n1,,pro,x,1/2/2026\n")
    assert row["column"] == "mrr"
    assert (
        "mrr: 'x' cannot be read" in row["reason_en"] and "start: '1/2/2026' does not say" in row["reason_en"]
    )
    assert row["key"] is None


def test_conflicting_rows_of_two_files_are_all_set_aside(tmp_path: Path) -> None:
    header = "id,who,plan,mrr,start\n"
    outcome, rows = run(
        tmp_path,
        PLAIN,
        header + "1,c,pro,1,2026-01-01\n2,c,pro,1,2026-01-01\n",
        header + "1,c,max,1,2026-01-01\n",
    )
    assert [(row["file"], row["row"], row["value"]) for row in rows] == [
        ("a.csv", 1, "1 / 2026-01-01"), ("b.csv", 1, "1 / 2026-01-01"),
    ]  # fmt: skip
    assert "is the key of several different rows" in rows[0]["reason_en"]
    assert (outcome.staged, outcome.last_rows) == (1, {"a.csv": 2, "b.csv": 1})


def test_a_line_that_cannot_be_read_is_kept_with_the_columns_it_lacks(tmp_path: Path) -> None:
    outcome, [row] = run(
        tmp_path, PLAIN, "id,who,plan,mrr,start\n1,c,pro,1,2026-01-01,too,many\n2,c,pro,1,2026-01-01\n"
    )
    assert (row["record_of"], row["row"], outcome.rows) == (LINE, 1, 2)
    assert json.loads(row["record"]) == {
        "line": "1,c,pro,1,2026-01-01,too,many", "columns": ["id", "who", "plan", "mrr", "start"],
    }  # fmt: skip


@pytest.mark.parametrize("tail", ["group by id", "group by all"])
def test_a_group_is_kept_as_the_select_gives_it(tmp_path: Path, tail: str) -> None:
    select = (
        "select id as contract_id, min(who) as customer_id, min(plan) as plan_id, min(start) as starts_on, "
        f"sum(mrr::decimal(18, 2)) as mrr from input {tail}"
    )
    text = "id,who,plan,mrr,start\n1,c,pro,5,2026-01-01\n1,c,pro,n/a,2026-01-01\n2,c,pro,1,2026-01-01\n"
    outcome, [row] = run(tmp_path, select, text)
    assert (row["row"], row["file"], row["record_of"], row["value"]) == (None, None, OUTPUT, "n/a")
    assert row["key"] == key64("1", "2026-01-01")
    assert json.loads(row["record"])["mrr"] == "5.00"
    assert any(note.en.startswith("check: the select gathers rows") for note in outcome.notes)
    assert any(note.ja.startswith("check: ") for note in outcome.notes)


def test_a_row_that_gives_several_facts_is_set_aside_once(tmp_path: Path) -> None:
    select = (
        "select id || p as contract_id, who as customer_id, p as plan_id, start as starts_on from "
        "(select *, unnest(string_split(plan, '+')) as p from input) x"
    )
    outcome, rows = run(
        tmp_path, select, "id,who,plan,mrr,start\n1,c,pro+max,1,soon\n2,c,pro+max,1,2026-01-01\n"
    )
    assert [(row["row"], row["column"]) for row in rows] == [(1, "start")]
    assert (outcome.staged, outcome.quarantined) == (2, 1)


def test_a_huge_value_is_kept_in_the_record_and_shown_in_part(tmp_path: Path) -> None:
    huge = "9" * 200_000
    _, [row] = run(tmp_path, PLAIN, f"id,who,plan,mrr,start\n1,c,pro,{huge},2026-01-01\n")
    assert len(row["value"]) == 1_000 and len(row["reason_en"]) < 300
    assert json.loads(row["record"])["mrr"] == huge
