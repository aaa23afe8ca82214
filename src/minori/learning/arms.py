"""Two arms of an experiment as numbers: customers in the order in which their outcomes became known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np

from minori.stats.arrays import Flags, Floats

Goal = Literal["gain", "stay"]
"""What a play is for: that customers buy, or that they stay."""

STRATA = ("segment", "stage", "growth_stage", "touch", "band")
"""Classes that an experiment may declare as strata: analysed, not drawn."""


@dataclass(frozen=True)
class Arms:
    """One element per customer: outcomes are known for all of them, ``waiting`` further ones are not yet.

    ``left`` is None where nobody can be seen to leave; amounts are NaN where unknown.
    """

    treated: Flags
    share: Floats  # chance of being treated
    yes: Flags  # the wished outcome
    left: Flags | None
    before: Floats
    after: Floats
    strata: Mapping[str, tuple[str | None, ...]]
    waiting: int

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Yes and number of the treated, yes and number of the held out."""
        yes, n = int(self.yes[self.treated].sum()), int(self.treated.sum())
        return yes, n, int(self.yes.sum()) - yes, len(self.treated) - n

    def part(self, stratum: str, name: str) -> "Arms":
        """Return the customers of one class; who still waits is not counted by class."""
        own = np.array([value == name for value in self.strata[stratum]], dtype=bool)
        strata = {
            key: tuple(v for v, kept in zip(values, own.tolist(), strict=True) if kept)
            for key, values in self.strata.items()
        }
        left = None if self.left is None else self.left[own]
        return Arms(
            self.treated[own],
            self.share[own],
            self.yes[own],
            left,
            self.before[own],
            self.after[own],
            strata,
            0,
        )


def arms(rows: Iterable[Mapping[str, Any]], goal: Goal, *, known_until: date, sees_leaving: bool) -> Arms:
    """
    Return the arms of one play in one experiment.

    Parameters
    ----------
    rows
        Rows of ``enrolled`` with those of ``tried``.
    goal
        ``gain``: an upsell, cross-sell or order within the horizon is a yes; ``stay``: not leaving is.
    known_until
        The last horizon's end of which the outcome is final.
    sees_leaving
        Whether there are contracts, so that leaving can be seen.
    """
    every = list(rows)
    known = settled(every, known_until)
    left = np.array([_happened(row, "churned_on") for row in known], dtype=bool)
    gained = np.array([_happened(row, "gained_on") for row in known], dtype=bool)
    return Arms(
        treated=np.array([row["treated"] for row in known], dtype=bool),
        share=np.array([row["share"] for row in known], dtype=np.float64),
        yes=~left if goal == "stay" and sees_leaving else gained,
        left=left if sees_leaving else None,
        before=_amounts(known, "mrr_before"),
        after=_amounts(known, "mrr_after"),
        strata={name: tuple(row[name] for row in known) for name in STRATA},
        waiting=len(every) - len(known),
    )


def settled(rows: Iterable[Mapping[str, Any]], known_until: date) -> list[Mapping[str, Any]]:
    """Return the rows whose outcome is final, in the order of the arms: that in which it became known."""
    known = (row for row in rows if row["settled_on"] <= known_until)
    return sorted(known, key=lambda row: (row["settled_on"], row["customer_id"]))


def _happened(row: Mapping[str, Any], column: str) -> bool:
    return row[column] is not None and row[column] <= row["settled_on"]


def _amounts(rows: list[Mapping[str, Any]], column: str) -> Floats:
    return np.array([np.nan if row[column] is None else float(row[column]) for row in rows], dtype=np.float64)
