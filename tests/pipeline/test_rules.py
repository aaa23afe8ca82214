"""The rules of the run, each as a property over random histories."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build import NOW, TODAY, WORKSPACE, ago, both, lake_with, noon
from minori.pipeline.run import KEPT, Ran, run_day
from minori.policy.definitions import Policy
from minori.policy.load import Loaded
from minori.policy.workspace import Engine
from minori.schema.facts import FACTS

HISTORY = 70  # days
SLOW = settings(
    max_examples=int(os.environ.get("MINORI_EXAMPLES", "5")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def text(words: str) -> dict[str, str]:
    return both(words)


def play(name: str, when: str, offer: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "label": text(name),
        "hypothesis": text("h"),
        "when": when,
        "because": text("b"),
        "offer": offer,
        **more,
    }


POLICY = Policy.model_validate(
    {
        "catalog": {
            "products": {
                "suite": {
                    "label": text("suite"),
                    "plans": {
                        "light": {
                            "label": text("light"),
                            "price": {"per_seat": 1000},
                            "limits": {"seats": "quantity"},
                        },
                        "pro": {
                            "label": text("pro"),
                            "price": {"base": 9000, "per_seat": 1500},
                            "limits": {"seats": "quantity"},
                            "features": ["x"],
                        },
                    },
                }
            }
        },
        "metrics": {
            "logins": {
                "label": text("l"),
                "count": "events where name = 'login'",
                "window": "14 days",
                "better": "higher",
            },
            "users": {"label": text("u"), "distinct": "user_id of events", "window": "14 days"},
            "work": {"label": text("w"), "sum": "quantity of events", "window": "28 days"},
            "storage": {"label": text("s"), "last": "value of gauges"},
            "seat_use": {"label": text("s"), "formula": "users / limit(seats)"},
            "rank": {"label": text("r"), "quintile": "work"},
        },
        "health": {
            "parts": {
                "logins": {"label": text("l"), "metric": "logins", "weight": 2, "points": {0: 0, 10: 100}},
                "seats": {"label": text("s"), "metric": "seat_use", "weight": 1, "points": {0: 0, 1: 100}},
            }
        },
        "segments": {
            "stages": {"new": {"label": text("n"), "when": "tenure_days < 30"}, "old": {"label": text("o")}}
        },
        "plays": {
            p["id"]: p
            for p in (
                play("seats", "seat_use >= 0.4", {"kind": "seats"}, experiment={"share": 0.3}),
                play("rising", "change(logins) > 0.2 and rank >= 3", {"kind": "plan"}),
                play("full", "storage > 5", {"kind": "help"}, again_after="30 days"),
                play("quiet", "logins < 2", {"kind": "rescue"}, rearm="3 days"),
            )
        },
    }
)
LOADED = Loaded(POLICY)

event = st.tuples(
    st.sampled_from("abc"),
    st.sampled_from("xyz"),
    st.integers(-5, HISTORY),
    st.sampled_from(["login", "save"]),
)
gauge = st.tuples(st.sampled_from("abc"), st.integers(-5, HISTORY), st.integers(0, 10))
answer = st.tuples(st.sampled_from("abc"), st.integers(-5, 40), st.sampled_from(["accepted", "declined"]))


@st.composite
def histories(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """Facts before and after the as-of day (a negative number of days ago lies after it)."""
    events = [
        *draw(st.lists(event, min_size=20, max_size=60)),
        *(("a", "x", day, "save") for day in range(HISTORY)),
    ]
    answers = draw(st.lists(answer, max_size=5, unique_by=lambda a: a[:2]))
    return {
        "customers": [{"customer_id": c, "name": c, "started_on": ago(200)} for c in "abc"],
        "contracts": [
            {
                "contract_id": c,
                "customer_id": c,
                "product_id": "suite",
                "plan_id": "light",
                "quantity": 2,
                "mrr": 2000,
                "currency": "JPY",
                "starts_on": ago(200),
                "ends_on": ago(-2) if c == "c" else None,
            }
            for c in "abc"
        ],
        "events": [
            {
                "event_id": str(n),
                "customer_id": c,
                "user_id": c + user,
                "name": name,
                "quantity": n % 7,
                "occurred_at": noon(ago(day)) + timedelta(seconds=n),
            }
            for n, (c, user, day, name) in enumerate(events)
        ],
        "gauges": [
            {
                "customer_id": c,
                "name": "gb",
                "observed_at": noon(ago(day)) + timedelta(seconds=n),
                "value": value,
            }
            for n, (c, day, value) in enumerate(draw(st.lists(gauge, max_size=20)))
        ],
        "proposals": [
            {
                "proposal_id": f"{c}{day}",
                "customer_id": c,
                "play": "seats",
                "asks_for_money": True,
                "proposed_at": noon(ago(day + 2)),
            }
            for c, day, _ in answers
        ],
        "outcomes": [
            {
                "proposal_id": f"{c}{day}",
                "customer_id": c,
                "play": "seats",
                "result": result,
                "answered_at": noon(ago(day)),
            }
            for c, day, result in answers
        ],
    }


@contextmanager
def ran(
    facts: Mapping[str, list[dict[str, Any]]], back: int = 0, threads: int | None = None
) -> Iterator[Ran]:
    """A run as of some days before TODAY."""
    workspace = WORKSPACE.model_copy(update={"engine": Engine(threads=threads)})
    with tempfile.TemporaryDirectory() as folder:
        lake = lake_with(Path(folder), facts)
        yield run_day(lake, workspace, LOADED, now=NOW, as_of=ago(back), keep=False)


def same(first: Mapping[str, pa.Table], second: Mapping[str, pa.Table]) -> list[str]:
    """Names of tables that differ."""
    return [name for name in KEPT if not first[name].equals(second[name])]


@SLOW
@given(histories())
def test_later_facts_change_nothing(facts: dict[str, list[dict[str, Any]]]) -> None:
    ends = noon(TODAY) + timedelta(hours=12)
    cut = {
        name: [row for row in rows if FACTS[name].at is None or _time(row[FACTS[name].at]) < ends]
        for name, rows in facts.items()
    }
    cut["contracts"] = [{**row, "ends_on": None} for row in cut["contracts"]]  # what will end has not ended
    with ran(facts) as whole, ran(cut) as before:
        assert same(whole.tables, before.tables) == []


def _time(value: Any) -> Any:
    return value if hasattr(value, "hour") else noon(value)


@SLOW
@given(histories())
def test_every_candidate_has_one_fate_and_counts_add_up(facts: dict[str, list[dict[str, Any]]]) -> None:
    with ran(facts) as got:
        counts = got.counts
        assert counts["candidates"] == sum(
            counts[fate] for fate in ("proposed", "held", "outranked", "hold_out")
        )
        ids = got.tables["decision"]["candidate_id"].to_pylist()
        assert sorted(ids) == sorted(got.tables["candidate"]["candidate_id"].to_pylist())
        assert len(ids) == len(set(ids))
        winners = [
            d["customer_id"]
            for d in got.tables["decision"].to_pylist()
            if d["fate"] in ("proposed", "hold_out")
        ]
        assert len(winners) == len(set(winners))


@SLOW
@given(histories())
def test_the_ledger_adds_up_to_the_score(facts: dict[str, list[dict[str, Any]]]) -> None:
    with ran(facts) as got:
        scores = {row["customer_key"]: row["health"] for row in got.tables["health"].to_pylist()}
        parts: dict[int, float] = {}
        for row in got.tables["health_part"].to_pylist():
            parts[row["customer_key"]] = parts.get(row["customer_key"], 0.0) + (row["contribution"] or 0.0)
        assert all(score is None or abs(score - parts[key]) < 1e-4 for key, score in scores.items())


@SLOW
@given(histories(), st.randoms(use_true_random=False))
def test_order_and_threads_change_nothing(facts: dict[str, list[dict[str, Any]]], random: Any) -> None:
    shuffled = {name: random.sample(rows, len(rows)) for name, rows in facts.items()}
    with ran(_named(facts), threads=1) as one, ran(_named(shuffled), threads=2) as two:
        assert same(one.tables, two.tables) == []


def _named(facts: Mapping[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Give every row its id before rows are shuffled, as intake does by content."""
    return {
        name: [
            {**row, "_id": hash((name, *map(str, (row.get(k) for k in FACTS[name].key)))) >> 1}
            for row in rows
        ]
        for name, rows in facts.items()
    }


