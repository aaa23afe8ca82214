"""The figures of contract revenue: what each means and how it is computed."""

from dataclasses import dataclass

from minori.core.figure import Figure
from minori.core.text import Text

CUSTOMERS = Text(ja="顧客", en="customers")


@dataclass(frozen=True)
class Marks:
    """Two marks to read a figure by, and what lies below, between and above them."""

    low: float
    high: float
    below: Text
    between: Text
    above: Text

    def of(self, value: float) -> Text:
        """Return what the value means; a value at a mark has reached it."""
        return self.below if value < self.low else self.between if value < self.high else self.above


NRR = Figure(
    "nrr",
    Text(ja="NRR(売上継続率)", en="NRR (net revenue retention)"),
    Text(
        ja="期首の顧客からのMRRが、解約・縮小と追加購入を合わせて何割になったか",
        en="What became of the MRR of the customers at the start, losses and expansions together",
    ),
    Text(
        ja="(期首MRR+アップセル+クロスセル−解約−ダウンセル)÷期首MRR。再開は含めない(設定で変更可)",
        en="(opening MRR + upsell + cross-sell − churn − downsell) ÷ opening MRR; reactivation apart unless set otherwise",
    ),
    "share",
    CUSTOMERS,
)
GRR = Figure(
    "grr",
    Text(ja="GRR(売上維持率)", en="GRR (gross revenue retention)"),
    Text(
        ja="追加購入を除き、期首のMRRがどれだけ残ったか",
        en="How much of the opening MRR is left, expansions aside",
    ),
    Text(
        ja="(期首MRR−解約−ダウンセル)÷期首MRR",
        en="(opening MRR − churn − downsell) ÷ opening MRR",
    ),
    "share",
    CUSTOMERS,
)
GROSS_MRR_CHURN = Figure(
    "gross_mrr_churn",
    Text(ja="MRR解約率(グロス)", en="Gross MRR churn"),
    Text(ja="期首のMRRのうち、失った割合", en="The share of the opening MRR that was lost"),
    Text(ja="(解約+ダウンセル)÷期首MRR", en="(churn + downsell) ÷ opening MRR"),
    "share",
    CUSTOMERS,
)
QUICK_RATIO = Figure(
    "quick_ratio",
    Text(ja="クイックレシオ", en="Quick ratio"),
    Text(ja="失ったMRRの何倍のMRRを得たか", en="How many times the lost MRR was gained"),
    Text(
        ja="(新規+アップセル+クロスセル+再開)÷(解約+ダウンセル)",
        en="(new + upsell + cross-sell + reactivation) ÷ (churn + downsell)",
    ),
    "ratio",
    CUSTOMERS,
)
LOGO_CHURN = Figure(
    "logo_churn",
    Text(ja="顧客解約率", en="Logo churn"),
    Text(
        ja="期首の顧客のうち、すべてを解約した割合",
        en="The share of the customers at the start who left altogether",
    ),
    Text(ja="期間中に解約した期首の顧客数÷期首の顧客数", en="customers lost ÷ customers at the start"),
    "share",
    CUSTOMERS,
)
ARPA = Figure(
    "arpa",
    Text(ja="ARPA(1顧客あたりMRR)", en="ARPA (MRR per customer)"),
    Text(ja="期末の顧客1社あたりの月額", en="Monthly revenue per customer at the end"),
    Text(ja="期末MRR÷期末の顧客数", en="closing MRR ÷ customers at the end"),
    "money",
    CUSTOMERS,
)
PRODUCTS = Figure(
    "products_per_customer",
    Text(ja="1顧客あたり商品数", en="Products per customer"),
    Text(ja="期末に有料で利用中の商品の数", en="Products paid for at the end"),
    Text(ja="顧客ごとの有料商品数の合計÷期末の顧客数", en="products paid for ÷ customers at the end"),
    "number",
    CUSTOMERS,
)
EXISTING = Figure(
    "existing_share",
    Text(ja="既存顧客の売上比率", en="Revenue from existing customers"),
    Text(
        ja="期末MRRのうち、期首からの顧客によるもの",
        en="The share of closing MRR from customers of the start",
    ),
    Text(ja="期首の顧客の期末MRR÷期末MRR", en="closing MRR of the customers at the start ÷ closing MRR"),
    "share",
    CUSTOMERS,
)
UPSELL_RATE = Figure(
    "upsell_rate",
    Text(ja="アップセル率", en="Upsell rate"),
    Text(ja="期間中にアップセルに至った顧客の割合", en="Customers who bought more of what they hold, of all"),
    Text(
        ja="アップセルの成立÷期間中の全顧客。成立は顧客数(設定により件数)で数える",
        en="successes ÷ all customers of the period; a customer counts once, or each success if set so",
    ),
    "share",
    CUSTOMERS,
)
CROSS_SELL_RATE = Figure(
    "cross_sell_rate",
    Text(ja="クロスセル率", en="Cross-sell rate"),
    Text(
        ja="期間中に別の商品を追加した顧客の割合",
        en="Customers who added a product they did not hold, of all",
    ),
    Text(
        ja="クロスセルの成立÷期間中の全顧客。オプションの扱いはカタログの設定による",
        en="successes ÷ all customers of the period; whether options count is the catalogue's setting",
    ),
    "share",
    CUSTOMERS,
)
TRIAL_UPGRADE = Figure(
    "trial_upgrade",
    Text(ja="トライアルからの有料化率", en="Trial to upgrade"),
    Text(
        ja="終了したトライアルのうち、契約に至った割合", en="The share of ended trials that became a contract"
    ),
    Text(
        ja="終了後、更新猶予日数以内に有料契約が始まったトライアル÷終了したトライアル(猶予日数を過ぎたもの)",
        en="trials followed by a paid contract within the renewal grace ÷ trials ended that long ago",
    ),
    "share",
    Text(ja="トライアル", en="trials"),
)
FREE_TO_PAID = Figure(
    "free_to_paid",
    Text(ja="無料からの有料化率", en="Free to paid"),
    Text(
        ja="期首に無料プランだった顧客が有料になった割合",
        en="Customers on a free plan at the start who began to pay",
    ),
    Text(
        ja="期間中に有料契約を始めた顧客÷期首に無料のみの顧客",
        en="those who began to pay ÷ those only on free plans",
    ),
    "share",
    CUSTOMERS,
)
PAID_TO_OPTION = Figure(
    "paid_to_option",
    Text(ja="有料顧客のオプション追加率", en="Paid to option"),
    Text(
        ja="期首にオプションのない有料顧客が追加した割合",
        en="Payers without an option at the start who took one",
    ),
    Text(
        ja="期間中にオプションを始めた顧客÷期首にオプションのない有料顧客",
        en="those who took one ÷ payers without",
    ),
    "share",
    CUSTOMERS,
)
TIER_SHARE = Figure(
    "tier_share",
    Text(ja="プラン選択比率", en="Share choosing each tier"),
    Text(
        ja="期間中にプランを選んだ顧客のうち、各プランの割合",
        en="Of those who chose a plan, the share of each",
    ),
    Text(
        ja="そのプランを始めた顧客÷いずれかのプランを始めた顧客(同じプランの更新は除く)",
        en="customers who began the plan ÷ customers who began any plan of the product; renewals are no choice",
    ),
    "share",
    CUSTOMERS,
)

