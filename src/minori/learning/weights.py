"""Learned weights: what the parts of the health score say about churn, and apart about expansion.

Weight-of-evidence bins → ridge with signs → whole points. The churn scorecard can be written as a health score of the
same form as the hand-set one: each part's weight is how far its bins lie apart, its points are where a value stands
between them, at the values that the hand-set part already names. So adopting it is a change of numbers that a person
can read, and what is compared in time order is that very score, rounded as it would be written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from minori.policy.definitions import HealthPart
from minori.policy.edit import PartChange
from minori.stats.arrays import Flags, Floats, Ints
from minori.stats.discrimination import auc
from minori.stats.interval import Interval
from minori.stats.rolling import Rows, spans
from minori.stats.scorecard import Scorecard, contributions, fit_scorecard
from minori.stats.scoring import Difference, difference, expit, losses
from minori.stats.sign_ridge import fit_sign_ridge

Aim = Literal["churn", "expansion"]
LEAST_EVENTS = 20  # in the windows that are judged
HAND_SET_EVENTS = 100  # what the hand-set weights count as
LEAST_WEIGHT = 1.0  # of a part that says nothing: the score must still name it


@dataclass(frozen=True)
class Standing:
    """Past points in the order of time: the parts' values (NaN: unknown), their weights, the hand-set score.

    ``weights`` are those that held at the point (special weights of a segment or stage among them); ``at`` is the day
    and ``known`` the day on which it was known what became of it, as ordinals.
    """

    parts: tuple[str, ...]
    values: Floats
    weights: Floats
    health: Floats
    at: Ints
    known: Ints
    churned: Floats
    expanded: Floats


@dataclass(frozen=True)
class Compared:
    """The hand-set score against the learned one, on points that neither had seen: in time order.

    ``difference`` is the learned score's log-loss less the hand-set one's: below 0 is better.
    """

    rows: int
    events: int
    windows: int
    hand_auc: Interval
    learned_auc: Interval
    hand_log_loss: float
    learned_log_loss: float
    difference: Difference

    @property
    def better(self) -> bool:
        """Whether the learned score is surely better by log-loss (all of the interval) and not worse by AUC."""
        return self.difference.high < 0 and self.learned_auc.middle >= self.hand_auc.middle


@dataclass(frozen=True)
class Weighed:
    """What was learned about one aim; ``compared`` is None if there is too little to compare."""

    aim: Aim
    rows: int
    events: int
    scorecard: Scorecard | None
    proposal: Mapping[str, PartChange]
    compared: Compared | None


def weigh(standing: Standing, parts: Mapping[str, HealthPart], aim: Aim) -> Weighed:
    """Learn one aim's scorecard from all points, and compare it with the hand-set score in time order."""
    y = standing.churned if aim == "churn" else standing.expanded
    events = int(y.sum())
    if not LEAST_EVENTS <= events < len(y):
        return Weighed(aim, len(y), events, None, {}, None)
    card = _fitted(standing, parts, aim, np.ones(len(y), dtype=bool))
    proposal = proposed(card, standing, parts, aim, events)
    return Weighed(aim, len(y), events, card, proposal, _compared(standing, parts, aim))


def _fitted(standing: Standing, parts: Mapping[str, HealthPart], aim: Aim, chosen: Flags) -> Scorecard:
    y = standing.churned if aim == "churn" else standing.expanded
    good = 1 if aim == "expansion" else -1
    signs = np.array([good * direction(parts[name]) for name in standing.parts], dtype=np.int64)
    return fit_scorecard(standing.values[chosen], y[chosen], signs, event_is_good=aim == "expansion")


def direction(part: HealthPart) -> int:
    """Return 1 if more of the metric never costs points, -1 if it never brings any, else 0."""
    steps = np.diff([points for _, points in sorted(part.points.items())])
    return 1 if (steps >= 0).all() else -1 if (steps <= 0).all() else 0


def proposed(
    card: Scorecard, standing: Standing, parts: Mapping[str, HealthPart], aim: Aim, events: int
) -> dict[str, PartChange]:
    """Return the scorecard as weights and points of the parts, whole numbers; nothing if it says nothing.

    What people set counts as much as ``HAND_SET_EVENTS`` events: few events move the weights a little.
    """
    good = 1.0 if aim == "expansion" else -1.0
    curves = {
        name: _at_bounds(card, standing.values[:, number], number, parts[name], good * added)
        for number, (name, added) in enumerate(zip(standing.parts, contributions(card.model), strict=True))
    }
    ranges = {name: max(curve.values()) - min(curve.values()) for name, curve in curves.items()}
    total, hand = sum(ranges.values()), sum(part.weight for part in parts.values())
    if total <= 0:
        return {}
    trust = events / (events + HAND_SET_EVENTS)
    shares = {name: (1 - trust) * parts[name].weight / hand + trust * ranges[name] / total for name in curves}
    return {name: _change(parts[name], curves[name], shares[name], trust) for name in standing.parts}


