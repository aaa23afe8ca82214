"""What else lies in a file: orders in their lines, customers in what they did, answers in tickets."""

from collections.abc import Sequence
from dataclasses import replace

from minori.core.text import Text
from minori.schema.facts import FACTS
from minori.schema.table import Type
from minori.sources.connecting.build import FROM_USER, Shape, guesses, known_customers
from minori.sources.connecting.draft import Condition, Draft, unused
from minori.sources.connecting.expressions import as_decimal, as_type, identifier
from minori.sources.connecting.forms import Looks
from minori.sources.connecting.guess import Guess, Sureness
from minori.sources.connecting.match import Match, matches
from minori.sources.connecting.profile import SeenColumn, SeenFile
from minori.sources.connecting.relations import agree
from minori.sources.connecting.spelling import spelled

KEPT = Text(ja="属性として残します", en="kept as an attribute")
_SAME = Text(ja="顧客ごとに値が1つです", en="one value for each customer")
_TOTAL = Text(ja="明細の合計です", en="the sum of the lines")
_FIRST = Text(ja="明細のうち最も早い日時です", en="the earliest of the lines")
_NEARLY_SAME = 0.01
_HIGHEST_SCORE = 10


def orders_of_lines(lines: Draft, shape: Shape) -> Draft:
    """Return the source of orders from a file of their lines: one row for each order."""
    key = next(guess for guess in lines.guesses if guess.target == "order_id")
    found = [_gathered(guess, shape) for guess in lines.guesses if guess.target in FACTS["orders"].by_name]
    extra = [guess for name in ("coupon", "channel") if (guess := _extra(shape, name)) is not None]
    order = {name: at for at, name in enumerate(FACTS["orders"].by_name)}
    ordered = sorted((*found, *extra), key=lambda guess: order[guess.target])
    return replace(
        lines,
        id=f"{lines.id}_orders",
        gives="orders",
        guesses=tuple(ordered),
        group_by=key.sql,
        unused=(),
        notes=(),
    )


def customers_of(draft: Draft, shape: Shape, customer: SeenColumn) -> Draft:
    """Return the source of customers from a file in which each stands several times."""
    key = shape.id_of(customer)
    found = [_key_of(shape, customer, key)]
    fed = {match.column.name: target for target, match in matches(shape.file, FACTS["customers"]).items()}
    for other in shape.file.columns:
        guess = _attribute_of(shape, customer, other, fed.get(other.name), [one.target for one in found])
        if guess is not None:
            found.append(guess)
    where = known_customers(replace(shape, prefix=""), found[:1])
    return Draft(
        id=f"{draft.id}_customers",
        gives="customers",
        file=shape.file,
        guesses=tuple(found),
        where=where,
        group_by=key,
    )


def _key_of(shape: Shape, customer: SeenColumn, key: str) -> Guess:
    if "customer_id" in shape.matches:
        return Guess("customer_id", key, Sureness.SURE, shape.matches["customer_id"].why, (customer.name,))
    return Guess("customer_id", key, Sureness.GUESS, FROM_USER, (customer.name,))


def attributes(file: SeenFile, found: Sequence[Guess]) -> list[Guess]:
    """Return the columns of a file of customers that no column of the table takes: they are kept."""
    names = [guess.target for guess in found]
    kept = []
    for name in unused(file, found):
        if file[name].looks == Looks.EMPTY:
            continue
        target = _attribute_name(name, names)
        names.append(target)
        kept.append(Guess(target, identifier(name), Sureness.SURE, KEPT, (name,)))
    return kept


