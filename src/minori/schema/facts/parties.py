"""Who there is: customers, their people and departments, and who turned out to be whom."""

from minori.schema.facts.shared import (
    CURRENCY,
    CURRENT,
    CUSTOMER,
    DATE,
    FLAG,
    INSTANT,
    INTEGER,
    JSON,
    MASKED,
    TEXT,
)
from minori.schema.table import Column, Table

CUSTOMERS = Table(
    "customers",
    "Who pays: a company, or in B2C a person. Unknown columns are kept in attributes.",
    (
        CUSTOMER,
        Column("name", TEXT, "name as written to", visible=CURRENT, personal=True),
        Column("kind", TEXT, "business or person", visible=CURRENT, allowed=("business", "person")),
        Column("industry", TEXT, "industry", visible=CURRENT),
        Column("employees", INTEGER, "head count", visible=CURRENT),
        Column("region", TEXT, "region or country", visible=CURRENT),
        CURRENCY,
        Column("owner", TEXT, "CSM in charge", visible=CURRENT),
        Column("sales_owner", TEXT, "sales person in charge", visible=CURRENT),
        Column("email", TEXT, "address of the customer itself", visible=CURRENT, personal=True),
        Column("language", TEXT, "ja or en", visible=CURRENT),
        Column("time_zone", TEXT, "IANA name", visible=CURRENT),
        Column("started_on", DATE, "first day as a customer; default the first fact"),
        Column("invited_by", TEXT, "customer_id of the inviter", visible=CURRENT),
        Column("attributes", JSON, "every other column, kept", visible=CURRENT, personal=True),
    ),
    key=("customer_id",),
    fresh_within_days=3650,
)

USERS = Table(
    "users",
    "Who uses.",
    (
        Column("user_id", TEXT, "who uses", required=True),
        CUSTOMER,
        Column("name", TEXT, "name", visible=CURRENT, personal=True),
        Column("email", TEXT, "address or its hash", visible=CURRENT, personal=True),
        Column("department", TEXT, "department", visible=CURRENT),
        Column("role", TEXT, "user, champion, budget or approver", visible=CURRENT),
        Column("active", FLAG, "still there", visible=CURRENT),
        Column("created_on", DATE, "first day"),
    ),
    key=("user_id",),
    at="created_on",
    fresh_within_days=3650,
)

DEPARTMENTS = Table(
    "departments",
    "Departments of a customer and what each could use.",
    (
        Column("department_id", TEXT, "department", required=True),
        CUSTOMER,
        Column("name", TEXT, "name", required=True),
        Column("headcount", INTEGER, "people in it"),
        Column("products", TEXT, "product ids it could use, separated by spaces"),
        Column("observed_on", DATE, "since when known"),
    ),
    key=("department_id",),
    at="observed_on",
    fresh_within_days=3650,
)

ORGANISATION_CHANGES = Table(
    "organisation_changes",
    "Dated changes of a customer's organisation.",
    (
        Column("change_id", TEXT, "change; default a hash of the content"),
        CUSTOMER,
        Column("department", TEXT, "which department"),
        Column("kind", TEXT, "growth, reorganisation, new_site or other"),
        Column("headcount_before", INTEGER, "people before"),
        Column("headcount_after", INTEGER, "people after"),
        Column("effective_on", DATE, "from when", required=True),
    ),
    key=("change_id",),
    at="effective_on",
    fresh_within_days=3650,
)

IDENTITY_LINKS = Table(
    "identity_links",
    "One identity turned out to be another; rows are never rewritten.",
    (
        Column("from_id", TEXT, "the identity that is left", required=True),
        Column("into_id", TEXT, "the identity that remains", required=True),
        Column("at", INSTANT, "when", required=True),
        Column("by", TEXT, "who said so"),
        Column("undone_at", INSTANT, "taken back when", visible=MASKED),
    ),
    key=("from_id", "into_id", "at"),
    at="at",
    fresh_within_days=3650,
)
