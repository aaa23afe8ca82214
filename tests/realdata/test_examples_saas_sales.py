"""``examples/saas_sales_b2b`` against the same numbers computed by pandas from the file."""

from datetime import UTC, datetime
from decimal import Decimal

import pandas as pd
import pytest

from minori.pipeline.check import missing_facts
from realdata.example_run import DATA, REALDATA, Example, check_adds_up, english

pytestmark = REALDATA
FILE = "saas_sales_b2b/SaaS-Sales.csv.gz"
NOW = datetime(2024, 1, 1, 17, tzinfo=UTC)
LAST = pd.Timestamp("2023-12-31")
PRODUCTS = 14


@pytest.fixture(scope="module")
def sales(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return Example(tmp_path_factory.mktemp("saas"), "saas_sales_b2b", FILE, NOW)


@pytest.fixture(scope="module")
def raw() -> pd.DataFrame:
    rows = pd.read_csv(DATA / FILE, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    rows["day"] = pd.to_datetime(rows["Order Date"], format="%m/%d/%Y")
    rows["amount"] = [Decimal(value) for value in rows.Sales]
    rows["product"] = [name.lower().replace(" - ", "_").replace(" ", "_") for name in rows.Product]
    return rows


@pytest.fixture(scope="module")
def bought(raw: pd.DataFrame) -> dict[str, set[str]]:
    """Products that each company has bought."""
    return raw.groupby("Customer ID")["product"].agg(set).to_dict()


def test_every_line_becomes_a_fact(sales: Example, raw: pd.DataFrame) -> None:
    new = {source.source: source.new for source in sales.loaded.sources}
    assert new == {"companies": 99, "orders": 5_009, "lines": 9_994, "licences": 9_994}
    assert new["companies"] == raw["Customer ID"].nunique() and new["orders"] == raw["Order ID"].nunique()
    assert all(source.quarantined == source.left_out == 0 for source in sales.loaded.sources)
    names = sales.facts("customers").set_index("customer_id").name
    assert names.to_dict() == raw.groupby("Customer ID").Customer.first().to_dict()


def test_revenue_per_product(sales: Example, raw: pd.DataFrame) -> None:
    lines = sales.facts("order_lines")
    expected = raw.groupby("product").amount.sum()
    assert lines.groupby("product_id").amount.sum().to_dict() == expected.to_dict()
    assert len(expected) == PRODUCTS
    assert sales.facts("orders").amount.sum() == expected.sum()
    assert set(expected.index) == set(sales.workspace.policy.policy.catalog.products)


def test_white_space_is_what_a_company_has_not_bought(sales: Example, bought: dict[str, set[str]]) -> None:
    cells = sales.workspace.white_space().to_pandas()
    assert set(cells.what) == {"product"} and len(cells) == len(bought) * PRODUCTS
    owned = cells[cells.cell == "owned"].groupby("customer_id")["item"].agg(set).to_dict()
    assert owned == bought
    gaps = cells[cells.cell == "gap"].groupby("item").size()
    assert gaps.to_dict()["alchemy"] == sum("alchemy" not in products for products in bought.values()) == 50


def test_orders_in_windows_of_every_company(sales: Example, raw: pd.DataFrame) -> None:
    metric = sales.result("metric")
    orders = (
        raw.groupby(["Order ID", "Customer ID"])
        .agg(day=("day", "first"), amount=("amount", "sum"))
        .reset_index()
    )
    age = (LAST - orders.day).dt.days
    for name, low, high in (("orders_180", 0, 180), ("before__orders_180", 180, 360), ("orders_365", 0, 365)):
        found = orders[(age >= low) & (age < high)].groupby("Customer ID").size()
        assert (metric[name] == found.reindex(metric.index, fill_value=0)).all(), name
    year = orders[age < 365].groupby("Customer ID").amount.sum().reindex(metric.index).astype(float)
    assert metric.sales_365.sub(year).abs().max() < 1e-6
    since = (LAST - orders.groupby("Customer ID").day.max()).dt.days
    assert (metric.recency_days == since.reindex(metric.index)).all()


def test_a_licence_has_no_monthly_revenue_that_nobody_told(sales: Example) -> None:
    state = sales.result("state")
    assert state.mrr.isna().all()
    assert (state.products == sales.result("metric").products_bought).all()


def test_the_next_product_is_the_most_common_one_not_bought(
    sales: Example, bought: dict[str, set[str]]
) -> None:
    candidates = sales.result("candidate")
    offers = candidates[candidates.play == "next_product"].set_index("customer_id").offer
    catalog = sales.workspace.policy.policy.catalog.products
    expected = {
        c: next(p for name, p in catalog.items() if name not in bought[c]).label.en for c in offers.index
    }
    assert {company: english(offer) for company, offer in offers.items()} == expected
    assert len(expected) > 20
    holders = {name: sum(name in products for products in bought.values()) for name in catalog}
    assert list(holders.values()) == sorted(holders.values(), reverse=True)


def test_decisions_add_up_and_plays_without_facts_are_named(sales: Example) -> None:
    check_adds_up(sales)
    counts = sales.ran.counts
    assert counts["proposed"] >= 10 and counts["hold_out"] >= 1
    off = missing_facts(sales.workspace.policy.policy, {"customers", "orders", "order_lines", "contracts"})
    assert len(off) > 40 and "events" in off["use_declining"].en and "events" in off["use_declining"].ja
    assert not set(off) & set(sales.result("candidate").play)
    assert sales.result("health").health.notna().all()
