"""Tables of a play's backtest."""

from minori.schema.table import Column, Table, Type

TEXT, INTEGER, DATE, NUMBER, FLAG = Type.TEXT, Type.INTEGER, Type.DATE, Type.NUMBER, Type.FLAG

TABLES: tuple[Table, ...] = (
    Table(
        "fire",
        "A play would have fired: the first date of a spell of its condition.",
        (
            Column("as_of", DATE, "date on which it would have fired", required=True),
            Column("customer_key", INTEGER, "64-bit key of the customer", required=True),
            Column("play", TEXT, "play, or a variant of it with a moved threshold", required=True),
        ),
        key=("as_of", "customer_key", "play"),
    ),
    Table(
        "spread",
        "Values that the thresholds of a play's condition could take.",
        (
            Column("place", INTEGER, "which threshold, from 0", required=True),
            Column("tile", NUMBER, "which tile of the known values, from 0", required=True),
            Column("value", NUMBER, "least value of the tile", required=True),
        ),
        key=("place", "tile"),
    ),
    Table(
        "followed_fire",
        "A fire with what happened within the horizon after it, and how often it happened to comparable others.",
        (
            Column("as_of", DATE, "date of the fire", required=True),
            Column("customer_key", INTEGER, "64-bit key of the customer", required=True),
            Column("play", TEXT, "play or variant", required=True),
            Column("outcome", TEXT, "expanded, churned or bought", required=True),
            Column("happened", INTEGER, "1 if it happened within the horizon", required=True),
            Column("days", INTEGER, "days until it happened"),
            Column("base", NUMBER, "share of comparable others on that date to whom it happened"),
        ),
        key=("as_of", "customer_key", "play", "outcome"),
    ),
    Table(
        "other",
        "What a customer adds to the base rate of a play: the others it is compared with.",
        (
            Column("play", TEXT, "play", required=True),
            Column("outcome", TEXT, "expanded, churned or bought", required=True),
            Column("customer_key", INTEGER, "64-bit key of the customer", required=True),
            Column("influence", NUMBER, "its part of the base rate less its share of it", required=True),
        ),
        key=("play", "outcome", "customer_key"),
    ),
    Table(
        "missed",
        "How many events of a kind came in the time looked at, and before how many of them a play had fired.",
        (
            Column("play", TEXT, "play or variant", required=True),
            Column("outcome", TEXT, "expanded, churned or bought", required=True),
            Column("events", INTEGER, "events", required=True),
            Column("foreseen", INTEGER, "of these, after a fire within the horizon", required=True),
        ),
        key=("play", "outcome"),
    ),
    Table(
        "together",
        "How often another play's condition held where a play fired.",
        (
            Column("play", TEXT, "play", required=True),
            Column("other", TEXT, "the other play", required=True),
            Column("fires", INTEGER, "fires of the play at which the other held too", required=True),
        ),
        key=("play", "other"),
    ),
)
