"""What an experiment can prove at all, before it starts: the smallest effect found in four of five worlds."""

from dataclasses import dataclass

import numpy as np

from minori.stats.arrays import Floats
from minori.stats.eprocess import Side, e_process

POWER = 0.8
LIMIT = 20.0  # of the stake: an error of 5 %
STREAMS = 1000
_LEAST = 100  # worlds
_CELLS = 1_600_000  # numbers held at once
_LARGEST = 16_000  # accounts simulated; beyond, an effect shrinks with the root of the number
_PRECISION = 0.0005


@dataclass(frozen=True)
class Provable:
    """The smallest rise and the smallest fall of a rate that would be proven, as shares (0.1 is 10 points).

    None where not even a rise to 100 %, or a fall to 0 %, would be.
    """

    rise: float | None
    fall: float | None


def smallest_provable(
    accounts: int,
    held_out: float,
    base: float,
    *,
    seed: int,
    power: float = POWER,
    limit: float = LIMIT,
    streams: int = STREAMS,
) -> Provable:
    """
    Return the smallest effects that the e-process proves with a chance of ``power``, looked at after each account.

    Parameters
    ----------
    accounts
        How many will be drawn, both arms together.
    held_out
        Share of them in the hold-out, above 0 and below 1.
    base
        Rate of yes without the treatment.
    seed
        Of the simulated worlds; all effects are tried on the same ones.
    streams
        How many worlds, at most; fewer where there are many accounts.
    """
    size = min(accounts, _LARGEST)
    if size < 1:
        return Provable(None, None)
    worlds = _Worlds(size, held_out, base, seed, streams)
    shrunk = (size / accounts) ** 0.5
    rise = worlds.smallest("benefit", 1 - base, power, limit)
    fall = worlds.smallest("harm", base, power, limit)
    return Provable(rise and rise * shrunk, fall and fall * shrunk)


class _Worlds:
    """Worlds in which only the effect differs: the same arms and the same luck of each account."""

    def __init__(self, accounts: int, held_out: float, base: float, seed: int, most: int) -> None:
        random = np.random.default_rng(seed)
        streams = max(_LEAST, min(most, _CELLS // accounts))
        self.share, self.base = 1 - held_out, base
        self.treated = random.random((streams, accounts)) < self.share
        self.luck: Floats = random.random((streams, accounts))

    def proven(self, side: Side, effect: float, limit: float) -> float:
        """Return the share of worlds in which an effect of this size is proven."""
        rate = self.base + (effect if side == "benefit" else -effect) * self.treated
        process = e_process(self.treated, self.luck < rate, self.share, side=side)
        return float((process.most >= limit).mean())

    def smallest(self, side: Side, largest: float, power: float, limit: float) -> float | None:
        """Return the smallest effect proven often enough, by halving; None if the largest is not."""
        if largest <= 0 or self.proven(side, largest, limit) < power:
            return None
        low, high = 0.0, largest
        while high - low > _PRECISION:
            middle = (low + high) / 2
            if self.proven(side, middle, limit) < power:
                low = middle
            else:
                high = middle
        return high
