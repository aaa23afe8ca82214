"""Many e-values at once: which of them are discoveries."""

import numpy as np
import numpy.typing as npt

from minori.stats.arrays import Flags


def discoveries(e_values: npt.ArrayLike, *, rate: float = 0.05) -> Flags:
    """Return which hypotheses to reject so that at most ``rate`` of the rejected are expected to be true: e-BH.

    Valid however the e-values depend on each other. Wang & Ramdas (2022), JRSS B 84, 822-852, definition 2.
    """
    values = np.asarray(e_values, dtype=np.float64)
    if not values.size:
        return np.zeros(0, dtype=bool)
    ranked = np.sort(values)[::-1]
    places = np.arange(1, values.size + 1)
    enough = np.flatnonzero(ranked >= values.size / (rate * places))
    if not enough.size:
        return np.zeros(values.size, dtype=bool)
    reached: Flags = values >= ranked[enough[-1]]
    return reached
