"""Rows that come in, made to fit the table they go to."""

from collections.abc import Iterator
from typing import TypeAlias

import pyarrow as pa
import pyarrow.types as kinds

from minori.core.errors import LakeError

Rows: TypeAlias = pa.Table | pa.RecordBatchReader


def fitted(rows: Rows, stored: pa.Schema | None, table: str) -> pa.RecordBatchReader:
    """Return the rows with the stored types; new columns keep their own.

    Only what loses nothing is converted; text never becomes a number, nor a number text.
    Raises LakeError that names the column.
    """
    incoming = _reader(rows)
    target = pa.schema([_fitted(field, stored, table) for field in incoming.schema])
    return incoming if target.equals(incoming.schema) else incoming.cast(target)


def widened(rows: Rows, stored: pa.Schema | None, table: str) -> pa.RecordBatchReader:
    """Return rows that replace a whole table: their own types hold, stored columns they lack are null."""
    incoming = _reader(rows)
    lacking = [field for field in stored or () if field.name not in incoming.schema.names]
    own = [_typed(field, stored, table) for field in incoming.schema]
    typed = incoming.cast(pa.schema(own))
    if not lacking:
        return typed
    target = pa.schema([*own, *lacking])
    return pa.RecordBatchReader.from_batches(target, _with_nulls(typed, lacking, target))


def _reader(rows: Rows) -> pa.RecordBatchReader:
    return rows.to_reader() if isinstance(rows, pa.Table) else rows


def _with_nulls(
    batches: pa.RecordBatchReader, lacking: list[pa.Field], target: pa.Schema
) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        nulls = [pa.nulls(batch.num_rows, field.type) for field in lacking]
        yield pa.RecordBatch.from_arrays([*batch.columns, *nulls], schema=target)


def _fitted(field: pa.Field, stored: pa.Schema | None, table: str) -> pa.Field:
    typed = _typed(field, stored, table)
    if stored is None or field.name not in stored.names:
        return typed
    target = stored.field(field.name)
    if not kinds.is_null(field.type) and _family(typed.type) != _family(target.type):
        raise LakeError(f"{table}: column {field.name!r} is {target.type}, cannot take {field.type}")
    return target


def _typed(field: pa.Field, stored: pa.Schema | None, table: str) -> pa.Field:
    """Return the field with a type that can be stored."""
    if kinds.is_null(field.type):
        if stored is None or field.name not in stored.names:
            raise LakeError(f"{table}: the new column {field.name!r} is all null and has no type")
        return stored.field(field.name)
    if kinds.is_dictionary(field.type):
        return pa.field(field.name, field.type.value_type)
    return pa.field(field.name, field.type)


def _family(type_: pa.DataType) -> str:
    if kinds.is_string(type_) or kinds.is_large_string(type_) or kinds.is_string_view(type_):
        return "text"
    if kinds.is_timestamp(type_):
        return "instant" if type_.tz else "time without zone"
    if kinds.is_nested(type_):
        return "nested"  # engines name the parts of lists each in their way; the cast compares the rest
    checks = {"integer": kinds.is_integer, "decimal": kinds.is_decimal, "double": kinds.is_floating}
    return next((name for name, holds in checks.items() if holds(type_)), str(type_))
