"""What is known when: metrics come first, then the classes, then the score; nothing may read what comes after it."""

from collections.abc import Callable, Iterator
from typing import Any

from minori.core.errors import DefinitionError
from minori.metrics.kind import METRIC_KINDS
from minori.policy.definitions import Policy
from minori.query.condition import parse_condition
from minori.schema.columns import FROM_HEALTH, FROM_STANDING, FROM_TREND

_SCORE = (*FROM_HEALTH, *FROM_TREND)
_LATER = (*FROM_STANDING, *_SCORE)
# The classes that rules of each list may read; stages are found after segments, touch layers after stages.
_BEFORE = {
    "segments": (),
    "growth_stages": (),
    "stages": ("segment", "growth_stage"),
    "touches": ("segment", "growth_stage", "stage"),
}
Where = tuple[str | int, ...]


def check_order(policy: Policy, placed: Callable[[Where, Callable[[], Any]], Any]) -> None:
    """Refuse what reads a number before it is known; ``placed`` runs a check and names its place in an error."""
    for where, text, names, later in _reads(policy):
        found = sorted(names & set(later))
        if found:
            placed(where, _refusing(text, found[0], later))


def _reads(policy: Policy) -> Iterator[tuple[Where, str, frozenset[str], tuple[str, ...]]]:
    """Yield place, text, what it reads, and what it may not read."""
    for name, metric in policy.metrics.items():
        derived = METRIC_KINDS[metric.kind].derived
        if derived is not None and not derived.of_metric:
            yield ("metrics", name, metric.kind), metric.measure, derived.names(metric.measure), _LATER
    for group, known in _BEFORE.items():
        later = tuple(column for column in _LATER if column not in known)
        for name, rule in getattr(policy.segments, group).items():
            yield ("segments", group, name, "when"), rule.when, parse_condition(rule.when).reads, later
    for number, weights in enumerate(policy.health.weights):
        where = ("health", "weights", number, "when")
        yield where, weights.when, parse_condition(weights.when).reads, _SCORE


def _refusing(text: str, name: str, later: tuple[str, ...]) -> Callable[[], None]:
    def refuse() -> None:
        raise DefinitionError(
            f"{text!r} reads {name!r}, which is not known yet here; it cannot read {', '.join(later)}"
        )

    return refuse
