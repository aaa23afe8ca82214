"""Loading from files to facts, in one commit."""

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from loading import NOW, Workspace
from minori.core.errors import DefinitionError, InputError, MappingError, UnknownName
from minori.core.keys import key64
from minori.pipeline.load import LoadReport
from minori.sources.job import Limits

CONTRACTS = """
- id: subscriptions
  kind: files
  read: subscriptions*.csv
  gives: contracts
  select: >
    select id as contract_id, account as customer_id, plan as plan_id, cast(mrr as decimal(18, 4)) as mrr,
    'usd' as currency, start as starts_on from input
"""
USAGE = """
- id: usage
  kind: files
  read: usage*.csv
  gives: events
  with: subscriptions
  select: >
    select s.account as customer_id, u.name, u.at as occurred_at, u.n as quantity
    from input u join subscriptions s on s.id = u.subscription
"""
HEADER = "id,account,plan,mrr,start\n"
ROWS = HEADER + "s1,0001,pro,1000,2026-01-01\ns2,0002,pro,n/a,2026-02-01\ns3,0003,pro,5,2026-03-01\n"
EVENTS = "subscription,name,at,n\ns1,login,2026-11-01 10:00,1\ns1,login,2026-11-01 10:00,1\ns9,login,2026-11-01 10:00,1\n"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, LoadReport, list[tuple[str, float]]]:
    """A workspace that was loaded once, the report, and the progress that was told; for tests that only read."""
    told: list[tuple[str, float]] = []
    workspace = Workspace(
        tmp_path_factory.mktemp("acme"), CONTRACTS + USAGE, subscriptions=ROWS, usage=EVENTS
    )
    return workspace, workspace.load(progress=lambda doing, share: told.append((doing, share))), told


Loaded = tuple[Workspace, LoadReport, list[tuple[str, float]]]


def test_good_rows_become_facts_and_bad_ones_are_set_aside(loaded: Loaded) -> None:
    workspace, report, _ = loaded
    contracts, usage = report.sources
    assert (contracts.rows, contracts.new, contracts.quarantined) == (3, 2, 1)
    assert (usage.rows, usage.new, usage.left_out) == (3, 2, 1)
    [first, _] = workspace.facts(
        "contracts", "contract_id", "customer_id", "currency", "_load", "_source", "_day"
    )
    assert first == {
        "contract_id": "s1", "customer_id": "0001", "currency": "USD", "_load": 1, "_source": "subscriptions",
        "_day": date(2026, 1, 1),
    }  # fmt: skip
    assert {row["customer_key"] for row in workspace.facts("events")} == {key64("0001")}
    assert {row["_month"] for row in workspace.facts("events")} == {"2026-11"}


def test_the_load_is_noted_for_each_source(loaded: Loaded) -> None:
    workspace, report, _ = loaded
    notes = {row["source"]: row for row in workspace.notes("load")}
    assert report.number == notes["usage"]["load_no"] == 1
    wanted = {"table": "contracts", "rows": 3, "new": 2, "quarantined": 1, "covers_from": date(2026, 1, 1),
              "covers_until": date(2026, 3, 1), "fresh_within_days": 3650, "loaded_at": NOW, "removed": 0}  # fmt: skip
    assert {name: notes["subscriptions"][name] for name in wanted} == wanted
    assert json.loads(notes["usage"]["files"]) == ["usage.csv"]
    assert [note["en"] for note in json.loads(notes["usage"]["notes"])] == [
        "1 row of the input gave no fact, because of a condition or a join of the select"
    ]


def test_progress_is_told(loaded: Loaded) -> None:
    told = loaded[2]
    assert told[0] == ("subscriptions: reading", 0.0)
    assert told[-1] == ("writing to the lake", 1.0)
    assert [share for _, share in told] == sorted(share for _, share in told)


def test_the_same_files_again_bring_nothing_new(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, CONTRACTS + USAGE, subscriptions=ROWS, usage=EVENTS)
    workspace.load()
    before = workspace.facts("contracts"), workspace.facts("events"), workspace.notes("quarantine")
    again = workspace.load()
    assert [(s.new, s.corrected, s.unchanged) for s in again.sources] == [(0, 0, 2), (0, 0, 2)]
    assert (workspace.facts("contracts"), workspace.facts("events"), workspace.notes("quarantine")) == before


