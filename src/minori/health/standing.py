"""Segment, stage, growth stage and touch layer of each customer: the table ``standing``."""

from collections.abc import Mapping

from sqlglot import exp

from minori.lake.stage import Pass, Stage
from minori.policy.definitions import Rule
from minori.policy.reads import columns_of_classes
from minori.query.condition import parse_condition
from minori.query.sql import column, literal, named, sql

_OUTGREW = sql("""
    select h.as_of, h.customer_key, u.growth_stage,
           max(cast(g.growth_stage is not null and g.rank > coalesce(h.plan_rank, -1) as int)) = 1
             and max(cast(own.growth_stage is not null as int)) = 0 as outgrew
    from holding h
    join _classes u on u.as_of = h.as_of and u.customer_key = h.customer_key
    left join catalog_growth g on g.product_id = h.product_id and g.growth_stage = u.growth_stage
    left join catalog_growth own
      on own.product_id = h.product_id and own.plan_id = h.plan_id and own.growth_stage = u.growth_stage
    where not h.is_option
    group by h.as_of, h.customer_key, u.growth_stage
""")
_STANDING = sql("""
    select c.as_of, c.customer_key, c.segment, c.stage, c.growth_stage, c.touch, o.outgrew as outgrew_plan
    from _classes c
    left join _outgrew o on o.as_of = c.as_of and o.customer_key = c.customer_key
""")


def compute(run: Pass) -> None:
    """Set ``standing``: for each list of rules, the first that holds."""
    rules = run.policy.segments
    made = {"segment", "stage", "growth_stage", "touch"}
    query = run.situation(columns_of_classes(run.policy) - made)
    query = query.select(
        named(_first(rules.segments), "segment"), named(_first(rules.growth_stages), "growth_stage")
    )
    outer = exp.select("*", named(_first(rules.stages), "stage")).from_(query.subquery("q"))
    outer = exp.select("*", named(_first(rules.touches), "touch")).from_(outer.subquery("q"))
    kept = [column(c) for c in ("as_of", "customer_key", "segment", "stage", "growth_stage", "touch")]
    run.create("_classes", exp.select(*kept).from_(outer.subquery("q")))
    run.create("_outgrew", _OUTGREW.bind())
    run.create("standing", _STANDING.bind())


def _first(rules: Mapping[str, Rule]) -> exp.Expression:
    if not rules:
        return exp.cast(exp.null(), "text")
    case = exp.case()
    for name, rule in rules.items():
        case = case.when(parse_condition(rule.when).tree.copy(), literal(name))
    return case


STAGE = Stage(
    "standing",
    reads=("point", "state", "metric", "holding", "customers", "catalog_growth"),
    writes=("standing",),
    run=compute,
    says="segment, stage, growth stage and touch layer",
)
