"""Pushiness (押し売り度): what proposals cost customers, by play, channel, owner or month; and when that stops a play."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np

from minori.core.figure import NOT_ENOUGH, Reading
from minori.core.text import Text
from minori.learning import pushiness_figures as figures
from minori.learning.aftermath import WITHIN
from minori.learning.pushiness_figures import WEIGHTS
from minori.stats.arrays import Floats
from minori.stats.clustered import less, mean_and_error
from minori.stats.reading import observed, read

By = Literal["play", "channel", "owner", "month"]
BY: tuple[By, ...] = ("play", "channel", "owner", "month")
Row = Mapping[str, Any]
LEAST = 20  # proposals; below, nothing is said
LEAST_HELD_OUT = 10
RECENT = 90  # days
DROP = 10  # points of health

_HARM: dict[str, Text] = {
    "level": Text(ja="押し売り度が限度を超えています。", en="It is pushier than the limit allows."),
    "rise": Text(
        ja="押し売り度が限度を超えて上がっています。", en="Its pushiness rises faster than the limit allows."
    ),
}


@dataclass(frozen=True)
class Seen:
    """What can be seen at all: a fact table without rows says nothing, not zero."""

    opted_out: bool
    complained: bool
    churned: bool
    usual_churn: float = 0.0  # share of all customers that leave within the span


@dataclass(frozen=True)
class Pushed:
    """A group of proposals."""

    name: str
    pushiness: Reading
    rise: Reading
    shares: tuple[Reading, ...]

    def harmful(self, *, at_most: float, rise_at_most: float) -> Text | None:
        """Return why the group is too pushy; None if it is not, or not surely."""
        for reading, limit, why in ((self.pushiness, at_most, "level"), (self.rise, rise_at_most, "rise")):
            if reading.low is not None and float(reading.low) > limit:
                return _HARM[why]
        return None

    def as_object(self) -> dict[str, Any]:
        """Return plain data for programs."""
        return {
            "name": self.name,
            "pushiness": self.pushiness.as_object(),
            "rise": self.rise.as_object(),
            "shares": [share.as_object() for share in self.shares],
        }


def pushed(rows: Iterable[Row], by: By, seen: Seen, *, known_until: date, least: int = LEAST) -> list[Pushed]:
    """
    Return the pushiness of every group of proposals, the pushiest first.

    Parameters
    ----------
    rows
        Rows of ``aftermath``.
    by
        What groups proposals.
    known_until
        The last day of which it is final what followed.
    least
        Proposals a group needs; below, its numbers are not enough data.
    """
    over = [row for row in rows if row["asked_on"] + timedelta(days=WITHIN) <= known_until]
    held = _by(over, "held_out", lambda row: str(row["play"]))
    made = _by(over, "proposal", _GROUPS[by])
    found = [_group(name, own, held, seen, known_until, least) for name, own in made.items()]
    return sorted(found, key=lambda one: (-float(one.pushiness.value or 0), one.name))


def _group(
    name: str,
    rows: Sequence[Row],
    held: Mapping[str, Sequence[Row]],
    seen: Seen,
    known_until: date,
    least: int,
) -> Pushed:
    shares = tuple(_share(part, rows, seen) for part in WEIGHTS)
    newest = np.array(
        [row["asked_on"] > known_until - timedelta(days=RECENT + WITHIN) for row in rows], dtype=bool
    )
    rise = Reading(figures.RISE, None, len(rows), missing=NOT_ENOUGH)
    points = np.array([_points(row, seen) for row in rows], dtype=np.float64)
    customers = np.array([row["customer_key"] for row in rows])
    if min(int(newest.sum()), int((~newest).sum())) >= least:
        now, before = (mean_and_error(points[own], customers[own]) for own in (newest, ~newest))
        rise = read(figures.RISE, less(now, before), len(rows))
    return Pushed(name, _level(rows, points, held, seen, least), rise, shares)


def _level(
    rows: Sequence[Row], points: Floats, held: Mapping[str, Sequence[Row]], seen: Seen, least: int
) -> Reading:
    """Return points less those of the hold-outs of the same plays; less those before where one has none."""
    plays = [str(row["play"]) for row in rows]
    compared = all(len(held.get(play, ())) >= LEAST_HELD_OUT for play in set(plays))
    figure = figures.PUSHINESS if compared else figures.PUSHINESS_OBSERVED
    if len(rows) < least:
        return Reading(figure, None, len(rows), missing=NOT_ENOUGH)
    customers = np.array([row["customer_key"] for row in rows])
    if not compared:
        before = np.array([_points_before(row, seen) for row in rows], dtype=np.float64)
        return read(figure, less(mean_and_error(points - before, customers), (0.0, 0.0)), len(rows))
    middle = error = 0.0
    for play in sorted(set(plays)):
        alone = np.array([_points(row, seen) for row in held[play]], dtype=np.float64)
        base, doubt = mean_and_error(alone, [row["customer_key"] for row in held[play]])
        weight = plays.count(play) / len(plays)
        middle, error = middle + weight * base, float(np.hypot(error, weight * doubt))
    return read(figure, less(mean_and_error(points, customers), (middle, error)), len(rows))


def _points(row: Row, seen: Seen) -> float:
    return sum(WEIGHTS[part] * float(value) for part in WEIGHTS if (value := _happened(part, row, seen)))


def _points_before(row: Row, seen: Seen) -> float:
    """Return the points of the span before; what everybody loses by leaving stands for churn."""
    found = WEIGHTS["churned"] * seen.usual_churn if seen.churned else 0.0
    found += WEIGHTS["opted_out"] * row["opted_before"] if seen.opted_out else 0.0
    found += WEIGHTS["complained"] * row["complained_before"] if seen.complained else 0.0
    return found + WEIGHTS["dropped"] * bool(_fell(row["health_before"], row["health"]))


def _happened(part: str, row: Row, seen: Seen) -> bool | None:
    """Return whether one part happened; None if nobody could see it."""
    match part:
        case "declined":
            return bool(row["result"] == "declined")
        case "dropped":
            return _fell(row["health"], row["health_after"])
        case "churned":
            if not seen.churned:
                return None
            left = row["churned_on"]
            return left is not None and bool(left <= row["asked_on"] + timedelta(days=WITHIN))
        case "opted_out":
            return bool(row["opted_out"]) if seen.opted_out else None
        case _:
            return bool(row["complained"]) if seen.complained else None


def _fell(before: float | None, after: float | None) -> bool | None:
    return None if before is None or after is None else before - after >= DROP


def _share(part: str, rows: Sequence[Row], seen: Seen) -> Reading:
    known = [value for row in rows if (value := _happened(part, row, seen)) is not None]
    return observed(figures.SHARES[part], sum(known), len(known))


_GROUPS: dict[By, Callable[[Row], str]] = {
    "play": lambda row: str(row["play"]),
    "channel": lambda row: row["channel"] or "–",
    "owner": lambda row: row["owner"] or "–",
    "month": lambda row: f"{row['asked_on']:%Y-%m}",
}


def _by(rows: Iterable[Row], role: str, name: Callable[[Row], str]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["role"] == role:
            groups[name(row)].append(row)
    return dict(sorted(groups.items()))
