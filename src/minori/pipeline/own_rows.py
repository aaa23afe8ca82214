"""Rows that the app itself hands over: typed as intake types those of files, or refused with the reason.

The app writes plain JSON. Nothing is guessed: an instant needs its zone, a number must be one, a name must be a column.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from minori.core.keys import key64
from minori.core.text import Text
from minori.lake.types import arrow_schema
from minori.policy.workspace import Company
from minori.schema.facts import FACTS
from minori.schema.table import Column, Table, Type, key_of
from minori.sources.currencies import CURRENCIES
from minori.sources.keys import fact_key, made_id
from minori.sources.macros import WIDEST_ID, WIDEST_TEXT
from minori.sources.reasons import explain
from minori.sources.typing import AHEAD, is_currency, is_id

SOURCE = "own_app"
_DECIMALS = {Type.QUANTITY: Decimal("0.000001"), Type.MONEY: Decimal("0.0001")}
_LARGEST = {Type.QUANTITY: Decimal(10) ** 12, Type.MONEY: Decimal(10) ** 14}
_LARGEST_INTEGER = 2**63
_UNKNOWN = Text(ja="{column}: 「{table}」にない列です。", en="{column}: is no column of {table}.")


@dataclass(frozen=True)
class OwnRow:
    """One fact of the app. ``key`` names it there; of several with one key in the lake the greatest ``number`` holds."""

    table: str
    key: str
    number: int
    row: Mapping[str, Any]


class Refused(Exception):
    """Raised for a row that cannot become a fact; ``key`` is that of the fact, where it can be told."""

    def __init__(self, column: str, value: str | None, reason: Text, key: int | None = None) -> None:
        self.column, self.value, self.reason, self.key = column, value, reason, key
        super().__init__(reason.en)


def typed(own: OwnRow, company: Company, now: datetime, load: int) -> dict[str, Any]:
    """Return the row as it lies in the lake, with the columns that intake adds.

    Raises Refused. ``load`` is the number of the load that brings it; ``now`` bounds how late a fact may be dated.
    """
    of = FACTS[own.table]
    made = made_id(of)
    given = {made: own.key, **own.row} if made is not None and not own.row.get(made) else dict(own.row)
    values, refused = _values(of, given, company)
    key = fact_key(of, values) if all(c in values for c in of.key) else None
    for name in given:
        if name not in of.by_name:
            refused = refused or Refused(name, None, _UNKNOWN.fill({"column": name, "table": of.name}))
    refused = refused or _broken_rule(of, values, now)
    if refused is not None:
        raise Refused(refused.column, refused.value, refused.reason, key)
    assert key is not None, "every column could be read"
    return _completed(of, values, key, own.number, company, load)


def _values(of: Table, given: Mapping[str, Any], company: Company) -> tuple[dict[str, Any], Refused | None]:
    """Return every value that could be read, and the first that could not."""
    values, refused = {}, None
    for c in of.columns:
        try:
            values[c.name] = _value(c, of, given.get(c.name), company)
        except Refused as e:
            refused = refused or e
    return values, refused


def _completed(
    of: Table, values: dict[str, Any], key: int, number: int, company: Company, load: int
) -> dict[str, Any]:
    at = values[of.at] if of.at else None
    day = company.calendar.day_of(at) if isinstance(at, datetime) else at
    technical = {
        "_id": key,
        "_load": load,
        "_source": SOURCE,
        "_version": Decimal(number),
        "_day": day,
        "_month": f"{day:%Y-%m}" if day else None,
        **{key_of(c): key64(values[c]) if values[c] is not None else None for c in of.keyed_ids},
    }
    whole = {**values, **technical}
    return {name: whole[name] for name in arrow_schema(of, technical=True).names}


def _broken_rule(of: Table, values: Mapping[str, Any], now: datetime) -> Refused | None:
    for c in of.columns:
        if c.required and values.get(c.name, "") is None:
            return Refused(c.name, None, explain(c.name, None, "required"))
    at = values.get(of.at) if of.at else None
    if isinstance(at, datetime) and at > now + AHEAD:
        return Refused(of.at or "", at.isoformat(), explain(of.at or "", at.isoformat(), "future"))
    return None


def _value(c: Column, of: Table, raw: Any, company: Company) -> Any:
    if raw is None or raw == "":
        return company.currency if is_currency(c) else None
    if is_currency(c) and raw not in CURRENCIES:
        raise _refused(c, raw, "currency")
    if c.allowed and raw not in c.allowed:
        raise Refused(c.name, str(raw), explain(c.name, str(raw), "allowed", c.allowed))
    try:
        return _READ[c.type](c, of, raw)
    except (ValueError, TypeError, InvalidOperation, OverflowError):
        raise _refused(c, raw, c.type.value) from None


def _refused(c: Column, raw: Any, rule: str) -> Refused:
    return Refused(c.name, str(raw)[:WIDEST_ID], explain(c.name, str(raw), rule))


def _text(c: Column, of: Table, raw: Any) -> str:
    if not isinstance(raw, str):
        raise TypeError
    name = is_id(c, of)
    allowed = "" if name else "\n\r\t\u3000\u00a0"
    if len(raw) > (WIDEST_ID if name else WIDEST_TEXT) or any(
        not sign.isprintable() and sign not in allowed for sign in raw
    ):
        raise ValueError
    return raw.strip() if name else raw


def _integer(_c: Column, _of: Table, raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or abs(raw) >= _LARGEST_INTEGER:
        raise ValueError
    return raw


def _decimal(c: Column, _of: Table, raw: Any) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise TypeError
    value = Decimal(str(raw))
    if not value.is_finite() or abs(value) >= _LARGEST[c.type]:
        raise ValueError
    return value.quantize(_DECIMALS[c.type])


def _date(_c: Column, _of: Table, raw: Any) -> date:
    return raw if type(raw) is date else date.fromisoformat(raw)


def _instant(_c: Column, _of: Table, raw: Any) -> datetime:
    at = raw if isinstance(raw, datetime) else datetime.fromisoformat(raw)
    if at.utcoffset() is None:
        raise ValueError
    return at.astimezone(UTC)


def _flag(_c: Column, _of: Table, raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise TypeError
    return raw


def _json(_c: Column, _of: Table, raw: Any) -> str:
    if isinstance(raw, str):
        raw = json.loads(raw)
    if not isinstance(raw, dict):
        raise TypeError
    return json.dumps(raw, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


_READ = {
    Type.TEXT: _text,
    Type.INTEGER: _integer,
    Type.QUANTITY: _decimal,
    Type.MONEY: _decimal,
    Type.DATE: _date,
    Type.INSTANT: _instant,
    Type.FLAG: _flag,
    Type.JSON: _json,
}
