"""Scorecards: whole points from 0 to 100, in the right order, the same for a row as its lines say."""

import numpy as np

from minori.stats.discrimination import auc
from minori.stats.scorecard import fit_scorecard
from stats.chance_case import answers, normal

X = normal((2000, 3), 1)
Y = answers(X, [1.2, -0.8, 0.0], -1.5, 2)


def test_points_run_from_nought_to_about_a_hundred() -> None:
    card = fit_scorecard(X, Y, np.array([1, -1, 0]), event_is_good=True)
    score = card.score(X)
    assert 0 <= score.min() < 15 and 85 < score.max() <= 103  # rounding of three columns
    area = auc(score.astype(float), Y)
    assert area is not None and area.middle > 0.75


def test_a_bad_event_costs_points() -> None:
    card = fit_scorecard(X, Y, np.array([1, -1, 0]), event_is_good=False)
    area = auc(card.score(X).astype(float), Y)
    assert area is not None and area.middle < 0.25


def test_the_lines_are_the_score() -> None:
    card = fit_scorecard(X, Y, np.array([1, -1, 0]), event_is_good=True)
    row = X[7]
    points = 0
    for line in card.lines:
        value = row[line.column]
        above = line.low is None or value >= line.low
        if not line.unknown and above and (line.high is None or value < line.high):
            points += line.points
    assert card.score(X[7:8])[0] == points
