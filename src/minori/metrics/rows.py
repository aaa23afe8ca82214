"""Rows of a measure as seen by a look: what the kinds with a query of their own start from."""

from sqlglot import exp

from minori.metrics.kind import Look
from minori.metrics.measure import Measure
from minori.query.sql import column
from minori.query.visibility import visible


def seen(measure: Measure, look: Look, *, windows: int = 1) -> exp.Select:
    """Return the rows of the measure in the look's window (``windows`` times as long), with ``as_of``."""
    length = None if look.window is None else look.window * windows
    rows = visible(measure.table, look.view, window=length, offset=look.offset)
    selected = exp.select("*").from_(rows.subquery("r"))
    return selected.where(measure.where.copy()) if measure.where is not None else selected


def per_customer(rows: exp.Query, value: exp.Expression) -> exp.Select:
    """Aggregate rows to one ``value`` per point."""
    return (
        exp.select(column("as_of"), column("customer_key"), exp.alias_(value, "value"))
        .from_(rows.subquery("rows"))
        .group_by(column("as_of"), column("customer_key"))
    )
