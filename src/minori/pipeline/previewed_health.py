"""What changed definitions of health and metrics would make of today's customers, computed dry: nothing is written."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from minori.core.errors import WorkspaceError
from minori.core.ports import Progress
from minori.lake.failures import reporting
from minori.lake.snapshot import Snapshot
from minori.lake.stage import Pass
from minori.pipeline.charted.calibration import rows as calibration_rows
from minori.pipeline.proof.score_truth import score_truth
from minori.pipeline.session import Session
from minori.pipeline.stages import STANDING
from minori.policy.definitions import Policy
from minori.policy.reads import columns_of_classes, columns_of_health
from minori.query.sql import sql

MOVERS = 30
BINS = 20
BAND_ORDER = ("thriving", "healthy", "watch", "act", "unknown")
_SCORES = sql("""
    select p.customer_id, h.health, coalesce(h.band, 'unknown') as band
    from point p join health h on h.as_of = p.as_of and h.customer_key = p.customer_key
    order by p.customer_id
""")


def _silent(_what: str, _share: float) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Spread:
    """How the values of one number are spread over customers.

    ``bins`` are (from, until, customers); what lies outside the first and the last belongs to them.
    """

    known: int
    unknown: int
    quantiles: Mapping[str, float] = field(default_factory=dict)
    bins: Sequence[tuple[float, float, int]] = ()
    most_frequent: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True)
class Scores:
    """The health score of all customers: how many per five points, and per band."""

    bins: Sequence[Mapping[str, Any]]
    bands: Mapping[str, int]


@dataclass(frozen=True)
class HealthTried:
    """What changed definitions would make of today's health scores, and whether the new score is true."""

    as_of: date
    customers: int
    before: Scores
    after: Scores
    moves: Sequence[tuple[str, str, int]]
    movers: Sequence[Mapping[str, Any]]
    metrics: Mapping[str, tuple[Spread | None, Spread]]
    calibration: Mapping[str, Any]

    def as_object(self) -> dict[str, Any]:
        """Return plain data."""
        return {**asdict(self), "as_of": self.as_of.isoformat()}


def tried_health(
    session: Session,
    before: Policy,
    as_of: date,
    *,
    metrics: Collection[str] = (),
    progress: Progress = _silent,
) -> HealthTried:
    """Score everybody with the session's policy and with the one before, and check the new score on the past.

    ``metrics`` are names whose values are to be looked at too.
    """
    progress("scores as they are", 0.05)
    old = _scored(session, before, as_of, "before_", metrics)
    progress("scores as they would be", 0.2)
    new = _scored(session, session.policy, as_of, "after_", metrics)
    was, will = (run.fetch(_SCORES.bind()).to_pylist() for run in (old, new))
    moves, movers = _moved(was, will)
    spreads = {
        name: (_metric(old, name) if name in before.metrics else None, _metric(new, name))
        for name in sorted(metrics)
        if name in session.policy.metrics
    }
    progress("the past", 0.4)
    found = _calibration(session, as_of, lambda what, share: progress(what, 0.4 + 0.6 * share))
    return HealthTried(as_of, len(will), _scores(was), _scores(will), moves, movers, spreads, found)


def spread(values: Sequence[Any], as_of: date) -> Spread:
    """Return how values are spread; days are counted back from ``as_of``, words are counted."""
    known = [value for value in values if value is not None]
    unknown = len(values) - len(known)
    if not known:
        return Spread(0, unknown)
    if isinstance(known[0], str):
        return Spread(len(known), unknown, most_frequent=Counter(known).most_common(BINS))
    numbers = np.array([_number(value, as_of) for value in known], dtype=float)
    marks = np.quantile(numbers, (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0))
    names = ("least", "p10", "p25", "median", "p75", "p90", "most")
    low, high = np.quantile(numbers, (0.01, 0.99))
    edges = np.linspace(low, high, BINS + 1) if high > low else np.array([low, low])
    counts = np.histogram(np.clip(numbers, low, high), edges)[0] if high > low else np.array([len(known)])
    bins = [(_round(a), _round(b), int(n)) for a, b, n in zip(edges, edges[1:], counts, strict=False)]
    return Spread(len(known), unknown, {n: _round(m) for n, m in zip(names, marks, strict=True)}, bins)


