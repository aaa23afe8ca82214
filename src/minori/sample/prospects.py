"""What would come of every proposal in one week; stacked, the truth."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from minori.sample.draws import Flags, Floats, Ints, generator
from minori.sample.truth import Truth


@dataclass(frozen=True)
class Prospects:
    """Per customer and family; see ``Truth``."""

    need: Floats
    since: Ints
    root: Ints
    chance: Floats
    gain: Floats
    harm: Floats


@dataclass(frozen=True)
class Frame:
    """What a truth is about, beside its numbers."""

    world: str
    seed: int
    first_day: date
    customer_ids: tuple[str, ...]
    families: tuple[str, ...]
    free: frozenset[str]
    asked_again: float


def as_truth(frame: Frame, present: Flags, weeks: Sequence[Prospects]) -> Truth:
    """Put the weeks together, and draw who would accept what when."""
    chance = np.stack([week.chance for week in weeks])
    return Truth(
        world=frame.world,
        seed=frame.seed,
        first_day=frame.first_day,
        customer_ids=frame.customer_ids,
        families=frame.families,
        free=frame.free,
        present=present,
        need=np.stack([week.need for week in weeks]),
        since=np.stack([week.since for week in weeks]),
        root=np.stack([week.root for week in weeks]),
        chance=chance,
        lot=generator(frame.seed, frame.world, "outcomes").random(chance.shape),
        gain=np.stack([week.gain for week in weeks]),
        harm=np.stack([week.harm for week in weeks]),
        asked_again=frame.asked_again,
    )
