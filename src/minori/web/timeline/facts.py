"""Facts that people wrote down here and that wait for the lake: seen on pages at once (SEMANTICS 22)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from minori.schema.facts import FACTS
from minori.schema.table import Type
from minori.web.models import Fact

_DECIMAL = (Type.QUANTITY, Type.MONEY)


def waiting(customer_id: str, tables: Iterable[str]) -> list[tuple[str, dict[str, Any]]]:
    """Return table and row of the facts of a customer that are not in the lake yet, typed as the lake types them."""
    found = Fact.objects.filter(drained_at=None, table__in=sorted(set(tables)), row__customer_id=customer_id)
    return [(fact.table, typed(fact.table, fact.row)) for fact in found.order_by("id")]


def typed(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of plain data with every declared column of its table; what is not given is None."""
    return {column.name: _value(column.type, row.get(column.name)) for column in FACTS[table].columns}


def _value(type_: Type, value: Any) -> Any:
    if value is None or not isinstance(value, str):
        return Decimal(str(value)) if value is not None and type_ in _DECIMAL else value
    if type_ is Type.INSTANT:
        return datetime.fromisoformat(value)
    if type_ is Type.DATE:
        return date.fromisoformat(value[:10])
    return Decimal(value) if type_ in _DECIMAL else value
