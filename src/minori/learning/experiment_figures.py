"""Figures of experiments: every number that ``minori experiments`` shows, with what it means."""

from minori.core.figure import Figure
from minori.core.text import Text

_SETTLED = Text(
    ja="期間の終わった顧客(提案群と非接触群)", en="customers whose horizon is over, both arms together"
)
_WISHED = Text(
    ja="有料のご提案ではアップセル・クロスセル・有料化・ご注文があったこと、活用支援・解約防止・ダウンセルでは解約しなかったこと",
    en="For offers that ask for money: an upsell, cross-sell, first pay after a free plan or trial, or order; "
    "for help, rescue and downsell: not leaving",
)
_BY_LOT = Text(
    ja="抽選で決まった最初の群で比べる(実際に届いたかは問わない)。期間が終わった顧客だけを数える。"
    "区間は両群のJeffreys事後分布の差の90％区間",
    en="By the arm of the customer's first lot, whether or not the proposal was sent; only customers whose horizon "
    "is over. 90 % interval of the difference of two Jeffreys posteriors",
)

TREATED_RATE = Figure(
    "experiment_treated_rate",
    Text(ja="提案群の成果率", en="Outcome, proposed to"),
    Text(
        ja=f"提案群のうち望ましい結果になった割合。{_WISHED.ja}",
        en=f"Share with the wished outcome. {_WISHED.en}",
    ),
    Text(
        ja="望ましい結果になった顧客÷提案群の顧客。Jeffreysの90％区間",
        en="Customers with it ÷ customers; Jeffreys' 90 % interval",
    ),
    "share",
    Text(ja="期間の終わった提案群の顧客", en="customers proposed to whose horizon is over"),
)
HELD_OUT_RATE = Figure(
    "experiment_held_out_rate",
    Text(ja="非接触群の成果率", en="Outcome, held out"),
    Text(
        ja="ご提案しなくても望ましい結果になった割合", en="Share with the wished outcome without any proposal"
    ),
    Text(
        ja="望ましい結果になった顧客÷非接触群の顧客。Jeffreysの90％区間",
        en="Customers with it ÷ customers; Jeffreys' 90 % interval",
    ),
    "share",
    Text(ja="期間の終わった非接触群の顧客", en="customers held out whose horizon is over"),
)
EFFECT = Figure(
    "experiment_effect",
    Text(ja="提案の効果", en="Effect of proposing"),
    Text(
        ja="ご提案によって望ましい結果が増えた割合(提案群−非接触群)",
        en="Share with the wished outcome, proposed to less held out",
    ),
    _BY_LOT,
    "share",
    _SETTLED,
)
LEFT = Figure(
    "experiment_left",
    Text(ja="離脱への影響", en="Effect on leaving"),
    Text(
        ja="期間内に解約した割合の差(提案群−非接触群)。正なら提案群のほうが多く離れた",
        en="Share that left within the horizon, proposed to less held out; above 0: proposing drives away",
    ),
    _BY_LOT,
    "share",
    _SETTLED,
)
MRR = Figure(
    "experiment_mrr",
    Text(ja="1社あたりの月額への影響", en="Effect on MRR per customer"),
    Text(
        ja="期間の終わりの月額の差(提案群−非接触群、会社の通貨)",
        en="MRR at the end of the horizon, proposed to less held out, company currency",
    ),
    Text(
        ja="抽選日の月額で説明できる分を引いた平均の差(ANCOVA/CUPED)。90％区間は群の並べ替え2,000回による",
        en="Difference of means after taking out what MRR on the day of the lot explains (ANCOVA/CUPED); 90 % interval "
        "by 2,000 redraws of the arms",
    ),
    "money",
    _SETTLED,
)
BENEFIT = Figure(
    "experiment_e_benefit",
    Text(ja="効果の証拠(e値)", en="Evidence of benefit (e-value)"),
    Text(
        ja="効果がないとしたときに、この値以上になる確率は1÷値以下。20以上で「証明済み」。いつ見てもよい",
        en="Without any benefit, a value this large comes with a chance of at most 1 ÷ it; 20 is proof. It may be looked at any time",
    ),
    Text(
        ja="結果が分かった順に、それまでの結果だけから両群の成果率を言い、q_g(y)÷(π·q₁(y)+(1−π)·q₀(y))を掛けていく(片側)。"
        "これまでの最大値。階層の宣言があれば、全体と階層別の積との平均",
        en="In the order in which outcomes became known, both rates are stated from earlier outcomes only, and "
        "q_g(y) ÷ (π·q₁(y) + (1−π)·q₀(y)) is multiplied up (one-sided); the largest so far. With declared strata: the mean of the whole "
        "and of the product over strata",
    ),
    "number",
    _SETTLED,
)
HARM = Figure(
    "experiment_e_harm",
    Text(ja="害の証拠(e値)", en="Evidence of harm (e-value)"),
    Text(
        ja="害がないとしたときに、この値以上になる確率は1÷値以下。guards.yamlのharmful_playの限度で型を止める",
        en="Without any harm, a value this large comes with a chance of at most 1 ÷ it; "
        "the limit of harmful_play in guards.yaml stops the play",
    ),
    Text(
        ja="「望ましい結果が減る」と「離脱が増える」の2つの逐次検定の平均(有料のご提案)。活用支援などは離脱のみ",
        en="Mean of two sequential tests, fewer wished outcomes and more leaving (offers that ask for money); leaving alone for help",
    ),
    "number",
    _SETTLED,
)
CHANCE_BETTER = Figure(
    "experiment_chance_better",
    Text(ja="効果がある見込み", en="Chance that it helps"),
    Text(
        ja="提案群の成果率が非接触群より高い、懐疑的に見た確率",
        en="Sceptical chance that those proposed to do better",
    ),
    Text(
        ja="Beta–Binomial。両群の事前分布は、同じ実験全体の成果率に30社分の重み",
        en="Beta–Binomial; both priors stand at the pooled rate of the experiment with the weight of 30 accounts",
    ),
    "share",
    _SETTLED,
)
PROVABLE = Figure(
    "experiment_smallest_provable",
    Text(ja="証明できる最小の増分(成果率の差)", en="Smallest provable rise of the rate"),
    Text(
        ja="この人数・配分・基準の成果率で、80％の見込みで証明できる最小の増分",
        en="Smallest rise of the rate that would be proven with a chance of 80 %, at these numbers, shares and base rate",
    ),
    Text(
        ja="同じ逐次検定をシミュレーションして二分法で求める(乱数の種は固定)",
        en="The same sequential test on simulated accounts, by halving (fixed seed)",
    ),
    "share",
    Text(
        ja="登録済みの顧客(期間の途中を含む)", en="customers enrolled, also those whose horizon is not over"
    ),
)
SMALLEST_FALL = Figure(
    "experiment_smallest_fall",
    Text(ja="証明できる最小の減少(成果率の差)", en="Smallest provable fall of the rate"),
    Text(
        ja="80％の見込みで証明できる最小の減少分",
        en="Smallest fall of the rate that would be proven with a chance of 80 %",
    ),
    PROVABLE.computed,
    "share",
    PROVABLE.counts,
)

FIGURES: tuple[Figure, ...] = (
    TREATED_RATE, HELD_OUT_RATE, EFFECT, LEFT, MRR, BENEFIT, HARM, CHANCE_BETTER, PROVABLE, SMALLEST_FALL,
)  # fmt: skip