RATIOS = (
    NRR,
    GRR,
    GROSS_MRR_CHURN,
    QUICK_RATIO,
    LOGO_CHURN,
    ARPA,
    PRODUCTS,
    EXISTING,
    UPSELL_RATE,
    CROSS_SELL_RATE,
)
"""Figures whose terms stand in the table ``term``."""
CONVERSIONS = (TRIAL_UPGRADE, FREE_TO_PAID, PAID_TO_OPTION)
FIGURES: tuple[Figure, ...] = (*RATIOS, *CONVERSIONS, TIER_SHARE)

MARKS = {
    NRR.id: Marks(
        1.0,
        1.2,
        Text(
            ja="100%未満: 既存顧客の売上が減っています",
            en="under 100 %: revenue from existing customers shrinks",
        ),
        Text(
            ja="100%以上: 既存顧客だけで売上を維持しています",
            en="100 % or more: existing customers keep revenue up",
        ),
        Text(ja="120%以上: 非常に高い水準です", en="120 % or more: excellent"),
    ),
    UPSELL_RATE.id: Marks(
        0.05,
        0.15,
        Text(ja="目安(5〜15%)を下回っています", en="below the usual 5–15 %"),
        Text(ja="目安(5〜15%)の範囲です", en="within the usual 5–15 %"),
        Text(ja="目安(5〜15%)を上回っています", en="above the usual 5–15 %"),
    ),
}
