"""The numbers of an experiment as readings of their figures."""

from collections.abc import Iterator

import numpy as np

from minori.core.figure import Figure, Reading
from minori.learning import experiment_figures as figures
from minori.learning.arms import Arms
from minori.stats.ancova import moved
from minori.stats.eprocess import EProcess
from minori.stats.provable import Provable, smallest_provable
from minori.stats.reading import observed, read
from minori.stats.sceptical import chance_above, difference

_STREAMS = 200  # worlds in which the smallest provable effect is looked for


def smallest(accounts: int, held_out: float, base: float, *, seed: int) -> tuple[Reading, Reading]:
    """Return the smallest rise and fall that can be proven, before an experiment starts."""
    return _provable(smallest_provable(accounts, held_out, base, seed=seed), accounts)


def compared(figure: Figure, yes: int, n: int, yes_held: int, n_held: int) -> Reading:
    """Return the share of one arm less that of the other."""
    return read(figure, difference(yes, n, yes_held, n_held) if n and n_held else None, n + n_held)


def readings(
    arms: Arms, benefit: EProcess, harm: EProcess, base: float, seed: int, *, whole: bool
) -> Iterator[Reading]:
    """Yield the numbers of one cell; what could be proven at all is said of the whole only."""
    yes, n, held_yes, held = arms.counts
    both = n + held
    yield observed(figures.TREATED_RATE, yes, n)
    yield observed(figures.HELD_OUT_RATE, held_yes, held)
    yield compared(figures.EFFECT, yes, n, held_yes, held)
    yield _left(arms)
    yield _mrr(arms, seed)
    yield read(figures.BENEFIT, float(benefit.most), both)
    yield read(figures.HARM, float(harm.most), both)
    better = float(chance_above(yes, n, held_yes, held, base=base)) if both else None
    yield read(figures.CHANCE_BETTER, better, both)
    if whole:
        enrolled = both + arms.waiting
        out_of = 1 - float(arms.share.mean()) if both else None
        found = Provable(None, None)
        if out_of:
            found = smallest_provable(enrolled, out_of, base, seed=seed, streams=_STREAMS)
        yield from _provable(found, enrolled)


def _left(arms: Arms) -> Reading:
    _, n, _, held = arms.counts
    if arms.left is None:
        return read(figures.LEFT, None, n + held)
    left, of_treated = int(arms.left.sum()), int(arms.left[arms.treated].sum())
    return compared(figures.LEFT, of_treated, n, left - of_treated, held)


def _mrr(arms: Arms, seed: int) -> Reading:
    known = ~(np.isnan(arms.before) | np.isnan(arms.after))
    found = moved(arms.after[known], arms.before[known], arms.treated[known], seed=seed)
    return read(figures.MRR, found.effect if found else None, int(known.sum()))


def _provable(found: Provable, accounts: int) -> tuple[Reading, Reading]:
    return read(figures.PROVABLE, found.rise, accounts), read(figures.SMALLEST_FALL, found.fall, accounts)
