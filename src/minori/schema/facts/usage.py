"""What customers do in the product, and levels seen there."""

from minori.schema.facts.shared import CUSTOMER, INSTANT, JSON, QUANTITY, TEXT, USER
from minori.schema.table import Column, Table

EVENTS = Table(
    "events",
    "What was done in the product or on the shop.",
    (
        Column("event_id", TEXT, "message id; default a hash of the content"),
        CUSTOMER,
        USER,
        Column("name", TEXT, "what", required=True),
        Column("occurred_at", INSTANT, "when", required=True),
        Column("quantity", QUANTITY, "how much"),
        Column("product_id", TEXT, "item or product it was about"),
        Column("properties", JSON, "anything else", personal=True),
    ),
    key=("event_id",),
    at="occurred_at",
    compact=True,
    fresh_within_days=3,
)

GAUGES = Table(
    "gauges",
    "A level seen at a time: storage used, seats in use.",
    (
        CUSTOMER,
        Column("name", TEXT, "what", required=True),
        Column("observed_at", INSTANT, "when", required=True),
        Column("value", QUANTITY, "level", required=True),
    ),
    key=("customer_id", "name", "observed_at"),
    at="observed_at",
    fresh_within_days=8,
)
