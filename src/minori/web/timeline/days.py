"""A customer's timeline as a page shows it: days, newest first, with what was done in the product counted by day."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from minori.core.period import Calendar
from minori.pipeline.customer_facts import CustomerFacts
from minori.web.timeline.facts import waiting
from minori.web.timeline.kinds import EVENTS, KINDS, Entry, Kind, Names

LINES = 60  # of a page without events
WINDOW = timedelta(days=30)  # of a page with events
MOST_KINDS = 5  # of events, on the line of a day
MOST_A_DAY = 15  # lines of one kind; the rest of the day is counted


@dataclass(frozen=True)
class Day:
    """One day: its lines, how many more there were by kind, and what was done in the product."""

    day: date
    entries: tuple[Entry, ...] = ()
    more: tuple[tuple[str, int], ...] = ()
    events: tuple[dict[str, Any], ...] = ()

    @property
    def most(self) -> list[dict[str, Any]]:
        """What was done most often."""
        return self._by_times[:MOST_KINDS]

    @property
    def rest(self) -> list[dict[str, Any]]:
        """What else was done."""
        return self._by_times[MOST_KINDS:]

    @property
    def _by_times(self) -> list[dict[str, Any]]:
        return sorted(self.events, key=lambda row: (-row["times"], row["name"]))


@dataclass(frozen=True)
class Page:
    """Days of a timeline from ``until`` back; ``older`` is where the next page begins, None at the end."""

    days: tuple[Day, ...]
    since: date
    until: date
    older: date | None
    counts: dict[str, int] = field(default_factory=dict)  # of all days, by kind; events are not counted


def page(
    facts: CustomerFacts,
    customer_id: str,
    names: Names,
    calendar: Calendar,
    *,
    kinds: Collection[str],
    until: date,
) -> Page:
    """Return one page. Raises LakeError if the lake cannot be read."""
    everything = list(entries(facts, customer_id, names, calendar))
    counts = {name: sum(_shown(e.kind) == name for e in everything) for name in {_shown(k) for k in KINDS}}
    chosen = sorted(
        (e for e in everything if _shown(e.kind) in kinds and e.day <= until), key=_newest_first, reverse=True
    )
    if EVENTS in kinds:
        return _with_events(facts, chosen, until, counts)
    cut = _whole_days(chosen, LINES)
    since = cut[-1].day if cut else until
    older = chosen[len(cut)].day if len(chosen) > len(cut) else None
    return Page(tuple(_days(cut, [])), since, until, older, counts)


def entries(facts: CustomerFacts, customer_id: str, names: Names, calendar: Calendar) -> Iterator[Entry]:
    """Give everything but events, in no promised order; a fact that waits for the lake stands once."""
    rows: dict[str, list[dict[str, Any]]] = {}
    known: set[tuple[str, str]] = set()
    for name, kind in KINDS.items():
        if kind.table not in rows:
            rows[kind.table] = facts.rows(kind.table, kind.columns)
        for row in rows[kind.table]:
            known.add((kind.table, str(row[kind.key])))
            yield from _entry(name, kind, row, names, calendar, is_waiting=False)
    tables = {kind.table: (name, kind) for name, kind in KINDS.items() if name != "contract_ends"}
    for table, row in waiting(customer_id, tables):
        name, kind = tables[table]
        if (table, str(row[kind.key])) not in known or table == "consents":
            yield from _entry(name, kind, row, names, calendar, is_waiting=True)


def _entry(
    name: str, kind: Kind, row: dict[str, Any], names: Names, calendar: Calendar, *, is_waiting: bool
) -> Iterator[Entry]:
    at = row[kind.at]
    if at is None:
        return
    moment = at if isinstance(at, datetime) else None
    yield Entry(
        kind=name,
        day=calendar.day_of(moment) if moment else at,
        moment=moment,
        title=kind.title(row, names),
        words=(row[kind.words] or "") if kind.words else "",
        by=(row[kind.by] or "") if kind.by else "",
        who=names.users.get(row.get("user_id") or "", ""),
        key=str(row[kind.key]),
        waiting=is_waiting,
    )


def _with_events(facts: CustomerFacts, chosen: list[Entry], until: date, counts: dict[str, int]) -> Page:
    since = until - WINDOW
    inside = [e for e in chosen if e.day >= since]
    done = facts.by_day(since, until)
    before = [e.day for e in chosen if e.day < since]
    first = facts.first_month_of_events()
    goes_on = bool(before) or (first is not None and first < since)
    return Page(
        tuple(_days(inside, done)), since, until, since - timedelta(days=1) if goes_on else None, counts
    )


def _days(chosen: list[Entry], done: list[dict[str, Any]]) -> Iterator[Day]:
    by_day = {day: list(rows) for day, rows in groupby(chosen, key=lambda e: e.day)}
    events = {day: tuple(rows) for day, rows in groupby(done, key=lambda r: r["_day"])}
    for day in sorted({*by_day, *events}, reverse=True):
        lines, more = _bounded(by_day.get(day, []))
        yield Day(day, lines, more, events.get(day, ()))


def _bounded(lines: list[Entry]) -> tuple[tuple[Entry, ...], tuple[tuple[str, int], ...]]:
    seen: dict[str, int] = {}
    kept = []
    for line in lines:
        seen[line.kind] = seen.get(line.kind, 0) + 1
        if seen[line.kind] <= MOST_A_DAY:
            kept.append(line)
    more = [(_shown(kind), count - MOST_A_DAY) for kind, count in seen.items() if count > MOST_A_DAY]
    return tuple(kept), tuple(more)


def _whole_days(chosen: list[Entry], lines: int) -> list[Entry]:
    """Return the first lines, and all of the day that the last of them is of."""
    if len(chosen) <= lines:
        return chosen
    last = chosen[lines - 1].day
    return [e for number, e in enumerate(chosen) if number < lines or e.day == last]


def _newest_first(entry: Entry) -> tuple[date, datetime, str, str]:
    moment = entry.moment or datetime.combine(entry.day, time.min, UTC)
    return entry.day, moment, entry.kind, entry.key


def _shown(kind: str) -> str:
    return "contracts" if kind == "contract_ends" else kind


def kinds_asked(asked: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    """Return the kinds that were asked for, all of them if none was that exists."""
    wanted = set(asked)
    return tuple(name for name in known if name in wanted) or tuple(known)
