"""Guards asked again at the moment of sending, for one customer, on facts as they are now (SEMANTICS 9).

A decision is as old as its run. Until a message leaves, somebody may have opted out, said no, been called by a colleague,
or be in trouble. So the guards of the moment ``send`` are asked again, and with them those that hold because a customer is in
trouble, as far as facts alone tell it.

They are asked twice, as of today and as of tomorrow: the first sees what ends today, the second what happened today. What either
holds is held.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pyarrow as pa
from sqlglot import exp

from minori.core.errors import InputError
from minori.core.keys import key64
from minori.core.period import DAY
from minori.core.text import Text
from minori.decision import words
from minori.decision.guard import Guard, in_force
from minori.lake.engines.duckdb import DuckDBEngine
from minori.lake.snapshot import Snapshot
from minori.lake.stage import Pass
from minori.lake.types import arrow_schema, stored_columns
from minori.pipeline.consent_of_one import refused
from minori.pipeline.identity import known_links
from minori.pipeline.own_rows import OwnRow, Refused, typed
from minori.policy.definitions import Policy
from minori.policy.words import Definition
from minori.policy.workspace import WorkspaceFile
from minori.query.points import Dates
from minori.query.sql import column, literal, sql
from minori.query.visibility import RAW
from minori.schema.facts import FACTS
from minori.schema.results import RESULTS

_STORED = "stored_"
_LINKS = "identity_links"
_ZONE = sql("select max(time_zone) as time_zone from customers where customer_key = $key")


@dataclass(frozen=True)
class Asked:
    """A message about to leave. ``user_id`` is the person written to; empty: the customer itself.

    ``play`` may be empty where the message proposes nothing; ``band`` is the health band as decided.
    """

    message_id: str
    customer_id: str
    channel: str
    kind: str
    user_id: str = ""
    play: str = ""
    asks_for_money: bool = False
    band: str | None = None


@dataclass(frozen=True)
class Held:
    """A guard that forbids sending now, and until when; None: while it lasts."""

    guard: str
    reason: Text
    until: date | None = None


@dataclass(frozen=True)
class Again:
    """What the guards say now. ``a_person_decides``: what they could not look up. ``send_after``: quiet hours."""

    held: tuple[Held, ...] = ()
    a_person_decides: tuple[Text, ...] = ()
    send_after: datetime | None = None


def asked_again(guard: Guard) -> bool:
    """Say whether a guard is asked again when something is sent."""
    return guard.moment == "send" or (guard.help_first and bool(guard.needs))


class Rechecker:
    """Asks again about any number of messages, on one snapshot of the lake and what the app has not drained yet."""

    def __init__(self, root: Path, snapshot: Snapshot, policy: Policy, file: WorkspaceFile) -> None:
        self.snapshot, self.policy, self.file = snapshot, policy, file
        self.guards = {name: both for name, both in in_force(policy).items() if asked_again(both[0])}
        self.engine = DuckDBEngine(root / "lake" / "temporary", threads=1, memory=file.engine.memory)
        for name in self.tables:
            self.engine.attach(_STORED + name, snapshot.files(f"facts/{name}"), stored_columns(FACTS[name]))

    def __enter__(self) -> "Rechecker":
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.engine.close()

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """The fact tables that are read."""
        read = {table for guard, _ in self.guards.values() for table in (*guard.needs, *guard.reads)}
        return tuple(sorted({"customers", "consents", *(read & FACTS.keys())}))

    @cached_property
    def _links(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.snapshot.arrow(f"facts/{_LINKS}").to_pylist()
        return rows

    def ask(
        self, asked: Asked, *, now: datetime, fresh: Sequence[OwnRow] = (), leave_out: Collection[str] = ()
    ) -> Again:
        """Ask about one message.

        Parameters
        ----------
        fresh
            Facts of the app that may not be in the lake yet.
        leave_out
            Guards that do not fit the message: a word of thanks is not held because somebody wrote this week.

        Raises
        ------
        InputError
            If a fresh fact cannot be read: then it is not known what it says.
        LakeError
            If the lake cannot be read.
        """
        today = self.file.company.calendar.day_of(now)
        dates = Dates((today, today + DAY), self.file.company.calendar)
        new_links = self._typed([row for row in fresh if row.table == _LINKS], now)
        links = known_links([*self._links, *new_links.get(_LINKS, ())], dates.ends_at(dates.last))
        customer = links.get(key64(asked.customer_id), key64(asked.customer_id))
        keys = {customer, *(key for key, into in links.items() if into == customer)}
        new = self._typed([row for row in fresh if row.table in self.tables and _of(row, keys)], now)
        self._narrow(new, keys, links)
        run = self._pass(asked, dates, customer, new)
        chosen = {name: both for name, both in self.guards.items() if name not in leave_out}
        found = list(self._answers(run, chosen))
        held = [*(h for h in found if isinstance(h, Held)), *self._person(run, asked, customer, links)]
        unsure = [text for text in found if isinstance(text, Text)]
        return Again(tuple(held), tuple(unsure), self._send_after(run, asked, customer, chosen, now))

    def _typed(self, fresh: Sequence[OwnRow], now: datetime) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, dict[int, dict[str, Any]]] = {}
        for row in sorted(fresh, key=lambda r: r.number):
            try:
                fact = typed(row, self.file.company, now, self.snapshot.number + 1)
            except Refused as e:
                raise InputError(
                    f"a fact of the app cannot be read: {e.reason.en}", column=e.column
                ) from None
            found.setdefault(row.table, {})[fact["_id"]] = fact
        return {table: list(rows.values()) for table, rows in found.items()}

    def _narrow(
        self, new: Mapping[str, list[dict[str, Any]]], keys: Collection[int], links: Mapping[int, int]
    ) -> None:
        """Set the facts of one customer: what is fresh in place of what it corrects, merged identities as they stand."""
        for name in self.tables:
            schema = arrow_schema(FACTS[name], technical=True)
            stored = exp.select(*(column(c) for c in schema.names)).from_(_STORED + name)
            rows = self.engine.fetch(stored.where(_among("customer_key", keys))).to_pylist()
            facts = {row["_id"]: row for row in rows}
            facts |= {row["_id"]: row for row in new.get(name, ())}
            if name == "customers":  # a merged-away customer has no row of its own
                facts = {key: row for key, row in facts.items() if row["customer_key"] not in links}
            led = [{**row, **_led(row, links)} for row in facts.values()]
            self.engine.register(RAW + name, pa.Table.from_pylist(led, schema))

    def _pass(self, asked: Asked, dates: Dates, customer: int, new: Collection[str]) -> Pass:
        connected = {name for name in self.tables if name in new or self.snapshot.rows(f"facts/{name}")}
        run = Pass(
            engine=self.engine,
            dates=dates,
            policy=self.policy,
            company=self.file.company,
            connected=frozenset(connected),
        )
        candidates = [
            {
                "as_of": day,
                "candidate_id": asked.message_id,
                "customer_key": customer,
                "customer_id": asked.customer_id,
                "play": asked.play,
                "since": dates.first,
                "kind": asked.kind,
                "asks_for_money": asked.asks_for_money,
                "channel": asked.channel,
                "band": asked.band,
                "value": 0.0,
            }
            for day in dates.days
        ]
        schema = arrow_schema(RESULTS["candidate"], technical=False)
        run.write("candidate", pa.Table.from_pylist(candidates, schema))
        return run

    def _answers(self, run: Pass, guards: Mapping[str, tuple[Guard, Definition]]) -> Iterator[Held | Text]:
        for name, (guard, limits) in guards.items():
            missing = [table for table in guard.needs if table not in run.connected]
            if missing and len(missing) == len(guard.needs):
                if (
                    guard.unconnected is not None
                    and run.fetch(guard.unconnected(limits, self.policy)).num_rows
                ):
                    yield words.a_person_decides(guard, missing)
                continue
            rows = run.fetch(guard.answers(limits, self.policy))
            reasons = words.reasons(guard, limits, rows, self.policy)
            yield from _latest(name, rows, reasons)

    def _person(self, run: Pass, asked: Asked, customer: int, links: Mapping[int, int]) -> Iterator[Held]:
        key = key64(asked.user_id) if asked.user_id else customer
        refusal = refused(
            run, customer, links.get(key, key), asked.channel, needed=asked.channel in self._opt_in
        )
        if refusal is not None:
            yield Held("consent", refusal)

    @property
    def _opt_in(self) -> Collection[str]:
        both = self.guards.get("consent")
        return getattr(both[1], "opt_in", ()) if both else ()

    def _send_after(
        self,
        run: Pass,
        asked: Asked,
        customer: int,
        guards: Mapping[str, tuple[Guard, Definition]],
        now: datetime,
    ) -> datetime | None:
        """Return when quiet hours end where the customer is; None if it is not quiet there."""
        if asked.channel == "in_product":
            return None
        zone = self._zone(run, customer)
        at = now.astimezone(zone)
        for guard, limits in guards.values():
            if guard.next_time is not None:
                at = max(at, guard.next_time(limits, at))
        return at if at > now else None

    def _zone(self, run: Pass, customer: int) -> ZoneInfo:
        named = run.fetch(_ZONE.bind(key=customer))["time_zone"].to_pylist()
        try:
            return ZoneInfo(named[0]) if named and named[0] else self.file.company.calendar.zone
        except (ZoneInfoNotFoundError, ValueError):  # customers' attributes are not checked at intake
            return self.file.company.calendar.zone


def _latest(name: str, rows: pa.Table, reasons: Iterable[Text]) -> Iterator[Held | Text]:
    """Return what holds longest, and what a person has to decide; 'send after' is worked out to the minute elsewhere."""
    untils = rows["until"].to_pylist() if "until" in rows.column_names else [None] * rows.num_rows
    every = list(zip(rows["answer"].to_pylist(), untils, reasons, strict=True))
    holds = [(until, text) for answer, until, text in every if answer == "holds"]
    if holds:
        until, text = max(holds, key=lambda h: (h[0] is None, h[0] or date.min, h[1].ja))
        yield Held(name, text, until)
    for answer, _, text in every:
        if answer in ("no_data", "not_checked"):
            yield text
            return


def _of(row: OwnRow, keys: Collection[int]) -> bool:
    """Say whether a row of the app is about one of these customers; of one that names nobody it is not known."""
    customer = row.row.get("customer_id")
    return not isinstance(customer, str) or key64(customer) in keys


def _led(row: Mapping[str, Any], links: Mapping[int, int]) -> dict[str, int]:
    """Return the keys of a row as the merged identities lead them."""
    return {name: links.get(row[name], row[name]) for name in ("customer_key", "user_key") if name in row}


def _among(name: str, values: Iterable[int]) -> exp.Expression:
    return exp.In(this=column(name), expressions=[literal(value) for value in sorted(values)])
