"""Every metric of every point: the table ``metric``, one column per metric.

Metrics of one fact table and one window share one scan, with their conditions pushed down: forty filtered aggregates
over everything is the slowest plan in every engine (docs/benchmarks.md).
"""

from collections import defaultdict
from collections.abc import Iterable

from sqlglot import exp

from minori.lake.stage import Pass, Stage
from minori.metrics.kind import Look
from minori.metrics.resolve import Metrics, Resolved
from minori.policy.reads import conditions_of
from minori.query.sql import column, literal, named, sql
from minori.query.visibility import visible
from minori.schema.columns import PREPARED
from minori.schema.facts import FACTS

DIGITS = 9  # decimals kept of a formula

_POINTS = sql("select p.as_of, p.customer_key from point p")
_EVERY = sql("""
    select p.as_of, p.customer_key, p.tenure_days, p.started_on, s.mrr, s.seats, s.plan, s.products, s.plans_above,
           s.on_trial, s.term_months, s.renews_on, s.trial_ends_on
    from point p
    join state s on s.as_of = p.as_of and s.customer_key = p.customer_key
""")


def compute(run: Pass) -> None:
    """Set ``metric`` for every point of the pass."""
    metrics = Metrics(run.policy)
    names = metrics.closure(run.metrics if run.metrics is not None else _everything(metrics))
    base = [metrics[n] for n in names if metrics[n].measure is not None]
    derived = [metrics[n] for n in names if metrics[n].measure is None]
    scans = _scans(run, base)
    run.create("_base", _joined(run, base, scans))
    run.create("metric", _layered(derived, base))


def _everything(metrics: Metrics) -> set[str]:
    read = (condition.columns for condition in conditions_of(metrics.policy))
    return set(metrics).union(*read)


def _scans(run: Pass, base: Iterable[Resolved]) -> dict[str, tuple[exp.Query, list[Resolved]]]:
    """Return one query per group of metrics that look at the same rows, and one per metric with a query of its own."""
    groups: dict[tuple[str, int | None, int], list[Resolved]] = defaultdict(list)
    scans: dict[str, tuple[exp.Query, list[Resolved]]] = {}
    for metric in base:
        assert metric.measure is not None
        look = Look(run.view, metric.window, metric.offset)
        if metric.kind.query is not None:
            scans[f"_own_{metric.name}"] = (metric.kind.query(metric.measure, look), [metric])
        else:
            groups[metric.measure.table.name, metric.window, metric.offset].append(metric)
    for (table, window, offset), members in groups.items():
        name = f"_scan_{table}_{window or 'ever'}_{offset}"
        scans[name] = (_grouped(Look(run.view, window, offset), members), members)
    return scans


def _grouped(look: Look, members: list[Resolved]) -> exp.Query:
    measures = {m.name: m.measure for m in members if m.measure is not None}
    table = next(iter(measures.values())).table
    rows = visible(table, look.view, window=look.window, offset=look.offset)
    wheres = {measure.where for measure in measures.values()}
    values = []
    for metric in members:
        assert metric.kind.aggregate is not None
        measure = measures[metric.name]
        value = metric.kind.aggregate(measure)
        if measure.where is not None and len(wheres) > 1:
            value = _filtered(value, measure.where)
        values.append(named(value, metric.name))
    query = exp.select(column("as_of"), column("customer_key"), *values).from_(rows.subquery("r"), copy=False)
    if None not in wheres:
        query.where(exp.or_(*[where for where in wheres if where is not None]), copy=False)
    return query.group_by(column("as_of"), column("customer_key"), copy=False)


def _filtered(value: exp.Expression, where: exp.Expression) -> exp.Expression:
    """Let every aggregate of an expression see only the rows where the condition holds."""
    whole = exp.Paren(this=value.copy())
    for aggregate in list(whole.find_all(exp.AggFunc)):
        aggregate.replace(exp.Filter(this=aggregate.copy(), expression=exp.Where(this=where.copy())))
    return whole.this


