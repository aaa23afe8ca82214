"""``minori kpi`` as people and programs call it, on a small workspace with a real lake."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from build import lake_with, noon
from kpis.revenue_case import contract, on
from minori.cli.main import group
from minori.core.errors import UnknownName
from minori.pipeline.init import init

ROWS = [
    contract("light", "01-01", "06-01", 100, customer_id="a"),
    contract("premium", "06-01", None, 250, customer_id="a"),
    contract("light", "01-01", "08-01", 100, customer_id="b"),
    contract("light", "01-01", None, 9, customer_id="c", currency="USD"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kpi") / "acme"
    init(folder, preset="b2b_saas", name="Acme", language="en", currency="JPY")
    customers = [{"customer_id": c, "name": f"{c.upper()} Inc.", "started_on": on("01-01")} for c in "abc"]
    orders = [
        {"order_id": d, "customer_id": "a", "ordered_at": noon(on(d)), "amount": 500, "currency": "JPY"}
        for d in ("07-01", "07-02")
    ]
    lake_with(folder, {"customers": customers, "contracts": ROWS, "orders": orders})
    return folder


def kpi(folder: Path, *arguments: str) -> str:
    shown = CliRunner().invoke(
        group,
        ["kpi", "-w", str(folder), "--from", "2025-01-01", "--to", "2025-12-31", *arguments],
        catch_exceptions=False,
    )
    assert shown.exit_code == 0, shown.output
    return shown.output


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["FY2025 (so far)", "-¥100", "NRR", "no MRR at the start", "Left out: 1", "(n 2)"]),
        ("ja", ["2025年度(途中)", "アップセル", "既存顧客", "不明な顧客 1件", "(n=2)"]),
    ],
)
def test_tables_say_what_when_and_of_how_many(folder: Path, language: str, words: list[str]) -> None:
    shown = kpi(folder, "--by", "fiscal-year", "--language", language)
    assert [word for word in words if word not in shown] == []


def test_json_holds_every_reading_with_its_sample(folder: Path) -> None:
    got: dict[str, Any] = json.loads(kpi(folder, "--by", "quarter", "--json"))
    second = got["periods"][1]
    assert (second["from"], second["mrr"]["opening"], second["mrr"]["upsell"]) == ("2025-04-01", "200", "150")
    readings = {r["figure"]: r for r in second["readings"]}
    assert (readings["nrr"]["value"], readings["nrr"]["sample"]) == (1.75, 2)
    assert second["by_product"][0]["product_id"] == "suite"
    assert {r["figure"]: r["value"] for r in got["periods"][2]["shop"]}["repeat_rate"] == 1.0
    assert got["marks"]["nrr"] == [1.0, 1.2]


def test_csv_adds_up(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(kpi(folder, "--by", "quarter", "--csv"))))
    third = {r["figure"]: r["value"] for r in rows if r["from"] == "2025-07-01" and not r["product_id"]}
    moved = ("new", "upsell", "cross_sell", "downsell", "churn", "reactivation", "currency", "unknown")
    assert int(third["mrr_opening"]) + sum(int(third[f"mrr_{m}"]) for m in moved) == int(third["mrr_closing"])
    assert third["mrr_churn"] == "-100"


def test_movements_of_one_customer(folder: Path) -> None:
    shown = kpi(folder, "--movements", "--customer", "a", "--language", "en")
    assert "2025-06-01" in shown and "Upsell" in shown and "B Inc." not in shown
    assert "2 movements, ¥250 together" in shown


def test_variants_are_itemised_and_what_cannot_be_told_is_said(folder: Path) -> None:
    got = json.loads(kpi(folder, "--compare", "variants", "--by", "fiscal-year", "--json"))
    assert {d["setting"] for d in got["differences"]} >= {"reactivation", "newcomers", "rate_counts"}
    assert [u["setting"] for u in got["untold"]] == ["coupon", "past_due", "metered_usage"]
    shown = kpi(folder, "--compare", "variants", "--language", "en")
    assert "cannot be told from these facts" in shown


def test_a_customer_who_is_not_there_is_an_error(folder: Path) -> None:
    arguments = ["kpi", "-w", str(folder), "--movements", "--customer", "zz"]
    assert isinstance(CliRunner().invoke(group, arguments).exception, UnknownName)


def test_a_customer_needs_the_list_of_movements(folder: Path) -> None:
    shown = CliRunner().invoke(group, ["kpi", "-w", str(folder), "--customer", "a"])
    assert shown.exit_code == 2
