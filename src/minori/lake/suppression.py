"""Who was erased, as keyed hashes: nothing in the list tells who it is, and everything that is loaded is held to it."""

import hmac
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from minori.core.keys import SEPARATOR, key64
from minori.lake.persons import Cell, Persons, blanking, personal_columns
from minori.lake.rewriting import Edit, edited_copy, touched
from minori.lake.snapshot import Snapshot
from minori.schema.table import Table

ADDRESS = "notes/suppression"
SCHEMA = pa.schema(
    [
        ("of", pa.string()),  # begun, customer, user, cell, value; done: the erasure begun came to its end
        ("hash", pa.string()),
        ("table", pa.string()),  # of a cell
        ("column", pa.string()),
        ("kept", pa.string()),  # JSON list: attributes that could stay
        ("salt", pa.string()),  # the same in every row
        ("by", pa.string()),  # who asked
        ("at", pa.timestamp("us", tz="UTC")),
    ]
)
Of = Literal["begun", "customer", "user", "cell", "value", "done"]
SHORTEST_VALUE = 3
"""Signs: a shorter name says too little to look for it where nobody says whose it is."""


@dataclass(frozen=True)
class Suppression:
    """The list as of a commit; ``salt`` is None as long as nobody was erased."""

    salt: str | None = None
    hashes: dict[str, frozenset[str]] = field(default_factory=dict)
    cells: dict[Cell, frozenset[str]] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self.salt is not None

    def hash(self, of: Of, text: str) -> str:
        """Return the keyed hash of a key or a value."""
        return keyed(self.salt or "", of, text)

    def holds(self, of: Of, text: str) -> bool:
        """Tell whether a key (as text) or a value is on the list."""
        return bool(self) and self.hash(of, text) in self.hashes.get(of, frozenset())

    def tells(self, text: str) -> bool:
        """Tell whether a text is the id of somebody erased, or a name or an address of theirs."""
        key = str(key64(text.strip()))
        return self.holds("customer", key) or self.holds("user", key) or self.holds("value", text.strip())

    def persons(self, table: Table, rows: pa.Table) -> Persons:
        """Return who of the list stands in rows of a fact table."""
        cells = {cell: self._listed(hashes, rows["_id"]) for cell, hashes in self._cells_of(table).items()}
        return Persons(
            customers=self._erased("customer", rows, "customer_key"),
            users=self._erased("user", rows, "user_key"),
            cells=cells,
            kept=self.kept,
        )

    def applied(self, table: Table, staged: Iterable[Path], folder: Path) -> list[Path]:
        """Return staged files of facts as the list allows them; changed copies lie in the folder."""
        paths = list(staged)
        if not self or not personal_columns(table):
            return paths
        folder.mkdir(parents=True, exist_ok=True)
        edit = blanking(table, partial(self.persons, table))
        return [self._allowed(path, edit, folder / f"{n}-{path.name}") for n, path in enumerate(paths)]

    def _allowed(self, path: Path, edit: Edit, copy: Path) -> Path:
        if not touched(path, edit):
            return path
        edited_copy(path, edit, copy)
        return copy

    def _erased(self, of: Of, rows: pa.Table, column: str) -> set[int]:
        if column not in rows.column_names or not self.hashes.get(of):
            return set()
        return {key for key in pc.unique(rows[column]).to_pylist() if self.holds(of, str(key))}

    def _cells_of(self, table: Table) -> dict[Cell, frozenset[str]]:
        return {cell: hashes for cell, hashes in self.cells.items() if cell[0] == table.name}

    def _listed(self, hashes: Collection[str], ids: pa.ChunkedArray) -> set[int]:
        return {i for i in ids.to_pylist() if self.hash("cell", str(i)) in hashes}


def keyed(salt: str, of: Of, text: str) -> str:
    """Return the keyed hash that stands for a text; without the salt nobody can try names against it."""
    return hmac.new(salt.encode(), SEPARATOR.join((of, text)).encode(), "sha256").hexdigest()


def suppression(snapshot: Snapshot) -> Suppression:
    """Return the list as of a snapshot."""
    rows = listed(snapshot)
    if not rows:
        return Suppression()
    hashes: dict[str, set[str]] = {}
    cells: dict[Cell, set[str]] = {}
    for row in rows:
        if row["of"] == "cell":
            cells.setdefault((row["table"], row["column"]), set()).add(row["hash"])
        else:
            hashes.setdefault(row["of"], set()).add(row["hash"])
    return Suppression(
        salt=rows[0]["salt"],
        hashes={of: frozenset(found) for of, found in hashes.items()},
        cells={cell: frozenset(found) for cell, found in cells.items()},
        # The strictest holds: what one erasure let stay must not bring back what another took.
        kept=frozenset.intersection(*(frozenset(json.loads(row["kept"])) for row in rows)),
    )


def listed(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return the rows of the list."""
    return snapshot.arrow(ADDRESS, SCHEMA.names).to_pylist() if snapshot.has(ADDRESS) else []
