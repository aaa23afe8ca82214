"""Typing: the output of a select becomes typed columns of its fact table, or a reason why it cannot."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb
from sqlglot import exp

from minori.core.text import Text
from minori.lake.types import duckdb_type
from minori.schema.table import Column, Table, Type
from minori.sources.casts import CHECK_TYPE
from minori.sources.currencies import CURRENCIES
from minori.sources.macros import DEEPEST_JSON
from minori.sources.mapping import HIDDEN
from minori.sources.plan import Fed, Plan
from minori.sources.reasons import ATTRIBUTES
from minori.sources.tree import column, create, fill, first, named, run, table, text

PLACE = "__place"
VERSION = "_version"
AHEAD = timedelta(days=1)  # clocks may be a little wrong, not more
_TEXTS = {
    "TIMESTAMP WITH TIME ZONE": "cast(timezone('UTC', :c) as varchar) || '+00'",
    "DOUBLE": "coalesce(cast(try_cast(:c as decimal(38, 9)) as varchar), cast(:c as varchar))",
    "FLOAT": "coalesce(cast(try_cast(:c as decimal(38, 9)) as varchar), cast(:c as varchar))",
}
_NESTED = ("STRUCT", "MAP", "UNION")
_DIGITS = {Type.MONEY: 4, Type.QUANTITY: 6}
_ROUNDED = Text(
    ja="{column}: {n}件の値は小数の桁が多いため、偶数丸めしました",
    en="{column}: {n} values had more digits than are kept and were rounded half to even",
)
_MIDNIGHT = Text(
    ja="{column}: {n}件の値は時刻がないため、その日の0時としました",
    en="{column}: {n} values have no time of day and were read as midnight",
)
_TRIMMED = Text(
    ja="{column}: {n}件の値の前後にある空白を取り除きました",
    en="{column}: spaces around {n} values were removed",
)
_MACROS = {
    Type.INTEGER: "minori_integer(:x)",
    Type.QUANTITY: "minori_quantity(:x)",
    Type.MONEY: "minori_money(:x)",
    Type.DATE: "minori_date(:x)",
    Type.FLAG: "minori_flag(:x)",
    Type.JSON: "minori_json(:x)",
    Type.TEXT: "minori_text(:x)",
}


@dataclass(frozen=True)
class Setting:
    """What typing needs to know of the company, the source and the present."""

    time_zone: str  # how naive times are read
    currency: str
    now: datetime
    ends_inclusive: bool = False


def is_id(column: Column, of: Table) -> bool:
    """Tell whether a column names something: no control characters, no spaces around it."""
    return column.type == Type.TEXT and (column.name in of.key or column.name.endswith("_id"))


def is_currency(column: Column) -> bool:
    """Tell whether a column holds a code of ISO 4217."""
    return column.name == "currency"


def run_typing(
    connection: duckdb.DuckDBPyConnection, plan: Plan, setting: Setting, mapped: str, into: str
) -> None:
    """Type the rows of ``mapped`` into the schema's columns, ``_version``, and how each row came about.

    ``__place`` is the rowid in ``mapped``, ``__row`` and ``__file`` the place in the input. ``__check`` is
    null for a good row; else it lists what failed: ``column``, ``value`` and ``type`` (what it should have
    been, or the rule that it breaks; ``reasons.explain`` puts it into words).
    """
    texts = exp.select(named(column("rowid"), PLACE), *(column(h) for h in HIDDEN), *_texts(plan)).from_(
        table(mapped)
    )
    hidden = [column(h) for h in (PLACE, *HIDDEN)]
    values = exp.select(*hidden, *_seen(plan), *_values(plan, setting)).from_(texts.subquery("texts"))
    typed = exp.select(*hidden[:3], _check(plan, setting), *_final(plan, setting))
    create(connection, into, typed.from_(values.subquery("values_")))
    for c in plan.table.columns:
        if c.type == Type.JSON and (c.name in plan.fed or plan.kept):
            _refuse_deep(connection, c, into)


def notes_of(connection: duckdb.DuckDBPyConnection, plan: Plan, mapped: str) -> list[Text]:
    """Say, once per column, what was done to values without setting them aside."""
    asked = [(c, ask, note) for c in plan.table.columns if c.name in plan.fed for ask, note in _asks(c, plan)]
    if not asked:
        return []
    texts = exp.select(*_texts(plan)).from_(table(mapped))
    counts = [
        named(fill(f"count_if({ask})", x=column("x_" + c.name)), f"n{i}")
        for i, (c, ask, _) in enumerate(asked)
    ]
    row = first(connection, exp.select(*counts).from_(texts.subquery("texts"))) or ()
    return [
        note.fill({"column": c.name, "n": f"{n:,}"}) for (c, _, note), n in zip(asked, row, strict=True) if n
    ]


def _texts(plan: Plan) -> list[exp.Expression]:
    """Return every column of the schema as text, null where it is empty."""
    found = []
    for c in plan.table.columns:
        if c.name == ATTRIBUTES and plan.kept:
            found.append(named(_attributes(plan), "x_" + c.name))
        elif c.name in plan.fed:
            macro = "minori_filled(:x)" if c.type == Type.TEXT else "minori_plain(:x)"
            found.append(named(fill(macro, x=as_text(plan.fed[c.name], c.type)), "x_" + c.name))
    if plan.version:
        found.append(named(fill("minori_plain(:x)", x=as_text(plan.version, Type.QUANTITY)), "x_" + VERSION))
    return found


def as_text(fed: Fed, meant: Type) -> exp.Expression:
    """Return a column of the select's output as text, written as files would write it."""
    if fed.type == "VARCHAR":
        return column(fed.place)
    if fed.type.startswith(_NESTED) or fed.type.endswith("]"):
        return fill("cast(to_json(:c) as varchar)", c=column(fed.place))
    keep_digits = fed.type in ("DOUBLE", "FLOAT") and meant == Type.TEXT
    template = "cast(:c as varchar)" if keep_digits else _TEXTS.get(fed.type, "cast(:c as varchar)")
    return fill(template, c=column(fed.place))


