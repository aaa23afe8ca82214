"""The figures of what a customer is worth: LTV by its three formulas, what it cost, and what moved it."""

from minori.core.figure import Figure
from minori.core.text import Text

CUSTOMERS = Text(ja="期間中にいた顧客", en="customers there within the period")
_WON = Text(ja="期間中に獲得した顧客", en="customers won within the period")
_INTERVAL = Text(
    ja="区間は離脱数のポアソン分布による90％区間(価格と頻度は実績)",
    en="The interval is the exact 90 % one of the number of losses; price and frequency are as seen",
)


def _money(name: str, label: Text, means: Text, computed: Text, counts: Text = CUSTOMERS) -> Figure:
    return Figure(name, label, means, computed, "money", counts)


PRICE = _money(
    "value_price",
    Text(ja="価格(契約は月額、注文は1件あたり)", en="Price (a month, or an order)"),
    Text(
        ja="1顧客が1回に支払う金額。契約は平均の月額、注文は返品控除後の1件あたり",
        en="What a customer pays at a time: a month of contract, or an order net of returns",
    ),
    Text(
        ja="契約: 期間中の各日のMRRの合計÷顧客のいた日数。注文: 注文金額(返品控除後)÷金額の分かる注文数",
        en="Contracts: MRR summed over the days ÷ days customers were there. Orders: amounts net of returns ÷ orders with an amount",
    ),
)
FREQUENCY = Figure(
    "value_frequency",
    Text(ja="頻度(年あたり)", en="Frequency (a year)"),
    Text(ja="1顧客が1年に支払う回数", en="How often a customer pays within a year"),
    Text(
        ja="契約: 12。注文: 注文数÷購入中の顧客のいた年数",
        en="Contracts: 12. Orders: orders ÷ customer-years of active customers",
    ),
    "number",
    CUSTOMERS,
)
DURATION = Figure(
    "value_duration",
    Text(ja="継続期間", en="Duration"),
    Text(ja="顧客でいると見込まれる月数", en="Months for which a customer is expected to stay"),
    Text(
        ja="顧客のいた月数÷離脱数(まだ続いている顧客はいた日数だけ数える)。離脱率が年齢によらず続くとした見込みで、"
        f"観測した期間より先は外挿。{_INTERVAL.ja}",
        en="Customer-months ÷ losses; who is still there counts for the days seen. Takes churn to go on alike at every age, "
        f"beyond what was seen. {_INTERVAL.en}",
    ),
    "months",
    CUSTOMERS,
)
CHURN = Figure(
    "value_churn",
    Text(ja="月次離脱率", en="Monthly churn"),
    Text(
        ja="1か月に離れる顧客の割合。注文では「離脱とみなす日数」の間ご注文のない顧客",
        en="Share of customers who leave within a month; with orders: none for the days of silence",
    ),
    Text(
        ja="離脱数÷顧客のいた月数。最終日前の更新猶予日数は、遅れた更新かもしれないため数えない",
        en="Losses ÷ customer-months; the renewal grace before the last day is left out, as a loss there may be a late renewal",
    ),
    "share",
    CUSTOMERS,
)
SILENCE = Figure(
    "value_silence",
    Text(ja="離脱とみなす日数", en="Days of silence"),
    Text(
        ja="ご注文がこの日数ない顧客を離脱とみなす",
        en="After so many days without an order a customer is lost",
    ),
    Text(
        ja="再注文までの日数の95パーセンタイル(30〜365日の範囲)",
        en="95th percentile of the days between two orders, at least 30 and at most 365",
    ),
    "days",
    CUSTOMERS,
)
MARGIN = Figure(
    "value_margin",
    Text(ja="粗利率", en="Gross margin"),
    Text(ja="売上のうち粗利の割合", en="Share of revenue that is gross margin"),
    Text(
        ja="カタログの商品別粗利率を売上で加重(商品になければ全体の値、それもなければ0.8と仮定)",
        en="The catalogue's margin of each product, weighed by revenue; else the catalogue's own, else 0.8 is assumed",
    ),
    "share",
    CUSTOMERS,
)
LTV = _money(
    "value_ltv",
    Text(ja="LTV", en="LTV"),
    Text(ja="1顧客から生涯に得る売上", en="Revenue from a customer over its time"),
    Text(ja=f"価格×頻度×継続期間。{_INTERVAL.ja}", en=f"price × frequency × duration. {_INTERVAL.en}"),
)
LTV_MARGIN = _money(
    "value_ltv_margin",
    Text(ja="LTV(粗利)", en="LTV × gross margin"),
    Text(ja="1顧客から生涯に得る粗利", en="Gross margin from a customer over its time"),
    Text(
        ja=f"価格×頻度×継続期間×粗利率。{_INTERVAL.ja}",
        en=f"price × frequency × duration × gross margin. {_INTERVAL.en}",
    ),
)
LTV_NET = _money(
    "value_ltv_net",
    Text(ja="LTV(粗利−獲得・維持コスト)", en="LTV × gross margin − costs"),
    Text(
        ja="獲得と維持にかかるコストを引いて残る粗利",
        en="What is left of it after winning and keeping the customer",
    ),
    Text(
        ja=f"LTV(粗利)−(獲得コスト+維持コスト(年)×継続期間)。コストがなければ「コスト不明」。{_INTERVAL.ja}",
        en="LTV × gross margin − (acquisition cost + yearly retention cost × duration); 'cost unknown' where absent. "
        f"{_INTERVAL.en}",
    ),
)
CAC = _money(
    "value_cac",
    Text(ja="獲得コスト(CAC)", en="Cost of winning (CAC)"),
    Text(ja="新規顧客1件の獲得にかかったコスト", en="What it cost to win a customer"),
    Text(
        ja="期間中の獲得コスト(獲得に至らなかった分も含む)÷期間中に獲得した顧客数",
        en="Acquisition costs spent in the period, also in vain ÷ customers won in it",
    ),
    _WON,
)
KEEP = _money(
    "value_keep",
    Text(ja="維持コスト(年)", en="Cost of keeping, a year"),
    Text(ja="顧客1件を1年維持するコスト", en="What it costs to keep a customer for a year"),
    Text(ja="期間中の維持コスト÷顧客のいた年数", en="Retention costs spent in the period ÷ customer-years"),
)
TO_CAC = Figure(
    "value_ltv_to_cac",
    Text(ja="LTV÷CAC", en="LTV / CAC"),
    Text(
        ja="獲得コストの何倍の粗利を生涯に得るか。目安は3倍",
        en="How many times its cost a customer brings back; the mark is 3",
    ),
    Text(ja=f"LTV(粗利)÷獲得コスト。{_INTERVAL.ja}", en=f"LTV × gross margin ÷ CAC. {_INTERVAL.en}"),
    "ratio",
    _WON,
)
PAYBACK = Figure(
    "value_payback",
    Text(ja="回収期間", en="Payback"),
    Text(ja="獲得コストを粗利で回収するまでの月数", en="Months until the gross margin has paid for the cost"),
    Text(ja="獲得コスト÷(価格×頻度÷12×粗利率)", en="CAC ÷ (price × frequency ÷ 12 × gross margin)"),
    "months",
    _WON,
)