def test_a_corrected_export_corrects_and_adds(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, CONTRACTS, subscriptions=ROWS)
    workspace.load()
    workspace.write(
        "subscriptions", ROWS.replace("n/a", "70").replace("pro,5,", "max,6,") + "s4,0004,pro,1,2026-01-01\n"
    )
    [report] = workspace.load().sources
    assert (report.new, report.corrected, report.unchanged, report.quarantined) == (2, 1, 1, 0)
    assert {row["contract_id"]: str(row["mrr"]) for row in workspace.facts("contracts")} == {
        "s1": "1000.0000", "s2": "70.0000", "s3": "6.0000", "s4": "1.0000",
    }  # fmt: skip


def test_one_source_alone_can_be_loaded(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, CONTRACTS + USAGE, subscriptions=ROWS, usage=EVENTS)
    assert [s.source for s in workspace.load(only=["usage"]).sources] == ["usage"]
    assert workspace.facts("contracts") == []
    with pytest.raises(UnknownName, match="no source named 'usag'; did you mean 'usage'"):
        workspace.load(only=["usag"])


def test_ten_thousand_rows_with_one_in_a_hundred_bad(tmp_path: Path) -> None:
    lines = [f"s{n},c{n % 500},pro,{'1,5x' if n % 100 == 3 else n},2026-01-01" for n in range(10_000)]
    text = HEADER + "\n".join(line.replace("1,5x", "-") for line in lines)
    [report] = Workspace(tmp_path, CONTRACTS, subscriptions=text).load().sources
    assert (report.rows, report.new, report.quarantined) == (10_000, 9_900, 100)


@pytest.mark.parametrize(
    ("old", "new", "error", "said"),
    [
        ("plan as plan_id", "plan as plan", MappingError, r"sources.yaml:6: source 'subscriptions': contracts needs the column 'plan_id'"),
        ("account as", "acount as", MappingError, r"sources.yaml:6: no column named 'acount'; did you mean 'account'"),
        ("from input", "from read_csv('x')", MappingError, r"sources.yaml:6: .* table function 'read_csv'"),
        ("read: subscriptions*", "read: nothing*", InputError, "nothing"),
        ("read: subscriptions*", "read: ../../../etc/passwd", InputError, "workspace"),
        ("gives: contracts", "gives: contract", DefinitionError, "did you mean 'contracts'"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_and_line_and_nothing_is_written(
    tmp_path: Path, old: str, new: str, error: type[Exception], said: str
) -> None:
    workspace = Workspace(tmp_path, CONTRACTS.replace(old, new), subscriptions=ROWS)
    with pytest.raises(error, match=said):
        workspace.load()
    assert workspace.lake.snapshot().number == 0
    assert not list((tmp_path / "lake").glob(".staging/*"))


def test_a_mapping_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    names = "a.id as contract_id, a.account as customer_id, a.plan as plan_id, a.start as starts_on"
    endless = f"select {names} from input a, input b, input c, input d, input e"
    text = (
        CONTRACTS[: CONTRACTS.index("select:")]
        + f"select: {endless} where a.id || b.id || c.id || d.id || e.id = 'x'\n"
    )
    rows = HEADER + "".join(f"s{n},c,pro,1,2026-01-01\n" for n in range(1000))
    workspace = Workspace(tmp_path, text, subscriptions=rows)
    with pytest.raises(MappingError, match="subscriptions: mapping and checking rows took longer than 2 s"):
        workspace.load(limits=Limits(memory="500MB", seconds=2))


def test_facts_carry_the_number_of_their_commit_even_if_another_came_between(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, CONTRACTS, subscriptions=ROWS)

    def interrupt(doing: str, _: float) -> None:
        if doing == "writing to the lake":
            with workspace.lake.change("something else") as change:
                change.append("notes/other", pa.table({"x": [1]}))

    assert workspace.load(progress=interrupt).number == 2
    assert {row["_load"] for row in workspace.facts("contracts")} == {2}
    assert {row["load_no"] for row in workspace.notes("load")} == {2}


def test_without_sources_nothing_is_done(tmp_path: Path) -> None:
    assert Workspace(tmp_path, "# nothing yet\n").load() == LoadReport(0, ())
