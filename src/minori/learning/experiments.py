"""What an experiment says of a play, as a whole and in each declared class: effect, evidence, verdict."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from minori.core.figure import Figure, Reading
from minori.core.text import Text
from minori.learning.arms import Arms, Goal
from minori.learning.experiment_readings import readings
from minori.learning.experiment_words import (
    LABELS,
    WORDING,
    WORDING_LABELS,
    WORDINGS,
    WORDS,
    Code,
)
from minori.stats.arrays import Flags, Ints
from minori.stats.e_values import discoveries
from minori.stats.eprocess import EProcess, Side, e_process, together
from minori.stats.sceptical import pooled_base

PROOF = 20.0  # stake on benefit at which a play is proven: an error of 5 %
LEAST_SETTLED, LEAST_ARM = 40, 10  # customers whose horizon is over; below, no verdict is given


@dataclass(frozen=True)
class Cell:
    """One play of an experiment in all customers (``stratum`` empty) or in one class of them."""

    experiment: str
    play: str
    goal: Goal
    stratum: str
    name: str
    arms: Arms
    benefit: EProcess
    harm: EProcess
    verdict: Code
    readings: tuple[Reading, ...]

    @property
    def label(self) -> Text:
        """The verdict in a word or two."""
        return (WORDING_LABELS if self.stratum == WORDING else LABELS)[self.verdict]

    @property
    def why(self) -> Text:
        """The verdict in a sentence."""
        return (WORDINGS if self.stratum == WORDING else WORDS)[self.verdict]

    def as_object(self) -> dict[str, Any]:
        """Return plain data for programs."""
        yes, treated, held_yes, held_out = self.arms.counts
        return {
            "experiment": self.experiment,
            "play": self.play,
            "goal": self.goal,
            "stratum": self.stratum or None,
            "class": self.name or None,
            "verdict": self.verdict,
            "reason": self.why.as_dict(),
            "treated": {"customers": treated, "yes": yes},
            "held_out": {"customers": held_out, "yes": held_yes},
            "waiting": self.arms.waiting,
            "readings": [reading.as_object() for reading in self.readings],
        }

    def reading(self, figure: Figure) -> Reading:
        """Return the reading of a figure."""
        return next(one for one in self.readings if one.figure is figure)


def analysed(
    experiment: str, play: str, goal: Goal, arms: Arms, strata: Sequence[str], *, harm_limit: float, seed: int
) -> list[Cell]:
    """Return the cells of a play: the whole first, then each class of the declared strata, by name.

    The whole is judged at ``PROOF`` and ``harm_limit``. Classes are many: of them only discoveries at the same
    rates count (e-BH), so that one of twenty "proven" classes is wrong on average, not one in every look.
    """
    base = pooled_base(arms.yes.sum(), len(arms.yes))
    whole = _cell(experiment, play, goal, ("", ""), arms, base, harm_limit, seed, _places(arms, strata))
    names = [(s, str(name)) for s in strata for name in sorted({v for v in arms.strata[s] if v is not None})]
    parts = [
        _cell(experiment, play, goal, (s, name), arms.part(s, name), base, harm_limit, seed)
        for s, name in names
    ]
    return [whole, *_corrected(parts, harm_limit)]


def compared_wordings(
    experiment: str, play: str, variants: Mapping[str, Arms], *, harm_limit: float, seed: int
) -> list[Cell]:
    """Return a cell per variant of a play's words: its customers against those of all other variants."""
    base = {name: pooled_base(arms.yes.sum(), len(arms.yes)) for name, arms in variants.items()}
    cells = [
        _cell(experiment, play, "gain", (WORDING, name), arms, base[name], harm_limit, seed)
        for name, arms in sorted(variants.items())
    ]
    return _corrected(cells, harm_limit)


def _cell(
    experiment: str,
    play: str,
    goal: Goal,
    place: tuple[str, str],
    arms: Arms,
    base: float,
    harm_limit: float,
    seed: int,
    strata: Ints | None = None,
) -> Cell:
    benefit = _evidence(arms, goal, "benefit", strata)
    harm = _evidence(arms, goal, "harm", strata)
    verdict = _verdict(arms, float(benefit.most) >= PROOF, float(harm.most) >= harm_limit)
    numbers = tuple(readings(arms, benefit, harm, base, seed, whole=place == ("", "")))
    return Cell(experiment, play, goal, *place, arms, benefit, harm, verdict, numbers)


def _verdict(arms: Arms, proven: bool, harmful: bool) -> Code:
    _, treated, _, held = arms.counts
    if harmful:
        return "harmful"
    if proven:
        return "proven"
    return "not_enough" if treated + held < LEAST_SETTLED or min(treated, held) < LEAST_ARM else "not_yet"


def _corrected(cells: list[Cell], harm_limit: float) -> list[Cell]:
    proven = discoveries([float(c.benefit.e_value) for c in cells], rate=1 / PROOF)
    harmful = discoveries([float(c.harm.e_value) for c in cells], rate=1 / harm_limit)
    return [
        replace(cell, verdict=_verdict(cell.arms, bool(good), bool(bad)))
        for cell, good, bad in zip(cells, proven, harmful, strict=True)
    ]


def _evidence(arms: Arms, goal: Goal, side: Side, strata: Ints | None) -> EProcess:
    """Return the stake on one side; on harm also the stake on more customers leaving, where that is another thing."""
    parts = [_stake(arms, arms.yes, side, strata)]
    if side == "harm" and goal == "gain" and arms.left is not None:
        parts.append(_stake(arms, arms.left, "benefit", strata))  # treated leave more often
    return together(parts)


def _stake(arms: Arms, outcome: Flags, side: Side, strata: Ints | None) -> EProcess:
    pooled = e_process(arms.treated, outcome, arms.share, side=side)
    if strata is None:
        return pooled
    return together([pooled, e_process(arms.treated, outcome, arms.share, side=side, strata=strata)])


def _places(arms: Arms, strata: Sequence[str]) -> Ints | None:
    """Return the number of each customer's combination of classes; None without strata."""
    if not strata:
        return None
    combined = list(zip(*(arms.strata[name] for name in strata), strict=True))
    number = {classes: place for place, classes in enumerate(sorted(set(combined), key=repr))}
    return np.array([number[classes] for classes in combined], dtype=np.int64)


def ordered(cells: Iterable[Cell]) -> list[Cell]:
    """Return cells as people read them: by play, the whole before its classes."""
    return sorted(cells, key=lambda cell: (cell.play, cell.experiment, cell.stratum, cell.name))
