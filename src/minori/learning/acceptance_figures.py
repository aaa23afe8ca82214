"""Figures of what is learned: every number that ``minori learn`` shows, with what it means."""

from collections.abc import Mapping
from typing import Any

from minori.core.figure import NOT_ENOUGH, Figure, Reading
from minori.core.text import Text
from minori.learning.weights import Weighed
from minori.stats.interval import Interval
from minori.stats.reading import read
from minori.stats.validation import Validation

_FORECASTS = Text(
    ja="回答より前に出した予測(時間の順に検証した提案)",
    en="proposals forecast before their answer, in time order",
)
_POINTS = Text(
    ja="期間の重ならない過去の時点の顧客(時間の順に検証)",
    en="customers at past points that do not overlap, judged in time order",
)
_WINDOWS = Text(
    ja="各期間の予測は、それより前に分かっていた回答だけで学習",
    en="each window is forecast by a model that knew only the answers known before it",
)

LOG_LOSS = Figure(
    "acceptance_log_loss",
    Text(ja="対数損失", en="Log-loss"),
    Text(ja="承諾見込みの外れの大きさ。小さいほどよい", en="How far chances miss; smaller is better"),
    Text(
        ja=f"−ln(起きた結果に付けた確率)の平均。{_WINDOWS.ja}",
        en=f"mean of −ln(chance given to what came); {_WINDOWS.en}",
    ),
    "number",
    _FORECASTS,
)
BRIER = Figure(
    "acceptance_brier",
    Text(ja="ブライアスコア", en="Brier score"),
    Text(
        ja="承諾見込みと結果の差の二乗の平均。小さいほどよい",
        en="Mean squared miss of the chances; smaller is better",
    ),
    Text(ja=f"(見込み−結果)²の平均。{_WINDOWS.ja}", en=f"mean of (chance − answer)²; {_WINDOWS.en}"),
    "number",
    _FORECASTS,
)
BRIER_OF_BASE = Figure(
    "acceptance_brier_of_base",
    Text(ja="全体の承諾率だけのブライアスコア", en="Brier score of the base rate"),
    Text(
        ja="全員に同じ承諾率を付けた場合。これより小さくなければ学習の意味がありません",
        en="Of giving everybody the rate; a model must be below it",
    ),
    Text(
        ja="各期間より前に分かっていた承諾率を全員に付ける",
        en="the rate known before each window, for everybody",
    ),
    "number",
    _FORECASTS,
)
ECE = Figure(
    "acceptance_calibration_error",
    Text(ja="較正誤差(ECE)", en="Calibration error (ECE)"),
    Text(ja="見込みと実績の割合のずれの平均", en="Mean gap between chances and the shares that came"),
    Text(
        ja="見込みの順に等分した各組の|見込み−実績|を件数で平均",
        en="|predicted − observed| per group of similar chance, weighted by rows",
    ),
    "share",
    _FORECASTS,
)
AUC = Figure(
    "acceptance_auc",
    Text(ja="見分ける力(AUC)", en="Discrimination (AUC)"),
    Text(
        ja="承諾された提案の見込みが、されなかった提案より高い確率。0.5は偶然と同じ",
        en="Chance that an accepted proposal had the higher chance than one that was not; 0.5 is chance",
    ),
    Text(ja="DeLongの90％区間。全期間をまとめて計算", en="all windows together, DeLong's 90 % interval"),
    "number",
    _FORECASTS,
)
OBSERVED_TO_EXPECTED = Figure(
    "acceptance_observed_over_expected",
    Text(ja="実績÷見込み", en="Observed ÷ expected"),
    Text(ja="1なら見込みどおり", en="1: as many said yes as expected"),
    Text(ja="承諾の件数÷見込みの合計", en="accepted ÷ sum of chances"),
    "ratio",
    _FORECASTS,
)
HAND_AUC = Figure(
    "weights_hand_auc",
    Text(ja="いまのスコアの見分ける力(AUC)", en="AUC of the score in use"),
    Text(ja="いまのヘルススコアが結果を見分ける力", en="How well the score in use tells who"),
    Text(ja="傾き1つで確率にし、時間の順に検証", en="made a chance by one slope, judged in time order"),
    "number",
    _POINTS,
    observational=True,
)
LEARNED_AUC = Figure(
    "weights_learned_auc",
    Text(ja="学習した重みの見分ける力(AUC)", en="AUC of the learned weights"),
    Text(ja="学習した重みのスコアが結果を見分ける力", en="How well the score with learned weights tells who"),
    Text(
        ja="WoEの区間→符号付きリッジ→整数の点。前の期間で学習し次の期間で検証",
        en="WoE bins → ridge with signs → whole points; learned on earlier windows, judged on later ones",
    ),
    "number",
    _POINTS,
    observational=True,
)
GAIN = Figure(
    "weights_log_loss_difference",
    Text(ja="対数損失の差(学習−いま)", en="Difference of log-loss (learned − in use)"),
    Text(ja="0より小さければ学習した重みのほうがよい", en="Below 0: the learned weights are better"),
    Text(
        ja="同じ顧客ごとの差の平均、正規近似の90％区間",
        en="mean of the differences per point, normal 90 % interval",
    ),
    "number",
    _POINTS,
    observational=True,
)
FIGURES = (LOG_LOSS, BRIER, BRIER_OF_BASE, ECE, AUC, OBSERVED_TO_EXPECTED, HAND_AUC, LEARNED_AUC, GAIN)


def readings_of(validation: Validation | None) -> list[Reading]:
    """Return what forecasts in time order were worth; without them every value is missing."""
    return readings_of_kept(validation.as_object() if validation else None)


def readings_of_kept(checked: Mapping[str, Any] | None) -> list[Reading]:
    """Return the same of a validation as plain data, as it is kept in the lake."""
    if checked is None:
        return [read(figure, None, 0) for figure in FIGURES[:6]]
    values = {
        LOG_LOSS: checked["log_loss"],
        BRIER: checked["brier"],
        BRIER_OF_BASE: checked["brier_of_base"],
        ECE: checked["ece"],
        AUC: Interval(*checked["auc"]) if checked["auc"] else None,
        OBSERVED_TO_EXPECTED: checked["observed_to_expected"],
    }
    return [read(figure, value, checked["rows"]) for figure, value in values.items()]


def readings_of_weights(weighed: Weighed) -> list[Reading]:
    """Return the comparison of the learned score with the one in use."""
    compared = weighed.compared
    if compared is None:
        return [
            Reading(figure, None, weighed.rows, missing=NOT_ENOUGH)
            for figure in (HAND_AUC, LEARNED_AUC, GAIN)
        ]
    hand, learned, gap = compared.hand_auc, compared.learned_auc, compared.difference
    return [
        Reading(HAND_AUC, hand.middle, compared.rows, hand.low, hand.high),
        Reading(LEARNED_AUC, learned.middle, compared.rows, learned.low, learned.high),
        Reading(GAIN, gap.mean, compared.rows, gap.low, gap.high),
    ]
