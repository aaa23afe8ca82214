"""Which plays can fire at all with the facts a workspace has, and which facts the others lack."""

from collections.abc import Collection

from sqlglot import exp

from minori.core.text import Text
from minori.metrics.resolve import Metrics
from minori.policy.definitions import Play, Policy
from minori.query.condition import parse_condition
from minori.schema.columns import FROM_STATE, PREPARED


def missing_facts(policy: Policy, connected: Collection[str]) -> dict[str, Text]:
    """Return the plays that are off because the workspace has no such facts, and why."""
    off = {}
    for name, tables in plays_off(policy, connected).items():
        label = policy.plays[name].label
        off[name] = Text(
            ja=f"型「{label.ja}」は働きません: 事実データ {'、'.join(tables)} がありません",
            en=f"play {label.en!r} is off: there are no facts in {', '.join(tables)}",
        )
    return off


def plays_off(policy: Policy, connected: Collection[str]) -> dict[str, list[str]]:
    """Return the plays whose condition cannot hold without facts that are not connected, with the missing tables.

    A number that no source gives is unknown, and ``not known(x)`` says nothing where nobody could have known.
    """
    metrics = Metrics(policy)
    off = {}
    for play in policy.plays.values():
        if play.on and not _can_hold(parse_condition(play.when).tree, _dead(play, metrics, connected)):
            off[play.id] = sorted(_tables(play, metrics) - set(connected))
    return off


def _dead(play: Play, metrics: Metrics, connected: Collection[str]) -> set[str]:
    """Return the columns of a condition that nothing can fill."""
    dead = set()
    for column in parse_condition(play.when).columns:
        tables = _behind(column, metrics)
        if tables - set(connected):
            dead.add(column)
    return dead


def _tables(play: Play, metrics: Metrics) -> set[str]:
    return {t for column in parse_condition(play.when).columns for t in _behind(column, metrics)}


def _behind(column: str, metrics: Metrics) -> set[str]:
    if column in FROM_STATE or column.startswith(PREPARED):
        return {"contracts"}
    tables: set[str] = set()
    for name in metrics.closure([column]):
        resolved = metrics[name]
        if resolved.measure is not None:
            tables |= {resolved.measure.table.name, *resolved.kind.also_reads}
        tables |= {"contracts" for need in resolved.needs if need in FROM_STATE or need.startswith(PREPARED)}
    return tables


def _can_hold(node: exp.Expression, dead: set[str]) -> bool:
    if isinstance(node, exp.Paren):
        return _can_hold(node.this, dead)
    if isinstance(node, exp.And):
        return _can_hold(node.left, dead) and _can_hold(node.right, dead)
    if isinstance(node, exp.Or):
        return _can_hold(node.left, dead) or _can_hold(node.right, dead)
    return not any(column.name in dead for column in node.find_all(exp.Column))
