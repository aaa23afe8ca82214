"""Every signal that asks becomes one candidate: its offer, its chance, its value. The table ``candidate``."""

from collections import defaultdict
from datetime import date
from typing import Any

import pyarrow as pa

from minori.lake.stage import Pass, Stage
from minori.lake.types import arrow_type
from minori.offers.candidates import Candidates
from minori.offers.evidence import Evidence
from minori.offers.known import known_by_date
from minori.query.sql import sql
from minori.schema.facts import FACTS
from minori.schema.results import RESULTS

_ASKING = sql("select as_of, customer_key, play, since, ask from signal where state in ('young', 'again')")
_BACKLOG = sql("select as_of, customer_key, play, since, ask from signal")
_SIGNALS = sql("select as_of, customer_key, play, since, ask from _asking order by as_of, play, customer_key")
_SCHEMA = pa.schema([pa.field(c.name, arrow_type(c.type)) for c in RESULTS["candidate"].columns])


def compute(run: Pass) -> None:
    """Set ``candidate`` for every date of the pass."""
    run.create("_asking", (_BACKLOG if run.backlog else _ASKING).bind())
    evidence = Evidence(run.policy)
    known = known_by_date(run, evidence)
    rows: list[dict[str, Any]] = []
    for day, signals in _signals(run).items():
        rows += Candidates(run, evidence, known[day]).of(signals)
    run.write("candidate", pa.Table.from_pylist(rows, _SCHEMA))


def _signals(run: Pass) -> dict[date, list[dict[str, Any]]]:
    signals: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for row in run.fetch(_SIGNALS.bind()).to_pylist():
        signals[row["as_of"]].append(row)
    return signals


STAGE = Stage(
    "offers",
    reads=(
        *FACTS,
        "signal",
        "learned_chance",
        "point",
        "state",
        "metric",
        "standing",
        "health",
        "trend",
        "holding",
    ),
    writes=("candidate",),
    run=compute,
    says="what could be offered to whom, and what it is worth",
)
