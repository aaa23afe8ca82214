"""Who buys because of the contact: scores that no customer's own outcome has entered, and whom to contact by them.

Two learners, cross-fitted and averaged: a logistic model per arm (Künzel et al. 2019, "T-learner"), and a regression
on doubly robust scores (Kennedy 2023, algorithm 1). They are not believed before they rank customers they have not
seen, and by more than a little; where they do not, all customers are alike and the average effect decides for all.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from minori.stats.arrays import Flags, Floats, Ints
from minori.stats.interval import Interval
from minori.stats.intervals import LEVEL, normal_quantile
from minori.stats.qini import Ranking, judge

Plan = Literal["by customer", "everybody", "nobody"]
LEAST_PER_ARM = 200  # accounts; below, single customers' effects are not learned
LEAST_YES = 20
FOLDS, REPEATS = 5, 2
_INVERSE_RIDGE = 0.1  # of the logistic models, on standardised features
_RIDGE = 100.0  # of the regression on doubly robust scores

Effect: TypeAlias = Callable[[Floats], Floats]
"""From features to what a contact adds to the chance of a yes."""


@dataclass(frozen=True)
class Trial:
    """A finished experiment: one row per customer, features as known on the day of the draw."""

    features: Floats  # customers × features, none missing
    treated: Flags
    outcome: Floats  # 0 or 1
    share: float  # chance of being drawn into the treated arm

    @property
    def enough(self) -> bool:
        """Whether there is enough to learn single customers' effects from."""
        arms = (self.treated, ~self.treated)
        yes = min(float(self.outcome[arm].sum()) for arm in arms)
        return min(int(arm.sum()) for arm in arms) >= LEAST_PER_ARM and yes >= LEAST_YES

    def part(self, rows: Flags | Ints) -> "Trial":
        """Return the trial of some of the customers."""
        return Trial(self.features[rows], self.treated[rows], self.outcome[rows], self.share)


@dataclass(frozen=True)
class Decided:
    """Whom to contact, and what that nets; ``ranking`` is None where there was too little to learn from."""

    plan: Plan
    contact: Flags  # per customer of the trial
    net: Interval  # worth of the yeses gained less cost of the contacts, over the trial's customers
    net_of_all: Interval  # the same, had everybody been contacted
    ranking: Ranking | None


def decide(trial: Trial, *, worth: float, cost: float, seed: int) -> Decided:
    """
    Decide whom to contact: those whose gained chance is worth more than the contact costs.

    Where customers do not differ usefully the plan is the same for all: the average effect pays, or it does not.

    Parameters
    ----------
    worth, cost
        What a yes is worth and what a contact costs, in the same currency.
    """
    whole = np.ones(len(trial.treated), dtype=np.bool_)
    of_all = net(trial, whole, worth=worth, cost=cost)
    pays = of_all.middle > 0
    ranking, score = None, None
    if trial.enough:
        score = cross_fitted(trial, seed=seed)
        ranking = judge(score, trial.treated, trial.outcome, share=trial.share, seed=seed)
    if score is None or ranking is None or not ranking.usable:
        alike = whole if pays else ~whole
        nothing = Interval(0.0, 0.0, 0.0)
        return Decided("everybody" if pays else "nobody", alike, of_all if pays else nothing, of_all, ranking)
    contact = score * worth > cost
    return Decided("by customer", contact, net(trial, contact, worth=worth, cost=cost), of_all, ranking)


def net(trial: Trial, contact: Flags, *, worth: float, cost: float) -> Interval:
    """Return what contacting these customers nets over the whole trial, with its 90 % interval.

    Unbiased where ``contact`` does not come from the same customers' outcomes (Horvitz & Thompson 1952).
    """
    arm, came = trial.treated.astype(np.float64), trial.outcome
    gained = arm / trial.share * (worth * came - cost) - (1 - arm) / (1 - trial.share) * worth * came
    own = np.where(contact, gained, 0.0)
    middle, half = float(own.sum()), normal_quantile((1 + LEVEL) / 2) * float(own.std()) * len(own) ** 0.5
    return Interval(middle - half, middle, middle + half)


def cross_fitted(trial: Trial, *, seed: int) -> Floats:
    """Return each customer's effect as learned from the others only, averaged over several divisions into folds."""
    total = np.zeros(len(trial.treated))
    for repeat in range(REPEATS):
        for own, others in _folds(len(total), FOLDS, [seed, repeat]):
            total[own] += learned(trial.part(others), seed=seed)(trial.features[own])
    return total / REPEATS


def learned(trial: Trial, *, seed: int) -> Effect:
    """Learn the effect of a contact: the mean of a model per arm and of a doubly robust regression."""
    from sklearn.preprocessing import StandardScaler  # heavy: only where something is learned

    scale = StandardScaler().fit(trial.features)
    scaled = Trial(scale.transform(trial.features), trial.treated, trial.outcome, trial.share)
    learners = (_per_arm(scaled), _doubly_robust(scaled, seed))
    return lambda features: np.mean([one(scale.transform(features)) for one in learners], axis=0)


def _per_arm(trial: Trial) -> Effect:
    treated, held_out = _chance(trial, trial.treated), _chance(trial, ~trial.treated)
    return lambda features: treated(features) - held_out(features)


def _doubly_robust(trial: Trial, seed: int) -> Effect:
    from sklearn.linear_model import Ridge

    target = np.zeros(len(trial.treated))
    for own, others in _folds(len(target), 2, [seed, FOLDS]):
        rest, here = trial.part(others), trial.part(own)
        with_it = _chance(rest, rest.treated)(here.features)
        without = _chance(rest, ~rest.treated)(here.features)
        arm, came, share = here.treated, here.outcome, trial.share
        missed = np.where(arm, (came - with_it) / share, (without - came) / (1 - share))
        target[own] = with_it - without + missed
    model: Any = Ridge(alpha=_RIDGE).fit(trial.features, target)
    return lambda features: np.asarray(model.predict(features))


def _chance(trial: Trial, arm: Flags) -> Effect:
    """Return a logistic model of the chance of a yes in one arm; its rate where all said the same."""
    from sklearn.linear_model import LogisticRegression

    outcome = trial.outcome[arm]
    if outcome.min() == outcome.max():
        return lambda features: np.full(len(features), float(outcome[0]))
    model: Any = LogisticRegression(C=_INVERSE_RIDGE, max_iter=1000).fit(trial.features[arm], outcome)
    return lambda features: np.asarray(model.predict_proba(features)[:, 1])


def _folds(size: int, count: int, seed: list[int]) -> Iterator[tuple[Ints, Ints]]:
    """Divide rows by lot; yield each part with the others."""
    fold = np.random.default_rng(seed).permutation(size) % count
    for number in range(count):
        yield np.flatnonzero(fold == number), np.flatnonzero(fold != number)
