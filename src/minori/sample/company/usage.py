"""What users did in the product: sessions, and in each a few actions that depend on needs and mood."""

import json
from dataclasses import dataclass

import numpy as np

from minori.sample.company.acting import ACTIONS, action_shares
from minori.sample.company.life import Life, customer_id
from minori.sample.company.people import Users, user_id
from minori.sample.company.world import ANALYTICS, CONNECTOR, HELP, RESCUE, SECURITY
from minori.sample.draws import Floats, Ints, counted_positions, generator
from minori.sample.files import Columns, utc_times

_ONCE = ("onboarding_finished", "goal_reached", "trial_applied", "cancel_requested")
NAMES = (*ACTIONS, "login", "api_call", *_ONCE)
_CODE = {name: code for code, name in enumerate(NAMES)}
_WEEKDAYS = np.array([0.20, 0.21, 0.21, 0.20, 0.15, 0.015, 0.015])  # Monday first
_DAY, _NOBODY = 86_400, -1
_LOCKED = {ANALYTICS: "analytics", CONNECTOR: "integration", SECURITY: "security"}


@dataclass(frozen=True)
class Events:
    """One element per event; seconds count from the first exported midnight, local."""

    customer: Ints
    rank: Ints  # of the user, -1: a machine
    name: Ints  # of NAMES
    second: Ints
    quantity: Ints

    @classmethod
    def joined(cls, *parts: "Events") -> "Events":
        """Return all of them in order of time."""
        columns = [
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("customer", "rank", "name", "second", "quantity")
        ]
        order = np.lexsort((columns[2], columns[1], columns[0], columns[3]))
        return cls(*(column[order] for column in columns))


def draw_events(life: Life, who: Users) -> Events:
    """Draw everything that was done within the exported time, while a contract ran."""
    rng = generator(life.seed, "company", "usage")
    events = Events.joined(_sessions(life, who, rng), _calls(life, rng), _milestones(life, rng))
    within = events.second // _DAY >= life.traits.start_day[events.customer]
    return Events(**{name: column[within] for name, column in vars(events).items()})


def usage(life: Life, events: Events) -> Columns:
    """Return the product's log."""
    ranks = zip(events.customer, events.rank, strict=True)
    return {
        "id": [f"E{number + 1:08d}" for number in range(len(events.name))],
        "account": [customer_id(n) for n in events.customer],
        "member": [user_id(c, r) if r >= 0 else None for c, r in ranks],
        "action": [NAMES[code] for code in events.name],
        "at": utc_times(life.first_day, events.second),
        "count": events.quantity.tolist(),
        "details": _details(life, events),
    }


def _sessions(life: Life, who: Users, rng: np.random.Generator) -> Events:
    """Draw each user's sessions per week, their days, and what is done in them."""
    accounts = life.weeks.accounts
    user, week = np.nonzero((accounts[:, who.customer] > who.rank).T)
    customer = who.customer[user]
    often = np.minimum(_often(life, rng)[week, customer] * who.zeal[user], 5.0)
    session, _ = counted_positions(np.minimum(rng.poisson(often), 7))
    begins = 7 * _DAY * week[session] + _seconds_of_week(life, len(session), rng)
    done, place = counted_positions(1 + rng.poisson(1.45, len(session)))
    gap = rng.integers(60, 420, len(session))
    second = begins[done] + place * gap[done] + np.where(place > 0, rng.integers(0, 50, len(place)), 0)
    shares = np.cumsum(action_shares(life), axis=2)
    of = session[done]
    lots = rng.random(len(done))[:, None]
    action = (lots >= shares[week[of], customer[of]]).sum(axis=1)
    name = np.where(place == 0, _CODE["login"], np.minimum(action, len(ACTIONS) - 1))
    return Events(customer[of], who.rank[user[of]], name, second, np.ones_like(second))


