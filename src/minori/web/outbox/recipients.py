"""Who at a customer is written to: somebody who is there, has an address, and agreed to be written to."""

from dataclasses import dataclass
from typing import Any

from minori.core.text import Language
from minori.pipeline.customer_facts import CustomerFacts, facts_of
from minori.pipeline.workspace import Workspace

ROLES = ("champion", "approver", "budget", "user")
"""Who is written to first: who speaks for us inside, then who decides, then who pays, then who uses."""


@dataclass(frozen=True)
class Recipient:
    """A person of a customer, or the customer itself (no ``user_id``)."""

    address: str
    name: str
    language: Language
    user_id: str = ""


def recipient(served: Workspace, customer_id: str, user_id: str = "") -> Recipient | None:
    """Return whom to write to at a customer, or the address of one of its people; None if nobody can be reached.

    Who opted out of mail is not chosen; whether the one chosen may be written to is asked again at sending.
    """
    facts = facts_of(served.lake.snapshot(), customer_id, served.now())
    known = facts.rows("customers", ("customer_id", "name", "email", "language"))
    customer = next((row for row in known if row["customer_id"] == customer_id), {})
    language: Language = "en" if customer.get("language") == "en" else served.file.company.language
    if customer.get("language") == "ja":
        language = "ja"
    refused = _refused(facts)
    people = [
        user
        for user in facts.rows("users", ("user_id", "name", "email", "role", "active"))
        if _is_address(user["email"]) and user["active"] is not False and user["user_id"] not in refused
    ]
    if user_id:
        people = [user for user in people if user["user_id"] == user_id]
    for user in sorted(people, key=_order):
        return Recipient(user["email"].strip(), user["name"] or "", language, user["user_id"])
    if not user_id and _is_address(customer.get("email")):
        return Recipient(customer["email"].strip(), customer.get("name") or "", language)
    return None


def _refused(facts: CustomerFacts) -> set[str]:
    """Return the people whose newest word on mail is no."""
    said: dict[str, bool] = {}
    every = facts.rows("consents", ("user_id", "channel", "granted", "said_at", "_id"))
    rows = [row for row in every if row["channel"] in ("mail", "all") and row["user_id"]]
    for row in sorted(rows, key=lambda r: (r["said_at"], not r["granted"], r["_id"])):
        said[row["user_id"]] = row["granted"]
    return {user for user, granted in said.items() if not granted}


def _is_address(text: str | None) -> bool:
    """Tell an address from its hash, which ``users.email`` may hold instead."""
    return bool(text) and "@" in str(text)


def _order(user: dict[str, Any]) -> tuple[int, str]:
    role = user["role"]
    return (ROLES.index(role) if role in ROLES else len(ROLES), user["user_id"])
