import gzip
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from minori.sources.connect import propose
from sources.connect_case import guess, loaded

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not DATA.is_dir(), reason="the third-party data is not here"),
]


def test_business_orders_load_without_an_edit(tmp_path: Path) -> None:
    file = Path(shutil.copy(DATA / "saas_sales_b2b/SaaS-Sales.csv.gz", tmp_path))
    proposal = propose([file], tmp_path)
    expected = pd.read_csv(file, encoding="utf-8-sig")
    done = loaded(proposal, tmp_path, tmp_path / "load")
    assert [(o.table, o.staged, o.quarantined) for o in done.values()] == [
        ("order_lines", len(expected), 0),
        ("orders", expected["Order ID"].nunique(), 0),
        ("customers", expected["Customer ID"].nunique(), 0),
    ]
    orders = pd.read_parquet(done["saas_sales_orders"].facts)
    assert float(orders["amount"].sum()) == pytest.approx(expected["Sales"].sum(), abs=1)
    assert guess(proposal, "saas_sales", "ordered_at").sql == "strptime(\"Order Date\", '%m/%d/%Y')"


def test_an_event_log_loads_without_an_edit(tmp_path: Path) -> None:
    file = Path(shutil.copy(DATA / "sparkify_log/log_data_2018-11.jsonl.gz", tmp_path))
    proposal = propose([file], tmp_path)
    done = loaded(proposal, tmp_path, tmp_path / "load")
    events = done["log_data"]
    assert (events.rows, events.quarantined) == (
        8056,
        0,
    )  # control signs in names of songs, which nobody reads
    assert events.staged + events.left_out + events.quarantined == events.rows
    assert done["log_data_customers"].staged == 97
    stamps = pd.read_json(file, lines=True)["ts"]
    assert pd.read_parquet(events.facts)["occurred_at"].max() == pd.Timestamp(
        stamps.max(), unit="ms", tz="UTC"
    )


def test_order_lines_of_a_shop_with_american_dates(tmp_path: Path) -> None:
    """The first 20,000 lines, with dates as the original export writes them."""
    with gzip.open(next((DATA / "online_retail").glob("*.csv.gz")), "rt", encoding="utf-8") as stream:
        lines = [line for _, line in zip(range(20_001), stream, strict=False)]
    american = re.compile(r",(\d{4})-0?(\d{1,2})-0?(\d{1,2}) 0?(\d{1,2}):(\d\d):\d\d,")
    text = "".join(american.sub(r",\2/\3/\1 \4:\5,", line) for line in lines)
    (tmp_path / "retail.csv").write_text(text, encoding="utf-8")
    proposal = propose([Path("retail.csv")], tmp_path)
    expected = pd.read_csv(tmp_path / "retail.csv", dtype={"InvoiceNo": str}).dropna(subset=["CustomerID"])
    assert guess(proposal, "retail", "ordered_at").sql == "strptime(InvoiceDate, '%m/%d/%Y %H:%M')"
    done = loaded(proposal, tmp_path, tmp_path / "load")
    assert [(o.table, o.staged, o.quarantined) for o in done.values()] == [
        ("order_lines", len(expected), 0),
        ("orders", expected["InvoiceNo"].nunique(), 0),
        ("customers", expected["CustomerID"].nunique(), 0),
    ]
    lines_read = pd.read_parquet(done["retail"].facts)
    assert float(lines_read["amount"].sum()) == pytest.approx(
        (expected["Quantity"] * expected["UnitPrice"]).sum()
    )


def test_customers_with_their_attributes(tmp_path: Path) -> None:
    file = Path(shutil.copy(DATA / "telco_churn/Telco-Customer-Churn.csv.gz", tmp_path))
    proposal = propose([file], tmp_path)
    done = loaded(proposal, tmp_path, tmp_path / "load")
    (customers,) = done.values()
    assert (customers.table, customers.staged, customers.quarantined) == ("customers", 7043, 0)
    assert '"monthly_charges":"29.85"' in pd.read_parquet(customers.facts)["attributes"].str.cat()
