"""Rows that are set aside, without what they held of somebody who was erased: what is left says only that there was one."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa

from minori.core.text import Text
from minori.lake.persons import leaves
from minori.lake.rewriting import Cells, Edit
from minori.lake.suppression import Suppression
from minori.pipeline.erasing.person import Person
from minori.pipeline.erasing.words import Words

Row = dict[str, Any]
ERASED = "erased"
NOTHING = "{}"
REASON = Text(
    ja="個人データの消去により、内容を削除しました。",
    en="Its content was erased with somebody's personal data.",
)
_SIGNS = re.compile(r"[,;|\"'\s]+")
_READ = (
    "source",
    "table",
    "file",
    "row",
    "record",
    "value",
    "reason_ja",
    "reason_en",
    "state",
    "quarantine_id",
)
CHANGED = ("quarantine_id", "value", "record", "reason_ja", "reason_en", "state")


def emptied(row: Row) -> Row:
    """Return the row without its content. It is as it would be if it came from its file again."""
    told = {"value": None, "record": NOTHING, "reason_ja": REASON.ja, "reason_en": REASON.en, "state": ERASED}
    return {**row, **told}


def of_person(person: Person) -> Callable[[Row], bool]:
    """Return what tells whether a row holds something of a person."""
    names = Words(person.names)
    # An id of digits alone may be any number; where it is an id, the key says so.
    ids = {i for i in (*_ids(person), *person.user_ids) if not i.isdigit()}

    def concerns(row: Row) -> bool:
        if row.get("customer_key") in _customers(person) or row.get("user_key") in person.user_keys:
            return True
        return any(part in ids for text in _texts(row) for part in _parts(text)) or any(
            names.stand_in(text) for text in _texts(row)
        )

    return concerns


def of_list(erased: Suppression) -> Callable[[Row], bool]:
    """Return what tells whether a row that comes anew holds something of anybody who was erased."""

    def concerns(row: Row) -> bool:
        if erased.holds("customer", str(row["customer_key"])) or erased.holds("user", str(row["user_key"])):
            return True
        return any(erased.holds("value", part) for text in _texts(row) for part in _parts(text))

    return concerns


def editing(concerns: Callable[[Row], bool], identity: Callable[[Row, dict[str, int]], Row]) -> Edit:
    """Return the edit of the table of rows set aside; ``identity`` gives an emptied row the id it has anew."""

    def change(rows: pa.Table) -> Cells:
        names = [name for name in (*_READ, "customer_key", "user_key") if name in rows.column_names]
        old = rows.select(names).to_pylist()
        seen: dict[str, int] = {}
        new = [_renamed(r, identity, seen) if r["state"] != ERASED and concerns(r) else r for r in old]
        if new == old:
            return {}
        return {n: pa.array([row[n] for row in new], rows.schema.field(n).type) for n in CHANGED}

    return Edit({*_READ, "customer_key", "user_key"}, change)


def _renamed(row: Row, identity: Callable[[Row, dict[str, int]], Row], seen: dict[str, int]) -> Row:
    kept = emptied(row)
    return {**kept, **identity(kept, seen)}


def _customers(person: Person) -> frozenset[int]:
    return person.customer_keys if person.user is None else frozenset()


def _ids(person: Person) -> frozenset[str]:
    return person.customer_ids if person.user is None else frozenset()


def _texts(row: Row) -> Iterator[str]:
    """Yield every text of the row's record, and what is shown of it."""
    try:
        yield from leaves(json.loads(row["record"] or NOTHING))
    except ValueError:
        yield row["record"]
    if row["value"]:
        yield row["value"]


def _parts(text: str) -> Iterator[str]:
    """Yield the text and, of a line that could not be taken apart, what stands between its signs."""
    yield text.strip()
    yield from filter(None, _SIGNS.split(text))
