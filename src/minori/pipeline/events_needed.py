"""Which plays would show evidence of events that a workspace never records.

A count of an event whose name never occurs is 0 for everybody, and 0 is no evidence: nobody can have done what nobody
writes down. Such a play is off, and ``check`` names the events. What a play merely excludes (nobody has cancelled yet)
is no evidence, so it stays on.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from sqlglot import exp

from minori.core.text import Text
from minori.lake.engine import Engine
from minori.metrics.resolve import Metrics
from minori.pipeline.never import bound_of
from minori.policy.definitions import Play, Policy
from minori.policy.reads import base_metrics, evidence_of
from minori.query.condition import parse_condition, parts_of
from minori.query.sql import sql
from minori.query.visibility import RAW

EVENTS = "events"
_SEEN = sql("select distinct name from events where _day <= $day and name in ($names)")


def events_seen(engine: Engine, policy: Policy, day: date) -> frozenset[str]:
    """Return the event names of the policy's metrics that occurred up to a day; the raw events are attached."""
    wanted = sorted({name for names in _names(policy).values() for name in names})
    if not wanted:
        return frozenset()
    query = _SEEN.bind(day=day, names=wanted)
    next(query.find_all(exp.Table)).replace(exp.to_table(RAW + EVENTS))
    return frozenset(engine.fetch(query)["name"].to_pylist())


def missing_events(policy: Policy, seen: Collection[str]) -> dict[str, Text]:
    """Return the plays that are off because nobody records what they speak of, and why."""
    off = {}
    for name, events in plays_without_events(policy, seen).items():
        label = policy.plays[name].label
        off[name] = Text(
            ja=f"型「{label.ja}」は働きません: 名前が {'、'.join(events)} のイベントが事実データにありません",
            en=f"play {label.en!r} is off: no event named {', '.join(events)} occurs in the facts",
        )
    return off


def plays_without_events(policy: Policy, seen: Collection[str]) -> dict[str, list[str]]:
    """Return the plays whose evidence would be of events that never occur, with their names."""
    named = _names(policy)
    absent = {metric: names for metric, names in named.items() if not names & set(seen)}
    off = {}
    for play in policy.plays.values():
        if play.on and (events := _lacking(play, policy, absent)):
            off[play.id] = sorted(events)
    return off


def _names(policy: Policy) -> dict[str, frozenset[str]]:
    """Return the event names that each metric over events looks for; metrics that take any name are left out."""
    found = {}
    metrics = Metrics(policy)
    for name in metrics:
        measure = metrics[name].measure
        if measure is not None and measure.table.name == EVENTS and measure.where is not None:
            names = frozenset(_wanted(measure.where))
            if names:
                found[name] = names
    return found


def _wanted(where: exp.Expression) -> Iterator[str]:
    for part in parts_of(where):
        if isinstance(part, exp.EQ) and _is_name(part.this) and part.expression.is_string:
            yield part.expression.name
        elif isinstance(part, exp.In) and _is_name(part.this):
            yield from (value.name for value in part.expressions if value.is_string)


def _is_name(node: exp.Expression) -> bool:
    return isinstance(node, exp.Column) and node.name == "name"


def _lacking(play: Play, policy: Policy, absent: Mapping[str, frozenset[str]]) -> set[str]:
    """Return the events without which a play's condition cannot hold truthfully; empty if it can."""
    evidence = evidence_of(play, policy)
    shown = {c for name in play.because.names for c in parse_condition(evidence[name]).columns}
    return _missing(parse_condition(play.when).tree, _Dead(policy, absent, shown))


class _Dead:
    """What of a condition rests on events that never occur."""

    def __init__(self, policy: Policy, absent: Mapping[str, frozenset[str]], shown: Collection[str]) -> None:
        self.policy, self.absent, self.shown = policy, absent, frozenset(shown)

    def events(self, column: str) -> frozenset[str]:
        """Return the names behind a column of which nothing else is behind it; empty if it is alive."""
        behind = base_metrics(self.policy, [column])
        if not behind or not behind <= set(self.absent):
            return frozenset()
        return frozenset(name for metric in behind for name in self.absent[metric])

    def of(self, part: exp.Expression) -> frozenset[str]:
        """Return the names without which one part of a condition cannot hold or would be shown falsely."""
        columns = {column.name for column in part.find_all(exp.Column)} - {"as_of"}
        events = [self.events(column) for column in columns]
        _, low, _ = bound_of(part)
        false = low > 0 or bool(columns & self.shown)
        return frozenset().union(*events) if false and all(events) else frozenset()


def _missing(node: exp.Expression, dead: _Dead) -> set[str]:
    if isinstance(node, exp.Paren):
        return _missing(node.this, dead)
    if isinstance(node, exp.And):
        return _missing(node.left, dead) | _missing(node.right, dead)
    if isinstance(node, exp.Or):
        left, right = _missing(node.left, dead), _missing(node.right, dead)
        return left | right if left and right else set()
    return set(dead.of(node))
