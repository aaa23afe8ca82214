"""What the lists of a day are made from: a run's tables, and from the facts who is told, named and in charge."""

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from minori.core.period import Calendar
from minori.lake.snapshot import Snapshot
from minori.pipeline.explain import latest_run, rows_of
from minori.pipeline.identity import known_links
from minori.pipeline.lists import Day, Told
from minori.pipeline.run import Ran

Rows = list[dict[str, Any]]
_LABELS = ["customer_id", "name", "owner", "sales_owner"]
_LINKS = ["_id", "from_key", "into_key", "at", "undone_at"]


def kept_day(snapshot: Snapshot, calendar: Calendar, as_of: date | None = None) -> Day:
    """Return a day that was run and kept, by default the newest; raises WorkspaceError if there is none."""
    day = latest_run(snapshot, as_of)
    return _day(snapshot, calendar, day, lambda name: rows_of(snapshot, name, day))


def day_of(ran: Ran, snapshot: Snapshot, calendar: Calendar) -> Day:
    """Return the day of a run, kept or not."""
    return _day(snapshot, calendar, ran.as_of, lambda name: ran.tables[name].to_pylist())


def _day(snapshot: Snapshot, calendar: Calendar, as_of: date, rows: Callable[[str], Rows]) -> Day:
    labels = snapshot.arrow("facts/customers", _LABELS).to_pylist()
    return Day(
        as_of=as_of,
        signals=rows("signal"),
        candidates=rows("candidate"),
        decisions=rows("decision"),
        ids={row["customer_key"]: row["customer_id"] for row in rows("point")},
        names={row["customer_id"]: row["name"] for row in labels if row["name"]},
        owners={row["customer_id"]: (row["owner"], row["sales_owner"]) for row in labels},
        told=_told(snapshot, calendar, as_of),
    )


def _told(snapshot: Snapshot, calendar: Calendar, as_of: date) -> Told | None:
    """Return when each customer was last told of each play and kind; None where no source says it."""
    made = snapshot.arrow("facts/proposals", ["customer_key", "play", "kind", "_day"]).to_pylist()
    if not made:
        return None
    links = snapshot.arrow("facts/identity_links", _LINKS).to_pylist()
    leads = known_links(links, calendar.ends_at(as_of))
    told: dict[tuple[int, Literal["play", "kind"], str], date] = {}
    for row in sorted((row for row in made if row["_day"] <= as_of), key=lambda row: row["_day"]):
        customer = leads.get(row["customer_key"], row["customer_key"])
        told[customer, "play", row["play"]] = row["_day"]
        if row["kind"]:
            told[customer, "kind", row["kind"]] = row["_day"]
    return told
