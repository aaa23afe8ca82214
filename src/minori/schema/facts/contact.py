"""What is said: to customers, by them, and what they allow."""

from minori.schema.facts.shared import (
    AGREED,
    CURRENCY,
    CUSTOMER,
    DATE,
    FLAG,
    INSTANT,
    MASKED,
    MONEY,
    QUANTITY,
    TEXT,
    USER,
)
from minori.schema.table import Column, Table

TICKETS = Table(
    "tickets",
    "Support requests.",
    (
        Column("ticket_id", TEXT, "ticket", required=True),
        CUSTOMER,
        USER,
        Column("topic", TEXT, "about which feature or subject"),
        Column("severity", TEXT, "low, normal, high or urgent"),
        Column("subject", TEXT, "in the customer's words", personal=True),
        Column("opened_at", INSTANT, "when", required=True),
        Column("closed_at", INSTANT, "when answered", visible=MASKED),
    ),
    key=("ticket_id",),
    at="opened_at",
    fresh_within_days=60,
)

SURVEYS = Table(
    "surveys",
    "Answers to NPS, CSAT and other surveys.",
    (
        Column("survey_id", TEXT, "answer; default a hash of the content"),
        CUSTOMER,
        USER,
        Column("kind", TEXT, "nps or csat", required=True),
        Column("score", QUANTITY, "0-10 for NPS, 1-5 for CSAT", required=True),
        Column("comment", TEXT, "in their words", personal=True),
        Column("answered_at", INSTANT, "when", required=True),
    ),
    key=("survey_id",),
    at="answered_at",
    fresh_within_days=400,
)

INTERACTIONS = Table(
    "interactions",
    "Contact history: who reached whom, when, how, about what.",
    (
        Column("interaction_id", TEXT, "contact; default a hash of the content"),
        CUSTOMER,
        USER,
        Column("channel", TEXT, "mail, call, meeting, in_product, line or other", required=True),
        Column("direction", TEXT, "out or in", allowed=("out", "in")),
        Column("about", TEXT, "support, onboarding, proposal, sales, renewal, survey or other"),
        Column("by", TEXT, "who on our side"),
        Column("occurred_at", INSTANT, "when", required=True),
        Column("words", TEXT, "what was said", personal=True),
    ),
    key=("interaction_id",),
    at="occurred_at",
    fresh_within_days=30,
)

STATEMENTS = Table(
    "statements",
    "What the customer told us: goals, plans, issues, requests, in their words.",
    (
        Column("statement_id", TEXT, "statement; default a hash of the content"),
        CUSTOMER,
        USER,
        Column("kind", TEXT, "goal, plan, issue, request or cancel", required=True),
        Column("words", TEXT, "what was said", personal=True),
        Column("feature", TEXT, "related feature or limit"),
        Column("amount", QUANTITY, "the number they named, if any"),
        Column("said_at", INSTANT, "when", required=True),
        Column("recorded_by", TEXT, "who wrote it down"),
    ),
    key=("statement_id",),
    at="said_at",
    fresh_within_days=3650,
)

PROPOSALS = Table(
    "proposals",
    "Proposals that reached a customer.",
    (
        Column("proposal_id", TEXT, "proposal", required=True),
        CUSTOMER,
        USER,
        Column("play", TEXT, "play that made it", required=True),
        Column("kind", TEXT, "kind of offer"),
        Column("asks_for_money", FLAG, "whether it asks for money"),
        Column("channel", TEXT, "how it was made"),
        Column("by", TEXT, "who made it"),
        Column("proposed_at", INSTANT, "when", required=True),
        Column("expires_on", DATE, "until when it holds", visible=AGREED),
        Column("mrr_change", MONEY, "change of monthly revenue"),
        CURRENCY,
    ),
    key=("proposal_id",),
    at="proposed_at",
    fresh_within_days=60,
)

OUTCOMES = Table(
    "outcomes",
    "Answers to proposals.",
    (
        Column("proposal_id", TEXT, "proposal", required=True),
        CUSTOMER,
        Column("play", TEXT, "play that made it"),
        Column(
            "result",
            TEXT,
            "accepted, declined, ignored or expired",
            required=True,
            allowed=("accepted", "declined", "ignored", "expired"),
        ),
        Column("reason", TEXT, "price, timing, need, fit or other"),
        Column("answered_at", INSTANT, "when", required=True),
    ),
    key=("proposal_id",),
    at="answered_at",
    fresh_within_days=60,
)

CONSENTS = Table(
    "consents",
    "Consent and opt-out per channel; the latest counts.",
    (
        CUSTOMER,
        USER,
        Column("channel", TEXT, "mail, line, phone, in_product or all", required=True),
        Column("granted", FLAG, "yes or no", required=True),
        Column("said_at", INSTANT, "when", required=True),
    ),
    key=("customer_id", "user_id", "channel", "said_at"),
    at="said_at",
    fresh_within_days=3650,
)
