"""Every fact table: what happened, never edited, only added to."""

from minori.schema.facts.contact import (
    CONSENTS,
    INTERACTIONS,
    OUTCOMES,
    PROPOSALS,
    STATEMENTS,
    SURVEYS,
    TICKETS,
)
from minori.schema.facts.dealings import CONTRACTS, COSTS, ORDER_LINES, ORDERS, RATES
from minori.schema.facts.parties import CUSTOMERS, DEPARTMENTS, IDENTITY_LINKS, ORGANISATION_CHANGES, USERS
from minori.schema.facts.usage import EVENTS, GAUGES
from minori.schema.table import Table

_TABLES = (
    CUSTOMERS,
    USERS,
    CONTRACTS,
    EVENTS,
    GAUGES,
    TICKETS,
    SURVEYS,
    ORDERS,
    ORDER_LINES,
    INTERACTIONS,
    STATEMENTS,
    DEPARTMENTS,
    ORGANISATION_CHANGES,
    COSTS,
    PROPOSALS,
    OUTCOMES,
    CONSENTS,
    IDENTITY_LINKS,
    RATES,
)

FACTS: dict[str, Table] = {table.name: table for table in _TABLES}
