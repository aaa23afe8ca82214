"""What the numbers of a case mean: their names and units, who said them, which limit they fill."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from sqlglot import exp

from minori.core.text import Text
from minori.policy.definitions import Metric, Policy
from minori.query.condition import parse_condition

LIMIT = "limit__"
_TOLD = re.compile(r"\bstatements\b")
_BOUGHT = re.compile(r"^\s*product_id\s+of\s+order_lines\b")
_AGAINST = (exp.Div, exp.Sub, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.EQ)


@dataclass(frozen=True)
class Meaning:
    """What a policy says of its metrics; made once per policy by ``meaning_of``."""

    labels: Mapping[str, Text] = field(default_factory=dict)
    units: Mapping[str, object] = field(default_factory=dict)  # share, days, money, a Text or None
    told: frozenset[str] = frozenset()  # metrics that rest on what the customer said
    uses: Mapping[str, frozenset[str]] = field(default_factory=dict)  # limit: metrics that fill it
    made_of: Mapping[str, frozenset[str]] = field(default_factory=dict)  # formula: all metrics behind it
    bought: tuple[str, ...] = ()  # metrics that hold the item bought last


def meaning_of(policy: Policy) -> Meaning:
    """Read the meaning of every metric out of a policy."""
    metrics = policy.metrics
    told = _told(metrics)
    uses: dict[str, set[str]] = defaultdict(set)
    for text in _expressions(policy):
        for limit, name in measured_against(text):
            if name in metrics and name not in told:
                uses[limit].add(name)
    return Meaning(
        labels={name: metric.label for name, metric in metrics.items()},
        units={name: metric.unit for name, metric in metrics.items()},
        told=told,
        uses={limit: frozenset(names) for limit, names in uses.items()},
        made_of=_made_of(metrics),
        bought=tuple(n for n, m in sorted(metrics.items()) if m.kind == "last" and _BOUGHT.match(m.measure)),
    )


@cache
def measured_against(text: str) -> tuple[tuple[str, str], ...]:
    """Return (limit, column) for each column that stands on the other side of a limit of an expression.

    ``active_users / limit(seats)`` and ``storage_gb >= 0.8 * limit(storage_gb)`` both say what fills the
    limit.
    """
    found: list[tuple[str, str]] = []
    for node in parse_condition(text).tree.find_all(*_AGAINST):
        for side, other in ((node.this, node.expression), (node.expression, node.this)):
            name = _only_column(side)
            limits = {
                c.name.removeprefix(LIMIT) for c in other.find_all(exp.Column) if c.name.startswith(LIMIT)
            }
            if name is not None and not name.startswith(LIMIT):
                found += ((limit, name) for limit in sorted(limits))
    return tuple(found)


def _only_column(node: exp.Expression) -> str | None:
    while isinstance(node, exp.Cast | exp.Paren):
        node = node.this
    return str(node.name) if isinstance(node, exp.Column) else None


def _expressions(policy: Policy) -> Iterator[str]:
    yield from (metric.measure for metric in policy.metrics.values() if metric.kind == "formula")
    yield from (play.when for play in policy.plays.values())


def _made_of(metrics: Mapping[str, Metric]) -> dict[str, frozenset[str]]:
    """Return what each formula reads, and what those read, and so on."""
    reads = {n: set(parse_condition(m.measure).reads) for n, m in metrics.items() if m.kind == "formula"}
    changed = True
    while changed:
        deeper = {n: names | {m for name in names for m in reads.get(name, ())} for n, names in reads.items()}
        changed, reads = deeper != reads, deeper
    return {name: frozenset(names) for name, names in reads.items()}


def _told(metrics: Mapping[str, Metric]) -> frozenset[str]:
    """Return the metrics over statements, and the formulas over those."""
    told = {n for n, m in metrics.items() if m.kind != "formula" and _TOLD.search(m.measure)}
    return frozenset(told | {name for name, behind in _made_of(metrics).items() if behind & told})
