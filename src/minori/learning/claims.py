"""Published claims, side by side with what this company measured: an effect by lot, or what was merely seen, never mixed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minori.core.figure import Figure, Reading
from minori.core.text import Text
from minori.learning import claim_figures as figures
from minori.stats.arrays import Floats
from minori.stats.interval import Interval
from minori.stats.pooled_ratio import TwoArms, pooled_ratio
from minori.stats.rounding import significant

LEAST, LEAST_ARM = 40, 10  # customers in all, and in each arm, below which nothing is said

NO_HOLD_OUT = Text(
    ja="非接触群(ホールドアウト)のある実験がないため、効果は測れません",
    en="not measured: there is no experiment with a hold-out",
)
TOO_FEW = Text(
    ja="期間の終わった実験の顧客が少なく、まだ言えません",
    en="too few customers of experiments whose horizon is over",
)
NOT_OVER = Text(
    ja="期間の終わった実験がまだなく、コストを数える期間が決まりません",
    en="no experiment's horizon is over yet, so there is no time over which to count costs",
)
NOTHING_HELD_OUT = Text(
    ja="非接触群では起きておらず、比が求まりません",
    en="it never happened to those held out: there is no ratio",
)
NO_LONG_HOLD_OUT = Text(
    ja="LTVへの効果には、何年も非接触のままの群が必要なため測れません",
    en="not measured: an effect on LTV needs customers held out for years",
)
NO_COST_EXPERIMENT = Text(
    ja="獲得の費用を抽選で分けた実験がないため、効果は測れません",
    en="not measured: no experiment draws who is advertised to",
)
NO_WORDING = Text(
    ja="文面(gainとloss)を抽選で分けた実験がないため、測れません",
    en="not measured: no experiment draws between the wordings gain and loss",
)


@dataclass(frozen=True)
class Claim:
    """A claim as published; ``low`` and ``high`` are its number in the unit of ``effect``."""

    id: str
    says: Text
    low: float
    high: float
    effect: Figure


CLAIMS: tuple[Claim, ...] = (
    Claim("ltv", Text(ja="LTVが15%増える", en="LTV + 15 %"), 0.15, 0.15, figures.LTV),
    Claim(
        "targeted",
        Text(ja="狙ったおすすめ商品は4.1倍売れる", en="Targeted items sell 4.1 ×"),
        4.1,
        4.1,
        figures.TARGETED,
    ),
    Claim(
        "spend", Text(ja="パーソナライズで支出が3倍", en="Personalised spend 3 ×"), 3.0, 3.0, figures.SPEND
    ),
    Claim("sales", Text(ja="売上が10〜20%増える", en="Sales + 10–20 %"), 0.1, 0.2, figures.SALES),
    Claim("cost", Text(ja="マーケティング費が30%減る", en="Marketing cost − 30 %"), -0.3, -0.3, figures.COST),
    Claim("churn", Text(ja="CSで離脱が20%減る", en="Churn − 20 % with CS"), -0.2, -0.2, figures.CHURN),
    Claim(
        "framing", Text(ja="損失を伝えると反応が1.5倍", en="Loss framing 1.5 ×"), 1.5, 1.5, figures.FRAMING
    ),
)


@dataclass(frozen=True)
class Beside:
    """A claim with the own effect by lot, and what was merely seen (None: nothing comparable is seen)."""

    claim: Claim
    effect: Reading
    seen: Reading | None

    @property
    def agrees(self) -> bool | None:
        """Whether the claim lies in the interval of the own effect; None where there is no own effect."""
        low, high = self.effect.low, self.effect.high
        if low is None or high is None:
            return None
        return bool(self.claim.high >= low and self.claim.low <= high)


def by_lot(figure: Figure, parts: Sequence[TwoArms], without: Text = NO_HOLD_OUT) -> Reading:
    """Return the pooled ratio of the arms, less 1 where the figure is a share; or why there is none.

    ``without`` is the reason where there is no experiment at all.
    """
    treated, held_out = (sum(len(arm) for arm in arms) for arms in (_treated(parts), _held_out(parts)))
    n = treated + held_out
    if not parts:
        return Reading(figure, None, 0, missing=without)
    if n < LEAST or min(treated, held_out) < LEAST_ARM:
        return Reading(figure, None, n, missing=TOO_FEW)
    found = pooled_ratio(parts)
    if found is None:
        return Reading(figure, None, n, missing=NOTHING_HELD_OUT)
    less = 1.0 if figure.unit == "share" else 0.0
    low, middle, high = (significant(end - less) for end in found)
    return Reading(figure, middle, n, low, high)


def _treated(parts: Sequence[TwoArms]) -> list[Floats]:
    return [part.treated for part in parts]


def _held_out(parts: Sequence[TwoArms]) -> list[Floats]:
    return [part.held_out for part in parts]


@dataclass(frozen=True)
class Gain:
    """What one play gained in all: a total with its interval, over so many customers proposed to."""

    amount: Interval
    customers: int


def total_gain(gains: Sequence[Gain]) -> Interval:
    """Return the sum over plays, whose errors are independent; there must be one."""
    middle = sum(gain.amount.middle for gain in gains)
    below = np.sqrt(sum((gain.amount.middle - gain.amount.low) ** 2 for gain in gains))
    above = np.sqrt(sum((gain.amount.high - gain.amount.middle) ** 2 for gain in gains))
    return Interval(float(middle - below), float(middle), float(middle + above))
