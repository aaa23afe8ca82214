"""Rows of facts without what is personal: whose rows, and which cells of them."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from minori.lake.rewriting import Edit
from minori.schema.table import Column, Table, Type

ATTRIBUTES = "attributes"
_KEYS = ("customer_key", "user_key")
Cell = tuple[str, str]
"""A fact table and one of its columns."""


@dataclass(frozen=True)
class Persons:
    """Whose personal columns are blank: of customers (by ``customer_key``, with every user of theirs), of users.

    ``cells`` are single cells of other rows (by ``_id``) in which somebody is named. ``kept`` are the attributes
    that conditions may read and that therefore stay: they are declared never to change, and say no name.
    """

    customers: Collection[int] = ()
    users: Collection[int] = ()
    cells: Mapping[Cell, Collection[int]] = field(default_factory=dict)
    kept: Collection[str] = ()


def personal_columns(table: Table) -> tuple[Column, ...]:
    """Return the columns of a table that hold something personal."""
    return tuple(column for column in table.stored if column.personal)


def blanking(table: Table, persons_in: Callable[[pa.Table], Persons]) -> Edit:
    """Return the edit that blanks the personal columns of a fact table.

    ``persons_in`` says whose they are, of rows that have at least ``_id`` and the keys of who they are of.
    """
    names = [column.name for column in personal_columns(table)]

    def change(rows: pa.Table) -> dict[str, pa.ChunkedArray]:
        persons = persons_in(rows)
        of_person = _of_persons(rows, persons)
        found = {}
        for name in (name for name in names if name in rows.column_names):
            cells = persons.cells.get((table.name, name), ())
            mask = pc.or_(of_person, _among(rows["_id"], cells)) if cells else of_person
            blank = _blanked(rows[name], mask, kept=persons.kept if name == ATTRIBUTES else None)
            if blank is not None:
                found[name] = blank
        return found

    def may(rows: pa.Table) -> bool:
        persons = persons_in(rows)
        mask = _of_persons(rows, persons)
        for (of, _), ids in persons.cells.items():
            mask = pc.or_(mask, _among(rows["_id"], ids)) if of == table.name else mask
        return bool(pc.any(mask).as_py())

    keys = {*_KEYS, "_id"}
    return Edit({*names, *keys}, change, keys, may)


def texts(column: Column, value: str | None) -> list[str]:
    """Return the texts that a personal cell holds: itself, or the leaves of its JSON."""
    if value is None:
        return []
    return leaves(json.loads(value)) if column.type is Type.JSON else [value]


def leaves(value: object) -> list[str]:
    """Return every text in a value of JSON, names of its parts left out."""
    match value:
        case str():
            return [value]
        case dict():
            return [leaf for part in value.values() for leaf in leaves(part)]
        case list():
            return [leaf for part in value for leaf in leaves(part)]
        case _:
            return []


def _of_persons(rows: pa.Table, persons: Persons) -> pa.Array:
    mask = pa.array([False] * rows.num_rows) if not set(_KEYS) & set(rows.column_names) else None
    for name, keys in zip(_KEYS, (persons.customers, persons.users), strict=True):
        if name in rows.column_names:
            mine = _among(rows[name], keys)
            mask = mine if mask is None else pc.or_(mask, mine)
    return mask


def _among(column: pa.ChunkedArray, keys: Collection[int]) -> pa.Array:
    return pc.is_in(column, value_set=pa.array(sorted(keys), pa.int64()))


def _blanked(
    column: pa.ChunkedArray, mask: pa.Array, *, kept: Collection[str] | None
) -> pa.ChunkedArray | None:
    """Return the column with the masked cells blank; None if they are."""
    mask = pc.and_(mask, pc.is_valid(column))
    if not pc.any(mask).as_py():
        return None
    if kept is None:
        return pc.if_else(mask, pa.scalar(None, column.type), column)
    values = [
        _only(value, kept) if masked else value
        for value, masked in zip(column.to_pylist(), mask.to_pylist(), strict=True)
    ]
    return None if values == column.to_pylist() else pa.chunked_array([pa.array(values, column.type)])


def _only(attributes: str, kept: Collection[str]) -> str | None:
    """Return the attributes that stay, written as they were."""
    found = {name: value for name, value in json.loads(attributes).items() if name in kept}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) if found else None
