"""Hold-out: which single winners are left alone, so that the effect of proposing can be measured.

The lot is a stable hash of experiment and customer (SEMANTICS 11): it is the same on every run of a spell
and on every machine, and needs no memory of earlier runs.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from minori.core.keys import share64
from minori.core.text import Text
from minori.decision.words import filled
from minori.policy.definitions import Experiment, Play, Policy
from minori.stats.rounding import significant

Point = tuple[date, int]
"""As-of date and customer_key."""


class Lot(NamedTuple):
    """The draw of one winner; ``probability`` is that of what came of it."""

    as_of: date
    candidate_id: str
    experiment: str
    held_out: bool
    probability: float
    until: date | None
    reason_ja: str | None
    reason_en: str | None


HELD_OUT = Text(
    ja="効果を測るため、{until}より前はご提案を控えるお客様です（非接触群）。",
    en="Left alone before {until} so that the effect can be measured (hold-out).",
)


def experiment_of(play: Play, policy: Policy, *, asks_for_money: bool) -> tuple[str, Experiment] | None:
    """Return the experiment that a winner is drawn in and its id; None if there is none.

    A play's own experiment counts for any offer: for help and rescue it has to be switched on like this. The
    default of ``ranking.hold_out`` counts for offers that ask for money.
    """
    experiment = play.experiment
    if experiment is None and asks_for_money:
        experiment = policy.guards.ranking.hold_out
    if experiment is None or experiment.share <= 0:
        return None
    return experiment.id or play.id, experiment


def drawn(
    winners: Iterable[Mapping[str, Any]], policy: Policy, merged: Mapping[Point, Sequence[str]]
) -> Iterator[Lot]:
    """Draw the lot of every winner that is in an experiment whose horizon has not ended.

    Parameters
    ----------
    winners
        ``as_of, candidate_id, customer_key, customer_id, play, since, asks_for_money`` of each.
    merged
        By as_of and customer_key the ids merged into it: a customer is held out if any of them is.
    """
    words: dict[date, Text] = {}
    for winner in winners:
        play = policy.plays[winner["play"]]
        found = experiment_of(play, policy, asks_for_money=winner["asks_for_money"])
        if found is None:
            continue
        name, experiment = found
        until = winner["since"] + timedelta(days=experiment.horizon)
        if until <= winner["as_of"]:
            continue
        ids = {winner["customer_id"], *merged.get((winner["as_of"], winner["customer_key"]), ())}
        spared = (1 - experiment.share) ** len(ids)
        place = winner["as_of"], winner["candidate_id"], name
        if all(share64(name, customer) >= experiment.share for customer in ids):
            yield Lot(*place, False, significant(spared), None, None, None)
            continue
        if until not in words:
            words[until] = filled(HELD_OUT, {"until": until}, policy)
        yield Lot(*place, True, significant(1 - spared), until, words[until].ja, words[until].en)
