"""What changes when a customer buys or takes less."""

import numpy as np

from minori.sample.company.catalogue import FREE, INCLUDED_FROM, LIGHT, PREMIUM
from minori.sample.company.standing import Standing
from minori.sample.company.traits import Traits
from minori.sample.company.valuing import OPTION_OF, desk_seats, seats_for, smaller
from minori.sample.company.world import (
    ANALYTICS,
    API,
    CONNECTOR,
    DESK,
    DOWNSELL,
    HELP,
    PLAN,
    RESCUE,
    SEATS,
    SECURITY,
    STORAGE,
    World,
    weekly,
)
from minori.sample.draws import Flags


def buy(now: Standing, family: int, who: Flags) -> None:
    """Change what these customers hold as the family's proposal says, and end the need."""
    if family == SEATS:
        now.seats = np.where(who, seats_for(now), now.seats)
        now.plan = np.where(who & (now.plan == FREE), LIGHT, now.plan)
    elif family == DESK:
        now.desk = np.where(who, np.maximum(desk_seats(now), now.desk), now.desk)
    elif family == DOWNSELL:
        plan, seats = smaller(now)
        now.plan, now.seats = np.where(who, plan, now.plan), np.where(who, seats, now.seats)
    elif family in (API, PLAN):
        _step_up(now, who)
    elif family in OPTION_OF:
        option = OPTION_OF[family]
        _step_up(now, who & (now.options[:, option] | (now.plan == FREE)))
        now.options[:, option] |= who
    elif family in (HELP, RESCUE):
        now.mood = np.where(who, np.minimum(now.mood + 0.25 * now.need[:, family], 1.0), now.mood)
    now.options &= now.plan[:, None] < INCLUDED_FROM
    now.need[:, family] = np.where(who, 0.0, now.need[:, family])
    now.since[:, family] = np.where(who, -1, now.since[:, family])


def _step_up(now: Standing, who: Flags) -> None:
    now.plan = np.where(who, np.minimum(now.plan + 1, PREMIUM), now.plan)


def buy_unasked(now: Standing, traits: Traits, world: World, rng: np.random.Generator) -> None:
    """Let customers meet their needs of their own accord."""
    content = now.alive & ~now.on_trial & (now.mood > 0.4)
    ease = 2 * traits.readiness * np.where(now.plan == FREE, 0.35, 1.0)
    for family in (SEATS, STORAGE, API, ANALYTICS, CONNECTOR, SECURITY, DESK):
        hazard = world.anyway * now.need[:, family] * ease
        buy(now, family, content & (rng.random(traits.count) < weekly(hazard)))
    shrinks = rng.random(traits.count) < weekly(0.05 * now.need[:, DOWNSELL])
    buy(now, DOWNSELL, now.alive & ~now.on_trial & shrinks)
