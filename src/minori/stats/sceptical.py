"""How surely one arm is above the other, from few accounts: two Beta posteriors and a sceptical prior.

The prior says that both arms have the same chance of a yes, with the weight of 30 accounts each; small cells that
look good by luck are drawn back to it. Spiegelhalter, Freedman & Parmar (1994), JRSS A 157, section 4.2.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from minori.stats.arrays import Floats
from minori.stats.interval import Interval

PSEUDO_ACCOUNTS = 30.0
_NODES = 256  # of the quadrature; the chance is then exact to about 1e-6
_HALVINGS = 30
_JEFFREYS = 0.5


def pooled_base(yes: npt.ArrayLike, n: npt.ArrayLike) -> float:
    """Return the rate of yes over every arm and cell, half a yes and half a no added."""
    return float((np.sum(yes) + 0.5) / (np.sum(n) + 1.0))


def chance_above(
    yes: npt.ArrayLike, n: npt.ArrayLike, yes_held: npt.ArrayLike, n_held: npt.ArrayLike, *, base: float
) -> Floats:
    """
    Return the chance that treated accounts say yes more often than held-out ones, per cell.

    Parameters
    ----------
    yes, n
        Treated accounts that said yes, of how many; one number per cell.
    yes_held, n_held
        The same of the hold-out.
    base
        Pooled rate of yes (``pooled_base``): both priors stand there, worth 30 accounts each.
    """
    a, b = PSEUDO_ACCOUNTS * base, PSEUDO_ACCOUNTS * (1 - base)
    above = _Posterior(yes, n, a, b)
    return 1 - above.chance_at_most(_Posterior(yes_held, n_held, a, b).quantiles)


def difference(yes: int, n: int, yes_held: int, n_held: int, *, level: float = 0.9) -> Interval:
    """Return rate of treated less rate of held out: observed, with the interval of two Jeffreys posteriors.

    Both arms need an account. Brown & Li (2005), Journal of Statistical Planning and Inference 130, 359-375.
    """
    treated = _Posterior(yes, n, _JEFFREYS, _JEFFREYS)
    held = _Posterior(yes_held, n_held, _JEFFREYS, _JEFFREYS).quantiles
    low, high = (_quantile(treated, held, q) for q in ((1 - level) / 2, (1 + level) / 2))
    middle = yes / n - yes_held / n_held
    return Interval(min(low, middle), middle, max(high, middle))


class _Posterior:
    """Beta posteriors of a chance, one per cell."""

    def __init__(self, yes: npt.ArrayLike, n: npt.ArrayLike, a: float, b: float) -> None:
        said, count = np.asarray(yes, dtype=np.float64), np.asarray(n, dtype=np.float64)
        self.a, self.b = said + a, count - said + b

    @property
    def quantiles(self) -> Floats:
        """Quantiles at the nodes of the quadrature, along the last axis."""
        from scipy.special import betaincinv  # heavy: only when it is asked for

        found: Floats = betaincinv(self.a[..., None], self.b[..., None], _quadrature()[0])
        return found

    def chance_at_most(self, points: Floats) -> Floats:
        """Return the chance of being at most another chance whose quantiles are ``points``."""
        from scipy.special import betainc

        below: Floats = (
            betainc(self.a[..., None], self.b[..., None], np.clip(points, 0, 1)) @ _quadrature()[1]
        )
        return below


def _quantile(treated: _Posterior, held: Floats, wanted: float) -> float:
    low, high = -1.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if treated.chance_at_most(held + middle) < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2


@lru_cache(maxsize=1)
def _quadrature() -> tuple[Floats, Floats]:
    """Gauss-Legendre on 0 to 1."""
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    return (nodes + 1) / 2, weights / 2
