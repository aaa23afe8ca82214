"""Exports of real companies, read in place: counts that were checked with other tools."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from loading import CURRENCY, NOW
from minori.sources.job import Job, Outcome, Unit
from minori.sources.worker import load

DATA = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not DATA.is_dir(), reason="the data of third parties is not here"),
]

SALES = """
- id: lines
  kind: files
  read: saas_sales_b2b/SaaS-Sales.csv.gz
  gives: order_lines
  select: >
    select "Order ID" as order_id, "Row ID" as line_id, "Customer ID" as customer_id, "Product" as product_id,
    "Quantity" as quantity, "Sales" as amount, 'USD' as currency, {date} as ordered_at from input
- id: customers
  kind: files
  read: saas_sales_b2b/SaaS-Sales.csv.gz
  gives: customers
  select: >
    select distinct "Customer ID" as customer_id, "Customer" as name, "Industry" as industry from input
"""
RETAIL = """
- id: lines
  kind: files
  read: online_retail/online_retail_until_2011-09-09.csv.gz
  gives: order_lines
  time_zone: Europe/London
  select: >
    select InvoiceNo as order_id, regexp_replace(CustomerID, '[.]0$', '') as customer_id, StockCode as product_id,
    Quantity as quantity, cast(Quantity as decimal(18, 4)) * cast(UnitPrice as decimal(10, 4)) as amount,
    'GBP' as currency, InvoiceDate as ordered_at from input
"""
Run = Callable[[str], dict[str, Outcome]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def loaded(text: str) -> dict[str, Outcome]:
        ids = [line.removeprefix("- id: ") for line in text.splitlines() if line.startswith("- id: ")]
        job = Job(
            workspace=str(DATA), file="sources.yaml", text=text, units=tuple(Unit(source=name) for name in ids),
            time_zone="Asia/Tokyo", currency=CURRENCY, now=NOW, number=1, folder=str(tmp_path),
        )  # fmt: skip
        return {outcome.source: outcome for outcome in load(job, lambda *_: None)}

    return loaded


def total(outcome: Outcome) -> Any:
    return sum(pq.read_table(outcome.facts, columns=["amount"])["amount"].to_pylist())


def test_a_b2b_export_loads_whole_once_its_dates_are_declared(run: Run) -> None:
    found = run(SALES.format(date="""strptime("Order Date", '%m/%d/%Y')"""))
    assert (found["lines"].rows, found["lines"].staged, found["lines"].quarantined) == (9994, 9994, 0)
    assert str(found["lines"].first_day) < "2021" and found["customers"].staged == 99
    assert round(total(found["lines"])) == 2_297_201


def test_dates_that_could_be_read_in_two_ways_are_never_guessed(run: Run) -> None:
    lines = run(SALES.format(date='"Order Date"'))["lines"]
    assert (lines.staged, lines.quarantined) == (0, 9994)
    [reason] = {r["reason_en"].partition("'")[0] + r["reason_en"].partition("does")[1]
                for r in pq.read_table(lines.aside).to_pylist()}  # fmt: skip
    assert reason == "Order Date: does"


def test_a_shops_export_sets_aside_sales_without_a_customer_and_keeps_true_doubles(run: Run) -> None:
    found = run(RETAIL)["lines"]
    aside = pq.read_table(found.aside, columns=["column", "reason_en"])
    assert (found.rows, found.staged, found.quarantined) == (334_054, 242_127, 91_927)
    assert set(aside["column"].to_pylist()) == {"CustomerID"}
    assert set(aside["reason_en"].to_pylist()) == {"CustomerID: is required and empty."}
    assert found.duplicates == 0
