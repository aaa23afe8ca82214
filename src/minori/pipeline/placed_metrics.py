"""The metric that is to blame for an error in the metrics of a policy, so that the right file and line are named."""

from collections.abc import Iterator

from minori.core.errors import DefinitionError, UnknownName
from minori.metrics.kind import METRIC_KINDS
from minori.metrics.resolve import Metrics
from minori.policy.definitions import Metric, Policy
from minori.policy.load import FOLDER, Loaded, error_place

_CIRCLE = "metrics read each other in a circle"


def placed_metrics(loaded: Loaded) -> Metrics:
    """Resolve the metrics; raises DefinitionError with file and line of the metric that is wrong."""
    try:
        return Metrics(loaded.policy)
    except DefinitionError as error:
        guilty = _guilty(loaded, error)
        if guilty is None:
            raise
        kind = loaded.policy.metrics[guilty].kind
        raise error_place(error, loaded, "metrics", guilty, kind) from None


def _guilty(loaded: Loaded, error: DefinitionError) -> str | None:
    """Return the metric that fails in the same way with nothing but what it reads, reading as little as any that does.

    Of several in a circle it is one of the company's own file.
    """
    failing = [
        (len(alone.metrics), not own_metric(loaded, name), number, name)
        for number, (name, alone) in enumerate(_alone(loaded.policy))
        if _fails(alone, error)
    ]
    return min(failing)[3] if failing else None


def own_metric(loaded: Loaded, name: str) -> bool:
    """Return whether a metric stands (or is changed) in the company's own file, not in the preset alone."""
    document = loaded.documents.get("metrics")
    return document is not None and document.place((name,))[0] == f"{FOLDER}/metrics.yaml"


def _alone(policy: Policy) -> Iterator[tuple[str, Policy]]:
    for name in policy.metrics:
        below = {name: policy.metrics[name]}
        waiting = [name]
        while waiting:
            for other in _named(below[waiting.pop()]) & set(policy.metrics) - set(below):
                below[other] = policy.metrics[other]
                waiting.append(other)
        yield name, policy.model_copy(update={"metrics": below})


def _named(metric: Metric) -> frozenset[str]:
    if metric.kind not in METRIC_KINDS:
        return frozenset()
    derived = METRIC_KINDS[metric.kind].derived
    try:
        return derived.names(metric.measure) if derived is not None else frozenset()
    except DefinitionError:
        return frozenset()


def _fails(policy: Policy, error: DefinitionError) -> bool:
    try:
        Metrics(policy)
    except DefinitionError as other:
        return _core(other) == _core(error)
    return False


def _core(error: DefinitionError) -> tuple[str, ...]:
    """Return what makes two errors the same: not the hint, which depends on what else there is."""
    if isinstance(error, UnknownName):
        return error.noun, error.name
    return (_CIRCLE,) if error.problem.startswith(_CIRCLE) else (error.problem,)
