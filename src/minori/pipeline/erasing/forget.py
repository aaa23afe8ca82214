"""Forgetting: what is personal of somebody goes from every file of the lake, and is not let in again.

Numbers and ids stay, so that past runs repeat in them. First the list of who was erased is written; then what names
the person is erased where it only can be found by name, last where the names themselves stand, so that the same
command finishes what was interrupted.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pyarrow as pa

from minori.core.keys import key64
from minori.lake.change import Change
from minori.lake.connection import sweep
from minori.lake.erase import Erased, Step, erase, files_of
from minori.lake.lake import Lake
from minori.lake.persons import Cell, Persons, blanking, personal_columns, texts
from minori.lake.snapshot import Snapshot
from minori.lake.suppression import ADDRESS, SCHEMA, SHORTEST_VALUE, Of, keyed, listed
from minori.pipeline import intake, set_aside
from minori.pipeline.erasing import aside, results
from minori.pipeline.erasing.person import Person, chosen, find, rows_in
from minori.pipeline.erasing.words import Words, editing
from minori.pipeline.load import ADDRESS as LOADS
from minori.schema.facts import FACTS

_LAST = ("users", "customers")  # where the names stand by which the rest is found


@dataclass(frozen=True)
class Forgotten:
    """What was erased: how many files of each table, and ids that are an address and stay."""

    customer_id: str
    user: str | None
    tables: tuple[Erased, ...]
    speaking_ids: tuple[str, ...]


def forget(
    lake: Lake,
    customer: str,
    user: str | None,
    *,
    by: str,
    salt: str,
    constant: Collection[str] = (),
    wait_seconds: float = 30,
) -> Forgotten:
    """Erase a customer with all of their users, or one user of theirs.

    Parameters
    ----------
    customer
        Id, or name.
    user
        Id of one of their users; None: the customer and everybody there.
    by
        Who asks for it; kept with the list.
    salt
        A random text, used if nobody was erased before; it keys the hashes of the list.
    constant
        Customer attributes that conditions read; they stay.

    Raises
    ------
    UnknownName
        If there is no such customer or user.
    LakeError
        If something is being loaded, or the lake cannot be written.
    """
    found: list[Person] = []

    def prepare(change: Change) -> list[Step]:
        intake.refuse_while_loading(lake.root, lake.now())
        sweep(lake.root / "temporary")  # what killed runs had spilled
        found.append(find(change.before, customer, user, lake.now()))
        return _begun(change, found[-1], by=by, salt=salt, constant=constant)

    tables = erase(lake, prepare, wait_seconds=wait_seconds)
    [person] = found
    with lake.change("personal data erased", wait_seconds=wait_seconds) as change:
        _append(change, _rows(change, person, by=by, salt=salt, kept=change.erased.kept, of=_END))
    return Forgotten(person.customer_id, user, tuple(tables), _speaking(person))


def _begun(change: Change, person: Person, *, by: str, salt: str, constant: Collection[str]) -> list[Step]:
    """Put the person on the list, and return what is to be erased where."""
    cells = _mentions(change.before, person)
    kept = change.erased.kept & set(constant) if change.erased else frozenset(constant)
    _list(change, person, cells, by=by, salt=salt, kept=kept)
    return list(_steps(change.before, person, cells, kept))


def _speaking(person: Person) -> tuple[str, ...]:
    return tuple(sorted(i for i in (*_ids(person), *person.user_ids) if "@" in i))


def unfinished(snapshot: Snapshot) -> list[str]:
    """Return whose erasure was begun and did not come to its end: ``customer``, or ``customer --user user``."""
    rows = listed(snapshot)
    open_ones = {r["hash"] for r in rows if r["of"] == "begun"} - {
        r["hash"] for r in rows if r["of"] == "done"
    }
    if not open_ones:
        return []
    customers = snapshot.arrow("facts/customers", ["customer_id"])["customer_id"].to_pylist()
    users = snapshot.arrow("facts/users", ["customer_id", "user_id"]).to_pylist()
    every = [(i, None) for i in customers] + [(row["customer_id"], row["user_id"]) for row in users]
    salt = rows[0]["salt"]
    return sorted(_called(i, u) for i, u in every if keyed(salt, "begun", _called(i, u)) in open_ones)


def _called(customer_id: str, user: str | None) -> str:
    return customer_id if user is None else f"{customer_id} --user {user}"


def _ids(person: Person) -> frozenset[str]:
    return person.customer_ids if person.user is None else frozenset()


def _list(
    change: Change, person: Person, cells: dict[Cell, set[int]], *, by: str, salt: str, kept: Collection[str]
) -> None:
    """Put the person on the list of who was erased, as far as they are not on it."""
    rows = _rows(change, person, by=by, salt=salt, kept=kept, cells=cells, of=_BEGINNING)
    known = {(r["of"], r["hash"], r["table"], r["column"]) for r in listed(change.before)}
    _append(change, [r for r in rows if (r["of"], r["hash"], r["table"], r["column"]) not in known])


_END: tuple[Of, ...] = ("done",)
_BEGINNING: tuple[Of, ...] = ("begun", "customer", "user", "value", "cell")


def _rows(
    change: Change,
    person: Person,
    *,
    by: str,
    salt: str,
    kept: Collection[str],
    of: Collection[Of],
    cells: dict[Cell, set[int]] | None = None,
) -> list[dict[str, object]]:
    """Return rows of the list: whose keys, names and cells; and that the work was begun, or is done."""
    called = _called(person.customer_id, person.user)
    key = change.erased.salt or salt
    texts_of: dict[Of, Collection[str]] = {
        "begun": [called],
        "done": [called],
        "customer": [str(key64(i)) for i in _ids(person)],
        "user": [str(k) for k in person.user_keys] if person.user is not None else (),
        "value": _values(person),
    }
    told: list[tuple[Of, str, str | None, str | None]] = [
        (name, text, None, None) for name in of for text in sorted(texts_of.get(name, ()))
    ]
    for (table, column), ids in sorted((cells or {}).items()):
        told += [("cell", str(i), table, column) for i in sorted(ids)]
    return [
        {
            "of": name,
            # The end of an erasure carries the hash of its beginning.
            "hash": keyed(key, "begun" if name == "done" else name, text),
            "table": table,
            "column": column,
            "kept": json.dumps(sorted(kept)),
            "salt": key,
            "by": by,
        }
        for name, text, table, column in told
    ]


def _values(person: Person) -> set[str]:
    """Return what tells of the person where no key does: names, addresses, ids that are no mere number."""
    users = {i for i in person.user_ids if not i.isdigit()}
    said = {text.strip() for text in person.names | users if len(text.strip()) >= SHORTEST_VALUE}
    return said | {f"{person.customer_id}={name}" for name in person.names}


def _append(change: Change, rows: list[dict[str, object]]) -> None:
    if rows:
        now = change.now()
        change.append(ADDRESS, pa.Table.from_pylist([{**row, "at": now} for row in rows], schema=SCHEMA))


def _steps(
    snapshot: Snapshot, person: Person, cells: dict[Cell, set[int]], kept: Collection[str]
) -> Iterator[Step]:
    names = Words(person.names)
    rows = aside.editing(aside.of_person(person), set_aside.identity)
    yield Step(set_aside.ADDRESS, rows, aside.CHANGED)
    yield Step(LOADS, editing([("notes", names.out_of_json)]), ("notes",))
    yield from results.steps(snapshot, person)
    persons = Persons(
        customers=person.customer_keys if person.user is None else (),
        users=person.user_keys if person.user is not None else (),
        cells=cells,
        kept=kept,
    )
    personal = [name for name, table in FACTS.items() if personal_columns(table)]
    for name in sorted(personal, key=lambda name: (_LAST.index(name) if name in _LAST else -1, name)):
        table = FACTS[name]
        yield Step(
            f"facts/{name}", blanking(table, lambda _: persons), [c.name for c in personal_columns(table)]
        )


def _mentions(snapshot: Snapshot, person: Person) -> dict[Cell, set[int]]:
    """Return the cells of the customer's other rows in which one user of theirs is named."""
    names = Words(person.names)
    if person.user is None or not names:
        return {}
    found: dict[Cell, set[int]] = {}
    choose = chosen(set(person.customer_keys), set())
    for table in FACTS.values():
        columns = personal_columns(table)
        for path in files_of(snapshot.root, f"facts/{table.name}") if columns else ():
            rows = rows_in(path, [c.name for c in columns], choose)
            for column in (c for c in columns if c.name in rows.column_names):
                for row, value in zip(rows["_id"].to_pylist(), rows[column.name].to_pylist(), strict=True):
                    if any(names.stand_in(text) for text in texts(column, value)):
                        found.setdefault((table.name, column.name), set()).add(row)
    return found
