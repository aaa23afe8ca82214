"""Tables of revenue."""

from minori.schema.table import Column, Table, Type

TEXT, INTEGER, MONEY, DATE = Type.TEXT, Type.INTEGER, Type.MONEY, Type.DATE

KINDS = (
    "new",
    "upsell",
    "cross_sell",
    "downsell",
    "churn",
    "reactivation",
    "currency",
    "unknown",
)
"""What a movement can be, in the order in which people read them."""
CAUSES = (
    "start",
    "end",
    "plan",
    "seats",
    "capacity",
    "option",
    "product",
    "price",
    "term",
    "rate",
    "priced",
    "unpriced",
)
"""Why: ``start`` and ``end`` of paying; ``priced`` and ``unpriced`` say when the amount came to be (un)known."""

_PERIOD = (
    Column("as_of", DATE, "as seen at the end of this day", required=True),
    Column("period_from", DATE, "first day of the period", required=True),
    Column("period_until", DATE, "first day after it", required=True),
)
_CUSTOMER = (
    Column("customer_key", INTEGER, "64-bit key of the customer", required=True),
    Column("customer_id", TEXT, "the customer", required=True),
)
_FLOWS = tuple(
    Column(name, MONEY, "in the company's currency", True) for name in ("opening", *KINDS, "closing")
)
_COHORT = (
    Column("as_of", DATE, "as seen at the end of this day", required=True),
    Column("start_month", DATE, "first day of the month in which they began", required=True),
    Column("months", INTEGER, "months since", required=True),
    Column("started", INTEGER, "how many began", required=True),
)

