"""Figures of the best time to approach a customer."""

from minori.core.figure import Figure
from minori.core.text import Text

_CONTACTS = Text(ja="ご連絡・ご提案", en="contacts or proposals")

ANY_TIME = Figure(
    "best_time_any",
    Text(ja="いつでもの反応率", en="Answers at any time"),
    Text(
        ja="ご連絡は返信、ご提案は受け入れのあった割合(時期を問わない)",
        en="Share of contacts that were replied to, of proposals that were accepted, whenever made",
    ),
    Text(
        ja="反応のあった件数÷結果の分かった件数。Jeffreysの90％区間",
        en="Answered ÷ those whose outcome is known; Jeffreys' 90 % interval",
    ),
    "share",
    _CONTACTS,
)
LIFT = Figure(
    "best_time_lift",
    Text(ja="良い時期の反応(いつでも比)", en="Answers at good times, against any time"),
    Text(
        ja="先に学んだ「良い時期」に、その後実際に行ったご連絡の反応が、いつでもの何倍か",
        en="How many times as many answers came later, at the times that had been learned to be good",
    ),
    Text(
        ja="前の60％で学び、後の40％で確かめる。実際の反応数÷(内容・顧客・時期から見込まれる数)。ポアソンの90％区間",
        en="Learned on the first 60 % in time, judged on the rest: answers ÷ those expected by subject and customer; exact "
        "Poisson interval",
    ),
    "ratio",
    Text(ja="後の期間に、良い時期に行ったもの", en="later ones at good times"),
    observational=True,
)
CHANCE = Figure(
    "best_time_chance",
    Text(ja="偶然でもこうなる確率", en="Chance of it without a difference"),
    Text(
        ja="時期で差がなくても、これほど良く見える確率。5％を検定の数で割った値より小さければ「使える」",
        en="How often times would look so good if they did not matter; usable below 5 % divided by the number of tests",
    ),
    Text(
        ja="同じ顧客の中で反応を並べ替えたときの得点の分布(正規近似)、片側",
        en="Score under permutations of the answers within each customer (normal tail), one-sided",
    ),
    "share",
    Text(
        ja="複数回ご連絡し、反応が分かれた顧客への後の期間のもの",
        en="later ones to customers with several and mixed answers",
    ),
    observational=True,
)
RATIO = Figure(
    "best_time_ratio",
    Text(ja="この時期の反応(いつでも比)", en="Answers at this time, against any time"),
    Text(
        ja="この時期の反応が、同じ内容・同じ顧客のいつでもの何倍か",
        en="How many times as many answers come at this time as from the same customers at any time",
    ),
    Text(
        ja="実際÷見込み。個別→セグメント→全体→(曜日×時間帯)の順に、データの少ない分だけ引き寄せる(ガンマ・ポアソンの経験ベイズ)。90％区間",
        en="Observed ÷ expected, drawn from the customer's own to the segment's, to all, to weekday × hours, as far as "
        "there is little data (gamma-Poisson empirical Bayes); 90 % interval",
    ),
    "ratio",
    Text(ja="この時期のご連絡・ご提案", en="contacts or proposals at this time"),
    observational=True,
)
ACTIVE = Figure(
    "best_time_active",
    Text(ja="この時間帯の利用", en="Activity at this time"),
    Text(
        ja="直近半年の操作のうち、この曜日・時間帯の割合。反応の良さを示すものではない",
        en="Share of what the customer did in the last half year; it does not say that answers come then",
    ),
    Text(ja="この曜日・時間帯のイベント数÷全イベント数", en="Events in these hours ÷ all events"),
    "share",
    Text(ja="イベント", en="events"),
)

FIGURES: tuple[Figure, ...] = (ANY_TIME, LIFT, CHANCE, RATIO, ACTIVE)
