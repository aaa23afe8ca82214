"""Facts for tests, built in Python and put into a real lake or engine."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from minori.core.keys import key64
from minori.core.period import Calendar
from minori.core.text import Text
from minori.lake.engines.duckdb import DuckDBEngine
from minori.lake.lake import Lake
from minori.lake.types import arrow_schema
from minori.pipeline.session import Session
from minori.policy.definitions import Policy
from minori.policy.workspace import Company, WorkspaceFile
from minori.schema.facts import FACTS
from minori.schema.table import key_of

TODAY = date(2026, 3, 31)
NOW = datetime(2026, 4, 1, 3, tzinfo=UTC)
CALENDAR = Calendar("Asia/Tokyo")
COMPANY = Company(name=Text(ja="見本", en="Sample"), time_zone="Asia/Tokyo", currency="JPY")
WORKSPACE = WorkspaceFile(company=COMPANY)
Rows = Mapping[str, Iterable[Mapping[str, Any]]]


def both(text: str) -> dict[str, str]:
    """The same words in both languages, where a test does not care."""
    return {"ja": text, "en": text}


def noon(day: date) -> datetime:
    """Noon of a company day, in UTC."""
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


def ago(days: int, today: date = TODAY) -> date:
    """The day so many days before."""
    return today - timedelta(days=days)


def facts_table(name: str, rows: Iterable[Mapping[str, Any]], *, load: int = 1) -> pa.Table:
    """Rows of a fact table with the columns that intake adds."""
    table = FACTS[name]
    schema = arrow_schema(table, technical=True)
    return pa.Table.from_pylist(
        [_completed(name, n, dict(row), load) for n, row in enumerate(rows)], schema
    ).select(schema.names)


def _completed(name: str, number: int, row: dict[str, Any], load: int) -> dict[str, Any]:
    table = FACTS[name]
    parts = [str(row.get(column)) if row.get(column) is not None else f"#{number}" for column in table.key]
    row.setdefault("_id", key64(name, *parts))
    row.setdefault("_load", load)
    row.setdefault("_source", name)
    row.update({key_of(c): key64(row[c]) for c in table.keyed_ids if row.get(c) is not None})
    at = row.get(table.at) if table.at else None
    if at is not None:
        row["_day"] = CALENDAR.day_of(at) if isinstance(at, datetime) else at
        row["_month"] = f"{row['_day']:%Y-%m}"
    names = {*arrow_schema(table, technical=True).names}
    return {column: _exact(row.get(column)) for column in names}


def _exact(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, float) else value


def lake_with(root: Path, facts: Rows) -> Lake:
    """A real lake that holds the facts, in one commit."""
    lake = Lake(root / "lake", lambda: NOW)
    with lake.change("test") as change:
        for name, rows in facts.items():
            staged = root / f"{name}.parquet"
            pq.write_table(facts_table(name, rows, load=change.number), staged)
            change.add_facts(FACTS[name], [staged])
    return lake


def session_with(root: Path, facts: Rows, policy: Policy) -> Session:
    """A session over a real lake that holds the facts."""
    root.mkdir(parents=True, exist_ok=True)
    engine = DuckDBEngine(root / "temporary")
    return Session(engine, lake_with(root, facts).snapshot(), policy, WORKSPACE)
