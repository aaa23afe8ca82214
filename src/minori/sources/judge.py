"""From typed rows to facts: keys, made ids, and what to do when a key comes more than once in one load.

Equal rows collapse. Of different rows with one key the newest by ``version`` stays; if that does not decide
it, all are set aside. Neither the order of rows nor that of files or sources matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
from sqlglot import exp

from minori.core.errors import InputError
from minori.core.keys import SEPARATOR, short_id
from minori.schema.table import Table, Type, key_of
from minori.sources.keys import content_text, fact_key, key_text, made_id
from minori.sources.tree import column, create, fill, first, named, run, table, text

DAY, MONTH = "_day", "_month"


@dataclass(frozen=True)
class Keyed:
    """The good rows of one source: ``typed`` with keys, in a table of the child's connection."""

    source: str
    name: str


def key_rows(
    connection: duckdb.DuckDBPyConnection,
    of: Table,
    source: str,
    typed: str,
    into: str,
    time_zone: str,
    known: str | None = None,
) -> Keyed:
    """Give the good rows of ``typed`` their keys and the company's day.

    ``known`` is a table of the ``_id`` that the lake has: rows replayed without their file must not take a
    made id that an equal row of the file already has.
    """
    filled = _with_made_id(connection, of, typed, known)
    columns = [column(c.name) for c in of.columns]
    technical = [
        named(fill("minori_key(:t)", t=key_text(of)), "_id"),
        named(text(source), "_source"),
        column("_version"),
        named(day_of(of, time_zone), DAY),
        *(named(fill("minori_key(:c)", c=column(c)), key_of(c)) for c in of.keyed_ids),
    ]
    hidden = [column(name) for name in ("__place", "__row", "__file")]
    create(connection, into, exp.select(*hidden, *columns, *technical).from_(filled.subquery("filled")))
    _check_collisions(connection, of, into)
    return Keyed(source, into)


def day_of(of: Table, time_zone: str) -> exp.Expression:
    """Return the SQL of the company's calendar day of a row."""
    if of.at is None:
        return fill("cast(null as date)")
    if of.by_name[of.at].type == Type.DATE:
        return column(of.at)
    return fill("cast(timezone(:zone, :at) as date)", zone=text(time_zone), at=column(of.at))


def judge(connection: duckdb.DuckDBPyConnection, of: Table, keyed: Sequence[Keyed], into: str) -> None:
    """Find rows that do not become facts of their own, into ``(_source, place, verdict)``.

    ``place`` is the rowid in the keyed table; ``verdict`` is ``duplicate`` or ``conflict``.

    Raises
    ------
    InputError
        If two different keys have the same 64 bits: then no row of the table could be trusted.
    """
    every = [_for_judging(of, one) for one in keyed]
    both = every[0] if len(every) == 1 else exp.union(*every, distinct=False)
    ids = exp.select("_id").from_(both.subquery("every_row")).group_by("_id").having("count(*) > 1")
    create(connection, f"{into}_ids", ids)
    doubled = [one.copy().where(fill("_id in (select _id from :t)", t=table(f"{into}_ids"))) for one in every]
    rows = doubled[0] if len(doubled) == 1 else exp.union(*doubled, distinct=False)
    create(connection, f"{into}_rows", rows)
    _check_keys(connection, of, f"{into}_rows")
    create(connection, into, fill(_VERDICTS, rows=table(f"{into}_rows")))


_VERDICTS = """
    with ranked as (
        select *, coalesce(_version, -1e11) = max(coalesce(_version, -1e11)) over (partition by _id) as newest
        from :rows
    ), counted as (
        select *,
            count(distinct content) filter (where newest) over (partition by _id) as among,
            row_number() over (
                partition by _id order by newest desc, _source, __file, __row, place
            ) as position
        from ranked
    )
    select
        _source, place, case when among > 1 and newest then 'conflict' else 'duplicate' end as verdict
    from counted
    where position > 1 or among > 1
"""


