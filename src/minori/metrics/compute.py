"""Every metric of every point: the table ``metric``, one column per metric.

Metrics of one fact table share one scan that reads each row once (``scan.py``): forty filtered aggregates
over everything is the slowest plan in every engine (docs/benchmarks.md).
"""

from collections import defaultdict
from collections.abc import Iterable

from sqlglot import exp

from minori.lake.stage import Pass, Stage
from minori.metrics.kind import Look
from minori.metrics.once import alike, counted
from minori.metrics.resolve import Metrics, Resolved
from minori.metrics.scan import orders, scanned
from minori.policy.reads import conditions_of
from minori.query.sql import column, literal, named, sql
from minori.schema.columns import PREPARED
from minori.schema.facts import FACTS
from minori.schema.table import Table

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
    run.create("_base", _joined(run, base))
    run.create("metric", _layered(derived, base))


def _everything(metrics: Metrics) -> set[str]:
    read = (condition.columns for condition in conditions_of(metrics.policy))
    return set(metrics).union(*read)


def _scans(run: Pass, base: Iterable[Resolved]) -> list[tuple[exp.Query, list[Resolved]]]:
    """Return the queries that together compute the metrics, each with the metrics of which it has a column."""
    tables: dict[tuple[Table, bool], list[Resolved]] = defaultdict(list)
    things: dict[tuple[str, ...], list[Resolved]] = defaultdict(list)
    scans: list[tuple[exp.Query, list[Resolved]]] = []
    for metric in base:
        assert metric.measure is not None
        partial = metric.kind.merging(metric.window)
        if partial is not None:
            tables[metric.measure.table, orders(partial, metric.measure)].append(metric)
        elif metric.kind.each is not None:
            things[alike(metric)].append(metric)
        elif metric.kind.query is not None:
            query = metric.kind.query(metric.measure, Look(run.view, metric.window, metric.offset))
            own = exp.select("as_of", "customer_key", named(column("value"), metric.name))
            scans.append((own.from_(query.subquery("own")), [metric]))
    scans += [(counted(run, members), members) for members in things.values()]
    for number, ((table, _), members) in enumerate(tables.items()):
        scans.append((scanned(run, table, members, scratch=str(number)), members))
    return scans


def _joined(run: Pass, base: list[Resolved]) -> exp.Query:
    query = _POINTS.bind()
    for table in sorted({m.measure.table.name for m in base if m.measure}):
        alias = f"cov_{table}"
        query.join(exp.to_table("coverage").as_(alias), on=_on(alias, table), join_type="left", copy=False)
    for number, (scan, members) in enumerate(_scans(run, base)):
        name = f"_scan_{number}"
        run.create(name, scan)
        query.join(exp.to_table(name).as_(name), on=_on(name), join_type="left", copy=False)
        values = [named(_seen(run, metric, column(metric.name, name)), metric.name) for metric in members]
        query.select(*values, copy=False)
    return query


def _seen(run: Pass, metric: Resolved, value: exp.Expression) -> exp.Expression:
    """Return what is known of a metric; nobody is no user where no row says which user it was."""
    known = _known(metric, value)
    if not metric.reads_users or metric.measure is None:
        return known
    first = run.users_from.get(metric.measure.table.name)
    if first is None:
        return exp.cast(exp.null(), "double")
    return exp.case().when(exp.GTE(this=column("as_of", "p"), expression=literal(first)), known)


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
