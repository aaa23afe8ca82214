"""A customer's whole situation at a point: the columns that conditions read, gathered from the tables that hold them."""

from collections.abc import Collection

from sqlglot import exp

from minori.query.sql import column, named
from minori.schema.columns import FROM_HEALTH, FROM_POINT, FROM_STANDING, FROM_STATE, FROM_TREND, PREPARED
from minori.schema.facts import FACTS


def situation(columns: Collection[str], *, constants: Collection[str] = ()) -> exp.Select:
    """Return a SELECT of as_of, customer_key and the wanted columns, one row per point.

    ``constants`` are customer attributes declared never to change.
    """
    query = exp.select(column("as_of", "p"), column("customer_key", "p")).from_(
        exp.to_table("point").as_("p")
    )
    joined = {"p"}
    for name in sorted(set(columns) - {"as_of", "customer_key"}):
        table, alias = _home(name, constants)
        if alias not in joined:
            joined.add(alias)
            query.join(exp.to_table(table).as_(alias), on=_same_point(alias), join_type="left", copy=False)
        query.select(named(_value(name, alias), name), copy=False)
    return query


def _value(name: str, alias: str) -> exp.Expression:
    """Return the column, or for a customer attribute that has none of its own, the text kept under its name."""
    if alias == "c" and name not in FACTS["customers"].by_name:
        path = exp.JSONPath(expressions=[exp.JSONPathRoot(), exp.JSONPathKey(this=name)])
        return exp.JSONExtractScalar(this=column("attributes", alias), expression=path)
    return column(name, alias)


def _home(name: str, constants: Collection[str]) -> tuple[str, str]:
    if name in FROM_POINT:
        return "point", "p"
    if name in FROM_STATE or name.startswith(PREPARED):
        return "state", "s"
    if name in FROM_STANDING:
        return "standing", "t"
    if name in FROM_HEALTH:
        return "health", "h"
    if name in FROM_TREND:
        return "trend", "r"
    if name in constants:
        return "customers", "c"
    return "metric", "m"


def _same_point(alias: str) -> exp.Expression:
    return exp.and_(
        exp.EQ(this=column("as_of", alias), expression=column("as_of", "p")),
        exp.EQ(this=column("customer_key", alias), expression=column("customer_key", "p")),
    )
