"""Rows that are set aside: listed, exported, mended, loaded again, once."""

import csv
from pathlib import Path
from typing import Any

import pytest

from loading import CURRENCY, NOW, ZONE, Workspace
from minori.core.errors import InputError
from minori.pipeline import mended, quarantine
from minori.pipeline.quarantine import RetryReport

SOURCES = """
- id: tickets
  kind: files
  read: tickets.csv
  gives: tickets
  select: select id as ticket_id, account as customer_id, at as opened_at, subject from input
- id: costs
  kind: files
  read: costs.csv
  gives: costs
- id: totals
  kind: files
  read: lines.csv
  gives: orders
  select: >
    select order_id, min(customer_id) as customer_id, min(at) as ordered_at, sum(cast(amount as decimal(18, 2))) as amount
    from input group by order_id
"""
TICKETS = """id,account,at,subject
0001,c1,2026-11-01,fine
0002,c2,soon,=cmd()
0003,,2026-11-02,"- a, ""b"" c"
0004,c4,2026/11/02,fine
0004,c4,2026-11-03,twice
0005,c5,2026-11-03,one
0005,c5,2026-11-03,two
"""
COSTS = "customer_id,kind,amount,spent_on\nc1,retention,5,2026-11-01\nc1,retention,5?,2026-11-01\nc1,retention,5,2026-11-01\n"
LINES = "order_id,customer_id,at,amount\no1,c1,2026-11-01,5\no1,c1,2026-11-01,x\no2,c1,2026-11-01,7\n"


def retry(workspace: Workspace, path: Path) -> RetryReport:
    return quarantine.retry(workspace.root, workspace.lake, path, time_zone=ZONE, currency=CURRENCY, now=NOW)


