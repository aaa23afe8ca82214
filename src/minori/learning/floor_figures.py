"""Figures of the ship floor of the score."""

from minori.core.figure import Figure
from minori.core.text import Text

_POINTS = Text(ja="凍結時点の顧客", en="customers at frozen dates")
_NOW = Text(ja="直近のスコアのある顧客", en="customers with a score now")

RED_OVER_BASE = Figure(
    "red_over_base",
    Text(ja="最下位帯の離脱(全体比)", en="Red over base"),
    Text(
        ja="最下位帯(対応が必要)の離脱率が全体の何倍か",
        en="How many times the base rate the lowest band is lost",
    ),
    Text(
        ja="最下位帯の離脱率÷全体の離脱率、対数のデルタ法による90％区間",
        en="share lost in red ÷ share lost of all; 90 % interval by the delta method in the logarithm",
    ),
    "ratio",
    _POINTS,
)
EARLY_WARNING = Figure(
    "early_warning",
    Text(ja="離脱の60～90日前の予兆", en="Warned 60 to 90 days before"),
    Text(
        ja="離脱した顧客のうち、60～90日前にすでに下位2帯だった割合",
        en="Of those lost, the share already below green 60 to 90 days before",
    ),
    Text(
        ja="月末ごとの帯による。1社(人)1回、Jeffreysの90％区間",
        en="by the band at month ends; each customer once; Jeffreys' 90 % interval",
    ),
    "share",
    Text(ja="離脱した顧客", en="customers lost"),
)
GREEN_SHARE = Figure(
    "green_share",
    Text(ja="上位2帯の割合", en="Green share"),
    Text(
        ja="全員が良好に見えるスコアは何も言っていない", en="A score by which everybody is well says nothing"
    ),
    Text(ja="上位2帯の顧客÷スコアのある顧客", en="customers in the upper two bands ÷ customers with a score"),
    "share",
    _NOW,
)
ONE_PART = Figure(
    "one_part",
    Text(ja="一つの項目で帯が変わる顧客", en="Moved by one part"),
    Text(
        ja="最も重い項目だけで、スコアが帯一つ分を超えて動きうる顧客の割合",
        en="Share of customers whose score the heaviest part alone could carry across a whole band",
    ),
    Text(
        ja="項目の重み÷分かっている重みの合計×点の幅 > 内側の最も狭い帯の幅",
        en="weight ÷ known weights × range of points > width of the narrowest inner band",
    ),
    "share",
    _NOW,
)
RED_CAPACITY = Figure(
    "red_capacity",
    Text(ja="最下位帯の人数(1週間の対応力比)", en="Red over a week's capacity"),
    Text(
        ja="最下位帯の顧客が、担当者が5営業日で対応できる数の何倍か(最も多い担当者)",
        en="Customers in red over what the owner can reach in five working days; the busiest owner",
    ),
    Text(
        ja="担当者ごとの最下位帯の顧客÷(5×1日の提案数)の最大",
        en="largest of: customers in red ÷ (5 × proposals a day), per owner",
    ),
    "ratio",
    _NOW,
)
FIGURES: tuple[Figure, ...] = (RED_OVER_BASE, EARLY_WARNING, GREEN_SHARE, ONE_PART, RED_CAPACITY)

NEEDS: dict[str, Text] = {
    "red_over_base": Text(ja="3倍以上", en="at least 3 ×"),
    "early_warning": Text(ja="3分の2以上", en="at least two thirds"),
    "green_share": Text(ja="80％以下", en="at most 80 %"),
    "one_part": Text(ja="なし", en="none"),
    "red_capacity": Text(ja="1以下", en="at most 1"),
}
"""What each criterion asks for."""
