"""What a column must be turned into so that its type is clear: pieces of SQL for people to read."""

from sqlglot import exp, tokens
from sqlglot.dialects.duckdb import DuckDB

from minori.schema.table import Type
from minori.sources.connecting.forms import ASCII_DIGITS, FALSE, FULL_WIDTH, TRUE, DateForm, NumberForm
from minori.sources.connecting.profile import SeenColumn

_DECIMAL = "decimal(18, 6)"
_PERIODS = {
    1: "monthly month month-to-month 月次 月払い 月額 毎月",
    3: "quarterly quarter 四半期",
    6: "semiannual half-yearly 半年",
    12: "annual annually yearly year one-year 年次 年払い 年額 毎年",
    24: "two-year biennial 2年",
}
_MONTHS = {word: months for months, words in _PERIODS.items() for word in words.split()}


def identifier(name: str) -> str:
    """Write a name as SQL reads it, in quotes where needed."""
    found = DuckDB.Tokenizer().tokenize(name) if name.isascii() and name.isidentifier() else []
    plain = len(found) == 1 and found[0].token_type == tokens.TokenType.VAR
    return str(exp.to_identifier(name, quoted=not plain).sql(dialect="duckdb"))


def literal(text: str) -> str:
    """Write a text as SQL reads it."""
    return str(exp.Literal.string(text).sql(dialect="duckdb"))


def call(function: str, *arguments: str) -> str:
    """Write a call."""
    return f"{function}({', '.join(arguments)})"


def cast(value: str, kind: str) -> str:
    """Write a cast."""
    return f"cast({value} as {kind})"


def as_type(value: str, column: SeenColumn, kind: Type) -> str:
    """Return what makes ``value``, which is ``column`` in some table, clear as this type."""
    if kind in (Type.DATE, Type.INSTANT):
        form = column.dates or column.epochs
        return _as_date(value, form, day_only=kind == Type.DATE) if form else value
    if kind in (Type.QUANTITY, Type.MONEY, Type.INTEGER):
        return as_number(value, column.numbers)
    if kind == Type.FLAG:
        return _as_flag(value, column)
    return value


def as_decimal(value: str, column: SeenColumn) -> str:
    """Return the column as a decimal, to count with."""
    return cast(as_number(value, column.numbers), _DECIMAL)


def as_number(value: str, form: NumberForm | None) -> str:
    """Return the column as digits that nobody can misread."""
    if form is None or form.plain:
        return value
    if form.full_width:
        value = call("translate", value, literal(FULL_WIDTH), literal(ASCII_DIGITS))
    for sign in form.signs:
        value = call("replace", value, literal(sign), literal(""))
    if form.comma_decimal:
        value = call("replace", call("replace", value, literal("."), literal("")), literal(","), literal("."))
    for sign in form.minus:
        value = call("replace", value, literal(sign), literal("-"))
    if form.in_brackets:
        value = call("regexp_replace", value, literal(r"^\((.*)\)$"), literal(r"-\1"))
    return value


def as_months(value: str, column: SeenColumn) -> str | None:
    """Return how often it is paid as months, if the values are such words."""
    months = {word: _MONTHS.get("-".join(word.lower().split())) for word in sorted(column.values)}
    if column.distinct != len(months) or None in months.values():
        return None
    whens = " ".join(f"when {literal(word)} then {count}" for word, count in months.items())
    return f"case {value} {whens} end"


def without_float(value: str) -> str:
    """Return an id that was written as 17850.0 as 17850."""
    return call("regexp_replace", value, literal(r"\.0$"), literal(""))


def _as_date(value: str, form: DateForm, *, day_only: bool) -> str:
    if form.full_width:
        value = call("translate", value, literal(FULL_WIDTH), literal(ASCII_DIGITS))
    if form.per_second:
        seconds = cast(value, "bigint") + (f" / {form.per_second}" if form.per_second > 1 else "")
        instant = call("to_timestamp", seconds)
        return cast(call("timezone", literal("UTC"), instant), "date") if day_only else instant
    if form.formats:
        parsed = call("strptime", value, literal(form.formats[0]))
        return cast(parsed, "date") if day_only and form.with_time else parsed
    if not day_only or not form.with_time:
        return value
    if form.with_offset:
        return cast(call("timezone", literal("UTC"), cast(value, "timestamptz")), "date")
    return cast(cast(value, "timestamp"), "date")


def _as_flag(value: str, column: SeenColumn) -> str:
    words = sorted({word.strip().lower() for word in column.values})
    if set(words) <= {"true", "false", "t", "f", "yes", "no", "1", "0"}:
        return value
    whens = [f"when {literal(word)} then 'true'" for word in words if word in TRUE]
    whens += [f"when {literal(word)} then 'false'" for word in words if word in FALSE]
    return f"case lower({value}) {' '.join(whens)} else {value} end"
