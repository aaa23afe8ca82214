"""What a policy reads: every condition and formula in it, wherever it stands."""

import re
from collections.abc import Iterable, Iterator

from minori.core.text import Text
from minori.policy.definitions import Play, Policy
from minori.query.condition import Condition, parse_condition

_BEFORE = re.compile(r"^(before__|back\d+__)")
_EVIDENCE = re.compile(r"^(limit|before|change|days_since|days_until)_(.+)$")


def conditions_of(policy: Policy) -> Iterator[Condition]:
    """Yield every condition and formula of the policy, parsed."""
    yield from (parse_condition(m.measure) for m in policy.metrics.values() if m.kind == "formula")
    for rules in (
        policy.segments.segments,
        policy.segments.stages,
        policy.segments.growth_stages,
        policy.segments.touches,
    ):
        yield from (parse_condition(rule.when) for rule in rules.values())
    yield from (parse_condition(weights.when) for weights in policy.health.weights)
    for play in policy.plays.values():
        yield parse_condition(play.when)
        yield from (parse_condition(text) for text in evidence_of(play, policy).values())
    for benefit in policy.catalog.benefits.values():
        for text in (*benefit.values.values(), *((benefit.money,) if benefit.money else ())):
            yield parse_condition(text)
    for limits in policy.guards.guards.values():
        if isinstance(success := limits.get("success"), str):
            yield parse_condition(success)


def evidence_of(play: Play, policy: Policy) -> dict[str, str]:
    """Return name → expression of every number that the play's reason shows or its condition reads."""
    evidence = {name: name for name in sorted(parse_condition(play.when).reads)}
    for function, argument in sorted(parse_condition(play.when).calls):
        if function in ("limit", "before", "change", "days_since", "days_until"):
            evidence[f"{function}_{argument}"] = f"{function}({argument})"
    for name in sorted(names_in(play.because)):
        evidence.setdefault(name, _expression(name, policy))
    return evidence


def names_in(text: Text) -> set[str]:
    """Return the ``{names}`` that a text asks for."""
    return text.names


def _expression(name: str, policy: Policy) -> str:
    found = _EVIDENCE.match(name)
    if found and name not in policy.metrics:
        return f"{found[1]}({found[2]})"
    return name


def columns_of_classes(policy: Policy) -> frozenset[str]:
    """Return the columns that segments, stages, growth stages and touch layers read."""
    rules = policy.segments
    groups = (rules.segments, rules.stages, rules.growth_stages, rules.touches)
    return _columns(rule.when for group in groups for rule in group.values())


def columns_of_health(policy: Policy) -> frozenset[str]:
    """Return the columns that the health score reads."""
    return _columns(w.when for w in policy.health.weights) | {p.metric for p in policy.health.parts.values()}


def columns_of_plays(plays: Iterable[Play]) -> frozenset[str]:
    """Return the columns that the conditions of plays read."""
    return _columns(play.when for play in plays)


def _columns(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(column for text in texts for column in parse_condition(text).columns)


def base_metrics(policy: Policy, columns: Iterable[str]) -> frozenset[str]:
    """Return the metrics that are measured from facts below the columns, through formulas and windows before."""
    found: set[str] = set()
    waiting, seen = list(columns), set[str]()
    while waiting:
        name = _BEFORE.sub("", waiting.pop())
        metric = policy.metrics.get(name)
        if metric is None or name in seen:
            continue
        seen.add(name)
        below = parse_condition(metric.measure).columns if metric.kind in ("formula", "reaches") else ()
        waiting += [*below, metric.measure.strip()] if metric.kind == "quintile" else list(below)
        found |= set() if metric.kind in ("formula", "reaches", "quintile") else {name}
    return frozenset(found)
