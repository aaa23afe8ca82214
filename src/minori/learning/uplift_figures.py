"""Figures of uplift: every number that ``minori uplift`` shows, with what it means."""

from minori.core.figure import Figure, Unit
from minori.core.text import Text

_SETTLED = Text(
    ja="期間の終わった顧客(提案群と非接触群)", en="customers whose horizon is over, both arms together"
)
_UNSEEN = Text(
    ja="並べ方は、その顧客自身の結果を使わずに学習(交差適合)。95％区間はポアソン・ブートストラップ200回",
    en="ranked by models that no customer's own outcome entered (cross-fitted); 95 % interval of 200 Poisson bootstraps",
)
_EFFECTIVE = Text(ja="実効標本数(Kish)", en="effective sample (Kish)")


def _ranked(name: str, label: Text, means: Text, unit: Unit) -> Figure:
    return Figure(f"uplift_{name}", label, means, _UNSEEN, unit, _SETTLED)


def _worth(name: str, label: Text, means: Text) -> Figure:
    computed = Text(
        ja="Σ(抽選の確率で重みづけた、成果の価値−接触のコスト)。90％区間(Horvitz-Thompson)",
        en="sum of worth of yeses less cost of contacts, weighted by the lot's chance; 90 % interval (Horvitz-Thompson)",
    )
    return Figure(f"uplift_{name}", label, means, computed, "money", _SETTLED)


def _value(name: str, label: Text) -> Figure:
    return Figure(
        f"uplift_value_{name}",
        label,
        Text(
            ja="その決め方を使っていた場合の、1顧客あたりの価値(接触のコストを引いた額)",
            en="What a customer would have brought under this way of choosing, contacts paid",
        ),
        Text(
            ja="記録された抽選の確率による自己正規化推定(SNIPS)。90％区間。実効標本100未満では示しません",
            en="self-normalised by the logged chances (SNIPS), 90 % interval; refused below an effective sample of 100",
        ),
        "money",
        _EFFECTIVE,
    )


AVERAGE = _ranked(
    "average",
    Text(ja="全体の効果", en="Effect on all"),
    Text(ja="成果率の差(提案群−非接触群)", en="Outcome, proposed to less held out"),
    "share",
)
BEST = _ranked(
    "best",
    Text(ja="上位30％での効果", en="Effect on the best 30 %"),
    Text(
        ja="動きやすいと見込んだ上位30％の顧客での成果率の差",
        en="The same, among the 30 % of customers ranked highest",
    ),
    "share",
)
LEAD = _ranked(
    "lead",
    Text(ja="上位30％と全体の差", en="Best 30 % less all"),
    Text(
        ja="選んでご提案する価値があるかは、この差の下限で決めます",
        en="Its lower end decides whether choosing is worth it",
    ),
    "share",
)
QINI = _ranked(
    "qini",
    Text(ja="Qini係数", en="Qini coefficient"),
    Text(
        ja="動く顧客を先に並べられているか。0は無作為と同じ、1は完全",
        en="Whether those whom it moves are ranked first; 0 as at random, 1 perfect",
    ),
    "number",
)
AUTOC = _ranked(
    "autoc",
    Text(ja="AUTOC", en="AUTOC"),
    Text(
        ja="上位から数えた顧客での効果が、全体の効果をどれだけ上回るかの平均",
        en="How much the effect on those ranked above exceeds that on all, averaged over shares",
    ),
    "number",
)
CONTACTED = Figure(
    "uplift_contacted",
    Text(ja="ご提案する割合", en="Share to contact"),
    Text(
        ja="見込まれる価値が接触のコストを上回る顧客の割合",
        en="Customers whose gain is worth more than a contact costs",
    ),
    Text(
        ja="見込みの増分×成果の価値>接触のコスト、である顧客÷全顧客。違いを使えないときは全員か0",
        en="customers with gained chance × worth > cost ÷ customers; all or none where differences are of no use",
    ),
    "share",
    _SETTLED,
)
NET = _worth(
    "net",
    Text(ja="選んでご提案した場合の純益", en="Net of the plan"),
    Text(ja="この決め方で全顧客から得られる純益", en="What the plan nets over all customers"),
)
NET_OF_ALL = _worth(
    "net_of_all",
    Text(ja="全員にご提案した場合の純益", en="Net of contacting all"),
    Text(ja="全員にご提案していた場合の純益", en="What contacting everybody would net"),
)
VALUE_PLAN = _value("plan", Text(ja="この決め方の価値(1顧客あたり)", en="Value of the plan, per customer"))
VALUE_ALL = _value(
    "all", Text(ja="全員にご提案の価値(1顧客あたり)", en="Value of contacting all, per customer")
)
VALUE_NONE = _value(
    "none", Text(ja="誰にもご提案しない価値(1顧客あたり)", en="Value of contacting nobody, per customer")
)
WORTH = Figure(
    "uplift_worth",
    Text(ja="成果1件の価値", en="Worth of a yes"),
    Text(ja="望ましい結果1件の粗利", en="Gross margin of one wished outcome"),
    Text(
        ja="有料のご提案: 成果のあった顧客の月額の増加の平均×粗利率×12か月。支援: 月額の平均×粗利率×12か月。"
        "注文: 期間中の注文額の平均×粗利率。--worthで指定できます",
        en="offers for money: mean rise of MRR of those with a yes × margin × 12 months; help: mean MRR × margin × 12; "
        "orders: mean ordered within the horizon × margin; or as given by --worth",
    ),
    "money",
    Text(ja="成果のあった顧客", en="customers with the wished outcome"),
)
RANKED = (AVERAGE, BEST, LEAD, QINI, AUTOC)
FIGURES: tuple[Figure, ...] = (
    *RANKED,
    CONTACTED,
    WORTH,
    NET,
    NET_OF_ALL,
    VALUE_PLAN,
    VALUE_ALL,
    VALUE_NONE,
)
