"""Conditions that contradict themselves, found by looking at the bounds each part sets."""

from sqlglot import exp

from minori.query.condition import parse_condition

_FLIPPED = {exp.GT: exp.LT, exp.GTE: exp.LTE, exp.LT: exp.GT, exp.LTE: exp.GTE, exp.EQ: exp.EQ}


def never_true(text: str) -> str | None:
    """Return the contradiction in a condition, or None. Only parts joined by ``and`` are looked at."""
    bounds: dict[str, tuple[float, float]] = {}
    wanted: dict[str, set[str]] = {}
    for part in _parts(parse_condition(text).tree):
        if isinstance(part, exp.Boolean) and not part.this:
            return "false"
        name, low, high = bound_of(part)
        if name:
            before = bounds.get(name, (float("-inf"), float("inf")))
            bounds[name] = max(before[0], low), min(before[1], high)
            if bounds[name][0] > bounds[name][1]:
                return f"{name} ≥ {bounds[name][0]:g} and ≤ {bounds[name][1]:g}"
        values = _values(part)
        if values:
            key, allowed = values
            wanted[key] = wanted.get(key, allowed) & allowed
            if not wanted[key]:
                return f"no value of {key} is left"
    return None


def _parts(tree: exp.Expression) -> list[exp.Expression]:
    if isinstance(tree, exp.Paren):
        return _parts(tree.this)
    return [*_parts(tree.left), *_parts(tree.right)] if isinstance(tree, exp.And) else [tree]


def bound_of(part: exp.Expression) -> tuple[str, float, float]:
    """Return what a comparison with a number bounds, and between which values; no name if it is none."""
    nothing = ("", 0.0, 0.0)
    if isinstance(part, exp.Between):
        low, high = _number(part.args["low"]), _number(part.args["high"])
        return (part.this.sql(), low, high) if low is not None and high is not None else nothing
    if type(part) not in _FLIPPED:
        return nothing
    kind, left, right = type(part), part.this, part.expression
    if _number(left) is not None:
        kind, left, right = _FLIPPED[kind], right, left
    value = _number(right)
    if value is None:
        return nothing
    low = value if kind in (exp.GT, exp.GTE, exp.EQ) else float("-inf")
    high = value if kind in (exp.LT, exp.LTE, exp.EQ) else float("inf")
    return left.sql(), low, high


def _number(node: exp.Expression) -> float | None:
    if isinstance(node, exp.Neg):
        inner = _number(node.this)
        return None if inner is None else -inner
    return float(node.this) if isinstance(node, exp.Literal) and not node.is_string else None


def _values(part: exp.Expression) -> tuple[str, set[str]] | None:
    if isinstance(part, exp.EQ) and isinstance(part.expression, exp.Literal) and part.expression.is_string:
        return part.this.sql(), {part.expression.name}
    if isinstance(part, exp.In):
        return part.this.sql(), {
            value.sql() if not value.is_string else value.name for value in part.expressions
        }
    return None
