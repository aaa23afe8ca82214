"""On how many calendar days: ``days: events where name = 'login'``.

Over up to a year days are bits of whole numbers, which merge and need no deduplication. Which bit a day has does not
depend on the date that looks at it; it is another day's again only after the length of the window.
"""

from sqlglot import exp

from minori.metrics.kind import MetricKind, Partial
from minori.metrics.measure import Measure
from minori.query.sql import column, literal, parsed

_BITS = 62  # days in a whole number of 64 bits, without its sign
_WORDS = (2, 6)  # not as few as would do, so that metrics of different windows share them
_BIT = parsed("(date_diff('day', cast('0001-01-01' as date), _day) % length)")
_WORD = parsed(
    "bit_or(case when bit between start and start + 61 then cast(1 as bigint) << (bit - start) end)"
)
_COUNT = "coalesce(cast(bit_count({}) as bigint), 0)"


def day(_: Measure) -> exp.Expression:
    """Take the company day."""
    return column("_day")


def in_bits(window: int | None) -> Partial | None:
    """Return the days of a window as bits; None if it is too long."""
    words = next((words for words in _WORDS if window is not None and window <= words * _BITS), None)
    if words is None:
        return None
    names = [f"word{number}" for number in range(words)]
    return Partial(
        parts=lambda _: {name: _word(number, words) for number, name in enumerate(names)},
        merge=dict.fromkeys(names, "bit_or"),
        finish=" + ".join(_COUNT.format(name) for name in names),
    )


def _word(number: int, words: int) -> exp.Expression:
    bit = _with(_BIT, length=literal(words * _BITS))
    return _with(_WORD, bit=bit, start=literal(number * _BITS))


def _with(tree: exp.Expression, **values: exp.Expression) -> exp.Expression:
    def one(node: exp.Expression) -> exp.Expression:
        return values[node.name].copy() if isinstance(node, exp.Column) and node.name in values else node

    return tree.transform(one)


KIND = MetricKind(zero_if_none=True, of_window=in_bits, each=day)
