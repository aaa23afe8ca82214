"""What stands beside a metric's kind: ``X of T where C``, parsed and checked against the fact tables."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from sqlglot import exp

from minori.core.errors import ConditionError, UnknownName
from minori.query.condition import parse_row_condition
from minori.query.sql import column
from minori.schema.facts import FACTS
from minori.schema.table import Table, Visible, key_of

_FORM = re.compile(
    r"^\s*(?:(?P<what>[a-z_]+)\s+of\s+)?(?P<table>[a-z_]+)(?:\s+where\s+(?P<where>.+))?\s*$", re.S
)


@dataclass(frozen=True)
class Measure:
    """Rows of a fact table, and perhaps one of its columns."""

    text: str
    table: Table
    what: str | None
    where: exp.Expression | None

    @property
    def value(self) -> exp.Column:
        """The column that is measured."""
        if self.what is None:
            raise ConditionError(f"{self.text!r}: write which column, such as: quantity of {self.text}")
        return column(self.what)


def parse_measure(text: str, *, constant: Collection[str] = ()) -> Measure:
    """Parse a measure; raises ConditionError or UnknownName.

    ``constant`` names columns (``users.department``) that a workspace declares to have no history worth keeping.
    """
    return _parsed(text, frozenset(constant))


@cache
def _parsed(text: str, constant: frozenset[str]) -> Measure:
    found = _FORM.match(text)
    if not found:
        raise ConditionError(
            f"cannot read {text!r}; write: events where name = 'login', or quantity of events"
        )
    if found["table"] not in FACTS:
        raise UnknownName("fact table", found["table"], FACTS)
    table = FACTS[found["table"]]
    what = _stored(table, found["what"], constant) if found["what"] else None
    where = parse_row_condition(found["where"]) if found["where"] else None
    for node in list(where.find_all(exp.Column)) if where else []:
        node.set("this", exp.to_identifier(_stored(table, node.name, constant), quoted=True))
    return Measure(text, table, what, where)


def _stored(table: Table, name: str, constant: Collection[str]) -> str:
    declared = table.by_name.get(name)
    if declared is None:
        raise UnknownName(f"column of {table.name}", name, table.by_name)
    if declared.visible is Visible.CURRENT and f"{table.name}.{name}" not in constant:
        raise ConditionError(
            f"{table.name}.{name} has no history, so it cannot be measured;"
            " declare it constant in minori.yaml if it never changes"
        )
    if name in table.keyed_ids:
        return key_of(name)
    if name not in {c.name for c in table.stored}:
        raise ConditionError(f"{table.name}.{name} is kept only as a key and cannot be measured")
    return name