def _attributes(plan: Plan) -> exp.Expression:
    """Gather unknown columns into one JSON object, without the empty ones, beside what the select gives."""
    pairs: list[exp.Expression] = []
    for fed in plan.kept:
        value = fill("minori_filled(:x)", x=column(fed.place)) if fed.type == "VARCHAR" else column(fed.place)
        pairs += [text(fed.name), value]
    mine = exp.Anonymous(this="json_object", expressions=pairs)
    given = plan.fed.get(ATTRIBUTES)
    if given is None:
        return fill("nullif(cast(json_merge_patch('{}', :mine) as varchar), '{}')", mine=mine)
    theirs = fill("minori_plain(:x)", x=as_text(given, Type.JSON))
    return fill(
        "case when :t is null or minori_object(:t) is not null then "
        "cast(json_merge_patch(coalesce(:t, '{}'), :mine) as varchar) else :t end",
        t=theirs,
        mine=mine,
    )


def _seen(plan: Plan) -> list[exp.Expression]:
    names = [c.name for c in plan.table.columns if c.name in plan.fed or (c.name == ATTRIBUTES and plan.kept)]
    return [column("x_" + name) for name in [*names, *([VERSION] if plan.version else [])]]


def _values(plan: Plan, setting: Setting) -> list[exp.Expression]:
    present = {s.name for s in _seen(plan)}
    values = [
        named(_value(c, plan, setting), "v_" + c.name) for c in plan.table.columns if "x_" + c.name in present
    ]
    if plan.version:
        zone = text(setting.time_zone)
        values.append(
            named(fill("minori_version(:x, :zone)", x=column("x_" + VERSION), zone=zone), "v_" + VERSION)
        )
    return values


def _value(c: Column, plan: Plan, setting: Setting) -> exp.Expression:
    x = column("x_" + c.name)
    if c.type == Type.INSTANT:
        return fill("minori_instant(:x, :zone)", x=x, zone=text(setting.time_zone))
    if is_currency(c):
        known = exp.Tuple(expressions=[text(code) for code in sorted(CURRENCIES)])
        return fill(
            "case when upper(minori_plain(:x)) in :known then upper(minori_plain(:x)) end", x=x, known=known
        )
    if c.allowed:
        known = exp.Tuple(expressions=[text(value) for value in c.allowed])
        return fill("case when minori_plain(:x) in :known then minori_plain(:x) end", x=x, known=known)
    if is_id(c, plan.table):
        return fill("minori_id(:x)", x=x)
    if c.name == ATTRIBUTES:
        return fill("minori_object(:x)", x=x)
    return fill(_MACROS[c.type], x=x)


