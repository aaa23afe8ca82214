"""The health score as a ledger: ``health_part`` says how each part counted, ``health`` what came of it.

Overall = sum of weight × points over the parts that have data ÷ sum of their weights. A part without data drops out and
its weight is shared; if too little weight is left, the score is unknown, never a guess.
"""

from itertools import pairwise

from sqlglot import exp

from minori.lake.stage import Pass, Stage
from minori.policy.definitions import HealthPart
from minori.policy.reads import columns_of_health
from minori.query.condition import parse_condition
from minori.query.sql import column, literal, named, sql, united

_HEALTH = sql("""
    with total as (
        select as_of, customer_key, sum(weight) filter (where points is not null) as known, sum(weight) as weight,
               sum(cast(weight * points as decimal(28, 9))) filter (where points is not null) as points,
               count(points) as parts_known, count(*) as parts
        from _parts
        group by as_of, customer_key
    ), scored as (
        select as_of, customer_key, parts_known, parts,
               case when known >= weight * $least and known > 0 then round(cast(points as double) / cast(known as double), 6) end as health
        from total
    )
    select p.as_of, p.customer_key, s.health,
           case when s.health >= $thriving then 'thriving' when s.health >= $healthy then 'healthy'
                when s.health >= $watch then 'watch' when s.health is not null then 'act' end as band,
           coalesce(s.parts_known, 0) as parts_known, coalesce(s.parts, 0) as parts
    from point p
    left join scored s on s.as_of = p.as_of and s.customer_key = p.customer_key
""")
_SHARED = sql("""
    select as_of, customer_key, part, value, cast(points as double) as points, cast(weight as double) as weight,
           round(case when points is not null then cast(weight * points as double) / nullif(cast(sum(weight)
             filter (where points is not null) over (partition by as_of, customer_key) as double), 0) end, 6) as contribution
    from _parts
""")


def compute(run: Pass) -> None:
    """Set ``health_part`` and ``health`` for every point."""
    health = run.policy.health
    run.create("_situation", run.situation(columns_of_health(run.policy)))
    run.create("_parts", _parts(run))
    run.create("health_part", _SHARED.bind())
    bands = health.bands
    run.create(
        "health",
        _HEALTH.bind(
            least=health.least_weight_known, thriving=bands.thriving, healthy=bands.healthy, watch=bands.watch
        ),
    )


def _parts(run: Pass) -> exp.Query:
    queries = [
        exp.select(column("as_of"), column("customer_key"), named(literal(name), "part"))
        .select(named(exp.cast(column(part.metric), "double"), "value"))
        .select(named(_exact(points_of(part)), "points"), named(_exact(_weight(run, name, part)), "weight"))
        .from_("_situation")
        for name, part in run.policy.health.parts.items()
    ]
    return united(queries or [_NO_PARTS.bind()])


def _exact(value: exp.Expression) -> exp.Expression:
    """Return a decimal: what is added up must not depend on the order of adding."""
    return exp.cast(value, "decimal(18, 6)")


_NO_PARTS = sql("""
    select as_of, customer_key, cast(null as text) as part, cast(null as double) as value,
           cast(null as decimal(18, 6)) as points, cast(null as decimal(18, 6)) as weight
    from point where false
""")


def points_of(part: HealthPart) -> exp.Expression:
    """Return points by value: linear between the bounds given, held constant outside."""
    value = exp.cast(column(part.metric), "double")
    bounds = sorted(part.points.items())
    case = exp.case()
    first, last = bounds[0], bounds[-1]
    case = case.when(
        exp.LTE(this=value.copy(), expression=literal(float(first[0]))), literal(float(first[1]))
    )
    for (low, low_points), (high, high_points) in pairwise(bounds):
        slope = (high_points - low_points) / (high - low)
        above = exp.Paren(this=exp.Sub(this=value.copy(), expression=literal(float(low))))
        line = exp.Add(
            this=literal(float(low_points)), expression=exp.Mul(this=above, expression=literal(slope))
        )
        case = case.when(exp.LTE(this=value.copy(), expression=literal(float(high))), line)
    known = exp.Not(this=exp.Is(this=value.copy(), expression=exp.null()))
    return exp.Round(this=case.when(known, literal(float(last[1]))), decimals=literal(6))


def _weight(run: Pass, name: str, part: HealthPart) -> exp.Expression:
    """Return the part's weight: the first of the special weights whose condition holds, else its own."""
    special = [w for w in run.policy.health.weights if name in w.weights]
    if not special:
        return literal(float(part.weight))
    case = exp.case()
    for weights in special:
        case = case.when(parse_condition(weights.when).tree.copy(), literal(float(weights.weights[name])))
    return case.else_(literal(float(part.weight)))


STAGE = Stage(
    "health",
    reads=("point", "state", "metric", "standing", "customers"),
    writes=("health_part", "health"),
    run=compute,
    says="the score, its parts and its band",
)
