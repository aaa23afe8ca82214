"""The stream of events for benchmarks: its schema, its keys, its order."""

from datetime import date
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from minori.core.keys import key64
from minori.lake.types import arrow_schema
from minori.sample.stream import BATCH, customer_id, stream_events
from minori.schema.facts import FACTS

UNTIL = date(2025, 6, 30)
ROWS = 1_200_000


@pytest.fixture(scope="module")
def lake() -> list[pa.RecordBatch]:
    return list(stream_events(2_000, ROWS, days=100, until=UNTIL, seed=3))


def _small(form: str, seed: int = 3) -> pa.Table:
    return pa.Table.from_batches(stream_events(50, 3_000, days=100, until=UNTIL, seed=seed, form=form))


def test_lake_form_is_that_of_the_facts(lake: list[pa.RecordBatch]) -> None:
    schema = arrow_schema(FACTS["events"], technical=True)
    assert all(batch.schema == schema and batch.num_rows <= BATCH for batch in lake)
    assert sum(batch.num_rows for batch in lake) == ROWS
    for batch in lake:
        batch.validate(full=True)


def test_months_come_one_after_another(lake: list[pa.RecordBatch]) -> None:
    months = [pc.unique(batch["_month"]).to_pylist() for batch in lake]
    assert all(len(month) == 1 for month in months)
    assert all(before <= after for before, after in pairwise(months))
    assert months[0] == ["2025-03"]
    assert months[-1] == ["2025-06"]


def test_days_are_the_company_s_and_lie_in_the_period(lake: list[pa.RecordBatch]) -> None:
    table = pa.Table.from_batches(lake)
    assert pc.min(table["_day"]).as_py() == date(2025, 3, 23)
    assert pc.max(table["_day"]).as_py() == UNTIL
    instants = table["occurred_at"].cast(pa.int64()).to_numpy()
    days = ((instants // 1_000_000 + 9 * 3600) // 86_400).astype("datetime64[D]")
    assert np.array_equal(days, table["_day"].to_numpy())
    assert pc.all(pc.equal(table["_month"], pc.strftime(table["_day"], "%Y-%m"))).as_py()


def test_ids_differ_and_activity_is_uneven(lake: list[pa.RecordBatch]) -> None:
    table = pa.Table.from_batches(lake)
    assert pc.count_distinct(table["_id"]).as_py() == ROWS
    names = pc.value_counts(table["name"])
    assert len(names) == 50
    counts = np.sort([entry["counts"].as_py() for entry in names])[::-1]
    assert counts[0] / counts[9] == pytest.approx(10, rel=0.1)
    customers = np.array([entry["counts"].as_py() for entry in pc.value_counts(table["customer_key"])])
    assert customers.max() > 10 * np.median(customers)


def test_keys_are_those_of_the_text_ids() -> None:
    """Both forms draw the same rows, so the keys of one are the hashes of the other's ids."""
    plain, lake = _small("plain"), _small("lake")
    assert plain.schema == arrow_schema(FACTS["events"], technical=False)
    for id_, key in (("customer_id", "customer_key"), ("user_id", "user_key")):
        assert [key64(text) for text in plain[id_].to_pylist()] == lake[key].to_pylist()
    for column in ("name", "occurred_at", "quantity"):
        assert plain[column].equals(lake[column])
    assert pc.count_distinct(plain["event_id"]).as_py() == plain.num_rows
    assert all(
        u.startswith(c)
        for c, u in zip(plain["customer_id"].to_pylist(), plain["user_id"].to_pylist(), strict=True)
    )
    assert customer_id(3) == "C0000003"


def test_follows_from_the_seed() -> None:
    assert _small("lake").equals(_small("lake"))
    assert not _small("lake").equals(_small("lake", seed=4))
