"""Candidates and what is known beside them, put into an engine; guards asked, fates read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from build import COMPANY, TODAY, ago, both, facts_table
from minori.core.keys import key64, short_id
from minori.decision import ask, rank
from minori.decision.guard import GUARDS
from minori.lake.engine import Engine
from minori.lake.stage import Pass
from minori.lake.types import arrow_schema, arrow_type
from minori.pipeline.evaluate import HELD_OUT
from minori.policy.definitions import Policy
from minori.policy.workspace import Member
from minori.query.points import Dates
from minori.query.sql import sql
from minori.query.visibility import RAW
from minori.schema.facts import FACTS
from minori.schema.proof import PROOF
from minori.schema.results import RESULTS

Row = dict[str, Any]
Decide = Callable[..., "Decided"]
_VERDICT = arrow_schema(PROOF["play_verdict"], technical=False)
_STANDING = pa.schema(
    [
        ("as_of", pa.date32()),
        ("customer_key", pa.int64()),
        *((name, pa.string()) for name in ("segment", "stage", "growth_stage", "touch")),
    ]
)
EVERY_GUARD: dict[str, dict[str, Any]] = {name: {} for name in GUARDS}
_HOLDING = pa.schema(
    [
        ("as_of", pa.date32()),
        ("customer_key", pa.int64()),
        ("product_id", pa.string()),
        ("is_trial", pa.bool_()),
        ("is_option", pa.bool_()),
    ]
)


def play(name: str, kind: str = "seats", **settings: Any) -> Row:
    """A play of a kind of offer."""
    return {
        "id": name,
        "label": {"ja": f"{name}の型", "en": f"Play {name}"},
        "hypothesis": both("why"),
        "when": "mrr > 0",
        "because": both("because"),
        "offer": {"kind": kind},
        **settings,
    }


PLAYS = (
    play("add_seats"),
    play("upgrade", "plan"),
    play("teach", "help"),
    play("save", "rescue", world="trouble"),
    play("mend", "help", world="trouble"),
    play("smaller", "downgrade"),
    play("deal", "plan", reach={"owner": "sales"}),
)


def policy(guards: Mapping[str, Row] | None = None, *, plays: Iterable[Row] = PLAYS, **parts: Any) -> Policy:
    """A policy with these guards (default: every one as it comes) and plays."""
    chosen = EVERY_GUARD if guards is None else guards
    ranking = parts.pop("ranking", {})
    return Policy.model_validate(
        {"guards": {"guards": chosen, "ranking": ranking}, "plays": {p["id"]: p for p in plays}, **parts}
    )


def candidate(customer: str = "acme", play: str = "add_seats", **columns: Any) -> Row:
    """A candidate that no guard holds: needed, healthy, loyal, worth something, asking for money."""
    since = columns.get("since", ago(3))
    kind = next((p["offer"]["kind"] for p in PLAYS if p["id"] == play), "seats")
    return {
        "as_of": TODAY,
        "candidate_id": short_id("proposal", customer, play, since.isoformat()),
        "customer_key": key64(customer),
        "customer_id": customer,
        "play": play,
        "since": since,
        "kind": kind,
        "offer": "{}",
        "asks_for_money": kind not in ("help", "rescue", "downgrade"),
        "benefit_known": True,
        "needs": 2,
        "lifts_wait": False,
        "channel": "task",
        "owner": "hana",
        "touch": "low",
        "band": "healthy",
        "loyalty": 4.0,
        "value": 100.0,
        **columns,
    }


@dataclass(frozen=True)
class Decided:
    """What came of asking the guards and ranking."""

    run: Pass
    answers: list[Row]
    decision: list[Row]

    def answer(self, guard: str, of: Row | None = None) -> Row | None:
        """What a guard said about a candidate (default: the only one); None: clear."""
        wanted = of["candidate_id"] if of else self.decision[0]["candidate_id"]
        found = [a for a in self.answers if a["guard"] == guard and a["candidate_id"] == wanted]
        assert len(found) <= 1
        return found[0] if found else None

    def until(self, guard: str) -> date | None:
        """Until when a guard holds the only candidate."""
        answer = self.answer(guard)
        assert answer is not None and answer["answer"] == "holds"
        until: date | None = answer["until"]
        return until

    def fate(self, of: Row) -> Row:
        """The fate of a candidate."""
        return next(row for row in self.decision if row["candidate_id"] == of["candidate_id"])


def decide(
    engine: Engine,
    candidates: Iterable[Row],
    facts: Mapping[str, Iterable[Row]] | None = None,
    *,
    policy: Policy,
    started: Mapping[str, date | None] | None = None,
    connected: Iterable[str] | None = None,
    metrics: Mapping[str, float | None] | None = None,
    holding: Iterable[Row] = (),
    signals: Iterable[Row] = (),
    held_out: Iterable[Row] = (),
    verdicts: Iterable[Row] = (),
    standing: Iterable[Row] = (),
    team: Mapping[str, Member] | None = None,
    merged: Mapping[str, str] | None = None,
    days: tuple[date, ...] = (TODAY,),
) -> Decided:
    """Ask the guards about the candidates and rank them.

    ``started`` are further customers by their first day (default 1,000 days ago); ``metrics`` are of every
    customer; ``connected`` are the tables with a source (default: all); ``merged``: which id went where.
    """
    rows, given = list(candidates), dict(facts or {})
    attach(engine, given)
    people = {**{row["customer_id"]: ago(1000) for row in rows}, **(started or {})}
    run = Pass(
        engine,
        Dates(days, COMPANY.calendar),
        policy,
        COMPANY,
        connected=frozenset((*FACTS, "play_verdict") if connected is None else connected),
        linked=bool(merged),
        team=team or {},
    )
    links = [
        {"as_of": day, "from_key": key64(a), "into_key": key64(b)}
        for day in days
        for a, b in (merged or {}).items()
    ]
    engine.register("identity", pa.Table.from_pylist(links, _IDENTITY))
    run.write("candidate", _table("candidate", rows))
    run.write("signal", _table("signal", signals))
    run.write("point", _points(people, days))
    run.write("metric", _metrics(people, days, metrics or {}))
    run.write("holding", pa.Table.from_pylist([{"as_of": TODAY, **_keyed(h)} for h in holding], _HOLDING))
    run.write("held_out", pa.Table.from_pylist([{"as_of": TODAY, **_keyed(h)} for h in held_out], HELD_OUT))
    run.write("play_verdict", pa.Table.from_pylist([{"as_of": TODAY, **v} for v in verdicts], _VERDICT))
    run.write("standing", pa.Table.from_pylist([{"as_of": TODAY, **_keyed(s)} for s in standing], _STANDING))
    for stage in (ask.STAGE, rank.STAGE):
        run.perform(stage)
    attach(engine, dict.fromkeys(given, ()))
    answers = run.fetch(_ANSWERS.bind()).to_pylist()
    return Decided(run, answers, run.fetch(_DECISION.bind()).to_pylist())


def attach(engine: Engine, facts: Mapping[str, Iterable[Row]]) -> None:
    """Set fact tables; the others stay as they are."""
    for name, rows in facts.items():
        engine.register(RAW + name, facts_table(name, rows))


_ANSWERS = sql("select * from guard_answer")
_DECISION = sql("select * from decision")
_IDENTITY = pa.schema([("as_of", pa.date32()), ("from_key", pa.int64()), ("into_key", pa.int64())])


def _table(name: str, rows: Iterable[Row]) -> pa.Table:
    schema = pa.schema([pa.field(c.name, arrow_type(c.type)) for c in RESULTS[name].columns])
    return pa.Table.from_pylist([{"as_of": TODAY, **_keyed(row)} for row in rows], schema)


def _keyed(row: Row) -> Row:
    return {"customer_key": key64(row["customer_id"]), "is_trial": False, "is_option": False, **row}


def _points(people: Mapping[str, date | None], days: Iterable[date]) -> pa.Table:
    rows = [
        {"as_of": day, "customer_key": key64(c), "customer_id": c, "started_on": since}
        for day in days
        for c, since in people.items()
    ]
    kinds = {
        "as_of": pa.date32(),
        "customer_key": pa.int64(),
        "customer_id": pa.string(),
        "started_on": pa.date32(),
    }
    return pa.Table.from_pylist(rows, pa.schema(list(kinds.items())))


def _metrics(people: Iterable[str], days: Iterable[date], values: Mapping[str, float | None]) -> pa.Table:
    rows = [{"as_of": day, "customer_key": key64(c), **values} for day in days for c in people]
    names = [(name, pa.float64()) for name in values]
    return pa.Table.from_pylist(
        rows, pa.schema([("as_of", pa.date32()), ("customer_key", pa.int64()), *names])
    )


def tomorrow(days: int = 1) -> date:
    """The day so many days after the as-of day."""
    return TODAY + timedelta(days=days)
