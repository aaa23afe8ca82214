"""Chance of the simulator: one stream of draws per purpose, all from the seed."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from minori.core.keys import key64

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Strings: TypeAlias = npt.NDArray[np.str_]


def generator(seed: int, *purpose: str) -> np.random.Generator:
    """Return the stream of draws for a purpose: a draw more in one part moves nothing in another."""
    return np.random.default_rng([seed, key64(*purpose) & (2**63 - 1)])


def bounded(values: Floats, least: float = 0.0, most: float = 1.0) -> Floats:
    """Return the values, none below ``least`` or above ``most``."""
    return np.minimum(np.maximum(values, least), most)


def counted_positions(sizes: Ints) -> tuple[Ints, Ints]:
    """Return each element's group and its place in it (from 0), for groups of these sizes laid end to end."""
    groups = np.repeat(np.arange(len(sizes)), sizes)
    firsts = np.cumsum(sizes) - sizes
    return groups, np.arange(len(groups)) - firsts[groups]
