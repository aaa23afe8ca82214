"""The figures of what less churn would be worth: a point of it over five years, "1:5" and "5:25"."""

from minori.core.figure import Figure, Unit
from minori.core.text import Text
from minori.kpis.value_figures import CUSTOMERS

MONTHS = 60


def _figure(name: str, label: Text, means: Text, computed: Text, unit: Unit = "share") -> Figure:
    return Figure(f"value_{name}", label, means, computed, unit, CUSTOMERS)


LEFT_TODAY = _figure(
    "left_today",
    Text(ja="5年後に残る売上(今の離脱率)", en="Left after five years, churn as today"),
    Text(
        ja="今の離脱率が続くと、今の売上のうち60か月後に残る割合",
        en="Share of today's revenue that is left after 60 months if churn goes on",
    ),
    Text(
        ja="(1−月次離脱率)の60乗。区間は月次離脱率の区間から",
        en="(1 − monthly churn) to the power of 60; interval from that of churn",
    ),
)
LEFT_LESS = _figure(
    "left_less",
    Text(ja="5年後に残る売上(月次1ポイント改善)", en="Left after five years, a point less churn"),
    Text(
        ja="月次離脱率を1ポイント下げると60か月後に残る割合",
        en="The same with one point of monthly churn less",
    ),
    Text(
        ja="(1−(月次離脱率−0.01))の60乗。離脱率は0より下がらない",
        en="(1 − (monthly churn − 0.01)) to the power of 60; churn does not fall below 0",
    ),
)
SUM_TODAY = _figure(
    "sum_today",
    Text(ja="5年間の売上(今の離脱率)", en="Revenue of five years, churn as today"),
    Text(
        ja="今の顧客から60か月に得る売上。新規と追加購入は含めない",
        en="What today's customers pay within 60 months, without new customers and expansions",
    ),
    Text(
        ja="期間の平均月間売上×Σ(1−月次離脱率)の0〜59乗",
        en="average monthly revenue of the period × the sum of (1 − monthly churn) to the powers 0 to 59",
    ),
    "money",
)
SUM_LESS = _figure(
    "sum_less",
    Text(ja="5年間の売上(月次1ポイント改善)", en="Revenue of five years, a point less churn"),
    Text(ja="月次離脱率を1ポイント下げたときの同じ売上", en="The same with one point of monthly churn less"),
    Text(
        ja="期間の平均月間売上×Σ(1−(月次離脱率−0.01))の0〜59乗",
        en="average monthly revenue × the sum of (1 − (monthly churn − 0.01)) to the powers 0 to 59",
    ),
    "money",
)
ONE_FIVE = _figure(
    "one_five",
    Text(ja="1:5(獲得は維持の何倍か)", en="1:5 (winning against keeping)"),
    Text(
        ja="新規1件の獲得コストは、既存1件の1年の維持コストの何倍か。通説は5倍",
        en="How many times the yearly cost of keeping a customer it costs to win one; said to be 5",
    ),
    Text(ja="獲得コスト÷維持コスト(年)", en="CAC ÷ yearly retention cost per customer"),
    "ratio",
)
_SAID = Text(
    ja="通説「離脱が5%減ると利益が25%増える」を自社の数字で",
    en="The saying '5 % fewer losses, 25 % more profit' with the company's own numbers",
)
_OF_MARGIN = Text(
    ja="変化率 = 生涯粗利(改善後)÷生涯粗利(今)−1。コストは含めない。生涯粗利 = 月間粗利÷月次離脱率",
    en="lifetime margin then ÷ now − 1, without costs; lifetime margin = monthly margin ÷ monthly churn",
)
_OF_PROFIT = Text(
    ja="変化率 = 生涯利益(改善後)÷生涯利益(今)−1。生涯利益 = (月間粗利−月間の維持コスト)÷月次離脱率−獲得コスト",
    en="lifetime profit then ÷ now − 1; lifetime profit = (monthly margin − monthly retention cost) ÷ monthly churn − CAC",
)
_RELATIVE = Text(ja="離脱率を5%(相対)下げる", en="Churn falls by 5 % of itself")
_POINTS = Text(
    ja="年間離脱率を5ポイント下げる(月次に直して計算)",
    en="Yearly churn falls by 5 points, computed as monthly churn",
)


def _five(name: str, label: Text, how: Text, computed: Text) -> Figure:
    return _figure(
        name,
        label,
        Text(ja=f"{_SAID.ja}。{how.ja}", en=f"{_SAID.en}. {how.en}"),
        Text(ja=f"{how.ja}。{computed.ja}", en=f"{how.en}. {computed.en}"),
    )


RELATIVE_MARGIN = _five(
    "five_relative_margin",
    Text(ja="5:25 相対5%→生涯粗利", en="5:25, 5 % relative: margin"),
    _RELATIVE,
    _OF_MARGIN,
)
RELATIVE_PROFIT = _five(
    "five_relative_profit",
    Text(ja="5:25 相対5%→生涯利益", en="5:25, 5 % relative: profit"),
    _RELATIVE,
    _OF_PROFIT,
)
POINTS_MARGIN = _five(
    "five_points_margin",
    Text(ja="5:25 年5ポイント→生涯粗利", en="5:25, 5 points: margin"),
    _POINTS,
    _OF_MARGIN,
)
POINTS_PROFIT = _five(
    "five_points_profit",
    Text(ja="5:25 年5ポイント→生涯利益", en="5:25, 5 points: profit"),
    _POINTS,
    _OF_PROFIT,
)

FIGURES: tuple[Figure, ...] = (
    LEFT_TODAY, LEFT_LESS, SUM_TODAY, SUM_LESS, ONE_FIVE,
    RELATIVE_MARGIN, RELATIVE_PROFIT, POINTS_MARGIN, POINTS_PROFIT,
)  # fmt: skip