CHANGE = _money(
    "value_change",
    Text(ja="LTVの変化", en="Change of LTV"),
    Text(ja="前の期間からのLTVの差", en="LTV of this period less that of the period before"),
    Text(
        ja="LTV−前の期間のLTV。区間は両期間の区間から(MOVER法)",
        en="LTV less LTV before; its interval is made from both (MOVER)",
    ),
)
_PART = Text(
    ja="3つの要素を1つずつ動かす全6通りの順序の平均(シャープレイ値)。3つの合計はLTVの変化と最後の桁まで一致する",
    en="Mean over the six orders of changing one factor after another (Shapley); the three add up to the change to the last digit",
)
BY_PRICE = _money(
    "value_change_by_price",
    Text(ja="うち価格", en="by price"),
    Text(ja="LTVの変化のうち、価格によるもの", en="The part of the change that is due to price"),
    _PART,
)
BY_FREQUENCY = _money(
    "value_change_by_frequency",
    Text(ja="うち頻度", en="by frequency"),
    Text(ja="LTVの変化のうち、頻度によるもの", en="The part of the change that is due to frequency"),
    _PART,
)
BY_DURATION = _money(
    "value_change_by_duration",
    Text(ja="うち継続期間", en="by duration"),
    Text(ja="LTVの変化のうち、継続期間によるもの", en="The part of the change that is due to duration"),
    _PART,
)

WORTH = (
    PRICE,
    FREQUENCY,
    DURATION,
    CHURN,
    SILENCE,
    MARGIN,
    LTV,
    LTV_MARGIN,
    LTV_NET,
    CAC,
    KEEP,
    TO_CAC,
    PAYBACK,
)
PARTS = (BY_PRICE, BY_FREQUENCY, BY_DURATION)
FIGURES: tuple[Figure, ...] = (*WORTH, CHANGE, *PARTS)
