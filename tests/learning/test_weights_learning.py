"""Learned weights: better ones are proposed as whole numbers, others are not."""

import numpy as np

from build import both
from minori.learning.weights import Standing, score_of, weigh
from minori.policy.definitions import HealthPart
from minori.policy.edit import PartChange
from minori.stats.scoring import expit

PARTS = {
    name: HealthPart.model_validate(
        {"label": both(name), "metric": name, "weight": weight, "points": {0: 0, 5: 50, 10: 100}}
    )
    for name, weight in (("noise", 90), ("use", 10))
}


def standing(slope: float, windows: int = 5, size: int = 400) -> Standing:
    """Past points where only ``use`` says who leaves, and the hand-set weights look at ``noise``."""
    random = np.random.default_rng(7)
    count = windows * size
    values = random.uniform(0, 10, size=(count, 2))
    values[random.random(count) < 0.1, 0] = np.nan
    churned = (random.random(count) < expit(-2.2 - slope * (values[:, 1] - 5))).astype(np.float64)
    expanded = (random.random(count) < 0.1).astype(np.float64)
    at = np.repeat(739_000 + 120 * np.arange(windows), size)
    weights = np.tile([90.0, 10.0], (count, 1))
    bare = Standing(("noise", "use"), values, weights, np.zeros(count), at, at + 100, churned, expanded)
    return Standing(**{**vars(bare), "health": score_of(bare, PARTS, {})})


def test_a_score_without_changes_is_the_hand_set_one() -> None:
    made = standing(0.0)
    row = made.values[np.isnan(made.values[:, 0])][0]
    known = made.values[~np.isnan(made.values[:, 0])][0]
    assert np.isclose(made.health[np.isnan(made.values[:, 0])][0], 10 * row[1])
    assert np.isclose(made.health[~np.isnan(made.values[:, 0])][0], 9 * known[0] + known[1])


def test_better_weights_are_found_and_proposed() -> None:
    found = weigh(standing(0.5), PARTS, "churn")
    assert found.compared is not None and found.compared.better
    assert found.compared.learned_auc.middle > found.compared.hand_auc.middle + 0.1
    assert found.proposal["use"].weight > 50 > found.proposal["noise"].weight
    points = list(found.proposal["use"].points.values())
    assert points == sorted(points)
    assert all(float(p).is_integer() for p in points)


def test_where_nothing_tells_nothing_is_better() -> None:
    found = weigh(standing(0.0), PARTS, "churn")
    assert found.compared is not None and not found.compared.better


def test_a_special_weight_stays() -> None:
    made = standing(0.0)
    special = made.weights.copy()
    special[:, 0] = 30  # a stage's own
    stays = Standing(**{**vars(made), "weights": special})
    change = {"noise": PartChange(1, PARTS["noise"].points)}
    assert np.array_equal(score_of(stays, PARTS, change), score_of(stays, PARTS, {}))


def test_few_events_are_not_compared() -> None:
    made = standing(0.0, size=20)
    few = Standing(**{**vars(made), "churned": np.where(np.arange(len(made.at)) < 5, 1.0, 0.0)})
    found = weigh(few, PARTS, "churn")
    assert found.scorecard is None and found.compared is None and not found.proposal
