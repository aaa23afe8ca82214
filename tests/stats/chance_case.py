"""Rows with a known truth for models of a chance."""

import numpy as np

from minori.stats.arrays import Floats
from minori.stats.rolling import Rows
from minori.stats.scoring import expit


def answers(x: Floats, slopes: list[float], level: float, seed: int) -> Floats:
    """Return answers drawn with these slopes on the columns; unknown counts as 0."""
    chance = expit(level + np.nan_to_num(x) @ np.array(slopes))
    drawn: Floats = (np.random.default_rng(seed).random(len(x)) < chance).astype(np.float64)
    return drawn


def rows(x: Floats, y: Floats, signs: list[int], offset: Floats | None = None) -> Rows:
    """Return rows asked one a day, each answered on its day."""
    days = np.arange(len(y), dtype=np.int64)
    belief = np.zeros(len(y)) if offset is None else offset
    return Rows(x, y, np.array(signs, dtype=np.int64), belief, days, days)


def normal(size: tuple[int, int], seed: int) -> Floats:
    """Return normal columns."""
    return np.random.default_rng(seed).normal(size=size)
