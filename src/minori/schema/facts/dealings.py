"""What is bought, what it costs, and what money is worth."""

from minori.schema.facts.shared import (
    AGREED,
    CURRENCY,
    CUSTOMER,
    DATE,
    FLAG,
    INSTANT,
    INTEGER,
    MASKED,
    MONEY,
    QUANTITY,
    TEXT,
)
from minori.schema.table import Column, Table

CONTRACTS = Table(
    "contracts",
    "A term of a product on a plan. A change of plan ends one row and starts the next.",
    (
        Column("contract_id", TEXT, "contract", required=True),
        CUSTOMER,
        Column("product_id", TEXT, "product of the catalogue"),
        Column("plan_id", TEXT, "plan or option of the catalogue", required=True),
        Column("quantity", QUANTITY, "seats or units contracted"),
        Column("mrr", MONEY, "monthly recurring revenue"),
        CURRENCY,
        Column("starts_on", DATE, "first day", required=True),
        Column("ends_on", DATE, "first day without it (exclusive)", visible=MASKED),
        Column("renews_on", DATE, "next renewal", visible=AGREED),
        Column("is_trial", FLAG, "a trial, worth nothing yet"),
        Column("trial_ends_on", DATE, "end of the trial", visible=AGREED),
        Column("term_months", INTEGER, "1 monthly, 12 annual", visible=AGREED),
    ),
    key=("contract_id", "starts_on"),
    at="starts_on",
    fresh_within_days=3650,
)

ORDERS = Table(
    "orders",
    "Purchases; a return is an order with a negative amount.",
    (
        Column("order_id", TEXT, "order", required=True),
        CUSTOMER,
        Column("ordered_at", INSTANT, "when", required=True),
        Column("amount", MONEY, "total", required=True),
        CURRENCY,
        Column("coupon", TEXT, "coupon used"),
        Column("channel", TEXT, "where it was bought"),
    ),
    key=("order_id",),
    at="ordered_at",
    fresh_within_days=14,
)

ORDER_LINES = Table(
    "order_lines",
    "What was in an order.",
    (
        Column("order_id", TEXT, "order", required=True),
        Column("line_id", TEXT, "line; default a hash of the content"),
        CUSTOMER,
        Column("product_id", TEXT, "item", required=True),
        Column("quantity", QUANTITY, "how many; negative for a return", required=True),
        Column("amount", MONEY, "quantity × price"),
        CURRENCY,
        Column("ordered_at", INSTANT, "when", required=True),
    ),
    key=("order_id", "line_id"),
    at="ordered_at",
    fresh_within_days=14,
)

COSTS = Table(
    "costs",
    "Dated costs of winning and keeping a customer.",
    (
        Column("cost_id", TEXT, "cost; default a hash of the content"),
        CUSTOMER,
        Column("kind", TEXT, "acquisition or retention", required=True),
        Column("amount", MONEY, "how much", required=True),
        CURRENCY,
        Column("spent_on", DATE, "when", required=True),
    ),
    key=("cost_id",),
    at="spent_on",
    fresh_within_days=3650,
)

RATES = Table(
    "rates",
    "Currency rates into the company's currency.",
    (
        Column("currency", TEXT, "ISO 4217 code", required=True),
        Column("on", DATE, "day", required=True),
        Column("rate", QUANTITY, "company currency per unit", required=True),
    ),
    key=("currency", "on"),
    at="on",
    fresh_within_days=3650,
)
