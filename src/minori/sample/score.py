"""The score: what contacts would have brought and cost, against the hidden truth and the best possible."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

import numpy as np

from minori.core.errors import InputError
from minori.sample.decisions import Aim, Decision
from minori.sample.draws import Flags, Floats
from minori.sample.truth import Truth
from minori.sample.worlds import WORLDS

Contacts: TypeAlias = Mapping[date, Sequence[Decision]]
_AGAIN_DAYS = 60


@dataclass(frozen=True)
class Outcome:
    """What came of a policy's contacts, over all dates. Money is the company's currency.

    Offers that answer no need at all (a plain renewal, a recommendation) are contacts that bring nothing and
    cost little; they do not count as unneeded.
    """

    contacts: int = 0
    unneeded: int = 0  # to customers without any of the needs that the offer answers
    accepted: int = 0
    gain: float = 0.0  # lifetime margin
    harm: float = 0.0  # lifetime margin lost by asking
    expected: float = 0.0  # gain less harm on average over what these customers might have answered

    @property
    def net(self) -> float:
        """Gain less harm."""
        return self.gain - self.harm

    @property
    def unneeded_share(self) -> float:
        """Share of contacts that nobody needed; 0 without contacts."""
        return self.unneeded / self.contacts if self.contacts else 0.0


@dataclass
class _Memory:
    """What earlier contacts changed: episodes that are met, or likely so, and when each customer was last asked."""

    met: set[tuple[int, int, int]] = field(default_factory=set)
    unmet: dict[tuple[int, int, int], float] = field(
        default_factory=dict
    )  # chance that it is not met yet; none: 1
    asked: dict[int, date] = field(default_factory=dict)


def evaluate(truth: Truth, contacts: Contacts) -> Outcome:
    """Return what contacts bring: each date's in the order given.

    An episode of need is met only once: a later contact about it brings nothing and does no harm, for any
    policy, because the exports cannot show what was bought meanwhile. ``expected`` takes the chance of each answer in
    place of the answer drawn: the same on average over seeds, and far less moved by luck. Asking a customer for money again
    within 60 days does more harm otherwise. A contact to somebody who has left counts as unneeded.

    Raises
    ------
    InputError
        A date outside the simulated time, or a customer that the truth does not know.
    """
    memory, parts = _Memory(), []
    for day in sorted(contacts):
        week = truth.week_of(day)
        parts += [_contact(truth, decision, day, week, memory) for decision in contacts[day]]
    return Outcome(
        contacts=len(parts),
        unneeded=sum(part.unneeded for part in parts),
        accepted=sum(part.accepted for part in parts),
        gain=sum(part.gain for part in parts),
        harm=sum(part.harm for part in parts),
        expected=sum(part.expected for part in parts),
    )


def _contact(truth: Truth, decision: Decision, day: date, week: int, memory: _Memory) -> Outcome:
    customer = truth.place.get(decision.customer_id)
    if customer is None:
        raise InputError(f"no customer {decision.customer_id!r} in this truth")
    if not truth.present[week, customer]:
        return Outcome(1, 1)
    aim = WORLDS[truth.world].aim(decision)
    family = _strongest(truth, aim, week, customer)
    again = _again(truth, aim, customer, day, memory)
    if family is None:
        harm = float(truth.harm[week, customer].max()) * aim.harm * again
        return Outcome(1, 0, harm=harm, expected=-harm)
    where = (week, customer, family)
    episode = (customer, int(truth.root[where]), int(truth.since[where]))
    needed, accepted = bool(truth.need[where] > 0), bool(truth.accepts[where])
    gain, harm = float(truth.gain[where]) * aim.gain, float(truth.harm[where]) * aim.harm * again
    unmet, chance = memory.unmet.get(episode, 1.0), float(truth.chance[where])
    expected = unmet * (chance * gain - harm)
    if needed:
        memory.unmet[episode] = unmet * (1 - chance)
    if episode in memory.met:  # a real company would see what was bought; exports cannot show it
        return Outcome(1, expected=expected)
    if accepted and needed:
        memory.met.add(episode)
    return Outcome(1, int(not needed), int(accepted), gain if accepted else 0.0, harm, expected)


def _strongest(truth: Truth, aim: Aim, week: int, customer: int) -> int | None:
    """Return the family with the most need among those an offer answers; None if it answers none."""
    places = [truth.families.index(name) for name in aim.families if name in truth.families]
    return max(places, key=lambda place: truth.need[week, customer, place], default=None)


def _again(truth: Truth, aim: Aim, customer: int, day: date, memory: _Memory) -> float:
    if aim.families and all(name in truth.free for name in aim.families):
        return 1.0
    last = memory.asked.get(customer)
    memory.asked[customer] = day
    return truth.asked_again if last is not None and (day - last).days <= _AGAIN_DAYS else 1.0


def oracle(truth: Truth, days: Sequence[date], budget: int) -> dict[date, list[Decision]]:
    """Return the contacts that bring most, by somebody who knows every need and every answer beforehand.

    At most ``budget`` a date, one a customer and date.
    """
    return _best(truth, days, budget, truth.accepts.astype(float))


def needs_known(truth: Truth, days: Sequence[date], budget: int) -> dict[date, list[Decision]]:
    """Return the contacts expected to bring most if every need were known, but not the answers."""
    return _best(truth, days, budget, truth.chance)


def _best(truth: Truth, days: Sequence[date], budget: int, accepted: Floats) -> dict[date, list[Decision]]:
    ordered, offers = sorted(set(days)), _offers(truth)
    weeks = [truth.week_of(day) for day in ordered]
    net = accepted[weeks] * truth.gain[weeks] - truth.harm[weeks]
    net = np.where(_aimed(truth, weeks) & truth.present[weeks][:, :, None], net, 0.0)
    chosen: dict[date, list[Decision]] = {day: [] for day in ordered}
    met: set[tuple[int, int, int]] = set()
    taken: set[tuple[int, int]] = set()
    for place, customer, family in _best_first(net):
        day, where = ordered[place], (weeks[place], customer, family)
        episode = (customer, int(truth.root[where]), int(truth.since[where]))
        if len(chosen[day]) < budget and episode not in met and (place, customer) not in taken:
            met.add(episode)
            taken.add((place, customer))
            value = float(net[place, customer, family])
            chosen[day].append(replace(offers[family], customer_id=truth.customer_ids[customer], value=value))
    return chosen


def _offers(truth: Truth) -> list[Decision]:
    """Return what to offer against each family's need, to nobody yet."""
    world = WORLDS[truth.world]
    return [Decision("", *world.offers[family]) for family in truth.families]


def _aimed(truth: Truth, weeks: Sequence[int]) -> Flags:
    """Tell where a need exists and the offer against it would be taken for it, not for a stronger one."""
    need = truth.need[weeks]
    aimed = need > 0
    for family, offer in enumerate(_offers(truth)):
        rivals = [truth.families.index(name) for name in WORLDS[truth.world].aim(offer).families]
        aimed[:, :, family] &= np.take(rivals, need[:, :, rivals].argmax(axis=2)) == family
    return aimed


def _best_first(net: Floats) -> list[tuple[int, int, int]]:
    """Return the places of what is worth more than nothing, the most first."""
    worth = np.argwhere(net > 0)
    order = np.argsort(-net[net > 0], kind="stable")
    return [(int(a), int(b), int(c)) for a, b, c in worth[order]]


def within_budget(decisions: Sequence[Decision], budget: int) -> list[Decision]:
    """Return at most ``budget`` decisions: the most valuable ones, ties by customer and kind."""
    ranked = sorted(decisions, key=lambda one: (-one.value, one.customer_id, one.kind, one.offer))
    return ranked[:budget]
