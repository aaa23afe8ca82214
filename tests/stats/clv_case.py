"""Histories for tests of lifetime value: the published data, and customers drawn from a model with known parameters."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from minori.stats.bgbb import Occasions
from minori.stats.histories import Histories

DATA = Path(__file__).parents[3] / "shared" / "data"
REALDATA = [
    pytest.mark.realdata,
    pytest.mark.skipif(not DATA.is_dir(), reason="the third-party data is not here"),
]

# x, last, customers of six opportunities: Fader, Hardie & Shang (2010), table 1.
_DONATIONS = """
    6 6 1203  5 6 728  4 6 512  3 6 357  2 6 234  1 6 129  5 5 335  4 5 284  3 5 225  2 5 173  1 5 119
    4 4 240  3 4 181  2 4 155  1 4 78  3 3 322  2 3 255  1 3 129  2 2 613  1 2 277  1 1 1091  0 0 3464
"""


def donations() -> Occasions:
    """The donations of 11,104 people."""
    rows = np.array(_DONATIONS.split(), dtype=np.int64).reshape(-1, 3)
    return Occasions.of(rows[:, 0], rows[:, 1], np.full(len(rows), 6), rows[:, 2])


def drawn(
    parameters: tuple[float, float, float, float], ages: npt.NDArray[np.float64], seed: int
) -> Histories:
    """Customers of a BG/NBD world, one row each."""
    r, alpha, a, b = parameters
    rng = np.random.default_rng(seed)
    n = len(ages)
    rate, leaving = rng.gamma(r, 1 / alpha, n), rng.beta(a, b, n)
    x, last, _ = played(rate, leaving, ages, rng)
    return Histories.of(x, last, ages)


def played(
    rate: npt.NDArray[np.float64],
    leaving: npt.NDArray[np.float64],
    until: npt.NDArray[np.float64],
    rng: np.random.Generator,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Let customers buy until a time or until they leave: purchases, time of the last, whether they left."""
    n = len(rate)
    x, last, time = np.zeros(n, dtype=np.int64), np.zeros(n), np.zeros(n)
    left = np.zeros(n, dtype=bool)
    going = np.arange(n)
    while len(going):
        time[going] += rng.exponential(1 / rate[going])
        going = going[time[going] < until[going]]
        x[going] += 1
        last[going] = time[going]
        gone = rng.random(len(going)) < leaving[going]
        left[going[gone]] = True
        going = going[~gone]
    return x, last, left