def spread_of_run(snapshot: Snapshot, as_of: date, metric: str) -> Spread | None:
    """Return how a metric was spread in the run of a day; None if that run did not have it."""
    values: list[Any] = []
    with reporting(f"read {metric} of {as_of}"):
        for file in snapshot.files("results/metric"):
            if metric not in pq.read_schema(file).names:
                continue
            day = [("as_of", "=", as_of)]  # other runs lie in the same table: their files are passed over
            rows = pq.read_table(file, columns=[metric], filters=day, partitioning=None)
            values += rows[metric].to_pylist()
    return spread(values, as_of) if values else None


def _scored(session: Session, policy: Policy, as_of: date, place: str, metrics: Collection[str]) -> Pass:
    needed = columns_of_health(policy) | columns_of_classes(policy) | (set(metrics) & set(policy.metrics))
    return session.run_pass(STANDING, [as_of], place=place, metrics=frozenset(needed), policy=policy)


def _metric(run: Pass, name: str) -> Spread:
    rows = run.fetch(run.situation([name]))
    return spread(rows[name].to_pylist(), run.as_of)


def _scores(rows: Sequence[Mapping[str, Any]]) -> Scores:
    bins = Counter(
        (min(int(row["health"] // 5) * 5, 95), row["band"]) for row in rows if row["health"] is not None
    )
    bands = Counter(row["band"] for row in rows)
    return Scores(
        [{"from": a, "until": a + 5, "band": band, "customers": n} for (a, band), n in sorted(bins.items())],
        {band: bands[band] for band in BAND_ORDER if bands[band]},
    )


def _moved(
    was: Sequence[Mapping[str, Any]], will: Sequence[Mapping[str, Any]]
) -> tuple[list[tuple[str, str, int]], list[dict[str, Any]]]:
    old = {row["customer_id"]: row for row in was}
    pairs = [(old[row["customer_id"]], row) for row in will if row["customer_id"] in old]
    counted = Counter((a["band"], b["band"]) for a, b in pairs)
    places = {band: place for place, band in enumerate(BAND_ORDER)}
    moves = [(a, b, counted[a, b]) for a, b in sorted(counted, key=lambda ab: (places[ab[0]], places[ab[1]]))]
    changed = [
        {
            "customer_id": b["customer_id"],
            "before": a["health"],
            "after": b["health"],
            "from": a["band"],
            "to": b["band"],
        }
        for a, b in pairs
        if a["health"] != b["health"]
    ]
    changed.sort(key=lambda m: (-abs((m["after"] or 0.0) - (m["before"] or 0.0)), m["customer_id"]))
    return moves, changed[:MOVERS]


def _calibration(session: Session, as_of: date, progress: Progress) -> dict[str, Any]:
    try:
        found = score_truth(session, as_of, progress=progress)
    except WorkspaceError as error:
        return {"missing": str(error)}
    return {
        "code": found.verdict.code,
        "label": found.verdict.words.as_dict(),
        "why": found.verdict.why.as_dict(),
        "bands": [{**row, **_floats(row)} for row in calibration_rows(found)],
    }


def _floats(row: Mapping[str, Any]) -> dict[str, float | None]:
    numbers = ("observed", "low", "high", "predicted", "customers", "lost")
    return {name: None if row[name] is None else float(row[name]) for name in numbers}


def _number(value: Any, as_of: date) -> float:
    if isinstance(value, date):
        return float((as_of - value).days)
    return float(value) if isinstance(value, Decimal | int | float) else 0.0


def _round(value: float) -> float:
    return float(f"{value:.6g}")
