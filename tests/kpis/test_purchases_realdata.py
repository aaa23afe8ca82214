"""A shop's figures on the real orders of Online Retail, against the same computed by pandas from the file's lines."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlglot import exp

from build import COMPANY, noon
from kpis.facts_in_engine import engine_in, pass_over
from minori.kpis import purchases
from minori.kpis.periods import periods
from minori.kpis.read import shop
from minori.policy.definitions import Policy

FILE = Path(__file__).parents[2].parent / "shared/data/online_retail/online_retail_until_2011-09-09.csv.gz"
pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not FILE.is_file(), reason="the third-party data is not here"),
]
FIRST, UNTIL = date(2010, 12, 1), date(2011, 8, 31)
QUARTERS = periods(FIRST, UNTIL, "quarter", 3)
MONTHS = periods(FIRST, UNTIL, "month", 1)


@pytest.fixture(scope="module")
def lines() -> pd.DataFrame:
    """Lines of a customer up to the end of August; amounts in hundredths of a penny."""
    rows = pd.read_csv(FILE, dtype=str, keep_default_na=False)
    rows = rows[(rows.CustomerID != "") & (rows.InvoiceDate.str[:10] <= UNTIL.isoformat())]
    at = pd.to_datetime(rows.InvoiceDate)
    quantity = rows.Quantity.astype(int)
    price = [round(Decimal(p) * 10_000) for p in rows.UnitPrice]
    return pd.DataFrame(
        {
            "order": rows.InvoiceNo,
            "customer": rows.CustomerID,
            "item": rows.StockCode,
            "day": at.dt.normalize(),
            "quantity": quantity,
            "hundredths": quantity * price,
        }
    )


@pytest.fixture(scope="module")
def orders(lines: pd.DataFrame) -> pd.DataFrame:
    grouped = lines.groupby(["order", "customer"]).agg(amount=("hundredths", "sum"), day=("day", "min"))
    return grouped.reset_index()


@pytest.fixture(scope="module")
def run(lines: pd.DataFrame, orders: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Any:
    facts = {
        "orders": [
            {
                "order_id": o.order,
                "customer_id": o.customer,
                "ordered_at": noon(o.day.date()) + timedelta(hours=6),
                "amount": Decimal(o.amount) / 10_000,
                "currency": "GBP",
            }
            for o in orders.itertuples()
        ],
        "order_lines": [
            {
                "order_id": o.order,
                "line_id": str(o.Index),
                "customer_id": o.customer,
                "product_id": o.item,
                "quantity": o.quantity,
                "currency": "GBP",
                "ordered_at": noon(o.day.date()),
            }
            for o in lines.itertuples()
        ],
    }
    company = COMPANY.model_copy(update={"currency": "GBP"})
    with engine_in(tmp_path_factory.mktemp("retail")) as engine:
        yield pass_over(engine, (purchases.STAGE,), facts, UNTIL, Policy(), QUARTERS, MONTHS, company)


@pytest.mark.parametrize("number", range(len(QUARTERS)))
def test_a_quarter_is_what_pandas_says(
    run: Any, lines: pd.DataFrame, orders: pd.DataFrame, number: int
) -> None:
    period = QUARTERS[number]
    start, end = pd.Timestamp(period.start), pd.Timestamp(period.until)
    within = orders[(orders.day >= start) & (orders.day < end)]
    bought = within[within.amount > 0]
    per_buyer = bought.groupby("customer").size()
    known = set(orders[(orders.amount > 0) & (orders.day < start)].customer)
    goods = lines[lines["order"].isin(bought["order"]) & (lines.quantity > 0)]
    expected = {
        "revenue": Decimal(int(within.amount.sum())) / 10_000,
        "repeat_rate": (per_buyer > 1).mean(),
        "returning_share": per_buyer.index.isin(known).mean(),
        "purchase_frequency": per_buyer.mean(),
        "basket_amount": Decimal(int(bought.amount.sum())) / 10_000 / len(bought),
        "basket_items": goods.quantity.sum() / goods["order"].nunique(),
        "existing_revenue_share": within[within.customer.isin(known)].amount.sum() / within.amount.sum(),
    }
    rows = run.fetch(exp.select("*").from_("purchase")).to_pylist()
    row = next(row for row in rows if row["period_from"] == period.start)
    got = {reading.figure.id: reading.value for reading in shop(row)}
    assert got == {
        name: value if isinstance(value, Decimal) else pytest.approx(value, rel=1e-8)
        for name, value in expected.items()
    }
    assert row["buyers"] == len(per_buyer) > 500


def test_cohorts_are_what_pandas_says(run: Any, orders: pd.DataFrame) -> None:
    first = orders[orders.amount > 0].groupby("customer").day.min().dt.to_period("M")
    placed = orders.assign(start=orders.customer.map(first), month=orders.day.dt.to_period("M")).dropna()
    placed = placed[placed.month >= placed.start]
    amounts = placed.groupby(["start", "month"]).amount.sum()
    buyers = placed[placed.amount > 0].groupby(["start", "month"]).customer.nunique()
    cells = run.fetch(exp.select("*").from_("purchase_cohort")).to_pylist()
    assert len(cells) == len(amounts) == 45
    for cell in cells:
        start = pd.Period(cell["start_month"], "M")
        key = (start, start + cell["months"])
        assert cell["amount"] == Decimal(int(amounts[key])) / 10_000
        assert cell["customers"] == buyers.get(key, 0)
        assert cell["started"] == (first == start).sum()


def test_the_end_of_august_is_the_end_of_a_quarter_that_starts_in_june() -> None:
    assert (QUARTERS[-1].start, QUARTERS[-1].whole) == (date(2011, 6, 1), True)
