"""Tables of what a customer is worth: time watched, revenue, losses and costs of a period."""

from minori.schema.table import Column, Table, Type

TEXT, INTEGER, MONEY, DATE = Type.TEXT, Type.INTEGER, Type.MONEY, Type.DATE

BASES = ("contracts", "orders")
COSTS = ("acquisition", "retention")
_AS_OF = Column("as_of", DATE, "as seen at the end of this day", required=True)
_BASIS = Column("basis", TEXT, "contracts or orders", required=True, allowed=BASES)
_PERIOD = Column("period_from", DATE, "first day of the period", required=True)
_CLASS = Column("class", TEXT, "segment, touch layer or plan at the time; empty: none; null: all together")

TABLES: tuple[Table, ...] = (
    Table(
        "value_exposure",
        "Customers of a period: for how long they were watched, what they paid, who was won and lost.",
        (
            _AS_OF,
            _BASIS,
            _PERIOD,
            _CLASS,
            Column("customers", INTEGER, "customers there on a day of the period", required=True),
            Column("days", INTEGER, "days on which they were there, together", required=True),
            Column(
                "amount",
                MONEY,
                "contracts: sum of MRR over those days; orders: sum of amounts",
                required=True,
            ),
            Column("orders", INTEGER, "orders with a positive amount", required=True),
            Column("priced", INTEGER, "of these, with a known amount", required=True),
            Column("weighed", MONEY, "the part of the revenue by which the margin is weighed", required=True),
            Column("margin", MONEY, "the gross margin in it", required=True),
            Column("lost", INTEGER, "times a customer was lost", required=True),
            Column("won", INTEGER, "customers who came for the first time", required=True),
            Column(
                "silence_days", INTEGER, "orders: after so many days without one a customer counts as lost"
            ),
        ),
        key=("as_of", "basis", "period_from", "class"),
    ),
    Table(
        "value_cost",
        "Costs of winning and of keeping customers, spent in a period.",
        (
            _AS_OF,
            _BASIS,
            _PERIOD,
            _CLASS,
            Column("kind", TEXT, "acquisition or retention", required=True, allowed=COSTS),
            Column("amount", MONEY, "company currency; null where none has a rate"),
            Column("entries", INTEGER, "costs on record", required=True),
            Column("unpriced", INTEGER, "of these, without a rate", required=True),
        ),
        key=("as_of", "basis", "period_from", "class", "kind"),
    ),
    Table(
        "order_gap",
        "How often so many days lay between two orders of a customer.",
        (
            _AS_OF,
            Column("gap_days", INTEGER, "days between two orders", required=True),
            Column("seen", INTEGER, "how often", required=True),
        ),
        key=("as_of", "gap_days"),
    ),
)
