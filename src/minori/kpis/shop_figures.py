"""The figures of a shop: what each means and how it is computed."""

from minori.core.figure import Figure
from minori.core.text import Text

BUYERS = Text(ja="購入者", en="buyers")
ORDERS = Text(ja="注文", en="orders")

REVENUE = Figure(
    "revenue",
    Text(ja="売上(返品控除後)", en="Revenue, net of returns"),
    Text(ja="期間中の注文の合計", en="What was ordered in the period"),
    Text(ja="注文金額の合計(返品はマイナス)", en="sum of order amounts; returns are negative"),
    "money",
    ORDERS,
)
REPEAT_RATE = Figure(
    "repeat_rate",
    Text(ja="リピート率", en="Repeat rate"),
    Text(ja="期間中に2回以上購入した人の割合", en="Buyers who bought at least twice in the period"),
    Text(ja="2回以上の購入者÷購入者", en="buyers with two or more orders ÷ buyers"),
    "share",
    BUYERS,
)
RETURNING = Figure(
    "returning_share",
    Text(ja="既存購入者の割合", en="Returning buyers"),
    Text(ja="購入者のうち、期間より前にも購入した人の割合", en="Buyers who had bought before the period"),
    Text(ja="期間前に購入のある購入者÷購入者", en="buyers with an order before the period ÷ buyers"),
    "share",
    BUYERS,
)
FREQUENCY = Figure(
    "purchase_frequency",
    Text(ja="購入頻度", en="Purchase frequency"),
    Text(ja="購入者1人あたりの注文回数", en="Orders per buyer in the period"),
    Text(ja="注文数÷購入者", en="orders ÷ buyers"),
    "number",
    BUYERS,
)
BASKET_AMOUNT = Figure(
    "basket_amount",
    Text(ja="1注文あたり金額", en="Amount per order"),
    Text(ja="返品を除く注文1件の平均金額", en="Average amount of an order, returns aside"),
    Text(ja="注文金額の合計÷注文数(返品を除く)", en="amount of orders ÷ orders, without returns"),
    "money",
    ORDERS,
)
BASKET_ITEMS = Figure(
    "basket_items",
    Text(ja="1注文あたり点数", en="Items per order"),
    Text(ja="明細のある注文1件の平均点数", en="Average number of items of an order with lines"),
    Text(
        ja="明細の数量の合計÷明細のある注文数(返品を除く)",
        en="quantity of lines ÷ orders with lines, without returns",
    ),
    "number",
    ORDERS,
)
EXISTING_REVENUE = Figure(
    "existing_revenue_share",
    Text(ja="既存顧客の売上比率", en="Revenue from existing customers"),
    Text(
        ja="売上のうち、期間より前にも購入した顧客によるもの",
        en="Revenue from customers who had bought before",
    ),
    Text(
        ja="期間前に購入のある顧客の売上÷売上",
        en="revenue of customers with an order before the period ÷ revenue",
    ),
    "share",
    BUYERS,
)

SHOP_FIGURES: tuple[Figure, ...] = (
    REVENUE,
    REPEAT_RATE,
    RETURNING,
    FREQUENCY,
    BASKET_AMOUNT,
    BASKET_ITEMS,
    EXISTING_REVENUE,
)
