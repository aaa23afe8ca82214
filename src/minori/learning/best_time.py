"""When to approach a customer: learned from earlier answers, believed only if later answers bear it out.

For each purpose (contact, propose) and clock, what was learned on the first part of time is judged on the rest. Hours are
also tried by another rule: approach when the customer is active. As several things are tried, each must be surer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from minori.core.figure import NOT_ENOUGH, Reading
from minori.core.text import Text
from minori.learning import best_time_figures as figures
from minori.learning.best_time_clocks import NO_SLOT, Clock
from minori.stats.arrays import Flags, Floats, Ints
from minori.stats.best_time import Contacts, Times, learn
from minori.stats.best_time_proof import LEAST_PER_SLOT, Proof, good_slots, prove
from minori.stats.intervals import jeffreys
from minori.stats.rounding import significant

Purpose = Literal["contact", "propose"]
How = Literal["answers", "activity"]
Code = Literal["usable", "none", "not_enough"]

ERROR = 0.05  # chance that anything is called usable where no time is better
FIRST_SHARE = 0.6  # of the approaches, in time: what is learned from
LEAST_FIRST, LEAST_ANSWERED = 100, 20  # to learn from
_ACTIVITY_WEIGHT = 50.0  # events; a customer with few is taken to be active like all

WORDS: dict[Code, Text] = {
    "usable": Text(ja="使える差があります", en="usable difference"),
    "none": Text(ja="使える差はありません(いつでも同じです)", en="no usable difference: any time is as good"),
    "not_enough": Text(ja="判断にはデータが足りません", en="not enough data to say"),
}


@dataclass(frozen=True)
class Approached:
    """Approaches of one purpose by one clock, and what is known of customers at the split and today.

    ``segment_then`` and ``segment_now`` are codes per customer; activity is per customer and slot, None where there is none.
    """

    purpose: Purpose
    clock: Clock
    contacts: Contacts  # its segments are not read
    kinds: int
    segments: tuple[str, ...]
    segment_then: Ints
    segment_now: Ints
    active_then: Floats | None = None
    active_now: Floats | None = None

    @property
    def customers(self) -> int:
        """How many customers there are codes for."""
        return len(self.segment_now)

    def of_segments(self, segment: Ints) -> Contacts:
        """Return the contacts with the segments of one day."""
        return replace(self.contacts, segment=segment[self.contacts.customer])


@dataclass(frozen=True)
class Finding:
    """What was found for one purpose, clock and rule.

    ``worth`` is per customer × slot what today's learning says (a ratio to any time), ``good`` which slots are advised;
    ``own`` counts the customer's own approaches. ``times`` is None where nothing could be learned.
    """

    purpose: Purpose
    clock: Clock
    how: How
    verdict: Code
    proof: Proof | None
    any_time: Reading
    lift: Reading
    chance: Reading
    times: Times | None
    good: Flags | None
    approached: Approached

    @property
    def words(self) -> Text:
        """The verdict as people read it."""
        return WORDS[self.verdict]


def findings(tried: Sequence[Approached], split: Mapping[Purpose, int]) -> list[Finding]:
    """Return what was found of each; ``split`` is the first moment of the later part, per purpose."""
    found = [
        _finding(approached, how, split[approached.purpose])
        for approached in tried
        for how in _rules(approached)
    ]
    judged = sum(one.proof is not None and one.proof.p is not None for one in found)
    return [replace(one, verdict=_verdict(one.proof, ERROR / max(judged, 1))) for one in found]


def split_at(moments: Ints) -> int:
    """Return the first moment of the later part; moments in order, one at least."""
    return int(moments[min(int(FIRST_SHARE * len(moments)), len(moments) - 1)])


def _rules(approached: Approached) -> tuple[How, ...]:
    return ("answers",) if approached.active_then is None else ("answers", "activity")


def _verdict(proof: Proof | None, error: float) -> Code:
    if proof is None or proof.p is None:
        return "not_enough"
    better = proof.lift is not None and proof.lift.middle > 1
    return "usable" if proof.p < error and better else "none"


def _finding(approached: Approached, how: How, split: int) -> Finding:
    placed = approached.contacts.slot != NO_SLOT
    proof = _proof(approached, how, placed, split)
    contacts = approached.of_segments(approached.segment_now).only(placed)
    times = _learned(contacts, approached)
    good = None
    if times is not None:
        good = good_slots(_worth(times, approached, approached.segment_now, how, now=True), usable(times))
    n, yes = len(contacts), float(contacts.answered.sum())
    any_time = read_share(yes, n)
    return Finding(
        approached.purpose,
        approached.clock,
        how,
        "not_enough",
        proof,
        any_time,
        _lift(proof),
        _chance(proof),
        times,
        good,
        approached,
    )


def _proof(approached: Approached, how: How, placed: Flags, split: int) -> Proof | None:
    """Learn from what was known before the split, and judge what came from then on."""
    contacts = approached.of_segments(approached.segment_then)
    earlier = contacts.only(placed & (contacts.at < split) & (contacts.known < split))
    later = contacts.only(placed & (contacts.at >= split))
    if len(earlier) < LEAST_FIRST or earlier.answered.sum() < LEAST_ANSWERED or not len(later):
        return None
    times = _learned(earlier, approached)
    if times is None:
        return None
    worth = _worth(times, approached, approached.segment_then, how, now=False)
    good = good_slots(worth, usable(times))
    place = (later.customer, later.slot)
    return prove(later.customer, np.log(worth[place]), good[place], later.answered, times.expected(later))


def _learned(contacts: Contacts, approached: Approached) -> Times | None:
    if not len(contacts) or not contacts.answered.any():
        return None
    return learn(
        contacts,
        approached.clock.grid,
        kinds=approached.kinds,
        customers=approached.customers,
        segments=len(approached.segments),
    )


def _worth(times: Times, approached: Approached, segment: Ints, how: How, *, now: bool) -> Floats:
    """Return per customer and slot what the rule says of it; above 0, more is better."""
    if how == "activity":
        seen = approached.active_now if now else approached.active_then
        return _activity(seen if seen is not None else np.zeros((approached.customers, times.size)))
    customers, size = approached.customers, times.size
    each = np.arange(customers)
    found = times.ratio(np.repeat(each, size), np.repeat(segment, size), np.tile(np.arange(size), customers))
    return found.reshape(customers, size)


def _activity(seen: Floats) -> Floats:
    """Return how many times as active a customer is in a slot as on average, drawn to what all customers do."""
    total = seen.sum()
    every = (seen.sum(axis=0) + 1) / (total + seen.shape[1])
    share = (seen + _ACTIVITY_WEIGHT * every) / (seen.sum(axis=1, keepdims=True) + _ACTIVITY_WEIGHT)
    return np.asarray(share * seen.shape[1])


def usable(times: Times) -> Flags:
    """Return which slots can be chosen at all."""
    return np.asarray(times.contacts >= LEAST_PER_SLOT)


def read_share(yes: float, n: int) -> Reading:
    """Return the share answered at any time."""
    found = jeffreys(yes, n)
    if found is None:
        return Reading(figures.ANY_TIME, None, n, missing=NOT_ENOUGH)
    low, middle, high = (significant(end) for end in found)
    return Reading(figures.ANY_TIME, middle, n, low, high)


def _lift(proof: Proof | None) -> Reading:
    if proof is None or proof.p is None or proof.lift is None:
        return Reading(figures.LIFT, None, proof.good if proof else 0, missing=NOT_ENOUGH)
    low, middle, high = (significant(end) for end in proof.lift)
    return Reading(figures.LIFT, middle, proof.good, low, high)


def _chance(proof: Proof | None) -> Reading:
    if proof is None or proof.p is None:
        return Reading(figures.CHANCE, None, proof.informative if proof else 0, missing=NOT_ENOUGH)
    return Reading(figures.CHANCE, significant(proof.p), proof.informative)
