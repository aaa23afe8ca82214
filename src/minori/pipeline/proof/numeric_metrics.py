"""Which metrics are read as numbers of one customer alone."""

from minori.metrics.resolve import Metrics
from minori.policy.definitions import Policy


def numeric_metrics(policy: Policy) -> frozenset[str]:
    """Return the metrics that are numbers of one customer alone; projected days cost most and say least."""
    metrics = Metrics(policy)
    return frozenset(
        name
        for name, metric in metrics.items()
        if metric.value == "number" and metric.definition.kind != "reaches" and not metrics.ranks([name])
    )