def _change(part: HealthPart, curve: Mapping[float, float], share: float, trust: float) -> PartChange:
    weight = max(LEAST_WEIGHT, float(round(100 * share)))
    low, high = min(curve.values()), max(curve.values())
    if high - low <= 0:
        return PartChange(weight, part.points)
    learned = {value: 100 * (worth - low) / (high - low) for value, worth in curve.items()}
    mixed = {v: (1 - trust) * part.points[v] + trust * points for v, points in learned.items()}
    return PartChange(weight, {value: float(round(points)) for value, points in mixed.items()})


def _at_bounds(
    card: Scorecard, values: Floats, number: int, part: HealthPart, worth: Floats
) -> dict[float, float]:
    """Return what each bound of the hand-set part is worth: on the line between the middles of the bins."""
    bins = card.model.bins[number]
    index = bins.index(values)
    filled = [n for n in range(len(bins.edges) + 1) if np.any(index == n)]
    bounds = sorted(part.points)
    if not filled:
        return dict.fromkeys(bounds, 0.0)
    middles = [float(np.median(values[index == n])) for n in filled]
    return dict(zip(bounds, np.interp(bounds, middles, worth[filled]).tolist(), strict=True))


def score_of(
    standing: Standing, parts: Mapping[str, HealthPart], changes: Mapping[str, PartChange]
) -> Floats:
    """Return the score with the changed parts, as the health stage would compute it; NaN where nothing is known.

    Where a special weight held at a point it stays: the change is of the parts' own weights.
    """
    points = np.empty_like(standing.values)
    weights = standing.weights.copy()
    for number, name in enumerate(standing.parts):
        change = changes.get(name, PartChange(parts[name].weight, parts[name].points))
        bounds = sorted(change.points)
        points[:, number] = np.interp(standing.values[:, number], bounds, [change.points[b] for b in bounds])
        own = standing.weights[:, number] == parts[name].weight
        weights[own, number] = change.weight
    known = ~np.isnan(standing.values)
    weight = np.where(known, weights, 0.0).sum(axis=1)
    total = np.where(known, weights * points, 0.0).sum(axis=1)
    return np.asarray(np.divide(total, weight, out=np.full(len(total), np.nan), where=weight > 0))


def _compared(standing: Standing, parts: Mapping[str, HealthPart], aim: Aim) -> Compared | None:
    y = standing.churned if aim == "churn" else standing.expanded
    rows = Rows(
        standing.values, y, np.zeros(0, dtype=np.int64), np.zeros(len(y)), standing.at, standing.known
    )
    hand, learned, answers = [], [], []
    cut = spans(rows, sorted(set(standing.at.tolist())))
    for window in cut:
        card = _fitted(standing, parts, aim, window.training)
        changes = proposed(card, standing, parts, aim, int(y[window.training].sum()))
        scores = score_of(standing, parts, changes)
        hand.append(_chances(standing.health, y, window.training, window.judged))
        learned.append(_chances(scores, y, window.training, window.judged))
        answers.append(y[window.judged])
    return _summed(hand, learned, answers) if cut else None


def _chances(score: Floats, y: Floats, training: Flags, judged: Flags) -> Floats:
    """Return chances of a score: one slope on what was known before, so that only the score differs."""
    none = np.zeros(1, dtype=np.int64)
    model = fit_sign_ridge(
        score[training, None], y[training], none, np.zeros(int(training.sum())), penalty=1.0
    )
    return expit(model.logit(score[judged, None], np.zeros(int(judged.sum()))))


def _summed(hand: Sequence[Floats], learned: Sequence[Floats], answers: Sequence[Floats]) -> Compared | None:
    y = np.concatenate(answers)
    if y.sum() < LEAST_EVENTS:
        return None
    mine, theirs = np.concatenate(learned), np.concatenate(hand)
    own, other = losses(y, mine), losses(y, theirs)
    areas = auc(theirs, y), auc(mine, y)
    if areas[0] is None or areas[1] is None:
        return None
    return Compared(
        rows=len(y),
        events=int(y.sum()),
        windows=len(answers),
        hand_auc=areas[0],
        learned_auc=areas[1],
        hand_log_loss=float(other.mean()),
        learned_log_loss=float(own.mean()),
        difference=difference(own, other),
    )
