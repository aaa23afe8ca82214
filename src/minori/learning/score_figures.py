"""Figures of the truth of the score: every number that ``minori calibration`` shows, with what it means."""

from minori.core.figure import Figure
from minori.core.text import Text

_POINTS = Text(
    ja="凍結時点の顧客(期間の重ならない時点ごとに1件)", en="customers at frozen dates, one per window"
)
_LOST = Text(ja="離脱した顧客", en="customers lost")
_GAINED = Text(ja="拡大した顧客", en="customers that expanded")
_AT_HORIZON = Text(
    ja="猶予期間の終わりから追跡期間内に起きた割合(Aalen–Johansen)。区間は有効標本数によるJeffreysの90％区間",
    en="share to whom it happened within the horizon after the embargo (Aalen–Johansen); Jeffreys' 90 % interval at "
    "the effective sample",
)

LOST = Figure(
    "lost",
    Text(ja="離脱率", en="Lost"),
    Text(
        ja="追跡期間内に離脱した割合。離脱とは解約、契約のないお店では期間内にご注文がないこと",
        en="Share lost within the horizon: churned, or for a shop without contracts not ordered within it",
    ),
    _AT_HORIZON,
    "share",
    _POINTS,
    observational=True,
)
GAINED = Figure(
    "gained",
    Text(ja="拡大率", en="Expanded"),
    Text(
        ja="追跡期間内にアップセル・クロスセルがあった割合。契約のないお店では再びご注文があった割合",
        en="Share with an upsell or cross-sell within the horizon; for a shop without contracts: ordered again",
    ),
    _AT_HORIZON,
    "share",
    _POINTS,
    observational=True,
)
PREDICTED = Figure(
    "predicted_lost",
    Text(ja="予測した離脱率", en="Predicted lost"),
    Text(ja="health.yamlの月ごとの解約率が言う離脱率", en="What the monthly chances in health.yaml say"),
    Text(
        ja="1−(1−月次解約率)^(追跡日数÷30.44)を帯ごとに求め、件数で平均",
        en="1 − (1 − monthly chance)^(days ÷ 30.44) per band, averaged by customers",
    ),
    "share",
    _POINTS,
)
OBSERVED_OVER_PREDICTED = Figure(
    "observed_over_predicted",
    Text(ja="実績÷予測", en="Observed ÷ predicted"),
    Text(
        ja="1なら予測どおり、1より大きければ予測より多く離脱",
        en="1: as predicted; above 1: more were lost than said",
    ),
    Text(ja="離脱率÷予測した離脱率。区間も同じ割り算", en="lost ÷ predicted, the interval divided likewise"),
    "ratio",
    _POINTS,
)
BAD_PRECISION = Figure(
    "bad_precision",
    Text(ja="下位2帯の離脱率(適合率)", en="Of the lower two bands, lost (precision)"),
    Text(
        ja="下位2帯(注意・対応が必要)のうち離脱した割合。「下位の50％が解約」の第一の読み方",
        en='Of the lower two bands, the share lost; the first reading of "50 % of the bad two churn"',
    ),
    _AT_HORIZON,
    "share",
    _POINTS,
)
BAD_RECALL = Figure(
    "bad_recall",
    Text(ja="離脱のうち下位2帯だった割合(再現率)", en="Of those lost, in the lower two bands (recall)"),
    Text(
        ja="離脱した顧客のうち、事前に下位2帯だった割合。第二の読み方",
        en="Of those lost, the share that was in the lower two bands before; the second reading",
    ),
    Text(
        ja="下位2帯の離脱÷帯の分かる全離脱、Jeffreysの90％区間",
        en="lost in the lower bands ÷ lost with a known band; Jeffreys' 90 % interval",
    ),
    "share",
    _LOST,
)
BAD_LIFT = Figure(
    "bad_lift",
    Text(ja="下位2帯の離脱リフト", en="Lift of the lower two bands"),
    Text(ja="下位2帯の離脱率が全体の何倍か", en="How many times the base rate the lower two bands are lost"),
    Text(
        ja="下位2帯の離脱率÷全体の離脱率、対数のデルタ法による90％区間",
        en="precision ÷ base; 90 % interval by the delta method in the logarithm",
    ),
    "ratio",
    _POINTS,
)
GOOD_PRECISION = Figure(
    "good_precision",
    Text(ja="上位2帯の拡大率(適合率)", en="Of the upper two bands, expanded (precision)"),
    Text(
        ja="上位2帯(極めて良好・概ね健全)のうち拡大した割合。「上位の70％が拡大」の第一の読み方",
        en='Of the upper two bands, the share that expanded; the first reading of "70 % of the good two expand"',
    ),
    _AT_HORIZON,
    "share",
    _POINTS,
)
GOOD_RECALL = Figure(
    "good_recall",
    Text(
        ja="拡大のうち上位2帯だった割合(再現率)", en="Of those that expanded, in the upper two bands (recall)"
    ),
    Text(
        ja="拡大した顧客のうち、事前に上位2帯だった割合。第二の読み方",
        en="Of those that expanded, the share that was in the upper two bands before; the second reading",
    ),
    Text(
        ja="上位2帯の拡大÷帯の分かる全拡大、Jeffreysの90％区間",
        en="expanded in the upper bands ÷ expanded with a known band; Jeffreys' 90 % interval",
    ),
    "share",
    _GAINED,
)
GOOD_LIFT = Figure(
    "good_lift",
    Text(ja="上位2帯の拡大リフト", en="Lift of the upper two bands"),
    Text(ja="上位2帯の拡大率が全体の何倍か", en="How many times the base rate the upper two bands expand"),
    Text(
        ja="上位2帯の拡大率÷全体の拡大率、対数のデルタ法による90％区間",
        en="precision ÷ base; 90 % interval by the delta method in the logarithm",
    ),
    "ratio",
    _POINTS,
)
_ORDER = Text(
    ja="Cochran–Armitageの傾向検定(片側)。小さいほど順序は確か",
    en="Cochran–Armitage trend test, one-sided; the smaller, the surer the order",
)
LOST_ORDER = Figure(
    "lost_order",
    Text(ja="帯の順序(離脱)のp値", en="Order of bands by loss, p"),
    Text(
        ja="帯が下がるほど離脱が増えるのでなければ、これほどの順序が出る確率",
        en="Chance of so clear a rise of loss from band to band if there were none",
    ),
    _ORDER,
    "number",
    _POINTS,
)
GAINED_ORDER = Figure(
    "gained_order",
    Text(ja="帯の順序(拡大)のp値", en="Order of bands by expansion, p"),
    Text(
        ja="帯が上がるほど拡大が増えるのでなければ、これほどの順序が出る確率",
        en="Chance of so clear a rise of expansion from band to band if there were none",
    ),
    _ORDER,
    "number",
    _POINTS,
)
AUC = Figure(
    "lost_auc",
    Text(ja="離脱のAUC", en="AUC of loss"),
    Text(
        ja="離脱した顧客のスコアが、残った顧客より低かった確率。0.5は見分けられないこと",
        en="Chance that one who was lost had a lower score than one who stayed; 0.5: no telling them apart",
    ),
    Text(
        ja="順位による。区間はDeLong(ロジット)の90％区間", en="by ranks; DeLong's 90 % interval in the logit"
    ),
    "number",
    _POINTS,
)
BRIER = Figure(
    "lost_brier",
    Text(ja="予測のBrierスコア", en="Brier score of the prediction"),
    Text(
        ja="予測の二乗誤差の平均。小さいほど良い",
        en="Mean squared error of the prediction; smaller is better",
    ),
    Text(ja="帯ごとの予測と実際(0・1)との差の二乗の平均", en="mean of (predicted per band − 0 or 1)²"),
    "number",
    _POINTS,
)
BRIER_BASE = Figure(
    "lost_brier_base",
    Text(ja="全体の率だけによるBrierスコア", en="Brier score of the base rate"),
    Text(
        ja="全員に平均の率を当てた場合。予測はこれより小さくなければ役に立たない",
        en="If everybody were given the base rate; a prediction that does not beat it is of no use",
    ),
    Text(ja="離脱率×(1−離脱率)", en="share × (1 − share)"),
    "number",
    _POINTS,
)
STAYED = Figure(
    "stayed",
    Text(ja="帯が変わらなかった割合", en="Stayed in their band"),
    Text(
        ja="ある時点から次の時点まで同じ帯にいた割合", en="Share in the same band at one date and at the next"
    ),
    Text(ja="移動表の対角の合計÷全件", en="diagonal of the migration table ÷ all"),
    "share",
    _POINTS,
)
FIGURES: tuple[Figure, ...] = (
    LOST,
    GAINED,
    PREDICTED,
    OBSERVED_OVER_PREDICTED,
    BAD_PRECISION,
    BAD_RECALL,
    BAD_LIFT,
    GOOD_PRECISION,
    GOOD_RECALL,
    GOOD_LIFT,
    LOST_ORDER,
    GAINED_ORDER,
    AUC,
    BRIER,
    BRIER_BASE,
    STAYED,
)
