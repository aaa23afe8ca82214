"""The quiet lists beside today's proposals: who needs help first, who is left alone, and who was never told."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from minori.core.text import Text
from minori.decision.guard import GUARDS
from minori.offers.evidence import Evidence
from minori.policy.definitions import Play, Policy
from minori.schema.columns import CUSTOMER_COLUMNS

ListName = Literal["help_first", "not_now", "never_told"]
LISTS: tuple[ListName, ...] = ("help_first", "not_now", "never_told")
HELP_KINDS = ("help", "rescue")
NOTHING, CAPACITY = "nothing", "capacity"
Row = dict[str, Any]
Told = Mapping[tuple[int, Literal["play", "kind"], str], date]
"""The newest day by customer_key and what was spoken of."""


@dataclass(frozen=True)
class Listed:
    """One line of a list: a customer's situation, what was decided about it, and why.

    ``fate`` is the decision's, or ``going_on`` for a need that began too long ago to ask by itself. ``offer`` and
    ``because`` are what would be said to the customer; ``reason`` is why it is not, which nobody is told.
    ``until`` is the first day on which a guard would be clear again; None: while its cause lasts.
    """

    customer_id: str
    customer: str  # the name; the id where there is none
    play: str
    label: Text
    kind: str  # of offer
    since: date
    fate: str
    offer: Text | None = None
    because: Text | None = None
    reason: Text | None = None
    guard: str | None = None
    until: date | None = None
    owner: str | None = None
    value: float | None = None

    def as_object(self) -> dict[str, Any]:
        """Return plain data for programs."""
        return {
            name: value.as_dict()
            if isinstance(value, Text)
            else value.isoformat()
            if isinstance(value, date)
            else value
            for name, value in vars(self).items()
        }


@dataclass(frozen=True)
class Lists:
    """The three lists of one day. ``told_known`` is False where no source says what customers were told."""

    as_of: date
    help_first: tuple[Listed, ...]
    not_now: tuple[Listed, ...]
    never_told: tuple[Listed, ...]
    told_known: bool

    def only(self, owners: Iterable[str]) -> "Lists":
        """Return the same lists with only the lines of these owners."""
        wanted = set(owners)

        def of(lines: tuple[Listed, ...]) -> tuple[Listed, ...]:
            return tuple(line for line in lines if line.owner in wanted)

        return replace(
            self,
            help_first=of(self.help_first),
            not_now=of(self.not_now),
            never_told=of(self.never_told),
        )

    def __getitem__(self, name: ListName) -> tuple[Listed, ...]:
        return {"help_first": self.help_first, "not_now": self.not_now, "never_told": self.never_told}[name]


@dataclass(frozen=True)
class Day:
    """What a run left of a day, and what of the facts the lists need beside it.

    ``told`` says when each customer was last told of a play or a kind of offer; None where no source says it.
    ``owners`` are (CSM, sales) by customer_id.
    """

    as_of: date
    signals: list[Row]
    candidates: list[Row]
    decisions: list[Row]
    ids: Mapping[int, str]  # customer_id by customer_key
    names: Mapping[str, str]
    owners: Mapping[str, tuple[str | None, str | None]]
    told: Told | None


def lists_of(day: Day, policy: Policy) -> Lists:
    """Return the lists of a day."""
    candidates = {c["candidate_id"]: c for c in day.candidates}
    told = day.told or {}
    listed = _Lister(day, policy, candidates)
    waiting = never_told(day.decisions, candidates, told)
    dealt_with = {(c["customer_key"], c["kind"]) for c in day.candidates}
    return Lists(
        as_of=day.as_of,
        help_first=tuple(map(listed, help_first(day.decisions, candidates))),
        not_now=tuple(map(listed, not_now(day.decisions))),
        never_told=tuple(map(listed, [*waiting, *going_on(day.signals, policy, told, dealt_with)])),
        told_known=day.told is not None,
    )


def help_first(decisions: list[Row], candidates: Mapping[str, Row]) -> list[Row]:
    """支援優先: customers for whom help comes before any offer; one row per customer, the most valuable first.

    These are the ones whose best word today is help or rescue, whatever came of it short of being worth nothing,
    and the ones to whom a guard forbids to sell because they are in trouble.
    """
    helped = [d for d in decisions if candidates[d["candidate_id"]]["kind"] in HELP_KINDS and _stands(d)]
    chosen = _best(helped)
    troubled = [d for d in decisions if d["fate"] == "held" and _in_trouble(d["guard"])]
    return [*chosen, *_best([d for d in troubled if not _among(d, chosen)])]


def not_now(decisions: list[Row]) -> list[Row]:
    """今は提案しない: what a guard holds, with its reason and until when; what is clear first comes first."""
    held = [d for d in decisions if d["fate"] == "held"]
    return sorted(held, key=lambda d: (d["until"] or date.max, d["customer_id"], d["play"]))


def never_told(decisions: list[Row], candidates: Mapping[str, Row], told: Told) -> list[Row]:
    """お知らせ漏れ: a need stands, no guard forbids speaking of it, and nobody has told the customer.

    What capacity or a better offer pushed aside counts; what is worth nothing does not, and neither does an
    offer to a customer who is left alone for an experiment, nor one of a kind that is proposed to them today.
    Help that only waits for somebody's time stands on the list of 支援優先.
    One row per customer and kind of offer, the most valuable first.
    """
    left_alone = {d["customer_key"] for d in decisions if d["fate"] == "hold_out"}
    spoken_of = {_about(d, candidates) for d in decisions if d["fate"] == "proposed"}
    rows: dict[tuple[int, str], Row] = {}
    for d in sorted(decisions, key=lambda d: (-d["value"], d["candidate_id"])):
        c, about = candidates[d["candidate_id"]], _about(d, candidates)
        silenced = (NOTHING, CAPACITY) if c["kind"] in HELP_KINDS else (NOTHING,)
        pushed_aside = d["fate"] == "outranked" and d["by"] not in silenced
        spared = about in spoken_of or (c["asks_for_money"] and d["customer_key"] in left_alone)
        if pushed_aside and not spared and c["needs"] > 0 and not _told(d, c["kind"], c["since"], told):
            rows.setdefault(about, d)
    return list(rows.values())


def going_on(
    signals: list[Row], policy: Policy, told: Told, dealt_with: Collection[tuple[int, str]]
) -> list[Row]:
    """お知らせ漏れ of old: needs that began too long ago to ask by themselves, and that nobody has spoken of.

    ``dealt_with`` are customers and kinds of offers that are candidates today. Help is left out: who needs it
    stands on the list of 支援優先. One row per customer and kind of offer, the oldest first.
    """
    evidence = Evidence(policy)
    known = dict.fromkeys(
        (*policy.metrics, *CUSTOMER_COLUMNS), 1
    )  # which of them is not, does not matter here
    kinds = {
        name: policy.plays[name].offer.kind
        for name in evidence.plays
        if evidence.needs(policy.plays[name], known)
    }
    rows: dict[tuple[int, str], Row] = {}
    for s in sorted(signals, key=lambda s: (s["since"], s["customer_key"], s["play"])):
        kind = kinds.get(s["play"], HELP_KINDS[0])
        if s["state"] != "old" or kind in HELP_KINDS or (s["customer_key"], kind) in dealt_with:
            continue
        if not _told(s, kind, s["since"], told):
            rows.setdefault((s["customer_key"], kind), s)
    return list(rows.values())


def _about(decision: Row, candidates: Mapping[str, Row]) -> tuple[int, str]:
    return decision["customer_key"], candidates[decision["candidate_id"]]["kind"]


def _told(row: Row, kind: str, since: date, told: Told) -> bool:
    days = (told.get((row["customer_key"], *about)) for about in (("play", row["play"]), ("kind", kind)))
    return any(day is not None and day >= since for day in days)


def _in_trouble(guard: str) -> bool:
    return guard in GUARDS and GUARDS[guard].help_first


def _stands(decision: Row) -> bool:
    return bool(decision["fate"] != "outranked" or decision["by"] == CAPACITY)


def _best(rows: list[Row]) -> list[Row]:
    chosen: dict[str, Row] = {}
    for row in sorted(rows, key=lambda d: (-d["value"], d["candidate_id"])):
        chosen.setdefault(row["customer_id"], row)
    return list(chosen.values())


def _among(row: Row, chosen: list[Row]) -> bool:
    return any(row["customer_id"] == other["customer_id"] for other in chosen)


class _Lister:
    """Makes lines of decisions and signals."""

    def __init__(self, day: Day, policy: Policy, candidates: Mapping[str, Row]) -> None:
        self.day, self.policy, self.candidates = day, policy, candidates

    def __call__(self, row: Row) -> Listed:
        candidate = self.candidates.get(row.get("candidate_id", ""))
        customer_id = self.day.ids[row["customer_key"]]
        play = self.policy.plays.get(row["play"])
        named = Listed(
            customer_id=customer_id,
            customer=self.day.names.get(customer_id) or customer_id,
            play=row["play"],
            label=play.label if play else Text(ja=row["play"], en=row["play"]),
            kind=play.offer.kind if candidate is None and play else "",
            since=row["since"] if candidate is None else candidate["since"],
            fate="going_on",
            owner=self._owner(customer_id, play),
        )
        return named if candidate is None else _decided(named, row, candidate)

    def _owner(self, customer_id: str, play: Play | None) -> str | None:
        csm, sales = self.day.owners.get(customer_id, (None, None))
        return sales if play is not None and play.reach.owner == "sales" else csm


def _decided(listed: Listed, decision: Row, candidate: Row) -> Listed:
    offer = json.loads(candidate["offer"]) if candidate["offer"] else {}
    because = json.loads(candidate["because"]) if candidate["because"] else None
    return replace(
        listed,
        kind=candidate["kind"],
        fate=decision["fate"],
        offer=Text(**offer["label"]) if "label" in offer else None,
        because=Text(**because) if because else None,
        reason=Text(ja=decision["reason_ja"], en=decision["reason_en"]) if decision["reason_ja"] else None,
        guard=decision["guard"],
        until=decision["until"],
        owner=candidate["owner"],
        value=decision["value"],
    )
