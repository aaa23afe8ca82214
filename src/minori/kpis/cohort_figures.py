"""Figures of cohorts: what is left of those who began in a month."""

from minori.core.figure import Figure
from minori.core.text import Text

_STARTED = Text(ja="その月に始めた顧客", en="customers who began in the month")

CUSTOMERS_LEFT = Figure(
    "cohort_customers_left",
    Text(ja="開始月別の顧客継続率", en="Customers left, by start month"),
    Text(
        ja="同じ月に始めた顧客のうち、残っている割合",
        en="Of the customers who began in a month, the share still there",
    ),
    Text(
        ja="その月末に契約のある顧客÷始めた顧客", en="customers paying at the month's end ÷ those who began"
    ),
    "share",
    _STARTED,
)
REVENUE_LEFT = Figure(
    "cohort_revenue_left",
    Text(ja="開始月別の売上継続率", en="Revenue left, by start month"),
    Text(
        ja="同じ月に始めた顧客の、始めた月の売上に対する割合。追加購入を含むため100％を超えることがあります",
        en="What these customers pay now against what they began with; expansions can take it above 100 %",
    ),
    Text(
        ja="その月末のMRR÷始めた月の月末のMRR",
        en="MRR at the month's end ÷ MRR at the end of the first month",
    ),
    "share",
    _STARTED,
)
BUYERS_BACK = Figure(
    "cohort_buyers_back",
    Text(ja="初回購入月別の再購入率", en="Buyers back, by month of the first purchase"),
    Text(
        ja="同じ月に初めて購入した顧客のうち、その月に購入した割合",
        en="Of the customers who first bought in a month, the share who bought in a later one",
    ),
    Text(
        ja="その月に購入した顧客÷初めて購入した顧客",
        en="customers who bought in the month ÷ those who first bought",
    ),
    "share",
    Text(ja="その月に初めて購入した顧客", en="customers who first bought in the month"),
)
FIGURES: tuple[Figure, ...] = (CUSTOMERS_LEFT, REVENUE_LEFT, BUYERS_BACK)
