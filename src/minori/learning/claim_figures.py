"""The figures that stand beside published claims, and those of CS as a profit centre."""

from minori.core.figure import Figure, Unit
from minori.core.text import Text

_ENROLLED = Text(
    ja="期間の終わった顧客(提案群と非接触群)", en="customers whose horizon is over, both arms together"
)
_CUSTOMERS = Text(ja="両期間の顧客", en="customers of both periods")
_BY_LOT = Text(
    ja="抽選で決まった群ごとの平均の比を、実験ごとの重み(マンテル・ヘンツェル)で合わせる。90％区間",
    en="Ratio of the means of the arms drawn by lot, pooled over experiments (Mantel-Haenszel); 90 % interval",
)
_BEFORE_AFTER = Text(
    ja="前の期間との差で、ほかの理由でも動くため効果ではありません",
    en="A difference between two periods, which other things move as well: not an effect",
)


def _effect(name: str, label: Text, means: Text, unit: Unit) -> Figure:
    return Figure(f"claim_{name}", label, means, _BY_LOT, unit, _ENROLLED)


def _seen(name: str, label: Text, computed: Text) -> Figure:
    return Figure(
        f"claim_{name}_seen", label, _BEFORE_AFTER, computed, "share", _CUSTOMERS, observational=True
    )


LTV = _effect(
    "ltv",
    Text(ja="LTVへの効果", en="Effect on LTV"),
    Text(ja="取り組みによるLTVの増加", en="Rise of LTV through it"),
    "share",
)
TARGETED = _effect(
    "targeted",
    Text(ja="ご提案した顧客の購入(非接触比)", en="Buying if proposed to, against held out"),
    Text(
        ja="有料のご提案を受けた顧客は、受けなかった顧客の何倍購入したか",
        en="How many times as many customers bought if proposed to as if left alone",
    ),
    "ratio",
)
SPEND = _effect(
    "spend",
    Text(ja="ご提案した顧客の追加支出(非接触比)", en="Added spend if proposed to, against held out"),
    Text(
        ja="期間中の追加支出(契約は月額の増加、注文は注文額)が何倍か",
        en="Added spend within the horizon (rise of MRR, or orders), proposed to ÷ held out",
    ),
    "ratio",
)
SALES = _effect(
    "sales",
    Text(ja="売上への効果", en="Effect on sales"),
    Text(
        ja="期間末の売上(契約は月額、注文は期間中の注文額)の増加率",
        en="Sales at the end of the horizon (MRR, or orders within it), proposed to against held out",
    ),
    "share",
)
COST = _effect(
    "cost", Text(ja="獲得コストへの効果", en="Effect on the cost of winning"),
    Text(ja="取り組みによる獲得コストの増減", en="Change of the cost of winning through it"), "share",
)  # fmt: skip
CHURN = _effect(
    "churn",
    Text(ja="支援による離脱への効果", en="Effect of help on churn"),
    Text(
        ja="活用支援・解約防止・ダウンセルを受けた顧客の離脱率の増減(非接触比)",
        en="Churn of customers given help, rescue or a smaller plan, against those held out",
    ),
    "share",
)
FRAMING = _effect(
    "framing",
    Text(ja="損失を伝える文面の反応", en="Answers to loss framing"),
    Text(
        ja="損失を伝える文面(loss)は、得を伝える文面(gain)の何倍受け入れられたか",
        en="How many times as often the wording 'loss' is accepted as the wording 'gain'",
    ),
    "ratio",
)
LTV_SEEN = _seen(
    "ltv",
    Text(ja="LTVの前期比", en="LTV against the period before"),
    Text(
        ja="この期間のLTV÷前の期間のLTV−1(minori valueと同じ期間)。両方の離脱数から正確な90％区間",
        en="LTV of this period ÷ before − 1 (periods of minori value); exact 90 % interval from both numbers of losses",
    ),
)
COST_SEEN = _seen(
    "cost", Text(ja="獲得コストの前期比", en="Cost of winning against the period before"),
    Text(
        ja="この期間のCAC÷前の期間のCAC−1。両方の獲得数から正確な90％区間",
        en="CAC of this period ÷ before − 1; exact 90 % interval from both numbers of customers won",
    ),
)  # fmt: skip
CHURN_SEEN = _seen(
    "churn", Text(ja="月次離脱率の前期比", en="Monthly churn against the period before"),
    Text(
        ja="この期間の月次離脱率÷前の期間の月次離脱率−1。両方の離脱数から正確な90％区間",
        en="Monthly churn of this period ÷ before − 1; exact 90 % interval from both numbers of losses",
    ),
)  # fmt: skip

_MONEY_OF_CS = Text(ja="実験に登録された提案群の顧客", en="customers of experiments who were proposed to")
CS_GAIN = Figure(
    "cs_gain",
    Text(ja="CSによる増分粗利", en="Incremental margin of CS"),
    Text(
        ja="非接触群との差として証明できる粗利の増加。実験の期間末から今日までに得た分",
        en="Gross margin gained against the hold-outs, from the ends of the horizons until today",
    ),
    Text(
        ja="契約: 型ごとに(1社あたり月額への効果)×粗利率×Σ(期間末から今日までの月数)。注文: 期間中の注文額の差×提案群の顧客数×粗利率。"
        "型を合わせた90％区間。ほかの月や実験のない型は含めない",
        en="Contracts: per play, effect on MRR × margin × months from the horizon's end until today, over customers proposed to; "
        "orders: difference of orders within the horizon × customers × margin. 90 % interval over plays; nothing else is counted",
    ),
    "money",
    _MONEY_OF_CS,
)
CS_COST = Figure(
    "cs_cost",
    Text(ja="CSのコスト", en="Cost of CS"),
    Text(
        ja="同じ期間の維持コスト(costsのretention)の合計",
        en="All retention costs (costs of kind retention) of the same time",
    ),
    Text(ja="最初の抽選から今日までの維持コストの合計", en="Retention costs from the first draw until today"),
    "money",
    Text(ja="コストの件数", en="costs on record"),
)
CS_PROFIT = Figure(
    "cs_profit",
    Text(ja="CSの採算", en="CS as a profit centre"),
    Text(ja="証明できる増分粗利からCSのコストを引いた額", en="Proven incremental margin less the cost of CS"),
    Text(ja="増分粗利−CSのコスト", en="incremental margin − cost of CS"),
    "money",
    _MONEY_OF_CS,
)

FIGURES: tuple[Figure, ...] = (
    LTV, TARGETED, SPEND, SALES, COST, CHURN, FRAMING, LTV_SEEN, COST_SEEN, CHURN_SEEN, CS_GAIN, CS_COST, CS_PROFIT,
)  # fmt: skip
