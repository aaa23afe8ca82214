"""Who somebody is: every id and key that stands for a customer or a user, and every text that tells of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from minori.core.errors import UnknownName
from minori.core.keys import key64
from minori.lake.erase import files_of
from minori.lake.persons import personal_columns, texts
from minori.lake.snapshot import Snapshot
from minori.lake.suppression import Suppression, suppression
from minori.pipeline.identity import known_links
from minori.schema.facts import FACTS
from minori.schema.table import Table

NAMING = ("name", "email")
"""Columns whose value says who somebody is, wherever it stands."""

_LINKS = ["_id", "from_id", "into_id", "from_key", "into_key", "at", "undone_at"]


@dataclass(frozen=True)
class Person:
    """A customer with all of their users, or (``user`` given) one user of theirs.

    ``names`` and ``words`` are what the lake holds of them, in every version that is kept.
    """

    customer_id: str
    user: str | None
    customer_ids: frozenset[str]
    user_ids: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]

    @property
    def customer_keys(self) -> frozenset[int]:
        """Keys of the customer, with those merged into it."""
        return frozenset(map(key64, self.customer_ids))

    @property
    def user_keys(self) -> frozenset[int]:
        """Keys of the user, or of every user of the customer."""
        return frozenset(map(key64, self.user_ids))


def find(snapshot: Snapshot, customer: str, user: str | None, now: datetime) -> Person:
    """Return who is meant: a customer by id or name (or the name that they had), a user of theirs by id.

    Raises
    ------
    UnknownName
        If there is none, or several have that name; the nearest is given.
    """
    customer_id = _customer(snapshot, customer)
    together = _together(snapshot, customer_id, now)
    users = _users(snapshot, together)
    if user is not None:
        if user not in users and not _in_compact(snapshot, set(map(key64, together)), {key64(user)}):
            raise UnknownName(f"user of {customer_id}", user, users)
        users = _together(snapshot, user, now)
    customer_keys, user_keys = set(map(key64, together)), set(map(key64, users))
    names, words = set[str](), set[str]()
    for table, rows in _rows(snapshot, customer_keys if user is None else set(), user_keys):
        for column in personal_columns(table):
            if column.name not in rows.column_names:
                continue
            found = {t for value in pc.unique(rows[column.name]).to_pylist() for t in texts(column, value)}
            (names if column.name in NAMING else words).update(found)
    return Person(customer_id, user, together, users, frozenset(names), frozenset(words - names))


def _customer(snapshot: Snapshot, customer: str) -> str:
    rows = snapshot.arrow("facts/customers", ["customer_id", "name"]).to_pylist()
    ids = {row["customer_id"] for row in rows} | _ids_elsewhere(snapshot)
    if customer in ids or _in_compact(snapshot, {key64(customer)}):
        return customer
    named = sorted(row["customer_id"] for row in rows if row["name"] == customer)
    found = named or _erased_name(snapshot, customer, ids)
    if len(found) == 1:
        return found[0]
    if named:
        raise UnknownName("single customer", customer, named)
    raise UnknownName("customer", customer, {*ids, *(row["name"] for row in rows if row["name"])})


def _ids_elsewhere(snapshot: Snapshot) -> set[str]:
    """Return the ids of customers in all tables that keep them: somebody may be known by an order alone."""
    tables = [t for t in FACTS.values() if any(c.name == "customer_id" for c in t.stored)]
    found = [snapshot.arrow(f"facts/{t.name}", ["customer_id"]) for t in tables]
    return {i for rows in found if rows.num_rows for i in pc.unique(rows["customer_id"]).to_pylist() if i}


def _in_compact(snapshot: Snapshot, customers: set[int], users: set[int] | None = None) -> bool:
    """Tell whether one of the customers (with one of the users) stands in a table that keeps keys only."""
    wanted = {"customer_key": customers, **({"user_key": users} if users is not None else {})}
    values = {name: pa.array(sorted(keys), pa.int64()) for name, keys in wanted.items()}
    for table in (table for table in FACTS.values() if table.compact):
        for path in snapshot.files(f"facts/{table.name}"):
            with pq.ParquetFile(path) as opened:
                for rows in opened.iter_batches(columns=list(wanted)):
                    for name, keys in values.items():
                        rows = rows.filter(pc.is_in(rows[name], keys))
                    if rows.num_rows:
                        return True
    return False


def _erased_name(snapshot: Snapshot, customer: str, ids: set[str]) -> list[str]:
    """Return who was erased under that name: an erasure that was interrupted is repeated as it was asked for."""
    hidden = suppression(snapshot)
    if not hidden.holds("value", customer):
        return []
    return [
        i for i in sorted(ids) if hidden.holds("customer", str(key64(i))) and _has_name(hidden, i, customer)
    ]


def _has_name(hidden: Suppression, customer_id: str, name: str) -> bool:
    return hidden.holds("value", f"{customer_id}={name}")


def _together(snapshot: Snapshot, start: str, now: datetime) -> frozenset[str]:
    """Return every id that stands for the same somebody: all that lead where this one leads."""
    links = snapshot.arrow("facts/identity_links", _LINKS).to_pylist()
    leads = known_links(links, now)
    ends_in = leads.get(key64(start), key64(start))
    ids = {start, *(row[side] for row in links for side in ("from_id", "into_id"))}
    return frozenset(i for i in ids if leads.get(key64(i), key64(i)) == ends_in)


def _users(snapshot: Snapshot, customer_ids: frozenset[str]) -> frozenset[str]:
    keys = pa.array(sorted(map(key64, customer_ids)), pa.int64())
    found = set[str]()
    for table in FACTS.values():
        if not {"customer_id", "user_id"} <= {c.name for c in table.stored}:
            continue
        rows = snapshot.arrow(f"facts/{table.name}", ["customer_key", "user_id"])
        if rows.num_rows:
            found |= set(rows.filter(pc.is_in(rows["customer_key"], keys))["user_id"].to_pylist())
    return frozenset(i for i in found if i)


def _rows(snapshot: Snapshot, customers: set[int], users: set[int]) -> Iterator[tuple[Table, pa.Table]]:
    """Yield their rows of every table with personal columns, whichever version a row is of."""
    for table in FACTS.values():
        # What an event carries is erased too, but says nothing by which somebody could be found elsewhere.
        names = [c.name for c in personal_columns(table)]
        if names and not table.compact:
            for path in files_of(snapshot.root, f"facts/{table.name}"):
                yield table, rows_in(path, names, chosen(customers, users))


def rows_in(path: Path, columns: list[str], choose: Callable[[pa.Table], pa.Array]) -> pa.Table:
    """Return the columns (as far as the file has them) of the rows chosen."""
    with pq.ParquetFile(path) as opened:
        known = opened.schema_arrow.names
        wanted = [name for name in ("_id", "customer_key", "user_key", *columns) if name in known]
        parts = []
        for number in range(opened.num_row_groups):
            rows = opened.read_row_group(number, columns=wanted)
            parts.append(rows.filter(choose(rows)))
        return pa.concat_tables(parts) if parts else opened.schema_arrow.empty_table().select(wanted)


def chosen(customers: set[int], users: set[int]) -> Callable[[pa.Table], pa.Array]:
    """Return what tells which rows are of these customers or users."""

    def choose(rows: pa.Table) -> pa.Array:
        mask = pa.array([False] * rows.num_rows)
        for name, keys in (("customer_key", customers), ("user_key", users)):
            if name in rows.column_names and keys:
                mask = pc.or_(mask, pc.is_in(rows[name], pa.array(sorted(keys), pa.int64())))
        return mask

    return choose
