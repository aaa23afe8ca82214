"""What each proposal would bring or cost with each customer in a week: the outcomes nobody sees."""

import numpy as np

from minori.sample.company.catalogue import (
    LIGHT,
    OPTIONS,
    PER_SEAT,
    PREMIUM,
    SEAT_STEP,
    desk_price,
    in_steps,
    monthly,
    option_price,
    suite_price,
)
from minori.sample.company.standing import Standing
from minori.sample.company.traits import Traits
from minori.sample.company.world import (
    ANALYTICS,
    API,
    CONNECTOR,
    DESK,
    DOWNSELL,
    FAMILIES,
    HELP,
    PAID,
    PLAN,
    RESCUE,
    SEATS,
    SECURITY,
    STORAGE,
    World,
)
from minori.sample.draws import Floats, Ints, bounded
from minori.sample.prospects import Prospects

_MET_BY_PLAN = {STORAGE: 0.8, API: 1.0, ANALYTICS: 0.7, SECURITY: 0.8, CONNECTOR: 0.5}
_SMALL_PRICE = 20_000.0  # yen a month that is not much to anybody
_FREE_WORTH = 500.0  # yen a month that a free customer is worth
_UNWANTED_MONTHS = 2.0  # how long something is kept that was not needed
_REGRET = 0.05  # chance a month of stepping down from a plan that hardly met the need
OPTION_OF = {
    STORAGE: OPTIONS.index("extra_storage"),
    ANALYTICS: OPTIONS.index("analytics"),
    CONNECTOR: OPTIONS.index("connector"),
    SECURITY: OPTIONS.index("security_pack"),
}


def leaving(now: Standing, world: World, mood: Floats | None = None) -> Floats:
    """Return each customer's hazard of leaving a month, at the present or another mood."""
    felt = now.mood if mood is None else mood
    unmet = now.need[:, PAID].max(axis=1) * world.outgrown + world.oversized * now.need[:, DOWNSELL]
    return np.asarray(world.leaves * np.exp(world.steepness * (0.6 - felt)) + unmet)


def worth(margin: Floats, hazard: Floats, world: World) -> Floats:
    """Return the margin of the months counted, if so many leave a month."""
    return np.asarray(margin * (1 - np.exp(-hazard * world.horizon)) / hazard)


def prospects(now: Standing, traits: Traits, world: World) -> Prospects:
    """Return what would come of every proposal, given how customers stand."""
    need, since, root = _with_plan(now)
    return Prospects(
        need,
        since,
        root,
        _chance(now, traits, world, need),
        _gain(now, traits, world, need),
        _harm(now, traits, world, need),
    )


def _with_plan(now: Standing) -> tuple[Floats, Ints, Ints]:
    """Add the upper plan, which meets other needs more or less well."""
    need, since = now.need.copy(), now.since.copy()
    root = np.tile(np.arange(len(FAMILIES)), (len(need), 1))
    met = np.zeros(need.shape)
    for family, how_well in _MET_BY_PLAN.items():
        met[:, family] = need[:, family] * how_well
    best: Ints = met.argmax(axis=1).astype(np.int64)
    rows = np.arange(len(need))
    need[:, PLAN] = np.where(now.plan < PREMIUM, met[rows, best], 0.0)
    since[:, PLAN] = np.where(need[:, PLAN] > 0, since[rows, best], -1)
    root[:, PLAN] = np.where(need[:, PLAN] > 0, best, PLAN)
    return need, since, root


def _chance(now: Standing, traits: Traits, world: World, need: Floats) -> Floats:
    """Return the chance of a yes: need, ease of deciding, budget and mood; without need next to none."""
    mood = bounded((now.mood - 0.2) / 0.5)
    decided = world.openness * (0.25 + 0.9 * traits.readiness) * (0.6 + 0.5 * traits.budget) * mood
    list_price = monthly(now.plan, now.seats, now.options, now.desk)
    dear = extra_monthly(now) / (list_price + _SMALL_PRICE)[:, None]
    with_need = decided[:, None] * (0.25 + 0.75 * need) / (1 + np.maximum(dear, 0.0))
    without = 0.03 * decided[:, None] * np.ones(need.shape)
    chance = np.where(need > 0, with_need, without)
    helped = (0.35 + 0.4 * traits.readiness)[:, None]
    chance[:, HELP : RESCUE + 1] = np.where(need[:, HELP : RESCUE + 1] > 0, helped, 0.25)
    chance[:, DOWNSELL] = np.where(need[:, DOWNSELL] > 0, 0.75, 0.35)
    return bounded(np.where(now.alive[:, None], chance, 0.0), 0.0, 0.95)