TABLES: tuple[Table, ...] = (
    Table(
        "movement",
        "A change of a customer's monthly revenue on one product on one day; opening + movements = closing.",
        (
            Column("as_of", DATE, "as seen at the end of this day", required=True),
            Column("customer_key", INTEGER, "64-bit key of the customer", required=True),
            Column("customer_id", TEXT, "the customer", required=True),
            Column("product_id", TEXT, "the product; null where neither contract nor catalogue says"),
            Column("day", DATE, "company day of the change", required=True),
            Column("kind", TEXT, "what it is", required=True, allowed=KINDS),
            Column("cause", TEXT, "why", required=True, allowed=CAUSES),
            Column("currency", TEXT, "the contract's currency", required=True),
            Column(
                "amount", MONEY, "change of MRR in the company's currency, at the day's opening rate", True
            ),
            Column(
                "local_amount", MONEY, "the same in the contract's currency; 0 for currency effects", True
            ),
        ),
        key=("as_of", "customer_key", "product_id", "day", "kind", "cause", "currency"),
    ),
    Table(
        "became",
        "What became of each point: the first day after it on which something happened, as far as data goes.",
        (
            Column("as_of", DATE, "the point's day", required=True),
            Column(
                "customer_key", INTEGER, "64-bit key of the customer, as known at the point", required=True
            ),
            Column("mrr", MONEY, "MRR at the end of that day; null if unknown or without contracts"),
            Column("churned_on", DATE, "first day without any MRR; null if not seen"),
            Column(
                "expanded_on",
                DATE,
                "first upsell, cross-sell, or pay after a free or trial contract; null if not seen",
            ),
            Column("bought_on", DATE, "first order with a positive amount; null if not seen"),
            Column("followed_until", DATE, "last day of data: what is not seen by then is censored", True),
        ),
        key=("as_of", "customer_key"),
    ),
    Table(
        "flow",
        "MRR of a customer on a product over a period: opening + movements = closing. See kpis/flow.py.",
        (*_PERIOD, *_CUSTOMER, Column("product_id", TEXT, "the product"), *_FLOWS),
        key=("as_of", "period_from", "customer_key", "product_id"),
    ),
    Table(
        "customer_flow",
        "The same per customer, with its successes.",
        (
            *_PERIOD,
            *_CUSTOMER,
            *_FLOWS,
            Column("products", INTEGER, "products paid for at the end", True),
            Column("upsells", INTEGER, "days with an upsell", True),
            Column("cross_sells", INTEGER, "products or options added", True),
            Column("known", Type.FLAG, "whether its MRR was known or unknown throughout", True),
        ),
        key=("as_of", "period_from", "customer_key"),
    ),
    Table(
        "term",
        "What a customer adds above and below the line of a ratio. See kpis/terms.py.",
        (
            _PERIOD[0],
            _PERIOD[1],
            Column("figure", TEXT, "id of the figure", True),
            Column("customer_id", TEXT, "the customer", True),
            Column("numerator", MONEY, "above the line", True),
            Column("denominator", MONEY, "below the line", True),
        ),
        key=("as_of", "period_from", "figure", "customer_id"),
    ),
    Table(
        "cohort",
        "Of the customers who began to pay in a month, what is left so many months later.",
        (
            *_COHORT,
            Column("customers", INTEGER, "who pays at that month's end", True),
            Column("mrr", MONEY, "what they pay", True),
        ),
        key=("as_of", "start_month", "months"),
    ),
    Table(
        "conversion",
        "Successes of a sample: trials that became contracts, free users who pay, payers who took an option.",
        (
            _PERIOD[0],
            _PERIOD[1],
            Column("figure", TEXT, "id of the figure", True),
            Column("successes", INTEGER, "how many went a step further", True),
            Column("sample", INTEGER, "of how many", True),
        ),
        key=("as_of", "period_from", "figure"),
    ),
    Table(
        "tier",
        "How many customers chose each plan in a period, and held it at its end.",
        (
            _PERIOD[0],
            _PERIOD[1],
            Column("product_id", TEXT, "the product"),
            Column("plan_id", TEXT, "the plan", True),
            Column("rank", INTEGER, "its place in the catalogue, the lowest plan 0"),
            Column("chosen", INTEGER, "customers who began it, renewals aside", True),
            Column("held", INTEGER, "customers who held it at the end", True),
        ),
        key=("as_of", "period_from", "product_id", "plan_id"),
    ),
    Table(
        "customer_order",
        "What a customer ordered in a period.",
        (
            _PERIOD[0],
            _PERIOD[1],
            Column("customer_key", INTEGER, "64-bit key of the customer", True),
            Column("entries", INTEGER, "orders and returns", True),
            Column("orders", INTEGER, "orders with a positive amount", True),
            Column("amount", MONEY, "net of returns; null if no amount is known"),
            Column("bought_amount", MONEY, "of orders alone"),
            Column("unpriced", INTEGER, "entries without a rate", True),
            Column("unpriced_bought", INTEGER, "of these, orders", True),
            Column("existing", Type.FLAG, "whether it had bought before the period", True),
        ),
        key=("as_of", "period_from", "customer_key"),
    ),
    Table(
        "purchase",
        "What a shop's customers ordered in a period.",
        (
            _PERIOD[0],
            _PERIOD[1],
            Column("buyers", INTEGER, "customers with an order", True),
            Column("repeaters", INTEGER, "with two or more", True),
            Column("returning", INTEGER, "who had bought before the period", True),
            Column("entries", INTEGER, "orders and returns", True),
            Column("orders", INTEGER, "orders with a positive amount", True),
            Column("amount", MONEY, "net of returns"),
            Column("bought_amount", MONEY, "of orders alone"),
            Column("existing_amount", MONEY, "of customers who had bought before, net of returns"),
            Column("unpriced", INTEGER, "entries without a rate", True),
            Column("unpriced_bought", INTEGER, "of these, orders", True),
            Column("items", Type.QUANTITY, "items of orders with lines"),
            Column("orders_with_items", INTEGER, "orders with lines"),
        ),
        key=("as_of", "period_from"),
    ),
    Table(
        "purchase_cohort",
        "What the customers who first bought in a month bought so many months later.",
        (
            *_COHORT,
            Column("customers", INTEGER, "who bought in that month", True),
            Column("amount", MONEY, "for how much, net of returns"),
        ),
        key=("as_of", "start_month", "months"),
    ),
)
