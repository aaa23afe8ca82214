"""Tables behind published claims: what customers of experiments ordered."""

from minori.schema.table import Column, Table, Type

TEXT, INTEGER, MONEY, DATE, FLAG = Type.TEXT, Type.INTEGER, Type.MONEY, Type.DATE, Type.FLAG

TABLES: tuple[Table, ...] = (
    Table(
        "spent",
        "What an enrolled customer ordered within the horizon, once that is over.",
        (
            Column("experiment", TEXT, "experiment it was drawn in", required=True),
            Column("play", TEXT, "play whose winner was drawn first", required=True),
            Column("customer_key", INTEGER, "64-bit key of the customer", required=True),
            Column("treated", FLAG, "proposed, not held out", required=True),
            Column("drawn_on", DATE, "day of the decision", required=True),
            Column("settled_on", DATE, "end of the horizon", required=True),
            Column("spent", MONEY, "orders within the horizon, company currency; null if unknown"),
        ),
        key=("experiment", "customer_key"),
    ),
)
