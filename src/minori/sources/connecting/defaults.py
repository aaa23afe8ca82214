"""What stands in for a column that no column of the file feeds: a constant that the file itself suggests."""

from minori.core.text import Text
from minori.schema.table import Column, Table, Type
from minori.sources.connecting.expressions import literal
from minori.sources.connecting.guess import Guess, Sureness
from minori.sources.connecting.profile import SeenFile
from minori.sources.connecting.spelling import spelled

_CURRENCIES = {"¥": "JPY", "\\": "JPY", "￥": "JPY", "円": "JPY", "€": "EUR", "£": "GBP", "$": "USD"}
_CODES = ("usd", "jpy", "eur", "gbp")
_FILE_NAME = Text(
    ja="操作名の列がないため、ファイル名としました",
    en="no column says what was done, so the name of the file is taken",
)
_CHURN = ("churn", "cancel", "解約")


def default(file: SeenFile, table: Table, target: Column, source: str, amount: Guess | None) -> Guess | None:
    """Return a constant or a product for a column that is not fed; None leaves it out."""
    if amount is not None:
        return amount
    if target.name == "currency" and any(column.type == Type.MONEY for column in table.columns):
        return _currency(file)
    if target.name == "kind" and table.name == "surveys":
        return _survey(file)
    if (
        target.name == "kind"
        and table.name == "statements"
        and any(word in spelled(file.stem) for word in _CHURN)
    ):
        return _constant("kind", "cancel", Text(ja="ファイル名から", en="from the name of the file"))
    if target.name == "name" and table.name == "events":
        return _constant("name", source, _FILE_NAME)
    return None


def _currency(file: SeenFile) -> Guess | None:
    for column in file.columns:
        signs = column.numbers.signs if column.numbers else ()
        code = next((_CURRENCIES[sign] for sign in signs if sign in _CURRENCIES), None)
        if code:
            return _constant(
                "currency", code, Text(ja=f"{column.name}の記号から", en=f"from the sign in {column.name}")
            )
    for column in file.columns:
        word = next((word for word in _CODES if word in column.spelled.split("_") and column.numbers), None)
        if word:
            return _constant(
                "currency", word.upper(), Text(ja=f"列名{column.name}から", en=f"from the name {column.name}")
            )
    return None


def _survey(file: SeenFile) -> Guess | None:
    called = " ".join([spelled(file.stem), *(column.spelled for column in file.columns)])
    if "nps" in called or "推奨" in called:
        return _constant("kind", "nps", Text(ja="名前から", en="from the names"))
    if any(word in called for word in ("csat", "satisfaction", "満足")):
        return _constant("kind", "csat", Text(ja="名前から", en="from the names"))
    return None


def _constant(target: str, value: str, why: Text) -> Guess:
    return Guess(target, literal(value), Sureness.GUESS, why)