def extra_monthly(now: Standing) -> Floats:
    """Return the change of list price a month that each family's proposal asks for."""
    extra = np.zeros(now.need.shape)
    upper, lowest = np.minimum(now.plan + 1, PREMIUM), np.maximum(now.plan, LIGHT)
    step_up = suite_price(upper, now.seats) - suite_price(now.plan, now.seats)
    extra[:, SEATS] = PER_SEAT[lowest] * seats_for(now) - suite_price(now.plan, now.seats)
    price = option_price(now.seats)
    for family, option in OPTION_OF.items():
        beside = (now.plan > 0) & ~now.options[:, option]
        extra[:, family] = np.where(beside, price[:, option], step_up)
    extra[:, API] = extra[:, PLAN] = step_up
    extra[:, DESK] = desk_price(np.maximum(desk_seats(now), now.desk)) - desk_price(now.desk)
    extra[:, DOWNSELL] = -_saved(now)
    return extra


def seats_for(now: Standing) -> Ints:
    """Return the seats a customer would take next: one step more, or room for everybody."""
    plan = np.maximum(now.plan, LIGHT)
    return np.asarray(np.maximum(in_steps(now.people * 1.1, plan), now.seats + SEAT_STEP[plan]))


def desk_seats(now: Standing) -> Ints:
    """Return how many seats of the second product a customer would take."""
    return np.maximum(np.rint(now.people * 0.35), 2).astype(np.int64)


def smaller(now: Standing) -> tuple[Ints, Ints]:
    """Return the plan and seats that would do: fewer seats if some are idle, else the plan below."""
    cover = np.maximum(in_steps(now.people * 1.05, now.plan), SEAT_STEP[now.plan])
    fewer = cover < now.seats
    below = np.where(fewer, now.plan, np.maximum(now.plan - 1, 1))
    return np.where(now.plan > 0, below, 0), np.where(fewer & (now.plan > 0), cover, now.seats)


def _saved(now: Standing) -> Floats:
    plan, seats = smaller(now)
    return suite_price(now.plan, now.seats) - suite_price(plan, seats)


def _margin(now: Standing, traits: Traits, world: World) -> Floats:
    price = monthly(now.plan, now.seats, now.options, now.desk) * traits.price_factor
    return np.where(now.alive, np.maximum(price * world.margin, _FREE_WORTH), 0.0)


def _gain(now: Standing, traits: Traits, world: World, need: Floats) -> Floats:
    hazard, margin = leaving(now, world), _margin(now, traits, world)
    worth_now = worth(margin, hazard, world)
    extra = extra_monthly(now) * world.margin
    own_accord = hazard[:, None] + world.anyway * need * 2 * traits.readiness[:, None]
    own_accord[:, PLAN] += _REGRET * (1 - need[:, PLAN])
    lasting = worth(extra, own_accord, world)
    relieved = np.maximum(hazard[:, None] - world.outgrown * need, 0.25 * hazard[:, None])
    stays = worth(margin[:, None], relieved, world) - worth_now[:, None]
    gain = np.where(need > 0, lasting + stays, extra * _UNWANTED_MONTHS)
    gain[:, HELP] = _better_mood(now, world, margin, worth_now, 0.12 * need[:, HELP])
    gain[:, RESCUE] = _better_mood(now, world, margin, worth_now, 0.35 * need[:, RESCUE])
    calmer = hazard - world.oversized * need[:, DOWNSELL]
    kept = margin + extra[:, DOWNSELL]
    gain[:, DOWNSELL] = (
        np.where(need[:, DOWNSELL] > 0, worth(kept, calmer, world), worth(kept, hazard, world)) - worth_now
    )
    return np.where(now.alive[:, None], gain, 0.0)


def _better_mood(now: Standing, world: World, margin: Floats, worth_now: Floats, lift: Floats) -> Floats:
    return worth(margin, leaving(now, world, now.mood + lift), world) - worth_now


def _harm(now: Standing, traits: Traits, world: World, need: Floats) -> Floats:
    """Return what asking costs: most where there is no need, more where the customer is unhappy."""
    unhappy = bounded((0.55 - now.mood) / 0.35)
    unwanted = np.where(need > 0, 0.6 * unhappy[:, None], 1.0 + 1.5 * unhappy[:, None])
    unwanted[:, HELP:PLAN] *= np.where(need[:, HELP:PLAN] > 0, 0.0, 0.08)
    added = world.pushed * traits.annoyance[:, None] * unwanted
    value = worth(_margin(now, traits, world), leaving(now, world), world)
    return np.asarray(added * value[:, None])
