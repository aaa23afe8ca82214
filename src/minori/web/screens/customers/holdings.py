"""Contracts now and before, the people, and what each department does not use yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from minori.core.text import Text
from minori.pipeline.customer_facts import CustomerFacts, Row
from minori.web.language import in_words
from minori.web.screens.customers.kept_policy import kept
from minori.web.screens.customers.queries import Seen
from minori.web.timeline.kinds import code

ACTIVE_DAYS = 28
MOST_PEOPLE = 200
_CONTRACT = ("contract_id", "product_id", "plan_id", "quantity", "mrr", "currency", "starts_on", "ends_on", "renews_on",
             "is_trial", "term_months")  # fmt: skip
_USER = ("user_id", "name", "email", "department", "role", "active", "created_on", "user_key")
Item = tuple[str, str | None, Text]  # product, option of it, what it is called
_ROLES = ("champion", "approver", "budget")  # who decides stands first


@dataclass(frozen=True)
class Term:
    """One contract row: a change of plan ends one and starts the next. ``state``: now, future, past or trial."""

    label: str
    row: Row
    state: str


@dataclass(frozen=True)
class Team:
    """The people of a customer: those shown, and how many there are in all."""

    shown: tuple[Row, ...]
    count: int
    active: int


@dataclass(frozen=True)
class Cell:
    """What one department (or the whole customer) has of a product: owned, trial, gap or no (not eligible)."""

    state: str
    note: str = ""


@dataclass(frozen=True)
class Line:
    """A row of the matrix."""

    label: str
    people: int | None
    active: int | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """Departments × products and options; ``lines`` begins with the whole customer."""

    heads: tuple[str, ...]
    lines: tuple[Line, ...]


def terms(customer: Seen, facts: CustomerFacts) -> list[Term]:
    """Return every contract of the customer, those in force first, then the newest."""
    as_of, rows = customer.run.as_of, facts.rows("contracts", _CONTRACT)
    newest: dict[str, date] = {}
    for row in rows:
        if row["starts_on"] <= as_of:
            newest[row["contract_id"]] = max(
                row["starts_on"], newest.get(row["contract_id"], row["starts_on"])
            )
    found = [
        Term(
            in_words(_plan(customer, row["plan_id"])), row, _state(row, as_of, newest.get(row["contract_id"]))
        )
        for row in rows
    ]
    order = {"now": 0, "trial": 0, "future": 1, "past": 2}
    return sorted(
        found, key=lambda t: (order[t.state], -t.row["starts_on"].toordinal(), t.row["contract_id"])
    )


def now_and_past(found: Iterable[Term]) -> tuple[list[Term], list[Term]]:
    """Return what is in force or comes, and what has ended."""
    every = list(found)
    return [t for t in every if t.state != "past"], [t for t in every if t.state == "past"]


def team(facts: CustomerFacts) -> tuple[Team, list[Row]]:
    """Return the people to show, and all of them."""
    rows = facts.rows("users", _USER)
    ordered = sorted(rows, key=_by_role)
    active = sum(row["active"] is not False for row in rows)
    said = [{**row, "role_said": code("role_of_user", row["role"])} for row in ordered[:MOST_PEOPLE]]
    return Team(tuple(said), len(rows), active), rows


def matrix(customer: Seen, facts: CustomerFacts, users: Iterable[Row]) -> Matrix | None:
    """Return what is owned and what is a gap; None where there is no catalogue to compare with."""
    catalog = kept().policy.catalog
    items: list[Item] = [(name, None, product.label) for name, product in catalog.products.items()]
    held = {(h.get("product_id"), h.get("plan_id")): bool(h.get("is_trial")) for h in _holdings(customer)}
    mine = {product for product, _ in held}
    items += [
        (name, option, entry.label)
        for name, product in catalog.products.items()
        if name in mine
        for option, entry in product.options.items()
    ]
    if not items:
        return None
    active = _active_by_department(customer, facts, users)
    departments = facts.rows("departments", ("name", "headcount", "products"))
    whole = Line(
        "", None, sum(active.values()) if active else None, tuple(_held(held, p, o) for p, o, _ in items)
    )
    lines = [_line(d, items, held, active) for d in sorted(departments, key=lambda d: d["name"])]
    return Matrix(tuple(in_words(label) for _, _, label in items), (whole, *lines))


def _line(
    department: Row,
    items: Iterable[Item],
    held: Mapping[tuple[Any, Any], bool],
    active: Mapping[str, int] | None,
) -> Line:
    eligible = set((department["products"] or "").split())
    using = active.get(department["name"].lower(), 0) if active is not None else None
    cells = tuple(_cell(_held(held, p, o), p in eligible, using) for p, o, _ in items)
    return Line(department["name"], department["headcount"], using, cells)


def _cell(whole: Cell, eligible: bool, using: int | None) -> Cell:
    """A department has what the customer holds, as far as it could use it and somebody there is active."""
    if not eligible:
        return Cell("no")
    if whole.state == "gap":
        return whole
    return Cell("gap", "idle") if using == 0 else whole


def _held(held: Mapping[tuple[Any, Any], bool], product: str, option: str | None) -> Cell:
    found = [trial for (p, plan), trial in held.items() if p == product and option in (None, plan)]
    if not found:
        return Cell("gap")
    return Cell("trial" if all(found) else "owned")


def _active_by_department(
    customer: Seen, facts: CustomerFacts, users: Iterable[Row]
) -> dict[str, int] | None:
    """Return how many people of each department were active lately; None where no source says who it was."""
    until = customer.run.as_of
    keys = {row["user_key"] for row in facts.users_on(until - timedelta(days=ACTIVE_DAYS - 1), until)}
    of = {row["user_key"]: (row["department"] or "").lower() for row in users}
    if not keys and not of:
        return None
    counted: dict[str, int] = {}
    for key in keys:
        counted[of.get(key, "")] = counted.get(of.get(key, ""), 0) + 1
    return counted


def _holdings(customer: Seen) -> list[dict[str, Any]]:
    holdings: list[dict[str, Any]] = customer.row.detail.get("holdings", [])
    return holdings


def _plan(customer: Seen, plan: str | None) -> dict[str, str]:
    return customer.called("plans", plan)


def _state(row: Row, as_of: date, newest: date | None) -> str:
    replaced = (
        newest is not None and row["starts_on"] < newest
    )  # of rows of one contract the newest start counts
    if replaced or (row["ends_on"] and row["ends_on"] <= as_of):
        return "past"
    if row["starts_on"] > as_of:
        return "future"
    return "trial" if row["is_trial"] else "now"


def _by_role(row: Row) -> tuple[bool, int, str, str]:
    place = _ROLES.index(row["role"]) if row["role"] in _ROLES else len(_ROLES)
    return row["active"] is False, place, row["department"] or "", row["user_id"]
