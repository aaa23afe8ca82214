"""The facts and past scores of one customer, read from the lake's files with the filter pushed down; no engine starts."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from minori.core.keys import key64
from minori.lake.failures import reporting
from minori.lake.snapshot import Snapshot
from minori.lake.types import arrow_schema
from minori.pipeline.identity import known_links
from minori.schema.facts import FACTS

Row = dict[str, Any]
_LINKS = ["_id", "from_key", "into_key", "at", "undone_at"]
_MONTH = re.compile(r"_month=(\d{4}-\d{2})")
_DAY = "_day"


@dataclass(frozen=True)
class CustomerFacts:
    """One customer in one commit of the lake; ``keys`` are the customer's own and those merged into it."""

    snapshot: Snapshot
    key: int
    keys: tuple[int, ...]

    def rows(
        self, table: str, columns: Sequence[str], *, since: date | None = None, until: date | None = None
    ) -> list[Row]:
        """Return rows of a fact table with the company day ``_day`` within the days given, in no promised order.

        Rows that have no day are left out once a day is asked for. Raises LakeError if the files cannot be read.
        """
        found: list[Row] = self._table(table, columns, since, until).to_pylist()
        return found

    def by_day(self, since: date, until: date) -> list[Row]:
        """Return how often each event happened on each day: ``_day``, ``name``, ``times``, ``users`` (known ones)."""
        found = self._table("events", ("name", _DAY, "user_key"), since, until)
        counted = found.group_by([_DAY, "name"]).aggregate(
            [([], "count_all"), ("user_key", "count_distinct")]
        )
        return [
            {
                "_day": r["_day"],
                "name": r["name"],
                "times": r["count_all"],
                "users": r["user_key_count_distinct"],
            }
            for r in counted.sort_by([(_DAY, "ascending"), ("name", "ascending")]).to_pylist()
        ]

    def users_on(self, since: date, until: date) -> list[Row]:
        """Return which user was active on which day: ``_day``, ``user_key``; once per day, unknown users left out."""
        found = self._table("events", (_DAY, "user_key"), since, until)
        known = found.filter(pc.is_valid(found["user_key"]))
        rows: list[Row] = known.group_by([_DAY, "user_key"]).aggregate([]).to_pylist()
        return rows

    def first_month_of_events(self) -> date | None:
        """Return the first day of the oldest month of which the lake holds events of anybody; None without events."""
        months = [found[1] for file in self.snapshot.files("facts/events") if (found := _MONTH.search(file))]
        return date.fromisoformat(f"{min(months)}-01") if months else None

    def scores(self, table: str, columns: Sequence[str], days: Collection[date]) -> list[Row]:
        """Return rows of ``results/health`` or another table with one customer per row, of the runs of some days."""
        files = self.snapshot.files(f"results/{table}")
        if not files or not days:
            return []
        mask = pc.field("as_of").isin(sorted(days)) & (pc.field("customer_key") == self.key)
        with reporting(f"read {table} of one customer"):
            found = ds.dataset(files, format="parquet").to_table(["as_of", *columns], filter=mask)
        rows: list[Row] = found.sort_by("as_of").to_pylist()
        return rows

    def coverage(self, day: date) -> list[Row]:
        """Return ``table_name``, ``covers_from`` and ``covers_until`` of every fact table as the run of a day knew them."""
        files = self.snapshot.files("results/coverage")
        if not files:
            return []
        with reporting(f"read coverage of {day}"):
            found = ds.dataset(files, format="parquet").to_table(
                ["table_name", "covers_from", "covers_until"], filter=pc.field("as_of") == day
            )
        rows: list[Row] = found.to_pylist()
        return rows

    def _table(self, table: str, columns: Sequence[str], since: date | None, until: date | None) -> pa.Table:
        schema = arrow_schema(FACTS[table], technical=True)
        files = _within(self.snapshot.files(f"facts/{table}"), since, until)
        if not files:
            return pa.table({name: pa.array([], schema.field(name).type) for name in columns})
        mask = _any_of(self.keys)
        if since is not None:
            mask = mask & (pc.field(_DAY) >= since)
        if until is not None:
            mask = mask & (pc.field(_DAY) <= until)
        with reporting(f"read {table} of one customer"):
            # Columns declared after a file was written are null in it.
            return ds.dataset(files, schema=schema, format="parquet").to_table(list(columns), filter=mask)


def facts_of(snapshot: Snapshot, customer_id: str, now: datetime) -> CustomerFacts:
    """Return the reader of a customer, with the identities that lead to them as known now."""
    key = key64(customer_id)
    links = snapshot.arrow("facts/identity_links", _LINKS).to_pylist()
    merged = {source for source, into in known_links(links, now).items() if into == key}
    return CustomerFacts(snapshot, key, (key, *sorted(merged - {key})))


def run_days(snapshot: Snapshot) -> list[date]:
    """Return the days that were run and kept, oldest first."""
    if not snapshot.has("results/run"):
        return []
    return sorted(snapshot.arrow("results/run", ["as_of"])["as_of"].to_pylist())


def _any_of(keys: Sequence[int]) -> pc.Expression:
    # Equality lets whole row groups be left out; a list does not.
    return (
        pc.field("customer_key") == keys[0] if len(keys) == 1 else pc.field("customer_key").isin(list(keys))
    )


def _within(files: Iterable[str], since: date | None, until: date | None) -> list[str]:
    """Leave out the months of compact tables that lie outside of the days."""
    first, last = since and f"{since:%Y-%m}", until and f"{until:%Y-%m}"
    kept = []
    for file in files:
        month = _MONTH.search(file)
        outside = month and ((first and month[1] < first) or (last and month[1] > last))
        if not outside:
            kept.append(file)
    return kept
