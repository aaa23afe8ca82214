"""The data: a real lake with events, customers and contracts, written once and kept for every plan and run."""

import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from full_run.forty import DAYS, UNTIL
from minori.core.keys import key64
from minori.lake.change import Change
from minori.lake.lake import Lake
from minori.lake.types import arrow_schema
from minori.sample.stream import NAMES, customer_id, stream_events
from minori.schema.facts import FACTS

EVENTS_PER_CUSTOMER = 1_000
SEED = 1
WRITTEN_AT = datetime(2026, 4, 1, 3, tzinfo=UTC)
STARTED_ON = UNTIL - timedelta(days=DAYS)

# What some of the fifty names are called, by how frequent they are: the first is 22 % of all events, the fiftieth 0.4 %.
CALLED = {
    1: "login",
    2: "dashboard_viewed",
    3: "csv_download",
    4: "api_call",
    5: "report_created",
    6: "file_upload",
    7: "data_import",
    8: "shared_with_colleague",
    10: "invite_sent",
    25: "integration_connected",
    30: "training_attended",
    35: "locked_feature_tried",
    40: "price_page_viewed",
    45: "goal_reached",
}


def open_lake(folder: Path) -> Lake:
    """Return the benchmark's lake in the folder."""
    return Lake(folder / "lake", lambda: WRITTEN_AT)


def event_files(folder: Path) -> list[str]:
    """Return the Parquet files of the events, for plans that read them without minori."""
    return open_lake(folder).snapshot().files("facts/events")


def customer_files(folder: Path) -> list[str]:
    """Return the Parquet files of the customers."""
    return open_lake(folder).snapshot().files("facts/customers")


def customers_of(events: int) -> int:
    """Return for how many customers so many events are."""
    return max(1, events // EVENTS_PER_CUSTOMER)


def generate(folder: Path, events: int) -> float:
    """Write the lake unless it is there; return the seconds it took (0.0: it was there)."""
    lake = open_lake(folder)
    if lake.snapshot().has("facts/events"):
        return 0.0
    start = time.perf_counter()
    with lake.change("benchmark") as change:
        _add(change, folder, "customers", _customers(customers_of(events)))
        _add(change, folder, "contracts", _contracts(customers_of(events)))
        change.add_facts(FACTS["events"], [])  # makes the table, in months
        change.append("facts/events", _events(events))
    return time.perf_counter() - start


def _events(events: int) -> pa.RecordBatchReader:
    schema = arrow_schema(FACTS["events"], technical=True)
    batches = stream_events(customers_of(events), events, days=DAYS, until=UNTIL, seed=SEED)
    return pa.RecordBatchReader.from_batches(schema, map(_called, batches))


def _called(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Give events the names that the preset's metrics and ours count."""
    names = batch.column("name").dictionary_encode()
    called = {name: CALLED.get(rank, name) for rank, name in enumerate(NAMES, 1)}
    words = pa.array([called[name] for name in names.dictionary.to_pylist()])
    renamed = pc.take(words, names.indices)
    return batch.set_column(batch.schema.get_field_index("name"), "name", renamed)


def _add(change: Change, folder: Path, name: str, rows: Iterator[dict[str, Any]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    staged = folder / f"{name}.parquet"
    technical = {"_load": change.number, "_source": "benchmark"}
    filled = [{**row, **technical, "customer_key": key64(row["customer_id"])} for row in rows]
    pq.write_table(pa.Table.from_pylist(filled, arrow_schema(FACTS[name], technical=True)), staged)
    change.add_facts(FACTS[name], [staged])
    staged.unlink()


def _customers(customers: int) -> Iterator[dict[str, Any]]:
    for number in range(customers):
        name = customer_id(number)
        yield {
            "_id": key64("customers", name),
            "customer_id": name,
            "name": name,
            "started_on": STARTED_ON,
        }


def _contracts(customers: int) -> Iterator[dict[str, Any]]:
    for number in range(customers):
        name, seats = customer_id(number), 5 * (1 + number % 8)
        yield {
            "_id": key64("contracts", name),
            "_day": STARTED_ON,
            "contract_id": name,
            "customer_id": name,
            "product_id": "suite",
            "plan_id": ("light", "standard")[number % 2],
            "quantity": Decimal(seats),
            "mrr": Decimal(seats * (980, 1_780)[number % 2]),
            "currency": "JPY",
            "starts_on": STARTED_ON,
            "renews_on": date(2027, 1 + number % 3, 1),
            "term_months": 12,
        }


if __name__ == "__main__":
    print(generate(Path(sys.argv[1]), int(sys.argv[2])))
