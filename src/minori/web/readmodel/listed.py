"""Rows of the three quiet lists, made by the same code as ``minori lists``."""

from collections.abc import Iterator, Mapping

import pyarrow.compute as pc

from minori.core.period import Calendar
from minori.pipeline.lists import LISTS, Lists, lists_of
from minori.pipeline.lists_day import day_of
from minori.pipeline.run import Ran
from minori.policy.definitions import Policy
from minori.web.models import ListedRow, Run
from minori.web.readmodel.lake_day import LakeDay, Row, labels_alone

_SIGNAL = ["customer_key", "play", "since", "state"]
_CANDIDATE = [
    "candidate_id",
    "customer_key",
    "kind",
    "since",
    "offer",
    "because",
    "needs",
    "asks_for_money",
    "owner",
]


def listed(day: LakeDay, policy: Policy, calendar: Calendar, policy_hash: str) -> Lists:
    """Return the lists of the day; only the columns they need are held in memory."""
    signals = day.table("signal", _SIGNAL)
    if signals.num_columns:
        signals = signals.filter(pc.equal(signals["state"], "old"))
    candidates = labels_alone(day.table("candidate", _CANDIDATE))
    tables = {
        "signal": signals,
        "candidate": candidates,
        "decision": day.table("decision"),
        "point": day.table("point", ["customer_key", "customer_id"]),
    }
    return lists_of(day_of(Ran(day.day, policy_hash, 0, tables), day.snapshot, calendar), policy)


def rows(lists: Lists, run: Run, labels: Mapping[str, Row], size: int) -> Iterator[list[ListedRow]]:
    """Give the lines as rows, in stretches; who may see them goes by the customer's CSM and sales person."""
    for name in LISTS:
        lines = lists[name]
        for start in range(0, len(lines), size):
            yield [
                ListedRow(
                    run=run,
                    listed=name,
                    place=place,
                    customer_id=line.customer_id,
                    owner=labels.get(line.customer_id, {}).get("owner") or "",
                    sales_owner=labels.get(line.customer_id, {}).get("sales_owner") or "",
                    play=line.play,
                    guard=line.guard or "",
                    until=line.until,
                    line=line.as_object(),
                )
                for place, line in enumerate(lines[start : start + size], start + 1)
            ]
