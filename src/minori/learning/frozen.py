"""Frozen points: how a customer stood on a past day, and what became of him after the embargo.

``later`` is ``became`` of the days ``embargo`` later, moved back to the frozen day by whoever hands it in. Bands come from
facts known on the day, labels from facts after the embargo; nothing of the days between is looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from minori.lake.stage import Pass, Stage
from minori.query.sql import sql

Floats: TypeAlias = npt.NDArray[np.float64]
Words: TypeAlias = npt.NDArray[np.object_]
Flags: TypeAlias = npt.NDArray[np.bool_]
Living = Literal["contracts", "orders"]
"""What a customer leaves: a contract, or the habit to order."""

CLASSES = ("segment", "stage", "touch")
UNKNOWN = "unknown"

# Days are counted from the end of the embargo; ``mrr_after`` is what was paid then, null where no label was looked up.
_FROZEN = sql("""
    select p.as_of, p.customer_key, coalesce(h.band, 'unknown') as band, h.health, s.mrr,
           coalesce(t.segment, 'unknown') as segment, coalesce(t.stage, 'unknown') as stage,
           coalesce(t.touch, 'unknown') as touch, coalesce(c.owner, '') as owner,
           cast(l.mrr as double) as mrr_after,
           cast(date_diff('day', p.as_of, l.churned_on) - $embargo as double) as churned_after,
           cast(date_diff('day', p.as_of, l.expanded_on) - $embargo as double) as expanded_after,
           cast(date_diff('day', p.as_of, l.bought_on) - $embargo as double) as bought_after,
           cast(date_diff('day', p.as_of, l.followed_until) - $embargo as double) as followed
    from point p
    left join health h on h.as_of = p.as_of and h.customer_key = p.customer_key
    left join state s on s.as_of = p.as_of and s.customer_key = p.customer_key
    left join standing t on t.as_of = p.as_of and t.customer_key = p.customer_key
    left join customers c on c.as_of = p.as_of and c.customer_key = p.customer_key
    left join later l on l.as_of = p.as_of and l.customer_key = p.customer_key
""")
_ROWS = sql("select * from frozen order by as_of, customer_key")


def stage(embargo: int) -> Stage:
    """Return the stage that sets ``frozen``; ``embargo`` in days."""

    def compute(run: Pass) -> None:
        run.create("frozen", _FROZEN.bind(embargo=embargo))

    return Stage(
        "frozen",
        reads=("point", "health", "state", "standing", "customers", "later"),
        writes=("frozen",),
        run=compute,
        says="how customers stood on past days and what became of them",
    )


@dataclass(frozen=True)
class Frozen:
    """Frozen points in columns; times in days after the embargo, NaN where nothing was seen."""

    as_of: npt.NDArray[np.datetime64]
    customer: npt.NDArray[np.int64]
    band: Words
    health: Floats
    segment: Words
    stage: Words
    touch: Words
    owner: Words
    mrr: Floats
    mrr_after: Floats
    churned_after: Floats
    expanded_after: Floats
    bought_after: Floats
    followed: Floats

    def __len__(self) -> int:
        return len(self.customer)

    def where(self, chosen: Flags) -> "Frozen":
        """Return only the chosen points."""
        return Frozen(**{field.name: getattr(self, field.name)[chosen] for field in fields(self)})

    def on(self, days: Sequence[date]) -> "Frozen":
        """Return the points of some days."""
        return self.where(np.isin(self.as_of, np.array(days, dtype="datetime64[D]")))

    def paying(self) -> "Frozen":
        """Return who paid on the day."""
        return self.where(self.mrr > 0)


def frozen_of(tables: Sequence[pa.Table]) -> Frozen:
    """Return the points of one or more passes as columns."""
    rows = pa.concat_tables(tables)
    numbers = ("health", "mrr", "mrr_after", "churned_after", "expanded_after", "bought_after", "followed")
    words = ("band", *CLASSES, "owner")
    return Frozen(
        as_of=rows["as_of"].to_numpy().astype("datetime64[D]"),
        customer=rows["customer_key"].to_numpy().astype(np.int64),
        **{name: rows[name].cast(pa.float64()).to_numpy().astype(np.float64) for name in numbers},
        **{name: rows[name].to_numpy().astype(object) for name in words},
    )


def fetch(run: Pass) -> pa.Table:
    """Return the rows of ``frozen`` of a pass."""
    return run.fetch(_ROWS.bind())
