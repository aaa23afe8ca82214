"""Somebody else's SaaS export gives decisions with nothing written but ``sources.yaml``."""

import csv
from datetime import UTC, datetime

import pandas as pd
import pytest

from minori.pipeline.check import missing_facts
from minori.pipeline.init import init
from minori.pipeline.load import LoadReport
from minori.pipeline.run import Ran
from minori.pipeline.workspace import Workspace
from realdata.stranger_export import ACCOUNTS, LAST_DAY, SOURCES, write_export

NOW = datetime(2026, 4, 1, 3, tzinfo=UTC)
CONNECTED = {"customers", "contracts", "events", "tickets"}
Stranger = tuple[Workspace, LoadReport, Ran]


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Stranger:
    root = tmp_path_factory.mktemp("stranger") / "workspace"
    init(root, preset="b2b_saas", name="Stranger", language="ja")
    write_export(root / "exports")
    (root / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    workspace = Workspace(root, lambda: NOW)
    return workspace, workspace.load(), workspace.run()


def _rows(workspace: Workspace, name: str) -> list[dict[str, str]]:
    with (workspace.root / "exports" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_row_loads_under_its_own_names(stranger: Stranger) -> None:
    workspace, report, _ = stranger
    new = {source.source: source.new for source in report.sources}
    files = ("accounts", "subscriptions", "feature_usage", "support_tickets")
    assert new == {name: len(_rows(workspace, name)) for name in files}
    assert new["accounts"] == ACCOUNTS and new["feature_usage"] > 4_000
    assert all(source.quarantined == source.left_out == 0 for source in report.sources)


def test_usage_reaches_its_account_through_the_subscription(stranger: Stranger) -> None:
    workspace, _, ran = stranger
    account = {row["sub_ref"]: row["acct"] for row in _rows(workspace, "subscriptions")}
    usage = pd.DataFrame(_rows(workspace, "feature_usage"))
    usage = usage.assign(account=usage.sub_ref.map(account), day=pd.to_datetime(usage.used_on).dt.normalize())
    recent = usage[(pd.Timestamp(LAST_DAY) - usage.day).dt.days < 28].groupby("account")
    metric = _per_customer(ran, "metric")
    for name, expected in (
        ("events_28d", recent.size()),
        ("active_days", recent.day.nunique()),
        ("features_used", recent.feature.nunique()),
    ):
        assert (metric[name] == expected.reindex(metric.index, fill_value=0)).all(), name


def test_health_is_known_for_most_customers(stranger: Stranger) -> None:
    _, _, ran = stranger
    health = _per_customer(ran, "health")
    assert ran.as_of == LAST_DAY and len(health) == ACCOUNTS
    assert health.health.notna().mean() > 0.9
    assert health.band.nunique() >= 3  # they are told apart
    parts = ran.tables["health_part"].to_pandas()
    assert parts[parts.part == "nps"].points.isna().all()  # nobody was asked, so nobody is unhappy


def test_there_are_decisions_and_they_add_up(stranger: Stranger) -> None:
    _, _, ran = stranger
    counts = ran.counts
    assert counts["candidates"] >= 20 and counts["proposed"] >= 5
    assert counts.pop("candidates") == sum(counts.values())
    decision = ran.tables["decision"].to_pandas()
    assert decision.loc[decision.fate != "proposed", ["reason_ja", "reason_en"]].notna().all(axis=None)
    assert decision[decision.fate == "proposed"].person_decides.any()  # consent and owners are not known


def test_plays_without_facts_are_off_and_say_so(stranger: Stranger) -> None:
    workspace, _, ran = stranger
    off = missing_facts(workspace.policy.policy, CONNECTED)
    assert {"detractor", "storage_full", "departments_not_using", "stated_plan_seats"} <= set(off)
    assert "surveys" in off["detractor"].en and "surveys" in off["detractor"].ja
    assert not {"use_declining", "no_use", "churn_risk", "severe_ticket_open"} & set(off)
    said = [remark.text.en for remark in workspace.check().remarks]
    assert all(text.en in said for text in off.values())
    fired = set(ran.tables["candidate"]["play"].to_pylist())
    assert fired & set(off) <= {"qbr_due"}  # "not known(qbr_on)" holds where nobody recorded a review


def _per_customer(ran: Ran, table: str) -> pd.DataFrame:
    points = ran.tables["point"].select(["customer_key", "customer_id"]).to_pandas()
    return ran.tables[table].to_pandas().merge(points, on="customer_key").set_index("customer_id")