def _check(plan: Plan, setting: Setting) -> exp.Expression:
    """Return the list of what failed in a row, null where nothing did."""
    failed: list[tuple[exp.Expression, exp.Expression]] = [
        (
            fill(":x is not null and :v is null", x=x, v=column("v" + x.name[1:])),
            _entry(x, _rule(x.name[2:], plan)),
        )
        for x in _seen(plan)
    ]
    at = plan.table.at
    if at and at in plan.fed and plan.table.by_name[at].type == Type.INSTANT:
        limit = text((setting.now + AHEAD).isoformat())
        ahead = fill(":v > cast(:limit as timestamptz)", v=column("v_" + at), limit=limit)
        failed.append((ahead, _entry(column("x_" + at), "future")))
    failed += [
        (fill(":x is null", x=column("x_" + c.name)), _entry(column("x_" + c.name), "required"))
        for c in plan.table.columns
        if c.required
    ]
    whole = fill("coalesce(:check, [])", check=column("__check"))
    for condition, entry in failed:
        whole = fill(
            "list_concat(:whole, case when :f then [:e] else [] end)", whole=whole, f=condition, e=entry
        )
    any_failed = exp.or_(fill(":check is not null", check=column("__check")), *(f for f, _ in failed))
    check = fill("case when :any then :whole end", any=any_failed, whole=whole)
    return named(fill(f"cast(:c as {CHECK_TYPE})", c=check), "__check")


def _entry(x: exp.Column, rule: str) -> exp.Expression:
    template = "{'column': :column, 'value': :x, 'type': :rule}"
    return fill(template, column=text(x.name[2:]), x=x, rule=text(rule))


def _rule(name: str, plan: Plan) -> str:
    c = plan.table.by_name.get(name)
    if c is None:
        return Type.QUANTITY.value
    if is_currency(c):
        return "currency"
    return "allowed" if c.allowed else c.type.value


def _final(plan: Plan, setting: Setting) -> list[exp.Expression]:
    return [named(_stored(c, plan, setting), c.name) for c in plan.table.columns] + [
        named(column("v_" + VERSION) if plan.version else fill("cast(null as decimal(18, 6))"), VERSION)
    ]


def _stored(c: Column, plan: Plan, setting: Setting) -> exp.Expression:
    given = c.name in plan.fed or (c.name == ATTRIBUTES and plan.kept)
    value = column("v_" + c.name) if given else exp.cast(exp.null(), duckdb_type(c.type))
    if is_currency(c):
        return fill("coalesce(:v, :company)", v=value, company=text(setting.currency))
    if c.name == "ends_on" and setting.ends_inclusive:
        return fill("case when :v < date '9999-12-31' then :v + 1 else :v end", v=value)
    return value


def _asks(c: Column, plan: Plan) -> list[tuple[str, Text]]:
    """Return what to count in a column, and how to say it."""
    if c.type in _DIGITS:
        return [(f"regexp_matches(:x, '^[+-]?[0-9]*[.][0-9]{{{_DIGITS[c.type]}}}[0-9]*[1-9]')", _ROUNDED)]
    if c.type == Type.INSTANT:
        return [("regexp_full_match(:x, '[0-9]{4}-[0-9]{2}-[0-9]{2}')", _MIDNIGHT)]
    return [("minori_id(:x) <> :x", _TRIMMED)] if is_id(c, plan.table) else []


def _refuse_deep(connection: duckdb.DuckDBPyConnection, c: Column, typed: str) -> None:
    """Set aside JSON of too many levels, which later readers could not take."""
    query = exp.select("rowid", column(c.name)).from_(table(typed))
    query = query.where(
        fill(
            "length(regexp_replace(:c, '[^\\[{]', '', 'g')) > :n",
            c=column(c.name),
            n=exp.convert(DEEPEST_JSON),
        )
    )
    deep = [place for place, value in run(connection, query).fetchall() if _depth(value) > DEEPEST_JSON]
    if deep:
        entry = fill("[{'column': :name, 'value': :c, 'type': 'json'}]", name=text(c.name), c=column(c.name))
        places = exp.Tuple(expressions=[exp.convert(place) for place in deep])
        run(
            connection, exp.update(table(typed), {"__check": entry}, where=fill("rowid in :p", p=places))
        ).fetchall()


def _depth(value: str) -> int:
    depth = deepest = 0
    for bracket in re.sub(r'"(\\.|[^"\\])*"|[^\[\]{}]', "", value):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest
