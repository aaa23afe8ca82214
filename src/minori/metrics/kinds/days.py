"""On how many calendar days: ``days: events where name = 'login'``.

Over up to a year days are bits of whole numbers, which merge and cost no deduplication. Which bit a day has does not
depend on the date that looks at it; the bits repeat only after the window's length.
"""

from minori.metrics.kind import MetricKind, Partial
from minori.metrics.measure import Measure
from minori.query.sql import column, literal, parsed
from sqlglot import exp

_BITS = 62  # days in a whole number of 64 bits, without its sign
_MOST_WORDS = 6
_BIT = parsed("date_diff('day', cast('0001-01-01' as date), _day) % days")
_WORD = parsed("bit_or(case when bit between first and last then cast(1 as bigint) << (bit - first) end)")
_COUNT = "coalesce(cast(bit_count({word}) as bigint), 0)"