def survey_in(tickets: Draft, shape: Shape) -> Draft | None:
    """Return the source of satisfaction scores that stand in a file of tickets, if they do."""
    spare = {guess.columns[0] for guess in tickets.guesses if len(guess.columns) == 1}
    score = matches(shape.file, FACTS["surveys"], spare).get("score")
    answered = next(
        (shape.matches[name] for name in ("closed_at", "opened_at") if name in shape.matches), None
    )
    if score is None or answered is None or not _is_score(score.column):
        return None
    at = Match("answered_at", answered.column, min(answered.score, 0.9), answered.why)
    fed = {name: match for name, match in shape.matches.items() if name in ("customer_id", "user_id")}
    answers = replace(score.column, rows=score.column.filled)  # the others are left out below
    fed |= {"score": replace(score, column=answers), "answered_at": at}
    survey = replace(shape, table=FACTS["surveys"], matches=fed)
    found = guesses(survey, source=tickets.id)
    where = Condition(
        f"{survey.written(score.column)} is not null",
        Text(ja="回答のあった行だけです", en="only the rows that were answered"),
    )
    return Draft(f"{tickets.id}_surveys", "surveys", shape.file, tuple(found), where=where)


def _gathered(guess: Guess, shape: Shape) -> Guess:
    """Return what one order has where each of its lines has something."""
    if guess.target == "order_id" or not guess.columns:
        return guess
    if guess.target == "amount":
        whole = (
            guess.sql
            if len(guess.columns) > 1
            else as_decimal(guess.sql, _plain(shape.file[guess.columns[0]]))
        )
        return replace(guess, sql=f"sum({whole})", why=_joined(guess.why, _TOTAL))
    if guess.target == "ordered_at":
        return replace(guess, sql=f"min({guess.sql})", why=_joined(guess.why, _FIRST))
    return replace(guess, sql=f"max({guess.sql})")


def _plain(column: SeenColumn) -> SeenColumn:
    """The conversion already stands in the guess; only the type is missing."""
    return replace(column, numbers=None)


def _extra(shape: Shape, name: str) -> Guess | None:
    match = matches(shape.file, FACTS["orders"]).get(name)
    if match is None:
        return None
    sql = f"max({shape.written(match.column)})"
    sureness = Sureness.SURE if match.certain else Sureness.GUESS
    return Guess(name, sql, sureness, match.why, (match.column.name,))


def _attribute_of(
    shape: Shape, customer: SeenColumn, other: SeenColumn, target: str | None, taken: Sequence[str]
) -> Guess | None:
    """Return a column of which each customer has one value: it belongs to the customer."""
    if other.name == customer.name or not 1 < other.distinct <= customer.distinct:
        return None
    several, distinct = agree(shape.connection, shape.file, customer.name, other.name)
    if several > _NEARLY_SAME * customer.distinct or distinct < 2:
        return None
    known = FACTS["customers"].by_name.get(target or "")
    name = target if target and known and target != "customer_id" else _attribute_name(other.name, taken)
    value = as_type(shape.written(other), other, known.type if known and name == target else Type.TEXT)
    guess = Guess(name, f"max({value})", Sureness.SURE, _SAME, (other.name,))
    if several:
        guess = guess.doubted(
            Text(
                ja=f"{several:,}件の顧客は値が複数あり、最大の値としました",
                en=f"{several:,} customers have several values, of which the greatest is taken",
            )
        )
    return guess


def _attribute_name(written: str, taken: Sequence[str]) -> str:
    """Return a name for an attribute that is no column of the table and was not given yet."""
    name = spelled(written)
    name = name if name.isascii() and name.isidentifier() else written
    base = f"{name}_written" if name.lower() in FACTS["customers"].by_name else name
    used = {spelled(other) for other in taken}
    suffixes = (base, *(f"{base}_{number}" for number in range(2, len(used) + 3)))
    return identifier(next(one for one in suffixes if spelled(one) not in used))


def _is_score(column: SeenColumn) -> bool:
    return column.numbers is not None and all(_within(value) for value in column.values)


def _within(value: str) -> bool:
    try:
        return 0 <= float(value) <= _HIGHEST_SCORE
    except ValueError:
        return False


def _joined(first: Text, second: Text) -> Text:
    return Text(ja=f"{first.ja}。{second.ja}", en=f"{first.en}; {second.en}")