def _with_made_id(
    connection: duckdb.DuckDBPyConnection, of: Table, typed: str, known: str | None
) -> exp.Select:
    """Return the good rows, with an id made for those that have none."""
    good = exp.select("*").from_(table(typed)).where("__check is null")
    made = made_id(of)
    if made is None:
        return good
    missing = fill(
        "select count(*) from :t where __check is null and :id is null", t=table(typed), id=column(made)
    )
    if first(connection, missing) == (0,):
        return good
    numbered = _numbered(of, good, made)
    shifts = _shifts(connection, of, numbered, known) if known else []
    shift = exp.Case(
        ifs=[exp.If(this=fill("__content = :c", c=text(c)), true=exp.convert(n)) for c, n in shifts],
        default=exp.convert(0),
    )
    content_id = fill(
        "coalesce(:id, substr(sha256(__content || :s || cast(__nth + :shift as varchar)), 1, 16))",
        id=column(made),
        s=text(SEPARATOR),
        shift=shift if shifts else exp.convert(0),
    )
    return exp.select(exp.Star(replace=[named(content_id, made)])).from_(numbered.subquery("numbered"))


def _numbered(of: Table, good: exp.Select, made: str) -> exp.Select:
    """Count equal rows of a file, so that true doubles stay apart."""
    counted = exp.select("*", named(fill("substr(sha256(:c), 1, 16)", c=content_text(of)), "__content"))
    nth = fill(
        "case when :id is null then "
        "row_number() over (partition by __file, __content, :id is null order by __row, __place) end",
        id=column(made),
    )
    return exp.select("*", named(nth, "__nth")).from_(
        counted.from_(good.subquery("good")).subquery("counted")
    )


def _shifts(
    connection: duckdb.DuckDBPyConnection, of: Table, numbered: exp.Select, known: str
) -> list[tuple[str, int]]:
    """Return by content how many made ids the lake already has for it."""
    made = made_id(of)
    rest = [name for name in of.key if name != made]
    query = exp.select("__content", *rest).distinct().from_(numbered.subquery("rows_")).order_by("__content")
    found = []
    for content, *values in run(connection, query.where(f"{made} is null")).fetchall():
        row = dict(zip(rest, values, strict=True))
        count = 0
        while _is_known(
            connection, known, fact_key(of, {**row, made or "": short_id(content, str(count + 1))})
        ):
            count += 1
        if count:
            found.append((content, count))
    return found


def _is_known(connection: duckdb.DuckDBPyConnection, known: str, key: int) -> bool:
    query = fill("select 1 from :t where _id = :key limit 1", t=table(known), key=exp.convert(key))
    return first(connection, query) is not None


def _for_judging(of: Table, one: Keyed) -> exp.Select:
    return exp.select(
        "_id",
        "_source",
        "_version",
        "__file",
        "__row",
        named(column("rowid"), "place"),
        named(content_text(of), "content"),
        named(key_text(of), "key"),
    ).from_(table(one.name))


def _check_keys(connection: duckdb.DuckDBPyConnection, of: Table, rows: str) -> None:
    query = fill(
        "select min(key), max(key) from :t group by _id having min(key) <> max(key) limit 1", t=table(rows)
    )
    if found := first(connection, query):
        raise InputError(
            f"{of.name}: the ids {found[0]!r} and {found[1]!r} have the same 64-bit key; change one"
        )


def _check_collisions(connection: duckdb.DuckDBPyConnection, of: Table, keyed: str) -> None:
    for name in of.keyed_ids:
        query = fill(
            "select min(:id), max(:id) from (select distinct :id, :key from :t) group by :key "
            "having count(*) > 1 limit 1",
            id=column(name),
            key=column(key_of(name)),
            t=table(keyed),
        )
        found = first(connection, query)
        if found and found[0] != found[1]:
            raise InputError(
                f"{name}: {found[0]!r} and {found[1]!r} have the same 64-bit key; change one", column=name
            )
