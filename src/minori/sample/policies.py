"""Policies that many companies follow, to compare with: none of them asks whether there is a need."""

from collections.abc import Sequence

import numpy as np

from minori.sample.decisions import Decision
from minori.sample.view import Offer, View

NAIVE = ("everyone", "random", "top_spenders", "limit_reached")


def naive_policies(
    view: View, budget: int, rng: np.random.Generator, *, turn: int = 0
) -> dict[str, list[Decision]]:
    """Return each naive policy's contacts, at most ``budget`` each.

    ``everyone``: all customers in turn, with anything they do not have; ``random``: anybody, with anything;
    ``top_spenders``: who pays most, in turn, with the next dearer thing; ``limit_reached``: only who has
    reached a limit, with more of it. ``turn`` counts the dates before this one: those who go in turn go on.
    """
    by_spend = sorted(view.customers, key=lambda name: (-view.spend[name], name))
    shuffled = [view.customers[place] for place in rng.permutation(len(view.customers))]
    full = [name for name in by_spend if name in view.at_limit]
    return {
        "everyone": _anything(view, _in_turn(view.customers, budget, turn), rng),
        "random": _anything(view, shuffled[:budget], rng),
        "top_spenders": [_one(name, view.dearer[name]) for name in _in_turn(by_spend, budget, turn)],
        "limit_reached": [_one(name, view.at_limit[name]) for name in full[:budget]],
    }


def _in_turn(customers: Sequence[str], budget: int, turn: int) -> list[str]:
    size = len(customers)
    return [customers[(turn * budget + place) % size] for place in range(min(budget, size))]


def _anything(view: View, customers: Sequence[str], rng: np.random.Generator) -> list[Decision]:
    made = []
    for name in customers:
        offers = view.open_offers[name]
        made.append(_one(name, offers[int(rng.integers(0, len(offers)))]))
    return made


def _one(customer: str, offer: Offer) -> Decision:
    return Decision(customer, offer[0], offer[1])
