"""Verdicts on plays in the lake: written by the proof, read by the guard ``harmful_play`` and told by every run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from minori.core.text import Text
from minori.decision.guard import GUARDS, in_force
from minori.decision.lots import experiment_of
from minori.lake.change import Change
from minori.lake.snapshot import Snapshot
from minori.lake.types import arrow_schema
from minori.offers.kind import OFFER_KINDS
from minori.policy.definitions import Experiment, Play, Policy
from minori.schema.proof import PROOF

TABLE = "results/play_verdict"
_SCHEMA = arrow_schema(PROOF["play_verdict"], technical=False)
NO_VERDICTS = _SCHEMA.empty_table()
_GUARD = "harmful_play"


@dataclass(frozen=True)
class Stops:
    """From where on a play is stopped; the limits of the guard ``harmful_play``."""

    harm_e_value: float
    pushiness_at_most: float
    pushiness_rise_at_most: float
    least: int


def stops(policy: Policy) -> Stops:
    """Return the limits of the policy, the guard's own where it names none."""
    found = in_force(policy).get(_GUARD)
    limits = (found[1] if found else GUARDS[_GUARD].limits()).model_dump()
    return Stops(
        float(limits["harm_e_value"]),
        float(limits["pushiness_at_most"]),
        float(limits["pushiness_rise_at_most"]),
        int(limits["least"]),
    )


def experiment_named(play: Play, policy: Policy) -> tuple[str, Experiment]:
    """Return the experiment of a play and its id; a play without one has the id that its own would have."""
    asks = OFFER_KINDS[play.offer.kind].asks_for_money
    found = experiment_of(play, policy, asks_for_money=asks)
    return found or (play.id, play.experiment or Experiment())


def keep(change: Change, as_of: date, source: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the verdicts of one source as of a day, in place of what it said of that day before."""
    where = f"as_of = '{as_of.isoformat()}' and source = '{source}'"
    change.replace(TABLE, pa.Table.from_pylist([dict(row) for row in rows], _SCHEMA), where=where)


def verdicts_up_to(snapshot: Snapshot, as_of: date) -> list[dict[str, Any]] | None:
    """Return every verdict given up to a day; None if the proof had never said anything by then."""
    if not snapshot.has(TABLE):
        return None
    rows = snapshot.arrow(TABLE)
    given: list[dict[str, Any]] = rows.filter(
        pc.less_equal(rows["as_of"], pa.scalar(as_of, pa.date32()))
    ).to_pylist()
    return given or None


def in_force_of(rows: Iterable[Mapping[str, Any]], as_of: date, policy: Policy) -> pa.Table:
    """Return which verdicts hold on a day: the newest of each source, dated that day.

    A verdict on an experiment holds only while the play's experiment has the same id.
    """
    newest: dict[str, date] = {}
    every = list(rows)
    for row in every:
        newest[row["source"]] = max(newest.get(row["source"], row["as_of"]), row["as_of"])
    running = {name: experiment_named(play, policy)[0] for name, play in policy.plays.items()}
    held = [
        {**row, "as_of": as_of}
        for row in every
        if row["as_of"] == newest[row["source"]] and row["experiment"] in ("", running.get(row["play"]))
    ]
    keys = ("play", "source", "experiment", "stratum", "class")
    held.sort(key=lambda row: tuple(str(row[name]) for name in keys))
    return pa.Table.from_pylist(held, _SCHEMA)


def notices(verdicts: pa.Table | None, policy: Policy) -> list[dict[str, Any]]:
    """Return a notice for each play that is stopped, wholly or for a class of customers."""
    if verdicts is None:
        return []
    harmful = [row for row in verdicts.to_pylist() if row["verdict"] == "harmful"]
    return [
        {
            "kind": "play_stopped",
            "play": row["play"],
            "source": row["source"],
            "class": row["class"] or None,
            "text": _stopped(row, policy).as_dict(),
        }
        for row in harmful
    ]


def _stopped(row: Mapping[str, Any], policy: Policy) -> Text:
    play = policy.plays.get(row["play"])
    label = play.label if play else Text(ja=row["play"], en=row["play"])
    where_ja, where_en = (f"({row['class']})", f" for {row['class']}") if row["class"] else ("", "")
    return Text(
        ja=f"型「{label.ja}」{where_ja}を止めています: {row['reason_ja']}",
        en=f"The play '{label.en}' is stopped{where_en}: {row['reason_en']}",
    )
