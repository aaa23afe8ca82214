"""Does a column know the answer? Columns from after the question are refused; those that look so are flagged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from minori.core.text import Text
from minori.stats.arrays import Floats
from minori.stats.calibration import Values
from minori.stats.discrimination import auc
from minori.stats.interval import Interval

BLOCKS = 10
SURE = 0.95  # a single column that tells so well, within a stretch of time, is not believed
HIGH, APART = 0.75, 0.10  # nor one as good as HIGH that is so much better than every other

Moment = Literal["before", "after"]
_AFTER = Text(ja="結果のあとにしか分からない項目です", en="it is known only after the answer")
_STANDS_OUT = Text(
    ja="この項目だけで結果が分かりすぎます。結果のあとに記録された可能性があります",
    en="alone it tells the answer too well; it may have been written down afterwards",
)
_PRESENCE = Text(
    ja="値があるかどうかだけで結果が分かります。結果のあとに記録された可能性があります",
    en="whether it is there at all tells the answer; it may have been written down afterwards",
)


@dataclass(frozen=True)
class Suspect:
    """A column that is not to be trained on; ``area`` is its AUC within stretches of time, if it was looked at."""

    column: str
    refused: bool  # declared to be known only afterwards; else flagged for a person to decide
    why: Text
    area: float | None


def suspects(
    x: Floats, y: Floats, names: Sequence[str], moments: Mapping[str, Moment] | None = None
) -> list[Suspect]:
    """
    Return the columns that seem to know the answer.

    Parameters
    ----------
    x, y
        Rows in the order of time; NaN is unknown.
    moments
        When a column is known, as far as somebody declared it: ``after`` the answer is refused, ``before`` is
        believed, and one not named is looked at.
    """
    said = moments or {}
    areas = {name: _area(x[:, number], y) for number, name in enumerate(names)}
    found = [Suspect(n, True, _AFTER, areas[n].middle) for n in names if said.get(n) == "after"]
    believed = [name for name in names if said.get(name) != "after"]
    for number, name in enumerate(names):
        if name in said:
            continue
        others = max((areas[other].middle for other in believed if other != name), default=0.5)
        presence = _area(np.isnan(x[:, number]).astype(np.float64), y)
        if _tells(areas[name], others):
            found.append(Suspect(name, False, _STANDS_OUT, areas[name].middle))
        elif presence.low >= HIGH:
            found.append(Suspect(name, False, _PRESENCE, presence.middle))
    return found


def _tells(area: Interval, others: float) -> bool:
    return area.low >= HIGH and (area.middle >= SURE or area.middle - others >= APART)


def _area(column: Floats, y: Floats) -> Interval:
    """Return how well a column alone separates, in the better direction, within stretches of time.

    The mean over stretches by their rows, of the AUC and of both ends of its interval: a few rows prove nothing.
    """
    total, weight = np.zeros(3), 0
    for part in np.array_split(np.arange(len(y)), BLOCKS):
        known = part[~np.isnan(column[part])]
        area = auc(column[known], y[known])
        if area is not None:
            total, weight = total + len(known) * np.array(area), weight + len(known)
    if not weight:
        return Interval(0.0, 0.5, 1.0)
    low, middle, high = (total / weight).tolist()
    return Interval(low, middle, high) if middle >= 0.5 else Interval(1 - high, 1 - middle, 1 - low)


@dataclass(frozen=True)
class Drift:
    """How the base rate moved over stretches of time with equally many rows.

    ``p_value`` is of Pearson's χ² test that it did not; None where there is nothing to test.
    """

    rates: tuple[float, ...]
    rows: tuple[int, ...]
    p_value: float | None

    @property
    def moved(self) -> bool:
        """Whether the rate moved for sure: one in a hundred would look so by chance."""
        return self.p_value is not None and self.p_value < 0.01


def drift(y: Values, blocks: int = BLOCKS) -> Drift:
    """Report the base rate over time; answers stand in its order."""
    from scipy.stats import chi2  # heavy

    answers = np.asarray(y, dtype=np.float64)
    parts = [part for part in np.array_split(answers, blocks) if len(part)]
    sizes, events = np.array([len(part) for part in parts]), np.array([part.sum() for part in parts])
    rate = float(answers.mean()) if len(answers) else 0.0
    p_value = None
    if len(parts) > 1 and 0 < rate < 1:
        expected = sizes * rate
        statistic = float((((events - expected) ** 2) / (expected * (1 - rate))).sum())
        p_value = float(chi2.sf(statistic, len(parts) - 1))
    return Drift(tuple((events / sizes).tolist()), tuple(sizes.tolist()), p_value)
