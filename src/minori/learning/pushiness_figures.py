"""Figures of pushiness (押し売り度): every number that ``minori pushiness`` shows, with what it means."""

from minori.core.figure import Figure
from minori.core.text import Text

WEIGHTS = {"declined": 10.0, "opted_out": 100.0, "complained": 100.0, "dropped": 50.0, "churned": 200.0}
"""Points of one occasion; the mean over occasions is the figure."""

_PROPOSALS = Text(ja="60日たったご提案", en="proposals made at least 60 days ago")
_POINTS = {name: f"{points:.0f}" for name, points in WEIGHTS.items()}
_FORMULA = Text(
    ja="ご提案から60日以内の 見送り{declined}点・配信停止(同意の取り消し){opted_out}点・苦情{complained}点・"
    "ヘルススコアの10以上の低下{dropped}点・解約{churned}点をご提案ごとに足し、平均する。データのない項目は数えない。",
    en="Per proposal, within 60 days: declined {declined} points, opted out {opted_out}, complained {complained}, "
    "health down by 10 or more {dropped}, left {churned}; then the mean. What there is no data on is not counted.",
).fill(_POINTS)
_SPREAD = Text(
    ja="90％区間は正規近似、同じ顧客へのご提案はまとめて扱う。",
    en="90 % normal interval, proposals to one customer taken together.",
)

PUSHINESS = Figure(
    "pushiness",
    Text(ja="押し売り度", en="Pushiness"),
    Text(
        ja="ご提案がお客様に与えた負担。非接触群と同じなら0点",
        en="Burden that proposals put on customers; 0 if those proposed to fare like those held out",
    ),
    Text(
        ja=f"{_FORMULA.ja}そこから、同じ型の非接触群の同じ平均(抽選日から60日)を引く。{_SPREAD.ja}",
        en=f"{_FORMULA.en} Less the same mean of the play's hold-out, from the day of the lot. {_SPREAD.en}",
    ),
    "points",
    _PROPOSALS,
)
PUSHINESS_OBSERVED = Figure(
    "pushiness_observed",
    Text(ja="押し売り度(前との比較)", en="Pushiness (against before)"),
    Text(
        ja="非接触群のない型で、ご提案の前の60日と比べた負担",
        en="The burden against the 60 days before the proposal, where the play has no hold-out",
    ),
    Text(
        ja=f"{_FORMULA.ja}そこから、ご提案前60日の配信停止・苦情・低下と、全顧客の平均の解約を同じ点数で引く。{_SPREAD.ja}",
        en=f"{_FORMULA.en} Less opt-outs, complaints and drops in the 60 days before and everybody's usual churn, at the "
        f"same points. {_SPREAD.en}",
    ),
    "points",
    _PROPOSALS,
    observational=True,
)
RISE = Figure(
    "pushiness_rise",
    Text(ja="押し売り度の上昇", en="Rise of pushiness"),
    Text(
        ja="直近90日のご提案の押し売り度−それ以前",
        en="Pushiness of the newest 90 days of proposals, less earlier ones",
    ),
    Text(
        ja=f"{_FORMULA.ja}直近90日の平均からそれ以前の平均を引く。{_SPREAD.ja}",
        en=f"{_FORMULA.en} Mean of the newest 90 days less the mean before. {_SPREAD.en}",
    ),
    "points",
    _PROPOSALS,
    observational=True,
)


_COMPUTED = Text(
    ja="該当するご提案÷ご提案(データのないものを除く)。Jeffreysの90％区間",
    en="Such proposals ÷ proposals with data; Jeffreys' 90 % interval",
)


def _share(name: str, label: Text, means: Text) -> Figure:
    told = Text(
        ja=f"ご提案から60日以内に{means.ja}割合",
        en=f"Share of proposals after which the customer {means.en} within 60 days",
    )
    return Figure(f"pushiness_{name}", label, told, _COMPUTED, "share", _PROPOSALS, observational=True)


SHARES = {
    "declined": _share(
        "declined", Text(ja="見送り", en="Declined"), Text(ja="見送りのお返事があった", en="said no")
    ),
    "opted_out": _share(
        "opted_out",
        Text(ja="配信停止", en="Opted out"),
        Text(ja="配信停止のお申し出があった", en="opted out of a channel"),
    ),
    "complained": _share(
        "complained", Text(ja="苦情", en="Complained"), Text(ja="苦情があった", en="complained")
    ),
    "dropped": _share(
        "dropped",
        Text(ja="ヘルススコアの低下", en="Health fell"),
        Text(ja="ヘルススコアが10以上下がった", en="lost 10 points of health or more"),
    ),
    "churned": _share("churned", Text(ja="解約", en="Left"), Text(ja="解約した", en="left")),
}
FIGURES: tuple[Figure, ...] = (PUSHINESS, PUSHINESS_OBSERVED, RISE, *SHARES.values())
