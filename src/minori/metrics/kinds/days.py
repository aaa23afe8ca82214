"""On how many calendar days: ``days: events where name = 'login'``.

Up to a year, days are bits of whole numbers and the rows are read once; deduplicating them costs several times more.
"""

from functools import reduce

from sqlglot import exp

from minori.metrics.kind import Look, MetricKind
from minori.metrics.measure import Measure
from minori.metrics.rows import per_customer, seen
from minori.query.sql import literal, parsed

_BITS = 62  # days in a whole number of 64 bits, without its sign
_MOST_WORDS = 6
_DAY = parsed("date_diff('day', _day, as_of)")
_WORD = parsed(
    "coalesce(cast(bit_count(bit_or(case when inside then cast(1 as bigint) << bit end)) as bigint), 0)"
)


def days(measure: Measure, look: Look) -> exp.Query:
    """Count different company days per point."""
    rows = seen(measure, look)
    words = None if look.window is None else -(-look.window // _BITS)
    if words is not None and words <= _MOST_WORDS:
        starts = (look.offset + number * _BITS for number in range(words))
        return per_customer(rows, reduce(_plus, map(_word, starts)))
    once = exp.select("as_of", "customer_key", "_day").from_(rows.subquery("s")).distinct()
    return per_customer(once, exp.Count(this=exp.Star()))


def _word(start: int) -> exp.Expression:
    """Count the days of the ages that one whole number holds, from ``start`` on."""
    parts = {
        "inside": exp.Between(this=_DAY.copy(), low=literal(start), high=literal(start + _BITS - 1)),
        "bit": exp.Paren(this=exp.Sub(this=_DAY.copy(), expression=literal(start))),
    }

    def one(node: exp.Expression) -> exp.Expression:
        return parts[node.name] if isinstance(node, exp.Column) and node.name in parts else node

    return _WORD.transform(one)


def _plus(left: exp.Expression, right: exp.Expression) -> exp.Expression:
    return exp.Add(this=left, expression=right)


KIND = MetricKind(zero_if_none=True, query=days)
