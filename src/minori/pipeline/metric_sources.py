"""What stands behind metrics, for people who ask: the facts they are counted from, the limits they are held against."""

from dataclasses import dataclass

from sqlglot import exp

from minori.metrics.resolve import Metrics
from minori.policy.definitions import Policy
from minori.schema.columns import FROM_STATE, PREPARED

_LIMIT = "limit__"
_CONTRACTS = "contracts"


@dataclass(frozen=True)
class AgainstLimit:
    """A metric that is the share of a limit of the contract: ``share`` = ``used`` / ``limit``."""

    share: str
    used: str
    limit: str


def tables_behind(policy: Policy) -> dict[str, frozenset[str]]:
    """Return for each metric the fact tables that it is counted from, directly or by way of other metrics."""
    metrics = Metrics(policy)
    return {name: _behind(metrics, name) for name in metrics}


def against_limits(policy: Policy) -> list[AgainstLimit]:
    """Return every metric that divides another one by a limit, in the order of the policy."""
    found = []
    metrics = Metrics(policy)
    for name in metrics:
        tree = metrics[name].tree
        divided = tree.unnest() if tree is not None else None
        if isinstance(divided, exp.Div):
            used, limit = _only_column(divided.this), _only_column(divided.expression)
            if used in policy.metrics and limit.startswith(_LIMIT):
                found.append(AgainstLimit(name, used, limit.removeprefix(_LIMIT)))
    return found


def _only_column(tree: exp.Expression) -> str:
    """Return the column that a tree names if it is the only one; empty otherwise."""
    named = {column.name for column in tree.find_all(exp.Column)}
    return named.pop() if len(named) == 1 else ""


def _behind(metrics: Metrics, name: str) -> frozenset[str]:
    tables: set[str] = set()
    for read in metrics.closure([name]):
        resolved = metrics[read]
        if resolved.measure is not None:
            tables |= {resolved.measure.table.name, *resolved.kind.also_reads}
        if any(need in FROM_STATE or need.startswith(PREPARED) for need in resolved.needs):
            tables.add(_CONTRACTS)
    return frozenset(tables)
