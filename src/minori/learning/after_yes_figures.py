"""Figures of what comes after a yes: every number that ``minori after-yes`` shows, with what it means."""

from minori.core.figure import Figure
from minori.core.text import Text

_YES = Text(ja="ご承諾いただいたご提案", en="proposals that were accepted")
_LOT = Text(ja="抽選された顧客(提案群と非接触群)", en="customers drawn, both arms together")
_BY_LOT = Text(
    ja="抽選で決まった最初の群で比べる(ご承諾の有無は問わない)。提案群の平均−非接触群の平均、90％区間は正規近似",
    en="By the arm of the customer's first lot, whether or not they said yes: mean of those proposed to less mean of those "
    "held out, 90 % normal interval",
)
_CHANGE = Text(
    ja="後の値−前の値の平均。同じ顧客はまとめて扱い、90％区間は正規近似",
    en="Mean of after less before; one customer's taken together, 90 % normal interval",
)

USED = Figure(
    "after_yes_used",
    Text(ja="購入したものの利用", en="Use of what was bought"),
    Text(
        ja="ご承諾から6か月以内に、新しく契約した商品や機能が使われた割合",
        en="Share in which what was newly contracted was used within six months of the yes",
    ),
    Text(
        ja="新しい契約の商品・機能と同じ名前の利用履歴がある件数÷件数(誰も使った記録のないものは不明)。Jeffreysの90％区間",
        en="Those with an event of the new contract's product or feature ÷ all; unknown where nobody ever made such an event; "
        "Jeffreys' 90 % interval",
    ),
    "share",
    _YES,
    observational=True,
)
REDUCED = Figure(
    "after_yes_reduced",
    Text(ja="6か月以内の減額", en="Reduced within six months"),
    Text(
        ja="ご承諾から6か月以内にダウンセルまたは解約があった割合",
        en="Share with a downsell or churn within six months of the yes",
    ),
    Text(
        ja="該当件数÷6か月たった件数。Jeffreysの90％区間",
        en="Such yeses ÷ yeses six months old; Jeffreys' 90 % interval",
    ),
    "share",
    _YES,
    observational=True,
)
HEALTH = Figure(
    "after_yes_health",
    Text(ja="ヘルススコアの変化", en="Change of health"),
    Text(
        ja="ご承諾の日から60日後までのヘルススコアの変化",
        en="Health 60 days after the yes less health on its day",
    ),
    _CHANGE,
    "points",
    _YES,
    observational=True,
)
NPS = Figure(
    "after_yes_nps",
    Text(ja="NPS回答の変化", en="Change of NPS answers"),
    Text(
        ja="ご承諾の前後6か月のNPS回答(0–10)の平均の変化",
        en="Mean NPS answer (0-10) in the six months after the yes less that before",
    ),
    _CHANGE,
    "number",
    _YES,
    observational=True,
)
REDUCED_BY_LOT = Figure(
    "after_yes_reduced_by_lot",
    Text(ja="減額への効果", en="Effect on reductions"),
    Text(
        ja="抽選日から6か月以内にダウンセルまたは解約があった割合の差(提案群−非接触群)",
        en="Share with a downsell or churn within six months of the lot, proposed to less held out",
    ),
    _BY_LOT,
    "share",
    _LOT,
)
HEALTH_BY_LOT = Figure(
    "after_yes_health_by_lot",
    Text(ja="ヘルススコアへの効果", en="Effect on health"),
    Text(
        ja="抽選日から60日後までのヘルススコアの変化の差(提案群−非接触群)",
        en="Change of health in the 60 days after the lot, proposed to less held out",
    ),
    _BY_LOT,
    "points",
    _LOT,
)
NPS_BY_LOT = Figure(
    "after_yes_nps_by_lot",
    Text(ja="NPS回答への効果", en="Effect on NPS answers"),
    Text(
        ja="抽選日の前後6か月のNPS回答の変化の差(提案群−非接触群)",
        en="Change of NPS answers around the lot, proposed to less held out",
    ),
    _BY_LOT,
    "number",
    _LOT,
)

FIGURES: tuple[Figure, ...] = (USED, REDUCED, HEALTH, NPS, REDUCED_BY_LOT, HEALTH_BY_LOT, NPS_BY_LOT)
