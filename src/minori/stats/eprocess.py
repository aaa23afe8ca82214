"""A test of two arms that may be looked at after every account and stopped at any time: the exact e-process.

Each account was drawn into the treated arm with a known share, whatever would come of it. Before its outcome is
counted we state, from earlier outcomes alone, how likely a yes is in either arm, and bet on that. If no account is
helped the bet cannot win in expectation, so the stake exceeds 1 / alpha at any time with a chance of at most alpha
(Ville's inequality). Neither the size of the arms nor how often somebody looks matters.

Turner, Ly & Grünwald (2024), Journal of Statistical Planning and Inference 230, 106116; with the arm drawn by lot per
account, the null stake is exact for every chance of a yes. Stratified: Turner & Grünwald (2023), PMLR 206.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from minori.stats.arrays import Flags, Floats, Ints

Side = Literal["benefit", "harm"]
PSEUDO_OUTCOMES = 4.0
_NEVER = 1e-9  # a stated chance is never 0 or 1: one surprise must not take the whole stake


@dataclass(frozen=True)
class EProcess:
    """The natural logarithm of the stake after each account, along the last axis."""

    log_path: Floats

    @property
    def e_value(self) -> Floats:
        """The stake now, one per stream: an e-value, to be combined with others."""
        size = self.log_path.shape[-1]
        last: Floats = self.log_path[..., -1] if size else np.zeros(self.log_path.shape[:-1])
        return np.exp(np.minimum(last, _MOST))

    @property
    def most(self) -> Floats:
        """The largest stake so far, 1 at least: what a limit of 1 / alpha is compared with."""
        highest: Floats = np.max(self.log_path, axis=-1, initial=0.0)
        return np.exp(np.minimum(highest, _MOST))

    def first_at(self, limit: float) -> Ints:
        """Return after how many accounts each stream reached a limit; 0 where it did not."""
        reached = self.log_path >= np.log(limit)
        found: Ints = np.where(reached.any(axis=-1), reached.argmax(axis=-1) + 1, 0)
        return found


_MOST = 700.0  # the logarithm of the largest double, nearly


def e_process(
    treated: Flags,
    yes: Flags,
    share: Floats | float,
    *,
    side: Side,
    base: float | None = None,
    strata: Ints | None = None,
) -> EProcess:
    """
    Test whether treated accounts say yes more often (``benefit``) or less often (``harm``).

    Parameters
    ----------
    treated, yes
        One element per account in the order in which outcomes became known; any number of streams before the
        last axis.
    share
        Chance with which the account was drawn into the treated arm, above 0 and below 1.
    side
        ``benefit`` is evidence against "no account gains", ``harm`` against "no account loses".
    base
        Chance of a yes believed beforehand; None: the rate of earlier accounts, both arms together. It changes
        the power, never the error.
    strata
        Stratum of each account (one stream only): chances are learned within each, the stakes multiply.
    """
    arm, seen, drawn = np.broadcast_arrays(treated, yes, np.asarray(share, dtype=np.float64))
    if strata is None:
        return EProcess(np.cumsum(_bets(arm, seen, drawn, side, base), axis=-1))
    bets = np.zeros(arm.shape)
    for stratum in np.unique(strata):
        own = strata == stratum
        bets[own] = _bets(arm[own], seen[own], drawn[own], side, base)
    return EProcess(np.cumsum(bets))


def together(parts: Sequence[EProcess]) -> EProcess:
    """Return the mean stake of processes over the same accounts: it is one again (Vovk & Wang 2021, section 3)."""
    paths = np.stack([part.log_path for part in parts])
    if not paths.size:
        return EProcess(np.zeros(paths.shape[1:]))
    highest = paths.max(axis=0)
    return EProcess(highest + np.log(np.exp(paths - highest).mean(axis=0)))


def _bets(treated: Flags, yes: Flags, share: Floats, side: Side, base: float | None) -> Floats:
    """Return the logarithm of what each account multiplies the stake by: q_g(y) / (π q₁(y) + (1 − π) q₀(y))."""
    prior = _rate_before(yes) if base is None else np.asarray(base)
    with_it = _stated(prior, treated & yes, treated)
    without = _stated(prior, ~treated & yes, ~treated)
    dares = with_it > without if side == "benefit" else with_it < without
    high, low = (np.where(yes, q, 1 - q) for q in (with_it, without))
    bet = np.where(treated, high, low) / (share * high + (1 - share) * low)
    return np.log(np.where(dares, bet, 1.0))


def _stated(prior: Floats, yes: Flags, counted: Flags) -> Floats:
    """Return the chance of a yes stated before each account, from the accounts of its arm before it."""
    chance = (prior * PSEUDO_OUTCOMES + _before(yes)) / (PSEUDO_OUTCOMES + _before(counted))
    return np.clip(chance, _NEVER, 1 - _NEVER)


def _rate_before(yes: Flags) -> Floats:
    """Return the rate of yes among earlier accounts of both arms, half a yes and half a no added."""
    count = np.arange(yes.shape[-1], dtype=np.float64)
    return (_before(yes) + 0.5) / (count + 1.0)


def _before(flags: Flags) -> Floats:
    return np.cumsum(flags, axis=-1, dtype=np.float64) - flags
