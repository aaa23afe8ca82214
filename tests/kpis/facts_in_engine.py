"""Facts straight into an engine, without a lake: for tests that run a stage over and over."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from build import COMPANY, facts_table
from minori.kpis.periods import Period, period_table
from minori.lake.engines.duckdb import DuckDBEngine
from minori.lake.stage import Pass, Stage
from minori.policy.definitions import Policy
from minori.policy.tables import catalog_tables
from minori.policy.workspace import Company
from minori.query.points import Dates
from minori.query.visibility import RAW

Facts = Mapping[str, Iterable[Mapping[str, Any]] | pa.Table]
USED = ("contracts", "orders", "order_lines", "rates")


@contextmanager
def engine_in(folder: Path) -> Iterator[DuckDBEngine]:
    """An engine that is closed afterwards."""
    engine = DuckDBEngine(folder / "temporary")
    try:
        yield engine
    finally:
        engine.close()


def pass_over(
    engine: DuckDBEngine,
    stages: Sequence[Stage],
    facts: Facts,
    as_of: date,
    policy: Policy,
    periods: tuple[Period, ...] = (),
    months: tuple[Period, ...] = (),
    company: Company = COMPANY,
) -> Pass:
    """Run stages as of a date; every customer of the facts is a point."""
    tables = {n: _table(n, facts.get(n, ())) for n in USED}
    for name, rows in {**{RAW + n: t for n, t in tables.items()}, **catalog_tables(policy)}.items():
        engine.register(name, rows)
    connected = frozenset(name for name, rows in tables.items() if rows.num_rows)
    run = Pass(engine, Dates((as_of,), company.calendar), policy, company, connected=connected)
    engine.register("now_point", _points(tables, as_of))
    engine.register("now_period", period_table(periods))
    engine.register("now_month", _months(months))
    for stage in stages:
        run.perform(stage)
    return run


def _table(name: str, rows: Iterable[Mapping[str, Any]] | pa.Table) -> pa.Table:
    return rows if isinstance(rows, pa.Table) else facts_table(name, rows)


def _points(tables: Mapping[str, pa.Table], as_of: date) -> pa.Table:
    found = {
        key: name
        for table in ("contracts", "orders")
        for key, name in zip(
            tables[table]["customer_key"].to_pylist(), tables[table]["customer_id"].to_pylist(), strict=True
        )
    }
    return pa.table(
        {
            "as_of": pa.array([as_of] * len(found), pa.date32()),
            "customer_key": pa.array(list(found), pa.int64()),
            "customer_id": pa.array(list(found.values()), pa.string()),
        }
    )


def _months(months: tuple[Period, ...]) -> pa.Table:
    rows = period_table(months).rename_columns(["month_from", "month_until"])
    rows = rows.append_column("number", pa.array(range(len(months)), pa.int64()))
    return rows.append_column("whole", pa.array([m.whole for m in months], pa.bool_()))
