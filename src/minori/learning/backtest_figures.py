"""Figures of a backtest: every number that ``minori backtest`` shows, with what it means."""

from minori.core.figure import Figure
from minori.core.text import Text

_FIRES = Text(ja="発火(兆候の始まり)", en="fires (starts of a spell)")
_EVENTS = Text(ja="期間中の出来事", en="events in the time looked at")

AFTER_FIRE = Figure(
    "after_fire",
    Text(ja="発火後の割合", en="After a fire"),
    Text(
        ja="型の条件が成り立った顧客のうち、その後の追跡期間内に起きた割合",
        en="Share of fires after which it happened within the horizon",
    ),
    Text(
        ja="起きた発火の数÷発火の数。区間は顧客数を標本とするJeffreysの90％区間",
        en="Fires after which it happened ÷ fires; Jeffreys' 90 % interval at the number of customers",
    ),
    "share",
    _FIRES,
    observational=True,
)
BASE = Figure(
    "base_rate",
    Text(ja="比較対象の割合", en="Comparable others"),
    Text(
        ja="同じ日・同じセグメント・同じタッチ層で、条件が成り立っていなかった顧客に同じことが起きた割合",
        en="Share of customers of the same date, segment and touch layer, on whom the condition did not hold",
    ),
    Text(
        ja="日と層ごとの割合を、発火の数で重みづけた平均。比べる顧客が5社未満の層では、その日の全体と比べます",
        en="Rates per date and stratum, averaged by fires; below five others the whole date is taken",
    ),
    "share",
    _FIRES,
    observational=True,
)
LIFT = Figure(
    "lift",
    Text(ja="リフト", en="Lift"),
    Text(
        ja="比較対象の何倍起きたか。くじで分けた比較ではないため、効果ではありません",
        en="How many times as often as to the others. Nobody drew lots, so it is not an effect",
    ),
    Text(
        ja="発火後の割合÷比較対象の割合。区間は顧客ごとの和の分散による90％区間。発火20件・出来事5件未満では示しません",
        en="After a fire ÷ comparable others; 90 % interval from sums per customer; silent below 20 fires or 5 events",
    ),
    "ratio",
    _FIRES,
    observational=True,
)
EARLY = Figure(
    "days_ahead",
    Text(ja="先行日数", en="Days ahead"),
    Text(
        ja="発火から出来事までの日数の中央値と四分位の範囲",
        en="Median days from a fire to what happened, with the middle half",
    ),
    Text(ja="起きた発火だけの中央値", en="Median over the fires after which it happened"),
    "days",
    _FIRES,
    observational=True,
)
FORESEEN = Figure(
    "foreseen",
    Text(ja="事前に捉えた割合", en="Foreseen"),
    Text(
        ja="期間中の出来事のうち、その前の追跡期間内に発火していた割合",
        en="Share of events before which the play had fired within the horizon",
    ),
    Text(
        ja="先に発火していた出来事÷すべての出来事。Jeffreysの90％区間",
        en="Events after a fire ÷ all events; Jeffreys' 90 % interval",
    ),
    "share",
    _EVENTS,
    observational=True,
)
FIRED = Figure(
    "backtest_fires",
    Text(ja="発火の件数", en="Fires"),
    Text(ja="型の条件が成り立ち始めた件数", en="How often the play's condition began to hold"),
    Text(ja="期間中の発火の数。標本は顧客数", en="fires in the time looked at; the sample counts customers"),
    "count",
    Text(ja="発火した顧客", en="customers of the fires"),
)
CLEAR = Figure(
    "backtest_clear",
    Text(ja="どのガードも控えない発火", en="Fires no guard would have held"),
    Text(
        ja="発火のうち、どのガードにも当たらなかった割合",
        en="The share of fires that no guard would have held",
    ),
    Text(
        ja="当たらなかった発火÷すべての発火(それぞれの日の状態で判定)",
        en="clear fires ÷ fires, each as of its own date",
    ),
    "share",
    _FIRES,
)
HELD = Figure(
    "backtest_held",
    Text(ja="ガードが控えた発火", en="Fires a guard would have held"),
    Text(ja="発火のうち、そのガードが控えた割合", en="The share of fires that this guard would have held"),
    Text(
        ja="控えた発火÷すべての発火。1件を複数のガードが控えることもあります",
        en="held fires ÷ fires; several guards may hold one fire",
    ),
    "share",
    _FIRES,
)
FIGURES = (AFTER_FIRE, BASE, LIFT, EARLY, FORESEEN, FIRED, CLEAR, HELD)
