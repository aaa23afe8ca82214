"""A mean: ``average: score of surveys where kind = 'csat'``. Sum and count are exact and divided last."""

from sqlglot import exp

from minori.metrics.kind import MetricKind, Partial
from minori.metrics.measure import Measure


def _parts(measure: Measure) -> dict[str, exp.Expression]:
    return {"total": exp.Sum(this=measure.value), "n": exp.Count(this=measure.value)}


def _divided(measure: Measure) -> exp.Expression:
    parts = _parts(measure)
    divisor = exp.Nullif(this=exp.cast(parts["n"], "double"), expression=exp.Literal.number(0))
    return exp.Div(this=exp.cast(parts["total"], "double"), expression=divisor)


KIND = MetricKind(
    takes="column",
    partial=Partial(
        parts=_parts,
        merge={"total": "sum", "n": "sum"},
        finish="cast(total as double) / nullif(cast(n as double), 0)",
    ),
)
