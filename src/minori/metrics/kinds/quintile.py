"""1 to 5 among all customers, 5 best: ``quintile: days_since_order``. Ties share a rank; unknown stays unknown."""

from sqlglot import exp

from minori.metrics.kind import Derived, MetricKind
from minori.query.sql import column, parsed

_FIFTH = parsed("least(5.0, 1.0 + floor(5.0 * share))")


def fifth(text: str, lower_is_better: bool) -> exp.Expression:
    """Return 1 + the number of whole fifths of customers with a known value that lie below."""
    value = column(text.strip())
    unknown = exp.Is(this=value.copy(), expression=exp.null())
    share = exp.Window(
        this=exp.PercentRank(),
        partition_by=[column("as_of"), unknown.copy()],
        order=exp.Order(
            expressions=[exp.Ordered(this=value.copy(), desc=lower_is_better, nulls_first=False)]
        ),
    )
    tree = _FIFTH.copy()
    next(tree.find_all(exp.Column)).replace(share)
    return exp.case().when(exp.Not(this=unknown), tree)


KIND = MetricKind(
    derived=Derived(names=lambda text: frozenset({text.strip()}), value=fifth, ranks=True, of_metric=True)
)
