"""Rows of proposals, fates and plays."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from minori.core.text import Text
from minori.pipeline.report import as_object
from minori.pipeline.run import Ran
from minori.web.models import FateRow, PlayRow, ProposalRow, Run
from minori.web.readmodel.lake_day import LakeDay, Row, plain

AT_A_TIME = 1_000
_FATE = ["play", "fate", "guard"]


class Proposals:
    """Makes the rows of the run's proposals, a stretch of places at a time."""

    def __init__(
        self, day: LakeDay, labels: Mapping[str, Row], names: Mapping[str, str], currency: str
    ) -> None:
        self.day, self.labels, self.names, self.currency = day, labels, names, currency
        decisions = day.table("decision")
        chosen = (
            decisions.filter(pc.equal(decisions["fate"], "proposed")) if decisions.num_columns else decisions
        )
        self.decisions = chosen.sort_by("place") if chosen.num_columns else chosen
        self._other = {name: day.table(name) for name in ("candidate", "proposal", "learned_chance")}
        if chosen.num_columns:
            self._other["candidate"] = _among(
                self._other["candidate"], "candidate_id", chosen["candidate_id"]
            )
        self._health = day.table("health", ["customer_key", "health"])

    def rows(self, run: Run) -> Iterator[list[ProposalRow]]:
        """Give the rows in stretches."""
        for start in range(0, self.decisions.num_rows, AT_A_TIME):
            decisions = self.decisions.slice(start, AT_A_TIME)
            ids, keys = decisions["candidate_id"], decisions["customer_key"]
            tables = {
                "decision": decisions,
                "candidate": _among(self._other["candidate"], "candidate_id", ids),
                "proposal": _among(self._other["proposal"], "proposal_id", ids),
                "learned_chance": _among(self._other["learned_chance"], "customer_key", keys),
            }
            yield list(self._stretch(run, tables, _among(self._health, "customer_key", keys)))

    def _stretch(self, run: Run, tables: dict[str, pa.Table], health: pa.Table) -> Iterator[ProposalRow]:
        ran = Ran(self.day.day, run.policy_hash, 0, {**tables, "point": pa.table({"customer_key": []})})
        candidates = {row["candidate_id"]: row for row in tables["candidate"].to_pylist()}
        decisions = {row["candidate_id"]: row for row in tables["decision"].to_pylist()}
        healths = {row["customer_key"]: row["health"] for row in health.to_pylist()}
        for card in as_object(ran, self.names, self.currency)["proposals"]:
            decision, candidate = decisions[card["proposal_id"]], candidates[card["proposal_id"]]
            yield self._row(run, card, decision, candidate, plain(healths.get(decision["customer_key"])))

    def _row(self, run: Run, card: Row, decision: Row, candidate: Row, health: float | None) -> ProposalRow:
        label = self.labels.get(card["customer_id"], {})
        terms = {
            name: plain(candidate[name]) for name in ("if_offered", "if_nothing", "harm", "months", "anyway")
        }
        return ProposalRow(
            run=run,
            proposal_id=card["proposal_id"],
            customer_id=card["customer_id"],
            customer=card["customer"][:400],
            play=card["play"],
            kind=card["kind"],
            place=decision["place"],
            owner=label.get("owner") or "",
            sales_owner=label.get("sales_owner") or "",
            channel=card["channel"] or "",
            touch=candidate["touch"] or "",
            band=candidate["band"] or "",
            health=health,
            asks_for_money=candidate["asks_for_money"],
            person_decides=bool(decision["person_decides"]),
            value=decision["value"],
            mrr_change=candidate["mrr_change"],
            once=candidate["once"],
            accept=plain(candidate["accept"]),
            accept_low=plain(candidate["accept_low"]),
            accept_high=plain(candidate["accept_high"]),
            valid_until=candidate["valid_until"],
            card={**card, "since": plain(candidate["since"]), "terms": terms},
        )


def fates(day: LakeDay, run: Run, size: int) -> Iterator[list[FateRow]]:
    """Give a row for every candidate that is not proposed, in stretches."""
    decisions = day.table("decision")
    if not decisions.num_columns:
        return
    kinds = day.table("candidate", ["candidate_id", "kind"])
    rest = decisions.filter(pc.not_equal(decisions["fate"], "proposed")).join(kinds, "candidate_id")
    for start in range(0, rest.num_rows, size):
        yield [_fate(run, row) for row in rest.slice(start, size).to_pylist()]


def _fate(run: Run, row: Row) -> FateRow:
    return FateRow(
        run=run,
        candidate_id=row["candidate_id"],
        customer_id=row["customer_id"],
        play=row["play"],
        kind=row["kind"],
        fate=row["fate"],
        guard=row["guard"] or "",
        until=row["until"],
        reason_ja=row["reason_ja"] or "",
        reason_en=row["reason_en"] or "",
        value=plain(row["value"]),
    )


def plays(day: LakeDay, run: Run, every: Iterable[str], off: Mapping[str, Text]) -> list[PlayRow]:
    """Return what each play did; ``off`` are those whose facts are not there."""
    rows = {
        name: PlayRow(run=run, play=name, off_because=off[name].as_dict() if name in off else None)
        for name in sorted(every)
    }
    for name, count in _counted(day.table("signal", ["play"]), ["play"]):
        _play(rows, run, name[0]).signals = count
    for (name, fate, guard), count in _counted(day.table("decision", _FATE), _FATE):
        row = _play(rows, run, name)
        row.candidates += count
        if fate == "held":
            row.held = {**row.held, guard or "": count}
        else:
            setattr(row, fate, getattr(row, fate) + count)
    return list(rows.values())


def _play(rows: dict[str, PlayRow], run: Run, name: str) -> PlayRow:
    return rows.setdefault(name, PlayRow(run=run, play=name))


def _counted(table: pa.Table, by: list[str]) -> list[tuple[tuple[Any, ...], int]]:
    if not table.num_columns:
        return []
    found = table.group_by(by).aggregate([([], "count_all")]).to_pylist()
    return [(tuple(row[name] for name in by), row["count_all"]) for row in found]


def _among(table: pa.Table, column: str, values: pa.ChunkedArray) -> pa.Table:
    if not table.num_columns:
        return pa.table({column: values.slice(0, 0)})
    return table.filter(pc.is_in(table[column], value_set=values.combine_chunks()))


def run_record(day: LakeDay) -> Row:
    """Return what the run noted of itself: policy hash, counts, when it ran."""
    row: Row = day.table("run").to_pylist()[0]
    return {**row, "counts": json.loads(row["counts"])}
