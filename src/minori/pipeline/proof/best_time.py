"""The best time to approach: past approaches and activity, from the lake to what was learned of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from minori.core.errors import UnknownName
from minori.core.ports import Progress
from minori.lake.stage import Pass
from minori.learning.best_time import Approached, Finding, Purpose, findings, split_at
from minori.learning.best_time_approaches import ACTIVE, APPROACHES
from minori.learning.best_time_clocks import CLOCKS, HOUR, Clock, slots_of, slots_of_week
from minori.metrics import points
from minori.pipeline.session import Session
from minori.pipeline.stages import STANDING
from minori.policy.reads import columns_of_classes
from minori.query.sql import sql
from minori.stats.arrays import Floats, Ints
from minori.stats.best_time import Contacts

PURPOSES: tuple[Purpose, ...] = ("contact", "propose")
_APPROACH = sql("select * from approach order by at, purpose, approach_key")
_CUSTOMER = sql("select customer_key, customer_id from point order by customer_id")
_SEGMENT = sql("select customer_key, segment from standing where as_of = $day order by customer_key")
_ACTIVE = sql(
    "select customer_key, hour, events from active_hour where as_of = $day order by customer_key, hour"
)


@dataclass(frozen=True)
class BestTimes:
    """What was found; ``customers`` are ids in the order of their codes."""

    as_of: date
    customers: tuple[str, ...]
    found: tuple[Finding, ...]

    def code_of(self, customer: str) -> int:
        """Return the code of a customer; raises UnknownName if there is none of that id."""
        if customer not in self.customers:
            raise UnknownName("customer", customer, self.customers)
        return self.customers.index(customer)


@dataclass(frozen=True)
class _People:
    """Customers by code, and how they stood on each day that matters."""

    keys: Ints  # sorted
    codes: Ints
    segments: tuple[str, ...]
    segment: dict[date, Ints]
    active: dict[date, Floats | None]

    def code(self, keys: pa.ChunkedArray) -> Ints:
        return np.asarray(self.codes[np.searchsorted(self.keys, keys.to_numpy())])


def best_times(session: Session, as_of: date, progress: Progress = lambda _what, _share: None) -> BestTimes:
    """Learn from everything up to ``as_of`` when customers answer, and say whether that is of use."""
    progress("who was approached, and who answered", 0.1)
    run = session.run_pass((points.STAGE, APPROACHES), [as_of], place="approach_")
    customers = run.fetch(_CUSTOMER.bind())
    every = run.fetch(_APPROACH.bind())
    rows = {purpose: every.filter(pc.equal(every["purpose"], purpose)) for purpose in PURPOSES}
    splits = {name: split_at(_ordinals(table["day"])) for name, table in rows.items() if table.num_rows}
    days = sorted({as_of, *(date.fromordinal(split - 1) for split in splits.values())})
    progress("segments and active hours", 0.3)
    people = _people(session, customers, days)
    progress("learning and judging", 0.8)
    tried = [
        _approached(name, clock, rows[name], people, session, (date.fromordinal(split - 1), as_of))
        for name, split in splits.items()
        for clock in CLOCKS
    ]
    found = findings(tried, splits)
    progress("done", 1.0)
    return BestTimes(as_of, tuple(customers["customer_id"].to_pylist()), tuple(found))


def _people(session: Session, customers: pa.Table, days: Sequence[date]) -> _People:
    keys = customers["customer_key"].to_numpy()
    order = np.argsort(keys)
    needed = columns_of_classes(session.policy)
    run = session.run_pass((*STANDING[:4], ACTIVE), days, place="active_", metrics=needed)
    listed = {day: run.fetch(_SEGMENT.bind(day=day)) for day in days}
    names = (
        "",
        *sorted({name for table in listed.values() for name in table["segment"].to_pylist() if name}),
    )
    people = _People(keys[order], order.astype(np.int64), names, {}, {})
    zone = session.workspace.company.time_zone
    for day, table in listed.items():
        segment = np.zeros(len(keys), dtype=np.int64)
        codes = [names.index(name or "") for name in table["segment"].to_pylist()]
        segment[people.code(table["customer_key"])] = codes
        people.segment[day] = segment
        people.active[day] = _active(run, people, day, zone)
    return people


def _active(run: Pass, people: _People, day: date, zone: str) -> Floats | None:
    """Return events per customer and slot of the week, by the company's clock; None without events."""
    if "events" not in run.connected:
        return None
    rows = run.fetch(_ACTIVE.bind(day=day))
    rows = rows.filter(pc.is_in(rows["customer_key"], pa.array(people.keys)))
    slot = slots_of_week(zone, day)[rows["hour"].to_numpy()]
    found = np.zeros((len(people.keys), HOUR.grid.size))
    np.add.at(found, (people.code(rows["customer_key"]), slot), rows["events"].to_numpy())
    return found


def _approached(
    purpose: Purpose, clock: Clock, rows: pa.Table, people: _People, session: Session, days: tuple[date, date]
) -> Approached:
    kinds, kind = np.unique(rows["about"].to_numpy(zero_copy_only=False).astype(str), return_inverse=True)
    customer = people.code(rows["customer_key"])
    contacts = Contacts(
        at=_ordinals(rows["day"]),
        known=_ordinals(rows["known_on"]),
        answered=rows["answered"].cast(pa.float64()).to_numpy(),
        slot=slots_of(clock, rows, session.workspace.company.time_zone),
        kind=kind.astype(np.int64),
        customer=customer,
        segment=np.zeros(len(customer), dtype=np.int64),
    )
    then, now = days
    hours = clock.id == "hour"
    return Approached(
        purpose,
        clock,
        contacts,
        len(kinds),
        people.segments,
        people.segment[then],
        people.segment[now],
        people.active[then] if hours else None,
        people.active[now] if hours else None,
    )


def _ordinals(days: pa.ChunkedArray) -> Ints:
    return np.asarray(days.cast(pa.int32()).cast(pa.int64()).to_numpy()) + date(1970, 1, 1).toordinal()
