"""From files to sources: what each gives, through which it reaches its customer, and what else lies in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from minori.core.text import Text
from minori.schema.facts import FACTS
from minori.schema.table import Type
from minori.sources.connecting.build import HASHED, Shape, guesses, known_customers
from minori.sources.connecting.choose import WITHOUT_CUSTOMER, Choice, choices
from minori.sources.connecting.draft import Draft, unused
from minori.sources.connecting.expressions import identifier
from minori.sources.connecting.match import matches
from minori.sources.connecting.profile import SeenFile
from minori.sources.connecting.relations import Link, find_link
from minori.sources.connecting.shapes import attributes, customers_of, orders_of_lines, survey_in
from minori.sources.connecting.verify import INPUT_ALIAS

_SOURCE_OF_CUSTOMERS = ("contracts", "order_lines", "orders", "users", "events", "tickets", "surveys")
_RESERVED = ("input",)
_ZONE = Text(
    ja="時差のない日時は会社のタイムゾーンで読みます。異なる場合は time_zone: を指定してください",
    en="times without an offset are read in the company's zone; if it is another one, set time_zone:",
)
_NOT_AN_ID = Text(
    ja="{column} は重複があるためIDとして使わず、内容から作ったIDを使います",
    en="{column} repeats, so it is not taken as an id; one made of the content takes its place",
)
_INCLUSIVE = Text(
    ja="ends_on は利用できない最初の日です。最終利用日の場合は ends: inclusive を指定してください",
    en="ends_on is the first day without the contract; if it is the last day with it, set ends: inclusive",
)


@dataclass(frozen=True)
class Placed:
    """A file, the facts it gives, and its id in the draft."""

    id: str
    file: SeenFile
    choice: Choice
    link: Link | None = None


def plan(connection: duckdb.DuckDBPyConnection, files: Sequence[SeenFile]) -> list[Draft]:
    """Return every source of the draft, files in the order given."""
    placed = _placed(connection, files)
    drafts: list[Draft] = []
    for one in placed:
        drafts += _drafts(connection, one, placed)
    if not any(draft.gives == "customers" for draft in drafts):
        drafts += _derived_customers(connection, placed, drafts)
    return _with_unused(drafts)


def _placed(connection: duckdb.DuckDBPyConnection, files: Sequence[SeenFile]) -> list[Placed]:
    chosen = [(file, _chosen(file)) for file in files]
    customers = [
        (file, choice.matches["customer_id"].column.name)
        for file, choice in chosen
        if choice is not None and "customer_id" in choice.matches
    ]
    placed: list[Placed] = []
    for file, choice in chosen:
        link = None if _needs_no_link(choice) else find_link(connection, file, customers)
        choice = choice or _as_events(file, link)
        if choice is not None and (choice.has_customer or link or choice.certain or _needs_no_link(choice)):
            placed.append(Placed(_id(file, choice, [one.id for one in placed]), file, choice, link))
    return placed


def _chosen(file: SeenFile) -> Choice | None:
    return next(iter(choices(file)), None)


def _needs_no_link(choice: Choice | None) -> bool:
    return choice is not None and ("customer_id" in choice.matches or choice.table.name in WITHOUT_CUSTOMER)


def _as_events(file: SeenFile, link: Link | None) -> Choice | None:
    """Take a file of customers and dates that is like no table for something that was done."""
    found = matches(file, FACTS["events"])
    own_id = found.get("event_id")
    if "occurred_at" not in found or not ({"customer_id", "user_id"} & found.keys() or link):
        return None
    if own_id is not None and own_id.column.distinct < own_id.column.filled:
        del found["event_id"]
    return Choice(FACTS["events"], found, 0.0)


def _drafts(connection: duckdb.DuckDBPyConnection, one: Placed, placed: Sequence[Placed]) -> list[Draft]:
    other = next((p for p in placed if one.link and p.file is one.link.other), None)
    joins = one.link is not None and other is not None and one.link.key != one.link.customer
    prefix = f"{INPUT_ALIAS}." if joins else ""
    shape = Shape(connection, one.file, one.choice.table, one.choice.matches, prefix)
    alias = _alias(other.id) if other and joins else ""
    found = guesses(shape, one.link, alias, one.id)
    table = one.choice.table.name
    if table == "customers":
        found += attributes(one.file, found)
    draft = Draft(
        id=one.id,
        gives=table,
        file=one.file,
        guesses=tuple(found),
        origin=_origin(one.link, other.id, alias) if one.link and other and joins else "input",
        inputs=(other.id,) if other and joins else (),
        where=None if table == "customers" else known_customers(shape, found),
        notes=tuple(_notes(shape)),
    )
    return _with_what_else(draft, shape)


def _with_what_else(draft: Draft, shape: Shape) -> list[Draft]:
    """Return a source and the others that lie in the same file."""
    customer = shape.matches.get("customer_id")
    if draft.gives == "customers" and customer and customer.column.distinct < customer.column.filled:
        return [replace(customers_of(draft, shape, customer.column), id=draft.id)]
    if draft.gives == "order_lines":
        return [draft, orders_of_lines(draft, shape)]
    if (
        draft.gives == "orders"
        and shape.matches["order_id"].column.distinct < shape.matches["order_id"].column.filled
    ):
        return [replace(orders_of_lines(draft, shape), id=draft.id, notes=draft.notes)]
    survey = survey_in(draft, shape) if draft.gives == "tickets" and not draft.inputs else None
    return [draft, survey] if survey else [draft]


def _with_unused(drafts: Sequence[Draft]) -> list[Draft]:
    """Say once for each file which of its columns no source uses."""
    told: list[Draft] = []
    for draft in drafts:
        every = [guess for one in drafts if one.file is draft.file for guess in one.guesses]
        first = not any(one.file is draft.file for one in told)
        told.append(replace(draft, unused=unused(draft.file, every)) if first else draft)
    return told


def _derived_customers(
    connection: duckdb.DuckDBPyConnection, placed: Sequence[Placed], drafts: Sequence[Draft]
) -> list[Draft]:
    """Return a source of customers from what they did, where no file is one of customers."""
    order = {name: at for at, name in enumerate(_SOURCE_OF_CUSTOMERS)}
    able = [
        one for one in placed if one.choice.has_customer and one.choice.table.name in order and not one.link
    ]
    for one in sorted(able, key=lambda one: order[one.choice.table.name]):
        match = one.choice.matches.get("customer_id") or one.choice.matches["user_id"]
        shape = Shape(connection, one.file, one.choice.table, one.choice.matches)
        draft = next(draft for draft in drafts if draft.id == one.id)
        return [customers_of(draft, shape, match.column)]
    return []


def _origin(link: Link, other: str, alias: str) -> str:
    own, key = f"{INPUT_ALIAS}.{identifier(link.column)}", identifier(link.key)
    source = other
    if not link.unique:
        customer = identifier(link.customer)
        agreed = f"max({customer}) as {customer}"
        source = " ".join(("(select", f"{key},", agreed, "from", other, "group by", f"{key})"))
    return "\n".join((f"input as {INPUT_ALIAS}", f"left join {source} as {alias} on {own} = {alias}.{key}"))


def _alias(other: str) -> str:
    return other[0] if other[0] != INPUT_ALIAS else "o"


def _notes(shape: Shape) -> list[Text]:
    notes = []
    naive = [
        match
        for target, match in shape.matches.items()
        if shape.table.by_name[target].type == Type.INSTANT
        and (form := match.column.dates)
        and not form.with_offset
    ]
    if naive:
        notes.append(_ZONE)
    if "ends_on" in shape.matches:
        notes.append(_INCLUSIVE)
    own = shape.matches.get(shape.table.key[0])
    if own is not None and own.target in HASHED and own.column.distinct < own.column.filled:
        notes.append(_NOT_AN_ID.fill({"column": own.column.name}))
    return notes


def _id(file: SeenFile, choice: Choice, taken: Sequence[str]) -> str:
    stem = re.sub(r"[^a-z0-9]+", "_", file.stem.lower()) if file.stem.isascii() else ""
    stem = re.sub(r"(_\d+)+$", "", stem).strip("_")[:50].strip("_")
    base = stem if re.match("[a-z]", stem) and stem not in _RESERVED else choice.table.name
    names = (base, *(f"{base}_{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)
