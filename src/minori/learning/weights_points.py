"""Past points with the health score's ledger and what became of them: the rows that weights are learned from."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from minori.lake.stage import Pass, Stage
from minori.learning.weights import Standing
from minori.query.sql import sql
from minori.stats.arrays import Floats

# ``later`` is ``became`` of the days ``embargo`` later, moved back to the day of the point by whoever hands it in. Who had
# left by then, or never paid, is not asked about; neither is who cannot be followed to the end of the horizon.
_POINTS = sql("""
    select h.as_of, h.customer_key, h.health,
           coalesce(date_diff('day', l.as_of, l.churned_on) <= $until, false) as churned,
           coalesce(date_diff('day', l.as_of, l.expanded_on) <= $until, false) as expanded
    from health h
    join state s on s.as_of = h.as_of and s.customer_key = h.customer_key
    join later l on l.as_of = h.as_of and l.customer_key = h.customer_key
    where h.health is not null and s.mrr > 0 and l.mrr > 0 and date_diff('day', l.as_of, l.followed_until) >= $until
""")
_LEDGER = sql("""
    select w.as_of, w.customer_key, w.health, w.churned, w.expanded, p.part, p.value, p.weight
    from weighed w
    join health_part p on p.as_of = w.as_of and p.customer_key = w.customer_key
    order by w.as_of, w.customer_key, p.part
""")


def stage(until: int) -> Stage:
    """Return the stage that sets ``weighed``; ``until`` is embargo and horizon together, in days."""

    def compute(run: Pass) -> None:
        run.create("weighed", _POINTS.bind(until=until))

    return Stage(
        "weighed",
        reads=("health", "health_part", "state", "later"),
        writes=("weighed",),
        run=compute,
        says="past points whose score is known and which were followed",
    )


def fetch(run: Pass) -> pa.Table:
    """Return the ledger of the points of a pass: one row per point and part."""
    return run.fetch(_LEDGER.bind())


def standing_of(ledger: pa.Table, parts: Sequence[str], until: int) -> Standing:
    """Return the ledger as columns, one row per point; every point has every part, in the same order."""
    order = sorted(parts)
    size = len(order)

    def wide(name: str) -> Floats:
        values = ledger[name].cast(pa.float64()).to_numpy().astype(np.float64)
        return np.asarray(values.reshape(-1, size))

    at = np.array([day.toordinal() for day in ledger["as_of"].to_pylist()[::size]], dtype=np.int64)
    return Standing(
        parts=tuple(order),
        values=wide("value"),
        weights=wide("weight"),
        health=wide("health")[:, 0],
        at=at,
        known=at + until,
        churned=wide("churned")[:, 0],
        expanded=wide("expanded")[:, 0],
    )
