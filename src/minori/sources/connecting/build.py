"""Builds the select of one source: every column of the fact table that the file can feed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import duckdb

from minori.core.text import Text
from minori.schema.table import Column, Table, Type
from minori.sources.connecting import defaults
from minori.sources.connecting.draft import Condition
from minori.sources.connecting.expressions import (
    as_decimal,
    as_months,
    as_type,
    identifier,
    without_float,
)
from minori.sources.connecting.forms import FLOAT_ID
from minori.sources.connecting.guess import Guess, Sureness
from minori.sources.connecting.match import Match, candidates
from minori.sources.connecting.profile import SeenColumn, SeenFile
from minori.sources.connecting.relations import Link, repeats
from minori.sources.connecting.verify import misfits
from minori.sources.connecting.vocabulary import as_words, has_words, meant
from minori.sources.connecting.words import UNIT_PRICE

FROM_USER = Text(
    ja="顧客のIDがないため、利用者を顧客とみなしました",
    en="there is no id of a customer, so the user is taken for one",
)
HASHED = ("event_id", "survey_id", "line_id", "interaction_id", "statement_id", "change_id", "cost_id")


@dataclass(frozen=True)
class Shape:
    """A file, the table it is to give, and how its columns are called in the select."""

    connection: duckdb.DuckDBPyConnection
    file: SeenFile
    table: Table
    matches: dict[str, Match]
    prefix: str = ""  # ``u.`` where the select joins another input

    def written(self, column: SeenColumn) -> str:
        """Return the column as the select calls it."""
        return self.prefix + identifier(column.name)

    def id_of(self, column: SeenColumn) -> str:
        """Return the column as an id, without the ``.0`` that a spreadsheet has put behind it."""
        written = self.written(column)
        return without_float(written) if _is_float(column) else written

    def guess(self, target: str) -> Guess | None:
        """Return how a column of the table is fed, if a column of the file fits it."""
        match = self.matches.get(target)
        return self._fed(self.table.by_name[target], match) if match else None

    def _fed(self, target: Column, match: Match) -> Guess:
        column = match.column
        sql = self._sql(target, column)
        sureness = Sureness.SURE if match.certain else Sureness.GUESS
        guess = Guess(target.name, sql, sureness, _why(match, target, column), (column.name,))
        return self._doubts(guess, target, column)

    def _sql(self, target: Column, column: SeenColumn) -> str:
        if target.name == "term_months" and (months := as_months(self.written(column), column)):
            return months
        if target.name.endswith("_id"):
            return self.id_of(column)
        table = self.table.name
        if has_words(table, target.name) and (words := meant(table, target.name, column.values)):
            return as_words(self.written(column), words)
        return as_type(self.written(column), column, target.type)

    def _doubts(self, guess: Guess, target: Column, column: SeenColumn) -> Guess:
        form = column.dates
        if target.type in (Type.DATE, Type.INSTANT) and form and len(form.formats) > 1:
            guess = guess.doubted(_month_or_day(form.formats[0]))
        count = misfits(self.connection, self.file, column.name, guess.sql, target.type)
        if count:
            guess = guess.doubted(_set_aside(count))
        if target.required and column.filled < column.rows and target.name != "customer_id":
            guess = guess.doubted(_empty(column.rows - column.filled))
        return guess


def guesses(shape: Shape, link: Link | None = None, linked_as: str = "", source: str = "") -> list[Guess]:
    """Return every column of the select, in the order of the fact table."""
    found: list[Guess] = []
    for target in shape.table.columns:
        if target.name == "attributes":
            continue
        guess = (
            _customer(shape, link, linked_as) if target.name == "customer_id" else shape.guess(target.name)
        )
        guess = guess if guess is None else _unique(shape, guess)
        guess = guess or defaults.default(shape.file, shape.table, target, source, _amount(shape, target))
        if guess is None and target.required:
            guess = _open(shape, target, [used for one in found for used in one.columns])
        if guess is not None:
            found.append(guess)
    return found


def known_customers(shape: Shape, found: Iterable[Guess]) -> Condition | None:
    """Return the condition that leaves out rows without a customer, if there are some."""
    customer = next((guess for guess in found if guess.target == "customer_id"), None)
    if customer is None or len(customer.columns) != 1 or shape.prefix:
        return None
    column = shape.file[customer.columns[0]]
    missing = column.rows - column.filled
    if not missing:
        return None
    share = 100 * missing / column.rows
    return Condition(
        f"{shape.written(column)} is not null",
        Text(
            ja=f"顧客のない{missing:,}行（{share:.1f}%）を除いています。この条件がないと隔離されます",
            en=f"leaves out {missing:,} rows ({share:.1f} %) without a customer; else they are set aside",
        ),
    )


def _customer(shape: Shape, link: Link | None, linked_as: str) -> Guess | None:
    own = shape.guess("customer_id")
    if own is not None:
        return own
    if link is not None:
        return _through(shape, link, linked_as)
    user = shape.guess("user_id")
    if user is None:
        return None
    return replace(user, target="customer_id", sureness=Sureness.GUESS, why=FROM_USER)


def _through(shape: Shape, link: Link, linked_as: str) -> Guess:
    itself = link.key == link.customer
    theirs = f"{linked_as}.{identifier(link.customer)}"
    theirs = without_float(theirs) if _is_float(link.other[link.customer]) else theirs
    sql = shape.id_of(shape.file[link.column]) if itself else theirs
    share = 100 * link.share
    why = Text(
        ja=f"{link.column}の値の{share:.0f}%が{link.other.stem}の{link.key}にあります",
        en=f"{share:.0f} % of the values of {link.column} are found in {link.key} of {link.other.stem}",
    )
    sure = link.same_name and link.share == 1.0
    return Guess("customer_id", sql, Sureness.SURE if sure else Sureness.GUESS, why, (link.column,))


def _unique(shape: Shape, guess: Guess) -> Guess | None:
    """Leave out an id that stands several times, where a hash of the content can take its place."""
    key = shape.table.key
    if guess.target != key[0] or guess.target == "customer_id" or not guess.columns:
        return guess
    columns = [shape.matches[name].column.name for name in key if name in shape.matches]
    repeated = repeats(shape.connection, shape.file, columns) if len(columns) == len(key) else 0
    if not repeated:
        return guess
    if guess.target in HASHED:
        return None
    return guess.doubted(
        Text(
            ja=f"ほかの行と同じキー（{'、'.join(columns)}）の行が{repeated:,}件あります",
            en=f"rows that repeat the key ({', '.join(columns)}) of another row: {repeated:,}",
        )
    )


def _amount(shape: Shape, target: Column) -> Guess | None:
    """Return quantity × unit price where there is no amount."""
    price = next(
        (column for column in shape.file.columns if column.spelled in UNIT_PRICE and column.numbers), None
    )
    quantity = shape.matches.get("quantity")
    if target.name != "amount" or price is None:
        return None
    factors = [quantity.column, price] if quantity else [price]
    sql = " * ".join(as_decimal(shape.written(factor), factor) for factor in factors)
    why = Text(ja="数量×単価です", en="quantity × unit price")
    sure = Sureness.SURE if quantity and quantity.certain else Sureness.GUESS
    return Guess("amount", sql, sure, why, tuple(factor.name for factor in factors))


def _open(shape: Shape, target: Column, used: list[str]) -> Guess:
    choice = ", ".join(candidates(shape.file, shape.table.name, target, used))
    if choice:
        why = Text(ja=f"次から選んでください: {choice}", en=f"please choose one of: {choice}")
    else:
        why = Text(ja=f"必須です（{target.help}）", en=f"required: {target.help}")
    return Guess(target.name, "null", Sureness.OPEN, why)


def _is_float(column: SeenColumn) -> bool:
    return bool(column.values) and all(FLOAT_ID.fullmatch(value) for value in column.values)


def _why(match: Match, target: Column, column: SeenColumn) -> Text:
    form = column.dates or column.epochs
    if target.type in (Type.DATE, Type.INSTANT) and form and (form.formats or form.per_second):
        how = (
            form.formats[0]
            if form.formats
            else {1: "Unix (s)", 1000: "Unix (ms)"}.get(form.per_second, "Unix (µs)")
        )
        return Text(ja=f"{match.why.ja}。{how} で書かれています", en=f"{match.why.en}; written as {how}")
    if target.name.endswith("_id") and _is_float(column):
        return Text(ja=f"{match.why.ja}。末尾の .0 を除きます", en=f"{match.why.en}; the .0 behind it is cut")
    return match.why


def _month_or_day(form: str) -> Text:
    return Text(
        ja=f"月と日のどちらが先かは値から分からず、{form} としました",
        en=f"the values do not tell whether month or day comes first; {form} was taken",
    )


def _set_aside(count: int) -> Text:
    return Text(
        ja=f"当てはまらない値が{count:,}件あり、隔離されます",
        en=f"values that do not fit and will be set aside: {count:,}",
    )


def _empty(count: int) -> Text:
    return Text(
        ja=f"空の行が{count:,}件あり、隔離されます",
        en=f"rows that are empty here and will be set aside: {count:,}",
    )