@SLOW
@given(histories())
def test_a_missed_night_loses_no_signal(facts: dict[str, list[dict[str, Any]]]) -> None:
    """Who is young today is there today whether or not it was looked at yesterday, with yesterday's name."""
    with ran(facts, back=1) as yesterday, ran(facts) as today:
        names = {
            (r["customer_key"], r["play"]): r["candidate_id"]
            for r in yesterday.tables["candidate"].to_pylist()
        }
        held = {(r["customer_key"], r["play"]): r for r in today.tables["signal"].to_pylist()}
        now = {
            (r["customer_key"], r["play"]): r["candidate_id"] for r in today.tables["candidate"].to_pylist()
        }
        for who, name in names.items():
            if who in held and held[who]["state"] == "young":
                assert now[who] == name


@SLOW
@given(histories())
def test_running_again_changes_nothing(facts: dict[str, list[dict[str, Any]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lake = lake_with(Path(folder), facts)
        for _ in range(2):
            run_day(lake, WORKSPACE, LOADED, now=NOW, as_of=TODAY)
            snapshot = lake.snapshot()
            kept = {name: snapshot.arrow(f"results/{name}") for name in KEPT}
            kept = {
                name: rows.sort_by([(c, "ascending") for c in KEPT[name]])
                for name, rows in kept.items()
                if rows.num_rows
            }
            if _ == 0:
                first = kept
        assert all(first[name].equals(kept[name]) for name in first)
        assert snapshot.rows("results/run") == 1
