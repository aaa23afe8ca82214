"""The thresholds of a condition: numbers that something is compared with, found and moved."""

from dataclasses import dataclass

from sqlglot import exp

from minori.core.errors import UnknownName
from minori.query.condition import checked_tree, written

_COMPARISONS: dict[type[exp.Expression], tuple[str, str]] = {
    exp.GTE: (">=", "<="),
    exp.GT: (">", "<"),
    exp.LTE: ("<=", ">="),
    exp.LT: ("<", ">"),
}


@dataclass(frozen=True)
class Threshold:
    """One of them: ``seat_use >= 0.8`` compares ``what`` with ``value``; ``place`` counts them from 0."""

    place: int
    what: str
    comparison: str
    value: float

    def __str__(self) -> str:
        return f"{self.what} {self.comparison} {self.value:g}"


def thresholds_of(text: str) -> tuple[Threshold, ...]:
    """Return the thresholds of a condition in the order in which they are written; raises ConditionError."""
    found = []
    for place, (comparison, what, number, turned) in enumerate(_comparisons(checked_tree(text))):
        signs = _COMPARISONS[type(comparison)]
        found.append(Threshold(place, written(what), signs[turned], _number(number)))
    return tuple(found)


def moved(text: str, place: int, value: float) -> str:
    """Return the condition with one threshold at another value."""
    tree = exp.Paren(this=checked_tree(text))
    _, _, number, _ = _comparisons(tree)[place]
    number.replace(
        exp.Literal.number(repr(value)) if value >= 0 else exp.Neg(this=exp.Literal.number(repr(-value)))
    )
    return written(tree.this)


def place_of(text: str, what: str) -> int:
    """Return which threshold is that of ``what``, the first if there are several; raises UnknownName."""
    known = {threshold.what: threshold.place for threshold in reversed(thresholds_of(text))}
    if what not in known:
        raise UnknownName("threshold", what, known)
    return known[what]


def _comparisons(tree: exp.Expression) -> list[tuple[exp.Expression, exp.Expression, exp.Expression, bool]]:
    """Return each comparison with a number: itself, what is compared, the number, and whether it stands turned."""
    found = []
    for node in tree.dfs():
        if type(node) not in _COMPARISONS:
            continue
        left, right = node.this, node.expression
        if _is_number(right) and not _is_number(left):
            found.append((node, left, right, False))
        elif _is_number(left) and not _is_number(right):
            found.append((node, right, left, True))
    return found


def _is_number(node: exp.Expression) -> bool:
    inner = node.this if isinstance(node, exp.Neg) else node
    return isinstance(inner, exp.Literal) and not inner.is_string


def _number(node: exp.Expression) -> float:
    return -float(node.this.name) if isinstance(node, exp.Neg) else float(node.name)