def edit(path: Path, **changes: dict[str, str]) -> None:
    """Change cells of an exported CSV: by value of ``minori_value``, the columns to set."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row.update(changes.get(row["minori_value"], {}))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def states(workspace: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {}
    for row in workspace.notes("quarantine"):
        found.setdefault(row["state"], []).append(
            (row["source"], row["row"], row["load_no"], row["closed_by_load"])
        )
    return {state: sorted(rows, key=repr) for state, rows in found.items()}


def test_mended_rows_become_facts_once_and_the_rest_stays_open(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, SOURCES, tickets=TICKETS, costs=COSTS, lines=LINES)
    workspace.load()
    assert [(row.source, row.row, row.column) for row in quarantine.list_open(workspace.lake)] == [
        ("costs", 2, "amount"), ("tickets", 2, "at"), ("tickets", 3, "account"), ("tickets", 4, "at"),
        ("tickets", 6, "id"), ("tickets", 7, "id"), ("totals", None, "amount"),
    ]  # fmt: skip
    path = tmp_path / "open.csv"
    assert quarantine.export(workspace.lake, path) == 7
    assert "'=cmd()" in path.read_text(encoding="utf-8-sig")
    # A spreadsheet drops the zeros of 0002; the costs row is now equal to two others of its file.
    edit(path, soon={"at": "2026-11-04", "id": "2"}, x={"amount": "12.00"}, **{"5?": {"amount": "5"}})
    report = retry(workspace, path)
    assert (report.mended, report.still_bad, report.new) == (3, 4, 3)
    tickets = {row["ticket_id"]: row["subject"] for row in workspace.facts("tickets")}
    assert tickets == {"0001": "fine", "0002": "=cmd()", "0004": "twice"}
    assert [str(row["amount"]) for row in workspace.facts("costs")] == ["5.0000"] * 3
    assert {row["order_id"]: str(row["amount"]) for row in workspace.facts("orders")} == {
        "o1": "12.0000",
        "o2": "7.0000",
    }
    assert states(workspace)["retried"] == [("costs", 2, 1, 2), ("tickets", 2, 1, 2), ("totals", None, 1, 2)]
    with pytest.raises(InputError, match="is not open: unknown, or mended already; export again"):
        retry(workspace, path)
    # The mended file brings the same facts; the old one opens nothing that was mended.
    workspace.write("costs", COSTS.replace("5?", "5"))
    [costs, tickets_again, _] = sorted(workspace.load().sources, key=lambda source: source.source)
    assert (costs.new, costs.unchanged, costs.corrected) == (0, 3, 0)
    assert tickets_again.new == 0
    assert len(states(workspace)["open"]) == 4


def test_an_old_file_loaded_again_sets_nothing_aside_that_was_settled(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, SOURCES, tickets=TICKETS, costs=COSTS, lines=LINES)
    workspace.load(only=["costs", "tickets"])
    path = tmp_path / "open.csv"
    quarantine.export(workspace.lake, path, source="costs")
    edit(path, **{"5?": {"amount": "5"}})
    retry(workspace, path)
    first, *others = quarantine.list_open(workspace.lake, source="tickets")
    quarantine.drop(workspace.lake, [first.quarantine_id])
    costs, tickets = sorted(
        workspace.load(only=["costs", "tickets"]).sources, key=lambda source: source.source
    )
    assert quarantine.list_open(workspace.lake, source="costs") == []
    assert (costs.quarantined, tickets.quarantined) == (0, len(others))
    assert [note.en for note in costs.notes] == ["1 bad row was mended or dropped before"]


def test_a_row_mended_half_is_kept_so_with_what_is_wrong_now(tmp_path: Path) -> None:
    workspace = Workspace(
        tmp_path, SOURCES.partition("- id: costs")[0], tickets="id,account,at,subject\nt1,,soon,x\n"
    )
    workspace.load()
    path = tmp_path / "open.csv"
    quarantine.export(workspace.lake, path, language="en")
    edit(path, soon={"at": "2026-11-04"})
    assert retry(workspace, path).still_bad == 1
    [row] = quarantine.list_open(workspace.lake)
    assert (row.column, row.reason.en) == ("account", "account: is required and empty.")
    assert '"at": "2026-11-04"' in row.record
    assert quarantine.drop(workspace.lake, [row.quarantine_id]) == 1
    assert quarantine.list_open(workspace.lake) == []
    assert quarantine.export(workspace.lake, path) == 0
    assert list(states(workspace)) == ["dropped"]


def test_a_corrected_file_closes_what_it_mends_and_doubles_nothing(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, SOURCES.partition("- id: costs")[0], tickets=TICKETS)
    workspace.load()
    mended_file = TICKETS.replace("soon", "2026-11-04").replace("2026/11/02", "2026/11/05")
    workspace.write("tickets", mended_file.replace("0005,c5,2026-11-03,two\n", ""))
    [report] = workspace.load().sources
    assert (report.new, report.quarantined) == (2, 2)
    assert states(workspace) == {
        "open": [("tickets", 3, 1, None), ("tickets", 4, 2, None)],
        # Row 4 is bad in another way now, row 6 is alone with its key, row 7 is gone but its key has come.
        "retried": [("tickets", 2, 1, 2), ("tickets", 4, 1, 2), ("tickets", 6, 1, 2), ("tickets", 7, 1, 2)],
    }


def test_a_line_that_could_not_be_read_is_mended_by_filling_in_its_columns(tmp_path: Path) -> None:
    bad = "id,account,at,subject\n1,c1,2026-11-01,a,b\n2,c2,2026-11-02,fine\n"
    workspace = Workspace(tmp_path, SOURCES.partition("- id: costs")[0], tickets=bad)
    assert workspace.load().sources[0].new == 1
    path = tmp_path / "open.csv"
    quarantine.export(workspace.lake, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["minori_line"], row["id"]) == ("1,c1,2026-11-01,a,b", "")
    assert retry(workspace, path).still_bad == 1
    edit(path, **{row["minori_value"]: {"id": "1", "account": "c1", "at": "2026-11-01", "subject": "a,b"}})
    assert retry(workspace, path).new == 1
    assert {row["ticket_id"]: row["subject"] for row in workspace.facts("tickets")} == {
        "1": "a,b",
        "2": "fine",
    }
    assert quarantine.list_open(workspace.lake) == []


def test_rows_of_a_select_that_compares_rows_cannot_be_loaded_alone(tmp_path: Path) -> None:
    newest = "qualify row_number() over (partition by id order by at desc) = 1"
    source = SOURCES.partition("- id: costs")[0].replace("from input", f"from input {newest}")
    workspace = Workspace(tmp_path, source, tickets=TICKETS)
    workspace.load()
    path = tmp_path / "open.csv"
    quarantine.export(workspace.lake, path)
    with pytest.raises(InputError, match=r"sources.yaml:6: source 'tickets' compares or gathers rows"):
        retry(workspace, path)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-5", "@x", "\tx", "\rx", "'=x", "''-x", "'x", "x", "", "'", "1-2"]
)
def test_a_cell_is_no_formula_and_comes_back_as_it_was(cell: str) -> None:
    written = mended.escaped(cell)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert mended.unescaped(written) == cell


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,at\n1,2\n", "open.csv: has no column 'minori_quarantine_id'"),
        (
            "minori_quarantine_id,at\na,1\na,2\n",
            "open.csv, row 2, column 'minori_quarantine_id': the id 'a' stands twice",
        ),
        ("minori_quarantine_id,at\na,1,2\n", "open.csv, row 1: has 3 cells; the header has 2"),
        ("minori_quarantine_id\n表\n".encode("cp932"), "not UTF-8"),
        ("", "has no column"),
    ],
)
def test_a_csv_that_cannot_be_used_is_said(tmp_path: Path, text: str | bytes, said: str) -> None:
    path = tmp_path / "open.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError) as caught:
        mended.read(path)
    assert said in str(caught.value)
