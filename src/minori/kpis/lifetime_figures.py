"""The figures of predicted lifetime value: what each means and how it is computed."""

from minori.core.figure import Figure
from minori.core.text import Text

_CUSTOMERS = Text(ja="顧客", en="customers")

TOTAL_ERROR = Figure(
    "lifetime_total_error",
    Text(ja="合計の予測誤差", en="Error of the total"),
    Text(
        ja="過去の時点で行った予測の合計が、その後の実績の合計とどれだけ違ったか(0なら一致)",
        en="How far the total predicted at an earlier day was off what then came; 0 is exact",
    ),
    Text(ja="予測の合計÷実績の合計−1", en="predicted total ÷ actual total − 1"),
    "share",
    _CUSTOMERS,
)
CORRELATION = Figure(
    "lifetime_correlation",
    Text(ja="予測と実績の相関", en="Correlation of predicted and actual"),
    Text(
        ja="多いと予測した顧客ほど実際にも多かったか(1に近いほどよい)",
        en="Whether customers expected to do more did more; near 1 is good",
    ),
    Text(ja="顧客ごとの予測と実績のピアソン相関", en="Pearson correlation over customers"),
    "number",
    _CUSTOMERS,
)
MAE = Figure(
    "lifetime_mae",
    Text(ja="平均絶対誤差", en="Mean absolute error"),
    Text(
        ja="顧客1件あたり、予測が平均してどれだけ外れたか(回、月、または金額)",
        en="By how much a customer's prediction was off on average: purchases, months or money",
    ),
    Text(ja="|予測−実績|の顧客平均", en="mean over customers of |predicted − actual|"),
    "number",
    _CUSTOMERS,
)
RMSE = Figure(
    "lifetime_rmse",
    Text(ja="二乗平均平方根誤差", en="Root mean squared error"),
    Text(
        ja="大きな外れを重く見た誤差。モデルと単純な予測のどちらを使うかは、これで決める",
        en="The error that weighs large misses more; it decides between the model and the plain figure",
    ),
    Text(ja="√((予測−実績)²の顧客平均)", en="√ of the mean over customers of (predicted − actual)²"),
    "number",
    _CUSTOMERS,
)
GAIN = Figure(
    "lifetime_gain",
    Text(ja="モデルによる改善", en="Gain of the model"),
    Text(
        ja="単純な予測と比べて、モデルが二乗誤差をどれだけ減らしたか。0以下なら単純な予測を使う",
        en="How much the model reduces the squared error of the plain figure; at 0 or below the plain figure is used",
    ),
    Text(
        ja="(単純な予測の二乗誤差−モデルの二乗誤差)÷単純な予測の二乗誤差",
        en="(squared error of the plain figure − of the model) ÷ of the plain figure",
    ),
    "share",
    _CUSTOMERS,
)
PURCHASES = Figure(
    "lifetime_purchases",
    Text(ja="今後の購入回数の予測", en="Purchases to come"),
    Text(
        ja="期間内に見込まれる購入日数の合計。同じ日の注文は1回と数え、返品で差引0以下の日は数えない",
        en="Days of purchase expected within the horizon; a day whose orders net of returns are not above 0 is none",
    ),
    Text(
        ja="BG/NBDモデル(Fader・Hardie・Lee 2005)。保留した期間の実績で単純な予測に劣るときは、回数÷経過日数×期間",
        en="BG/NBD (Fader, Hardie & Lee 2005); where it does not beat it on held-out time, purchases ÷ days × horizon",
    ),
    "number",
    _CUSTOMERS,
)
SPEND = Figure(
    "lifetime_spend",
    Text(ja="今後の購入金額の予測", en="Spend to come"),
    Text(
        ja="期間内に見込まれる購入金額の合計(返品を差し引いた後)",
        en="Spend expected within the horizon, after returns",
    ),
    Text(
        ja="購入回数の予測×1回あたり金額の予測(ガンマ・ガンマモデル)×返品されずに残った割合",
        en="purchases to come × expected amount of each (gamma-gamma) × the share that was not returned",
    ),
    "money",
    _CUSTOMERS,
)
MONTHS = Figure(
    "lifetime_months",
    Text(ja="今後の契約月数の予測", en="Months to come"),
    Text(
        ja="期間内に契約が続くと見込まれる月数の合計",
        en="Months for which contracts are expected to be paid within the horizon",
    ),
    Text(
        ja="sBGモデル(Fader・Hardie 2007)を月契約・年契約ごとに推定。保留した期間の実績で劣るときは、一定の解約率",
        en="sBG (Fader & Hardie 2007), monthly and yearly contracts apart; where it does not win on held-out time, a constant churn rate",
    ),
    "months",
    _CUSTOMERS,
)
REVENUE = Figure(
    "lifetime_revenue",
    Text(ja="今後の契約売上の予測", en="Contract revenue to come"),
    Text(
        ja="期間内に見込まれる契約売上の合計。現在のMRRが続くものとし、増減は含めない",
        en="Contract revenue expected within the horizon at the present MRR; upsell and downsell are not in it",
    ),
    Text(ja="現在のMRR×契約月数の予測", en="present MRR × months to come"),
    "money",
    _CUSTOMERS,
)
FIGURES: tuple[Figure, ...] = (
    TOTAL_ERROR,
    CORRELATION,
    MAE,
    RMSE,
    GAIN,
    PURCHASES,
    SPEND,
    MONTHS,
    REVENUE,
)

WHY: dict[str, Text] = {
    "few_customers": Text(ja="顧客が少なすぎます", en="too few customers"),
    "few_repeats": Text(ja="再購入した顧客が少なすぎます", en="too few customers came back"),
    "all_alike": Text(ja="すべての顧客の履歴が同じです", en="all customers are alike"),
    "few_periods": Text(
        ja="更新時期を2回以上迎えた契約がありません", en="no contract has come to a second renewal"
    ),
    "no_losses": Text(ja="解約がまだありません", en="nobody has left yet"),
    "all_lost": Text(ja="更新した顧客がいません", en="nobody has renewed"),
    "not_checked": Text(
        ja="過去の時点からの検証ができません(履歴または顧客が少ない)",
        en="it cannot be checked on held-out time: too short a history or too few customers",
    ),
    "not_best": Text(
        ja="検証で誤差がより小さい方法があったため、そちらを使っています",
        en="another way had the smaller error on held-out time and is used",
    ),
    "not_better": Text(
        ja="検証で単純な予測を上回らなかったため、使っていません",
        en="it did not beat the plain figure on held-out time and is not used",
    ),
}
"""Why there is no model, or why it is not used."""
