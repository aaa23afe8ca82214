"""Visibility: every reference to a fact becomes what could be seen of it at each as-of date (SEMANTICS 3).

A stage writes ``from contracts c`` and gets rows that carry ``as_of``: only rows whose day has come, with columns that
had not happened yet set to null. A stage therefore joins on ``as_of`` as well as on the customer, and cannot peek.
"""

from dataclasses import dataclass

from sqlglot import exp

from minori.query.points import Dates
from minori.query.sql import column, literal, named
from minori.schema.facts import FACTS
from minori.schema.table import Column, Table, Type, Visible

RAW = "fact_"
"""Prefix under which an engine holds the rows of a fact table, whatever their date."""


@dataclass(frozen=True)
class View:
    """From where facts are looked at: the dates, whether identities are linked, and which customers count.

    ``only`` names an engine's relation whose ``customer_key`` are the customers of the points; None: all.
    ``table`` names the engine's relation of the dates (``Dates.rows``), read where there are several.
    """

    dates: Dates
    linked: bool = False
    only: str | None = None
    table: str = "dates"


def compile_facts(tree: exp.Query, view: View) -> exp.Query:
    """Return the tree with each reference to a fact table replaced by what was visible of it."""
    tree = tree.copy()
    for reference in list(tree.find_all(exp.Table)):
        table = FACTS.get(reference.name)
        if table is None or reference.db:
            continue
        rows = visible(table, view)
        reference.replace(rows.subquery(reference.alias or table.name))
    return tree


def visible(table: Table, view: View, *, window: int | None = None, offset: int = 0) -> exp.Select:
    """Return the rows of a fact table as seen at each date.

    Parameters
    ----------
    window
        Keep only this many days up to the date, the date's own day included; None: all.
    offset
        Move the window back by so many days.
    """
    dates, linked = view.dates, view.linked
    single = dates.single
    as_of = literal(single) if single else column("as_of", "dates")
    columns = [named(as_of.copy(), "as_of"), *(_column(c, dates, linked) for c in _columns(table))]
    rows = exp.select(*columns).from_(_raw(table, view, window, offset), copy=False)
    if single is None:
        rows.join(exp.to_table(view.table).as_("dates"), join_type="cross", copy=False)
    if linked:  # after the dates: which links are visible depends on them
        rows = _with_links(rows, table, as_of)
    if linked and table.name == "customers":  # a merged-away customer has no row of its own
        rows.where(exp.Is(this=column("into_key", "link_customer_key"), expression=exp.null()), copy=False)
    for condition in _conditions(table, as_of, window, offset):
        rows.where(condition, copy=False)
    return rows


def timeless(table: Table, view: View) -> bool:
    """Return whether a row of the table, once its day has come, looks the same from every date."""
    masked = any(declared.visible is Visible.MASKED for declared in _columns(table))
    return table.at is not None and table.by_name[table.at].required and not masked and not view.linked


def of_every_day(table: Table, view: View, *, window: int | None = None, offset: int = 0) -> exp.Select:
    """Return the rows that any date of the view sees, once and without ``as_of``, to be aggregated by ``_day``.

    Only of a ``timeless`` table. Who puts the days beside the dates keeps from each date the days after it.
    ``window`` and ``offset`` are those of ``visible``.
    """
    return exp.select(*[named(column(c.name, "f"), c.name) for c in _columns(table)]).from_(
        _raw(table, view, window, offset), copy=False
    )


def _raw(table: Table, view: View, window: int | None, offset: int) -> exp.Expression:
    """Return the stored rows, cut to what any date of the view can see, so that an engine may skip the rest."""
    raw = exp.select("*").from_(exp.to_table(RAW + table.name))
    if table.at is not None:
        for condition in _bounds(table, view.dates, window, offset):
            raw.where(condition, copy=False)
    if view.only is not None and not view.linked and any(c.name == "customer_key" for c in table.technical):
        keys = exp.select("customer_key").from_(exp.to_table(view.only))
        raw.where(exp.In(this=column("customer_key"), query=keys.subquery()), copy=False)
    return raw.subquery("f")


def _bounds(table: Table, dates: Dates, window: int | None, offset: int) -> list[exp.Expression]:
    day = column("_day")
    last: exp.Expression = exp.LTE(this=day.copy(), expression=literal(dates.back(offset).last))
    if table.at and not table.by_name[table.at].required:
        last = exp.or_(last, exp.Is(this=day.copy(), expression=exp.null()))
    bounds = [last]
    if window is not None:
        bounds.append(exp.GT(this=day.copy(), expression=literal(dates.back(offset + window).first)))
        if table.compact:  # months are partitions: naming the bound lets an engine skip whole folders
            first = dates.back(offset + window - 1).first
            bounds.append(exp.GTE(this=column("_month"), expression=literal(f"{first:%Y-%m}")))
    return bounds


def _columns(table: Table) -> tuple[Column, ...]:
    return (*table.stored, *table.technical)


def _column(declared: Column, dates: Dates, linked: bool) -> exp.Expression:
    value: exp.Expression = column(declared.name, "f")
    if linked and declared.name in ("customer_key", "user_key"):
        value = exp.func("coalesce", column("into_key", f"link_{declared.name}"), value)
    if declared.visible is Visible.MASKED:
        value = exp.case().when(_has_happened(declared, dates), value.copy())
    return named(value, declared.name)


def _has_happened(declared: Column, dates: Dates) -> exp.Expression:
    single = dates.single
    value = column(declared.name, "f")
    if declared.type is Type.DATE:
        return exp.LTE(this=value, expression=literal(single) if single else column("as_of", "dates"))
    ends_at = literal(dates.ends_at(single)) if single else column("ends_at", "dates")
    return exp.LT(this=value, expression=ends_at)


def _conditions(table: Table, as_of: exp.Expression, window: int | None, offset: int) -> list[exp.Expression]:
    """Return what a row must meet at each single date."""
    if table.at is None:
        return []
    day = column("_day", "f")
    newest = exp.Sub(this=as_of.copy(), expression=literal(offset)) if offset else as_of.copy()
    seen: exp.Expression = exp.LTE(this=day.copy(), expression=newest)
    if not table.by_name[table.at].required:
        seen = exp.or_(seen, exp.Is(this=day.copy(), expression=exp.null()))
    if window is None:
        return [seen]
    oldest = exp.Sub(this=as_of.copy(), expression=literal(offset + window))
    return [seen, exp.GT(this=day.copy(), expression=oldest)]


def _with_links(rows: exp.Select, table: Table, as_of: exp.Expression) -> exp.Select:
    for key in ("customer_key", "user_key"):
        if any(c.name == key for c in table.technical):
            alias = f"link_{key}"
            rows.join(
                exp.to_table("identity").as_(alias),
                on=exp.and_(
                    exp.EQ(this=column("from_key", alias), expression=column(key, "f")),
                    exp.EQ(this=column("as_of", alias), expression=as_of.copy()),
                ),
                join_type="left",
                copy=False,
            )
    return rows
