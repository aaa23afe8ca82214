"""``minori value``, ``minori claims`` and ``minori best-time`` as people and programs call them."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from build import lake_with, noon
from kpis.revenue_case import contract, on
from minori.cli.main import group
from minori.pipeline.init import init

ROWS = [
    contract("light", "01-01", "06-01", 100, customer_id="a"),
    contract("light", "01-01", "2026-01-10", 300, customer_id="b"),
    contract("premium", "01-01", None, 900, customer_id="c"),
    contract("light", "10-01", None, 100, customer_id="d"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("value") / "acme"
    init(folder, preset="b2b_saas", name="Acme", language="en", currency="JPY")
    customers = [{"customer_id": c, "name": f"{c.upper()} Inc.", "started_on": on("01-01")} for c in "abcd"]
    costs = [
        {"cost_id": f"{kind}{month}", "customer_id": "c", "kind": kind, "amount": 200, "currency": "JPY",
         "spent_on": on("01-01") + timedelta(days=30 * month)}
        for month in range(15) for kind in ("acquisition", "retention")
    ]  # fmt: skip
    mails = [
        {"interaction_id": f"{day}", "customer_id": "=c", "channel": "mail", "direction": "out", "about": "survey",
         "occurred_at": noon(on("02-01") + timedelta(days=day))}
        for day in range(0, 300, 7)
    ]  # fmt: skip
    customers.append({"customer_id": "=c", "name": "Formula", "started_on": on("01-01")})
    lake_with(folder, {"customers": customers, "contracts": ROWS, "costs": costs, "interactions": mails})
    return folder


def said(folder: Path, name: str, *arguments: str) -> str:
    shown = CliRunner().invoke(group, [name, "-w", str(folder), *arguments], catch_exceptions=False)
    assert shown.exit_code == 0, shown.output
    return shown.output


VALUE = ("value", "--from", "2025-08-01", "--to", "2026-03-31")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ["Customers with contracts", "Before", "LTV / CAC", "by duration", "5:25", "(n 3)", "2025-08-01"],
        ),
        ("ja", ["契約の顧客", "前の期間", "うち継続期間", "回収期間", "(n=3)", "目安の3倍"]),
    ],
)
def test_value_says_what_it_is_made_of(folder: Path, language: str, words: list[str]) -> None:
    shown = said(folder, *VALUE, "--by", "plan", "--language", language)
    assert [word for word in words if word not in shown] == []


def test_value_adds_up_for_programs(folder: Path) -> None:
    got: dict[str, Any] = json.loads(said(folder, *VALUE, "--by", "plan", "--json"))
    whole = got["values"][0]
    change = {r["figure"]: int(r["value"]) for r in whole["change"]}
    total = change.pop("value_change")
    assert sum(change.values()) == total
    now, before = ({r["figure"]: r["value"] for r in whole[name]} for name in ("readings", "before"))
    assert int(now["value_ltv"]) - int(before["value_ltv"]) == total
    assert {one["class"] for one in got["values"]} == {None, "light", "premium"}
    assert got["marks"] == {"value_ltv_to_cac": 3.0}
    rows = list(csv.DictReader(io.StringIO(said(folder, *VALUE, "--csv"))))
    assert {row["figure"]: row["value"] for row in rows if row["period"] == "period"}["value_ltv"] == now[
        "value_ltv"
    ]


def test_value_refuses_a_period_that_ends_before_it_begins(folder: Path) -> None:
    shown = CliRunner().invoke(
        group, ["value", "-w", str(folder), "--from", "2026-05-01", "--to", "2026-03-31"]
    )
    assert shown.exit_code != 0
    assert "after the last day" in shown.output


def test_claims_stand_beside_what_was_measured(folder: Path) -> None:
    shown = said(folder, "claims", "--as-of", "2026-03-31", "--language", "ja")
    assert [w for w in ("4.1倍", "非接触群", "効果ではない", "CSの採算") if w not in shown] == []
    got = json.loads(said(folder, "claims", "--as-of", "2026-03-31", "--json"))
    assert len(got["claims"]) == 7
    assert all(one["seen"] is None or one["seen"]["observational"] for one in got["claims"])
    rows = list(csv.DictReader(io.StringIO(said(folder, "claims", "--as-of", "2026-03-31", "--csv"))))
    assert {row["claim"] for row in rows} == {one["id"] for one in got["claims"]} | {"cs"}


def test_best_time_says_when_it_cannot(folder: Path) -> None:
    shown = said(folder, "best-time", "--as-of", "2026-03-31", "--language", "ja")
    assert "判断にはデータが足りません" in shown
    assert (
        "any time"
        not in said(folder, "best-time", "a", "--as-of", "2026-03-31", "--language", "en").split("\n")[0]
    )
    got = json.loads(said(folder, "best-time", "a", "--as-of", "2026-03-31", "--json"))
    assert got["customers"] == [{"customer_id": "a", "times": []}]
    rows = list(csv.DictReader(io.StringIO(said(folder, "best-time", "--as-of", "2026-03-31", "--csv"))))
    assert {row["verdict"] for row in rows} == {"not_enough"}
    assert "'=c" in {row["customer_id"] for row in rows}  # a spreadsheet must not run it
