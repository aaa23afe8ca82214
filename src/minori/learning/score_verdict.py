"""The verdict in words: calibrated, indicative, does not predict - or not enough data to say."""

from dataclasses import dataclass
from typing import Literal

from minori.core.text import Text
from minori.learning.score_truth import Truth

Code = Literal["calibrated", "indicative", "does_not_predict", "not_enough_data"]

LEAST_PER_SIDE = 80  # 50 % of 80 is known to about 9 points (90 % Jeffreys); of 20 only to 18
LEAST_TO_SPEAK = 20  # customers per side
LEAST_LOST = 10
LOST_TO_DENY = 30  # with so many, an AUC of 0.65 would show (its error is about 0.05)
SURE = 0.05  # one-sided, of the order test

WORDS: dict[Code, Text] = {
    "calibrated": Text(ja="実績と一致(較正済み)", en="calibrated"),
    "indicative": Text(ja="目安", en="indicative"),
    "does_not_predict": Text(ja="離脱を予測できていない", en="does not predict"),
    "not_enough_data": Text(ja="判定にはデータが不足", en="not enough data to say"),
}


@dataclass(frozen=True)
class Verdict:
    """The verdict and why."""

    code: Code
    why: Text

    @property
    def words(self) -> Text:
        """The verdict as people read it."""
        return WORDS[self.code]


def verdict(found: Truth) -> Verdict:
    """Return the verdict on a score.

    Calibrated: the lower bands are lost more often, and on both sides, with at least 80 customers each, the prediction
    lies in the 90 % interval of what was seen. Indicative: the order is right, that is all. Does not predict: enough
    customers and losses were seen, and no order; that also holds for a score by which hardly anybody is in danger.
    """
    good, bad = found.good.lost.n, found.bad.lost.n
    smaller, counts = min(good, bad), {"good": f"{good:,}", "bad": f"{bad:,}", "lost": f"{found.lost:,}"}
    p = found.lost_order.p
    ordered = p is not None and p < SURE
    many = smaller >= LEAST_PER_SIDE or (good + bad >= 2 * LEAST_PER_SIDE and found.lost >= LOST_TO_DENY)
    if not ordered and many and found.lost >= LEAST_LOST:
        return Verdict("does_not_predict", _NO_ORDER.fill(counts))
    if smaller < LEAST_TO_SPEAK or found.lost < LEAST_LOST:
        return Verdict("not_enough_data", _TOO_FEW.fill(counts))
    if not ordered:
        return Verdict("not_enough_data", _NO_ORDER.fill(counts))
    if smaller < LEAST_PER_SIDE:
        return Verdict("indicative", _FEW.fill(counts))
    if found.good.holds is None or found.bad.holds is None:
        return Verdict("indicative", _NOT_COMPARABLE)
    if not (found.good.holds and found.bad.holds):
        return Verdict("indicative", _OUTSIDE.fill(_said(found)))
    return Verdict("calibrated", _INSIDE.fill(_said(found)))


_TOO_FEW = Text(
    ja=f"上位2帯 {{good}} 件・下位2帯 {{bad}} 件・離脱 {{lost}} 件。"
    f"判定には各 {LEAST_TO_SPEAK} 件以上と離脱 {LEAST_LOST} 件以上が必要です",
    en=f"{{good}} in the upper two bands, {{bad}} in the lower two, {{lost}} lost; at least {LEAST_TO_SPEAK} on each "
    f"side and {LEAST_LOST} lost are needed",
)
_NO_ORDER = Text(
    ja="帯が下がっても離脱は確かには増えていません(上位 {good} 件・下位 {bad} 件・離脱 {lost} 件)",
    en="loss does not surely rise as the band falls ({good} upper, {bad} lower, {lost} lost)",
)
_FEW = Text(
    ja=f"順序は正しいものの、件数が足りません(上位 {{good}} 件・下位 {{bad}} 件、各 {LEAST_PER_SIDE} 件以上が必要)",
    en=f"the order is right, but there are too few ({{good}} upper, {{bad}} lower; {LEAST_PER_SIDE} each are needed)",
)
_NOT_COMPARABLE = Text(
    ja="順序は正しいものの、health.yamlの率(二度と戻らない)と実績(期間内にご注文なし)は別のものなので比べられません",
    en="the order is right, but health.yaml speaks of never coming back and orders only show none within the horizon, "
    "so they cannot be compared",
)
_OUTSIDE = Text(
    ja="順序は正しいものの、予測が観測の90％区間から外れています(上位: 予測{said_good}・実績{seen_good}、"
    "下位: 予測{said_bad}・実績{seen_bad})",
    en="the order is right, but what is said lies outside the 90 % interval of what was seen (upper: said {said_good}, "
    "seen {seen_good}; lower: said {said_bad}, seen {seen_bad})",
)
_INSIDE = Text(
    ja="予測は両側とも観測の90％区間に入っています(上位: 予測{said_good}・実績{seen_good}、"
    "下位: 予測{said_bad}・実績{seen_bad})",
    en="what is said lies within the 90 % interval of what was seen on both sides (upper: said {said_good}, seen "
    "{seen_good}; lower: said {said_bad}, seen {seen_bad})",
)


def _said(found: Truth) -> dict[str, str]:
    values = {}
    for name, side in (("good", found.good), ("bad", found.bad)):
        share = side.lost.share
        values[f"said_{name}"] = f"{side.predicted:.1%}" if side.predicted is not None else "–"
        values[f"seen_{name}"] = f"{share.middle:.1%} [{share.low:.1%}–{share.high:.1%}]" if share else "–"
    return values
