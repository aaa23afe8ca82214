"""How terms end: trials, renewals, customers who leave and some who return."""

import numpy as np

from minori.sample.company.catalogue import FREE, LIGHT, STANDARD
from minori.sample.company.standing import Standing
from minori.sample.company.traits import Traits
from minori.sample.company.valuing import leaving
from minori.sample.company.world import PAID, World, weekly
from minori.sample.draws import Flags

_SHORT_TRIAL_WEEKS = 2
_HELD_BACK = 10.0  # months of hazard that come due when a yearly term ends


def leave(now: Standing, traits: Traits, world: World, week: int, rng: np.random.Generator) -> None:
    """End trials, renew terms, and let customers leave or return."""
    _end_trials(now, traits, week, rng)
    term = traits.terms_by(week)
    renewing = traits.annual & (term > now.term)
    now.term = np.where(renewing, term, now.term)
    hazard = leaving(now, world)
    monthly_leaves = rng.random(traits.count) < weekly(hazard + 0.02 * now.irritation)
    yearly_leaves = rng.random(traits.count) < 1 - np.exp(-hazard * _HELD_BACK)
    settled = week > np.maximum(traits.start_week, 0)
    left = (
        settled
        & now.alive
        & ~now.on_trial
        & np.where(traits.annual, renewing & yearly_leaves, monthly_leaves)
    )
    gone = ~now.alive & (traits.start_week < week - 8) & ~traits.annual
    returned = gone & (rng.random(traits.count) < weekly(0.01))
    _stop(now, left)
    now.alive |= returned
    now.mood = np.where(returned, 0.55, now.mood)
    _try(now, week, rng)


def _end_trials(now: Standing, traits: Traits, week: int, rng: np.random.Generator) -> None:
    ending = now.on_trial & (now.trial_until == week)
    converts = rng.random(traits.count) < 0.3 + 0.55 * traits.fit
    stays_free = rng.random(traits.count) < 0.4
    tried_from_free = traits.first_plan == FREE
    now.trial_until = np.where(ending, -1, now.trial_until)
    paid = np.where(tried_from_free, LIGHT, np.maximum(traits.first_plan, LIGHT))
    now.plan = np.where(ending, np.where(converts, paid, FREE), now.plan)
    _stop(now, ending & ~converts & ~stays_free & ~tried_from_free)


def _try(now: Standing, week: int, rng: np.random.Generator) -> None:
    """Let free customers who need more try a paid plan."""
    wants = now.alive & ~now.on_trial & (now.plan == FREE) & (now.need[:, PAID].max(axis=1) > 0)
    tries = wants & (rng.random(len(wants)) < weekly(0.15))
    now.trial_until = np.where(tries, week + _SHORT_TRIAL_WEEKS, now.trial_until)
    now.plan = np.where(tries, STANDARD, now.plan)


def _stop(now: Standing, who: Flags) -> None:
    now.alive &= ~who
    now.need[who] = 0.0
    now.since[who] = -1
    now.desk = np.where(who, 0, now.desk)
    now.options[who] = False
