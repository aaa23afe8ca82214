"""Complete exports: what they no longer hold goes; what a load could not read stays."""

import json
from pathlib import Path

from loading import Workspace
from minori.pipeline.load import LoadReport

SOURCES = """
- {id: crm, kind: files, read: crm.csv, gives: customers, complete: true}
- {id: billing, kind: files, read: billing.csv, gives: customers}
- {id: usage, kind: files, read: usage.csv, gives: events, complete: true}
"""
CRM = "customer_id,employees\n1,10\n2,20\n3,30\n"
USAGE = """event_id,customer_id,name,occurred_at
e1,1,login,2026-09-01
e2,1,login,2026-10-01
e3,2,login,2026-10-02
"""


def removed(report: LoadReport) -> dict[str, int]:
    return {source.source: source.removed for source in report.sources}


def test_what_a_complete_export_no_longer_holds_goes(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, SOURCES, crm=CRM, billing="customer_id\n9\n", usage=USAGE)
    assert removed(workspace.load()) == {"crm": 0, "billing": 0, "usage": 0}
    workspace.write("crm", CRM.replace("2,20\n", "").replace("30", "31"))
    workspace.write("usage", USAGE.replace("e1,1,login,2026-09-01\n", "").replace("e3", "e4"))
    workspace.write("billing", "customer_id\n8\n")
    report = workspace.load()
    assert removed(report) == {"crm": 1, "billing": 0, "usage": 2}
    assert [(s.new, s.unchanged, s.corrected) for s in report.sources] == [(0, 1, 1), (1, 0, 0), (1, 1, 0)]
    # Billing is not complete, so 9 stays.
    assert sorted(row["customer_id"] for row in workspace.facts("customers")) == ["1", "3", "8", "9"]
    assert sorted(str(row["_day"]) for row in workspace.facts("events")) == ["2026-10-01", "2026-10-02"]

    workspace.write("crm", "customer_id,employees\n1,10\n3,n/a\n")
    workspace.write("usage", USAGE.partition("e1")[0])
    report = workspace.load()
    assert removed(report) == {"crm": 0, "billing": 0, "usage": 0}
    assert sorted(row["customer_id"] for row in workspace.facts("customers")) == ["1", "3", "8", "9"]
    assert len(workspace.facts("events")) == 2
    notes = {
        row["source"]: [n["en"] for n in json.loads(row["notes"])]
        for row in workspace.notes("load")
        if row["load_no"] == 3
    }
    assert "complete: nothing was removed, because some rows could not be read" in notes["crm"]
    assert "complete: nothing was removed, because the export has no rows" in notes["usage"]
