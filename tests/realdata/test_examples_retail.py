"""``examples/online_retail`` against the same numbers computed by pandas from the file."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from minori.pipeline.workspace import Workspace
from realdata.example_run import DATA, REALDATA, Example, check_adds_up, place_example

pytestmark = REALDATA
FILE = "online_retail/online_retail_until_2011-09-09.csv.gz"
NOW = datetime(2011, 9, 10, 9, tzinfo=UTC)
LAST = pd.Timestamp("2011-09-09")
GUESTS = 91_927  # rows without a customer, of 334,054


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return Example(tmp_path_factory.mktemp("retail"), "online_retail", FILE, NOW)


@pytest.fixture(scope="module")
def raw() -> pd.DataFrame:
    rows = pd.read_csv(DATA / FILE, dtype=str, keep_default_na=False)
    rows["hundredths"] = [
        int(q) * round(Decimal(p) * 10_000) for q, p in zip(rows.Quantity, rows.UnitPrice, strict=True)
    ]
    rows["at"] = pd.to_datetime(rows.InvoiceDate)
    return rows


@pytest.fixture(scope="module")
def known(raw: pd.DataFrame) -> pd.DataFrame:
    """Rows of a customer."""
    rows = raw[raw.CustomerID != ""]
    return rows.assign(customer=rows.CustomerID.str.removesuffix(".0"), item=rows.StockCode.str.upper())


@pytest.fixture(scope="module")
def goods(known: pd.DataFrame) -> pd.DataFrame:
    """Rows about goods: five digits first, or one of two other families of codes."""
    return known[known["item"].str[:5].str.isdigit() | known["item"].str.startswith(("DCGS", "PADS"))]


@pytest.fixture(scope="module")
def orders(known: pd.DataFrame, goods: pd.DataFrame) -> pd.DataFrame:
    """One row per invoice: goods and corrections by hand; amounts in hundredths of a penny."""
    paid = pd.concat([goods, known[known["item"] == "M"]])
    found = paid.groupby(["InvoiceNo", "customer"]).agg(amount=("hundredths", "sum"), at=("at", "min"))
    return found.reset_index().assign(day=found["at"].dt.normalize().to_numpy())


def test_every_row_is_accounted_for(
    shop: Example, raw: pd.DataFrame, goods: pd.DataFrame, orders: pd.DataFrame
) -> None:
    assert (raw.CustomerID == "").sum() == GUESTS
    lines = shop.source("lines")
    assert (lines.rows, lines.new, lines.left_out) == (len(raw), len(goods), len(raw) - len(goods))
    assert lines.left_out > GUESTS
    assert shop.source("orders").new == len(orders)
    assert shop.source("customers").new == orders.customer.nunique() == shop.ran.customers
    assert [source.quarantined for source in shop.loaded.sources] == [0, 0, 0]


def test_equal_lines_of_an_invoice_stay_and_no_fee_is_goods(shop: Example, goods: pd.DataFrame) -> None:
    columns = ["InvoiceNo", "item", "Quantity", "at", "UnitPrice", "customer"]
    assert goods.duplicated(columns).sum() > 2_500
    lines = shop.facts("order_lines")
    assert sorted(lines.product_id) == sorted(goods["item"])
    assert not set(lines.product_id) & {"POST", "M", "D", "C2", "DOT", "BANK CHARGES", "CRUK", "S", "B"}


def test_revenue_per_month_is_net_of_returns(shop: Example, orders: pd.DataFrame) -> None:
    facts = shop.facts("orders")
    loaded = facts.assign(month=facts.ordered_at.dt.tz_convert("Europe/London").dt.strftime("%Y-%m"))
    expected = orders.groupby(orders["at"].dt.strftime("%Y-%m")).amount.sum()
    assert loaded.groupby("month").amount.sum().to_dict() == {
        m: Decimal(v) / 10_000 for m, v in expected.items()
    }
    assert len(expected) == 10
    returns = facts[facts.amount < 0]
    assert returns.order_id.str.startswith("C").all()
    assert len(returns) == (orders.InvoiceNo.str.startswith("C") & (orders.amount < 0)).sum() > 2_000


def test_a_correction_by_hand_takes_a_wrong_order_back(shop: Example) -> None:
    # £38,970 were entered for 60 picnic baskets
    baskets = shop.facts("orders").query("customer_id == '15098'")
    assert baskets.amount.max() == 38_970 and baskets.amount.sum() == Decimal("649.5")
    assert shop.facts("order_lines").query("customer_id == '15098'").product_id.unique().tolist() == ["22502"]


def test_recency_frequency_and_amount_of_every_customer(shop: Example, orders: pd.DataFrame) -> None:
    bought = orders[orders.amount > 0].groupby("customer")
    returned = orders[orders.amount < 0].groupby("customer").amount.sum()
    first, last, days = bought.day.min(), bought.day.max(), bought.day.nunique()
    expected = pd.DataFrame(
        {
            "orders_ever": bought.size(),
            "order_days": days,
            "recency_days": (LAST - last).dt.days,
            "amount_ever": bought.amount.sum() / 10_000,
            "purchase_interval": ((last - first).dt.days / (days - 1)).where(days > 1),
        }
    )
    expected["return_share"] = -returned.reindex(expected.index).fillna(0) / 10_000 / expected.amount_ever
    metric = shop.result("metric").sort_index()
    pd.testing.assert_frame_equal(
        metric.loc[expected.index, list(expected)], expected, check_dtype=False, check_names=False, rtol=1e-8
    )
    only_returned = metric.index.difference(expected.index)
    assert len(only_returned) > 20  # what they bought lies before the file begins
    assert (metric.loc[only_returned, "orders_ever"] == 0).all()
    assert metric.loc[only_returned, "recency_days"].isna().all()


def test_windows_and_the_windows_before(shop: Example, orders: pd.DataFrame) -> None:
    bought = orders[orders.amount > 0]
    metric = shop.result("metric")
    started = orders.groupby("customer").day.min().reindex(metric.index)
    age = (LAST - bought.day).dt.days
    now = bought[age < 90].groupby("customer").size().reindex(metric.index, fill_value=0)
    before = bought[(age >= 90) & (age < 180)].groupby("customer").size().reindex(metric.index, fill_value=0)
    assert (metric.orders_90 == now).all()
    existed = started <= LAST - pd.Timedelta(days=90)
    assert (metric.before__orders_90[existed] == before[existed]).all()
    assert metric.before__orders_90[~existed].isna().all()  # unknown, not zero: they were not there yet


def test_ranks_are_fifths_of_the_customers(shop: Example) -> None:
    metric = shop.result("metric")
    for rank, by, ascending in (
        ("recency_rank", "recency_days", False),
        ("frequency_rank", "order_days", True),
        ("amount_rank", "yearly_amount", True),
    ):
        known = metric[by].dropna()
        below = known.rank(method="min", ascending=ascending) - 1
        expected = (1 + (5 * below / (len(known) - 1)).astype(int)).clip(upper=5)
        assert (metric.loc[known.index, rank] == expected).all(), rank


def test_decisions_add_up_and_items_are_those_of_the_catalogue(shop: Example) -> None:
    check_adds_up(shop)
    candidates = shop.result("candidate")
    assert len(candidates) > 1_000 and shop.ran.counts["proposed"] > 100
    assert set(candidates.customer_id) <= set(shop.result("metric").index)
    items = candidates[candidates.kind == "item"]
    listed = {product.label.en for product in shop.workspace.policy.policy.catalog.products.values()}
    offered = items.offer.dropna()
    assert len(offered) > 5
    assert all(any(label in offer for label in listed) for offer in offered)
    assert items.loc[items.offer.isna(), "refusal"].notna().all()
    assert not set(candidates.play) & {
        "frequent_buyer_subscription",
        "frequent_buyer_bundle",
        "coupon_user_bundle",
    }


def test_health_is_known_for_most(shop: Example) -> None:
    health = shop.result("health").health
    assert health.notna().mean() > 0.8
    assert health.dropna().between(0, 100).all()


def test_damaged_rows_are_set_aside_and_a_second_load_changes_nothing(
    tmp_path: Path, raw: pd.DataFrame
) -> None:
    columns = list(raw.columns[:8])
    first = raw[raw.CustomerID == "17850.0"].head(19)[columns]
    good = pd.concat([first, first.head(1)])  # the first line twice: no line has an id
    bad = good.head(2).assign(InvoiceNo=["599991", "599992"])
    bad.iloc[0, columns.index("Quantity")] = "six"
    bad.iloc[1, columns.index("UnitPrice")] = "2,55"
    file = place_example(tmp_path, "online_retail") / "part.csv"
    pd.concat([good, bad]).to_csv(file, index=False)
    workspace = Workspace(tmp_path, lambda: NOW)
    report = {source.source: source for source in workspace.load().sources}
    assert (report["lines"].rows, report["lines"].new, report["lines"].quarantined) == (22, 20, 2)
    rows = [row for row in workspace.table("quarantine").to_pylist() if row["source"] == "lines"]
    six, price = sorted(rows, key=lambda row: int(row["row"]))
    assert (six["row"], six["column"], six["value"]) == (21, "Quantity", "six")
    assert (price["row"], price["column"], price["value"]) == (22, "UnitPrice", "2,55")
    assert all("six" in six[reason] and "2,55" in price[reason] for reason in ("reason_ja", "reason_en"))
    assert report["orders"].quarantined == 2  # an order with a damaged line has no known amount
    assert not set(workspace.table("orders")["order_id"].to_pylist()) & {"599991", "599992"}
    again = {source.source: source for source in workspace.load().sources}
    assert (again["lines"].new, again["lines"].unchanged, again["lines"].quarantined) == (0, 20, 2)
    assert len(workspace.table("order_lines")) == 20
