"""In how many days a metric reaches a threshold if it goes on as it went: ``reaches: seat_use >= 0.8``.

A plain line through thirteen weekly values, by least squares (the same as ``stats/projection.py``, in SQL, so that it
may stand in conditions). Unknown with fewer than six known values, if the line does not lead there, or later than a
year. Already there is 0.
"""

from sqlglot import exp

from minori.core.errors import ConditionError
from minori.metrics.kind import Derived, MetricKind
from minori.metrics.names import back_column
from minori.query.condition import parse_condition
from minori.query.sql import column, literal, parsed
from minori.stats.projection import FURTHEST_DAYS, LEAST_POINTS

WEEKS = 12

_SLOPE = "((n * sty - st * sy) / nullif(n * stt - st * st, 0.0))"
_DAYS = f"((threshold - (sy - {_SLOPE} * st) / nullif(n, 0.0)) / nullif({_SLOPE}, 0.0))"
_REACHES = parsed(
    f"case when there then 0.0 when n >= {LEAST_POINTS} and {_SLOPE} * sign > 0 and {_DAYS} between 0 and {FURTHEST_DAYS}"
    f" then round({_DAYS}, 9) end"
)


def days(text: str, _lower_is_better: bool) -> exp.Expression:
    """Return the expected days until the comparison becomes true."""
    tree = _comparison(text)
    name, rising = tree.this.name, isinstance(tree, exp.GT | exp.GTE)
    sums = _sums(name)
    parts = {
        **sums,
        "there": tree.copy(),
        "threshold": exp.cast(tree.expression.copy(), "double"),
        "sign": literal(1.0 if rising else -1.0),
    }
    result = _REACHES.copy()
    for reference in list(result.find_all(exp.Column)):
        reference.replace(exp.Paren(this=parts[reference.name].copy()))
    return result


def _comparison(text: str) -> exp.Binary:
    tree = parse_condition(text).tree
    if not isinstance(tree, exp.GT | exp.GTE | exp.LT | exp.LTE) or not isinstance(tree.this, exp.Column):
        raise ConditionError(
            f"cannot read {text!r}; write a metric and its threshold, such as seat_use >= 0.8"
        )
    return tree


def _sums(name: str) -> dict[str, exp.Expression]:
    """Return n, Σt, Σy, Σt², Σty over the weekly values that are known."""
    terms: dict[str, list[exp.Expression]] = {"n": [], "st": [], "sy": [], "stt": [], "sty": []}
    for week in range(WEEKS + 1):
        value = column(back_column(name, 7 * week) if week else name)
        known = exp.Not(this=exp.Is(this=value.copy(), expression=exp.null()))
        t = -7.0 * week
        weights = {
            "n": literal(1.0),
            "st": literal(t),
            "stt": literal(t * t),
            "sy": value,
            "sty": _times(value, t),
        }
        for key, weight in weights.items():
            terms[key].append(exp.case().when(known.copy(), weight).else_(literal(0.0)))
    return {key: _added(values) for key, values in terms.items()}


def _times(value: exp.Expression, factor: float) -> exp.Expression:
    return exp.Mul(this=value.copy(), expression=exp.Paren(this=literal(factor)))


def _added(values: list[exp.Expression]) -> exp.Expression:
    total = values[0]
    for value in values[1:]:
        total = exp.Add(this=total, expression=value)
    return total


KIND = MetricKind(derived=Derived(names=lambda text: parse_condition(text).reads, value=days))