def _joined(run: Pass, base: list[Resolved], scans: dict[str, tuple[exp.Query, list[Resolved]]]) -> exp.Query:
    query = _POINTS.bind()
    for table in sorted({m.measure.table.name for m in base if m.measure}):
        alias = f"cov_{table}"
        query.join(exp.to_table("coverage").as_(alias), on=_on(alias, table), join_type="left", copy=False)
    values = []
    for name, (scan, members) in scans.items():
        run.create(name, scan)
        query.join(exp.to_table(name).as_(name), on=_on(name), join_type="left", copy=False)
        for metric in members:
            value = column("value" if name.startswith("_own_") else metric.name, name)
            values.append(named(_known(metric, value), metric.name))
    return query.select(*values, copy=False)


def _on(alias: str, table: str | None = None) -> exp.Expression:
    same_day = exp.EQ(this=column("as_of", alias), expression=column("as_of", "p"))
    other = (
        exp.EQ(this=column("table_name", alias), expression=literal(table))
        if table
        else exp.EQ(this=column("customer_key", alias), expression=column("customer_key", "p"))
    )
    return exp.and_(same_day, other)


def _known(metric: Resolved, value: exp.Expression) -> exp.Expression:
    """Apply SEMANTICS 8: zero only where the whole window is covered and the customer existed; a dead feed is unknown."""
    assert metric.measure is not None
    coverage = f"cov_{metric.measure.table.name}"
    if metric.value == "number":
        value = exp.cast(value, "double")
    if metric.kind.zero_if_none:
        value = exp.func("coalesce", value, literal(0.0))
    conditions: list[exp.Expression] = []
    if metric.kind.zero_if_none or metric.window is not None:
        conditions.append(column("fresh", coverage))
    if metric.kind.zero_if_none and metric.window is not None:
        oldest = exp.Sub(this=column("as_of", "p"), expression=literal(metric.offset + metric.window - 1))
        conditions.append(exp.LTE(this=column("covers_from", coverage), expression=oldest))
    if metric.offset:
        newest = exp.Sub(this=column("as_of", "p"), expression=literal(metric.offset))
        existed = exp.LTE(this=column("started_on", "p"), expression=newest)
        conditions.append(existed)
    return exp.case().when(exp.and_(*conditions), value) if conditions else value


def _layered(derived: list[Resolved], base: list[Resolved]) -> exp.Query:
    """Add each formula in a layer of its own depth, so that one may read another."""
    held = sorted({c for m in derived for c in m.needs if c.startswith(PREPARED)})
    query: exp.Query = (
        _EVERY.bind()
        .select(*[column(name, "s") for name in held], *[column(m.name, "b") for m in base])
        .join(exp.to_table("_base").as_("b"), on=_on("b"), join_type="inner")
    )
    layer: list[Resolved] = []
    for metric in derived:
        if metric.needs & {m.name for m in layer}:
            query, layer = _with_layer(query, layer), []
        layer.append(metric)
    query = _with_layer(query, layer)
    kept = [column("as_of"), column("customer_key"), *[column(m.name) for m in (*base, *derived)]]
    return exp.select(*kept).from_(query.subquery("q"))


def _with_layer(query: exp.Query, layer: list[Resolved]) -> exp.Query:
    if not layer:
        return query
    outer = exp.select("*").from_(query.subquery("q"))
    return outer.select(*[named(_derived(metric), metric.name) for metric in layer])


def _derived(metric: Resolved) -> exp.Expression:
    assert metric.tree is not None
    return exp.Round(this=exp.cast(metric.tree.copy(), "double"), decimals=literal(DIGITS))


STAGE = Stage(
    "metrics",
    reads=(*FACTS, "point", "coverage", "state"),
    writes=("metric",),
    run=compute,
    says="every metric of every customer",
)
