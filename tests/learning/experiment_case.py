"""Experiments whose truth is known: lots as a run draws them, contracts that follow, a session over both."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from build import NOW, TODAY, WORKSPACE, ago, both, lake_with, noon
from minori.core.keys import key64, share64
from minori.lake.engines.duckdb import DuckDBEngine
from minori.lake.lake import Lake
from minori.lake.types import arrow_schema
from minori.pipeline.session import Session
from minori.policy.definitions import Policy
from minori.schema.results import RESULTS

Row = dict[str, Any]
SHARE = 0.5
HORIZON = 60
_STANDING = pa.schema([("as_of", pa.date32()), ("customer_key", pa.int64()), ("segment", pa.string())])
_DECISION = arrow_schema(RESULTS["decision"], technical=False)


@dataclass(frozen=True)
class Truth:
    """What a play does: chances of buying and of leaving within the horizon, without it and with it."""

    buys: tuple[float, float] = (0.1, 0.1)
    leaves: tuple[float, float] = (0.05, 0.05)
    kind: str = "seats"
    strata: tuple[str, ...] = ()


def policy(plays: dict[str, Truth], **guards: Any) -> Policy:
    """A policy with these plays, half of the customers held out."""
    return Policy.model_validate(
        {
            "plays": {name: _play(name, truth) for name, truth in plays.items()},
            "guards": {"guards": {"harmful_play": guards}},
        }
    )


def _play(name: str, truth: Truth) -> Row:
    return {
        "id": name,
        "label": {"ja": f"{name}の型", "en": f"Play {name}"},
        "hypothesis": both("why"),
        "when": "mrr > 0",
        "because": both("because"),
        "offer": {"kind": truth.kind},
        "experiment": {"share": SHARE, "horizon": HORIZON, "strata": truth.strata},
    }


class Company:
    """Customers drawn ten a week, ending a month before the horizon of the last is over."""

    def __init__(self, plays: dict[str, Truth], customers: int = 400, *, seed: int = 1) -> None:
        self.plays, self.random = plays, np.random.default_rng(seed)
        self.decisions: list[Row] = []
        self.contracts: list[Row] = []
        self.links: list[Row] = []
        self.standing: list[Row] = []
        self.outcomes: list[Row] = []
        for name, truth in plays.items():
            for number in range(customers):
                drawn_on = ago(HORIZON + 45 + (number * 400) // customers)
                self._draw(f"{name}-{number:04d}", name, truth, drawn_on)

    def _draw(self, customer: str, play: str, truth: Truth, drawn_on: date) -> None:
        treated = share64(play, customer) >= SHARE
        fate = "proposed" if treated else "hold_out"
        self.decisions += [
            decision(customer, play, drawn_on + timedelta(days=again), fate) for again in (0, 7)
        ]
        buys, leaves = self.random.random(2) < (truth.buys[treated], truth.leaves[treated])
        day = drawn_on + timedelta(days=int(self.random.integers(5, HORIZON)))
        ends = day if leaves or buys else None
        self.contracts.append(contract(customer, 10_000, ago(900), ends))
        if buys and not leaves:
            self.contracts.append(contract(customer, 15_000, day, None))

    def session(self, root: Path, **guards: Any) -> Iterator[Session]:
        """A session over a lake with everything in it."""
        self.lake(root)
        engine = DuckDBEngine(root / "temporary", threads=1)
        yield Session(
            engine, Lake(root / "lake", lambda: NOW).snapshot(), policy(self.plays, **guards), WORKSPACE
        )
        engine.close()

    def lake(self, root: Path, **facts: list[Row]) -> Lake:
        """The lake itself."""
        root.mkdir(parents=True, exist_ok=True)
        customers = [{"customer_id": c} for c in sorted({row["customer_id"] for row in self.contracts})]
        latest = {"event_id": "last", "customer_id": customers[0]["customer_id"], "name": "seen"}
        made = lake_with(
            root,
            {
                "customers": [{**row, "started_on": ago(900)} for row in customers],
                "contracts": self.contracts,
                "events": [{**latest, "occurred_at": noon(TODAY)}],
                "identity_links": self.links,
                "outcomes": self.outcomes,
                **facts,
            },
        )
        with made.change("runs") as change:
            change.replace("results/decision", pa.Table.from_pylist(self.decisions, _DECISION))
            if self.standing:
                change.replace("results/standing", pa.Table.from_pylist(self.standing, _STANDING))
        return made


def decision(customer: str, play: str, day: date, fate: str, *, probability: float = SHARE) -> Row:
    """A lot as a run keeps it."""
    return {
        "as_of": day,
        "candidate_id": f"{customer}-{day}",
        "customer_key": key64(customer),
        "customer_id": customer,
        "play": play,
        "fate": fate,
        "probability": probability,
        "experiment": play,
    }


def contract(customer: str, mrr: int, starts_on: date, ends_on: date | None) -> Row:
    """A contract in yen."""
    return {
        "contract_id": f"{customer}-{mrr}",
        "customer_id": customer,
        "product_id": "suite",
        "plan_id": "standard",
        "mrr": mrr,
        "currency": "JPY",
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
