"""Tables of the best time to approach: past approaches with their answers, and when customers are active."""

from minori.schema.table import Column, Table, Type

TEXT, INTEGER, DATE, INSTANT, FLAG = Type.TEXT, Type.INTEGER, Type.DATE, Type.INSTANT, Type.FLAG

PURPOSES = ("contact", "propose")

TABLES: tuple[Table, ...] = (
    Table(
        "approach",
        "A customer was contacted, or proposed to, and answered or not; only where the time to answer is over.",
        (
            Column("as_of", DATE, "as seen at the end of this day", required=True),
            Column("purpose", TEXT, "contact or propose", required=True, allowed=PURPOSES),
            Column("approach_key", INTEGER, "64-bit key of the contact or proposal", required=True),
            Column("customer_key", INTEGER, "64-bit key of the customer", required=True),
            Column("about", TEXT, "what it was: channel and subject, or the play", required=True),
            Column("at", INSTANT, "when", required=True),
            Column("day", DATE, "company's day of it", required=True),
            Column("answered", FLAG, "contact: a reply; propose: accepted", required=True),
            Column("known_on", DATE, "day on which that was known", required=True),
            Column("time_zone", TEXT, "the customer's, if known"),
            Column("started_on", DATE, "first day as a customer"),
            Column("renews_on", DATE, "next renewal, as agreed on that day"),
        ),
        key=("as_of", "purpose", "approach_key"),
    ),
    Table(
        "active_hour",
        "How much a customer did in an hour of the week, in UTC, over the half year before a date.",
        (
            Column("as_of", DATE, "last day that counts", required=True),
            Column("customer_key", INTEGER, "64-bit key of the customer", required=True),
            Column("hour", INTEGER, "hour of the week in UTC, 0 is Monday 0:00", required=True),
            Column("events", INTEGER, "events", required=True),
        ),
        key=("as_of", "customer_key", "hour"),
    ),
)
