"""What counts as lost and as gained, for contracts and for orders."""

from dataclasses import dataclass

import numpy as np

from minori.learning.frozen import Flags, Floats, Frozen, Living
from minori.stats.followed import Happened, happened_within

DAYS_OF_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Outcome:
    """Points at risk with what happened to them within ``horizon`` days after the embargo.

    Contracts: lost is churn (no contract pays any more), gained the first upsell or cross-sell, which churn rules out.
    Orders: gained is the next order, lost is none within the horizon.
    """

    points: Frozen
    horizon: int
    lost_after: Floats
    gained_after: Floats
    lost_is_no_order: bool

    def lost(self, chosen: Flags) -> Happened:
        """Return how many of the chosen points were lost."""
        other = self.gained_after if self.lost_is_no_order else np.full(len(self.points), np.nan)
        return happened_within(
            self.horizon, self.lost_after[chosen], other[chosen], self.points.followed[chosen]
        )

    def gained(self, chosen: Flags) -> Happened:
        """Return how many of the chosen points gained."""
        return happened_within(
            self.horizon, self.gained_after[chosen], self.lost_after[chosen], self.points.followed[chosen]
        )

    @property
    def is_lost(self) -> Flags:
        """Who was lost within the horizon, as far as seen."""
        return np.asarray(self.lost_after <= np.minimum(self.horizon, self.points.followed))

    @property
    def known(self) -> Flags:
        """Of whom it is known whether they were lost within the horizon."""
        return np.asarray(self.is_lost | (self.points.followed >= self.horizon))

    def of(self, chosen: Flags) -> "Outcome":
        """Return the outcome of the chosen points."""
        return Outcome(
            self.points.where(chosen),
            self.horizon,
            self.lost_after[chosen],
            self.gained_after[chosen],
            self.lost_is_no_order,
        )


def outcome(points: Frozen, living: Living, horizon: int) -> Outcome:
    """Return who was at risk at the end of the embargo, and what happened within the horizon."""
    if living == "contracts":
        at_risk = points.where((points.mrr > 0) & (points.mrr_after > 0))
        return Outcome(at_risk, horizon, at_risk.churned_after, at_risk.expanded_after, False)
    at_risk = points.where(~np.isnan(points.followed))
    bought = at_risk.bought_after <= np.minimum(horizon, at_risk.followed)
    lost = np.where(~bought & (at_risk.followed >= horizon), float(horizon), np.nan)
    return Outcome(at_risk, horizon, lost, np.where(bought, at_risk.bought_after, np.nan), True)


def left_in_embargo(points: Frozen, living: Living) -> int:
    """Return how many paid on the day and no longer at the end of the embargo: too late to warn of, so not counted."""
    return int(((points.mrr > 0) & (points.mrr_after <= 0)).sum()) if living == "contracts" else 0


def within(monthly: float, horizon: int) -> float:
    """Return the chance to be lost within a horizon from the chance per month."""
    return float(1 - (1 - monthly) ** (horizon / DAYS_OF_MONTH))