def _often(life: Life, rng: np.random.Generator) -> Floats:
    """Return the sessions a week of an ordinary user, per week and customer."""
    weeks, traits = life.weeks, life.traits
    mood = 0.25 + 1.1 * weeks.mood
    hampered = (1 - 0.45 * weeks.need[:, :, RESCUE]) * (1 - 0.35 * weeks.need[:, :, HELP])
    small = np.maximum(weeks.accounts, 1) ** -0.3
    chance = rng.lognormal(0.0, 0.15, weeks.mood.shape)
    return np.asarray(0.97 * traits.engagement * mood * hampered * small * chance)


def _seconds_of_week(life: Life, size: int, rng: np.random.Generator) -> Ints:
    """Draw times within a week: working days, mostly working hours."""
    weekday = rng.choice(7, size, p=_WEEKDAYS)
    day = (weekday - life.first_day.weekday()) % 7
    hour = np.clip(rng.normal(13.2, 2.8, size), 6.5, 22.0)
    return np.asarray(day * _DAY + (hour * 3600).astype(np.int64))


def _calls(life: Life, rng: np.random.Generator) -> Events:
    """Draw two rows a week for customers that call the API: the number of calls since the last one."""
    week, customer = np.nonzero(life.weeks.alive & life.traits.builds)
    week, customer = np.repeat(week, 2), np.repeat(customer, 2)
    half = np.tile([2, 5], len(week) // 2) * _DAY + rng.integers(0, 3600, len(week))
    level = life.weeks.calls[week, customer] * 3.5 / 30.4
    number = np.maximum(np.rint(level * rng.lognormal(-0.02, 0.2, len(week))), 1).astype(np.int64)
    return _plain(customer, _CODE["api_call"], 7 * _DAY * week + half, number)


def _milestones(life: Life, rng: np.random.Generator) -> Events:
    """Draw what happens once: onboarding finished, a goal reached, a trial begun, leaving announced."""
    weeks, traits = life.weeks, life.traits
    finishes = (rng.random(traits.count) < 0.3 + 0.6 * traits.fit) & (traits.start_day >= 0)
    onboarded = np.zeros_like(weeks.alive)
    at = traits.start_week + rng.integers(3, 9, traits.count)
    finishing = np.flatnonzero(finishes & (at < life.count))
    onboarded[at[finishing], finishing] = True
    goal = rng.random(weeks.mood.shape) < 0.02 * np.maximum(weeks.mood - 0.35, 0)
    trying = weeks.on_trial.copy()
    trying[1:] &= ~weeks.on_trial[:-1]
    leaving = np.zeros_like(weeks.alive)
    leaving[:-2] = weeks.alive[:-2] & ~weeks.alive[2:] & weeks.alive[1:-1]
    leaving &= rng.random(weeks.mood.shape) < 0.5
    parts = []
    for name, happened in zip(_ONCE, (onboarded, goal, trying, leaving), strict=True):
        week, customer = np.nonzero(happened & weeks.alive)
        start = traits.start_day[customer] + 1
        second = np.maximum(7 * _DAY * week + _seconds_of_week(life, len(week), rng), start * _DAY + 36_000)
        second = np.minimum(second, (7 * week + 7) * _DAY - 1)
        parts.append(_plain(customer, _CODE[name], second, np.ones_like(week)))
    return Events.joined(*parts)


def _plain(customer: Ints, name: int, second: Ints, quantity: Ints) -> Events:
    nobody = np.full_like(customer, _NOBODY)
    return Events(customer, nobody, np.full_like(customer, name), second, quantity)


def _details(life: Life, events: Events) -> list[object]:
    """Return which locked feature was tried, as JSON, where one was."""
    details: list[object] = [None] * len(events.name)
    for place in np.flatnonzero(events.name == _CODE["locked_feature_tried"]):
        need = life.weeks.need[events.second[place] // (7 * _DAY), events.customer[place]]
        family = max(_LOCKED, key=lambda f: (need[f], -f))
        details[place] = json.dumps({"feature": _LOCKED[family]})
    return details
