"""One number as people read it."""

from datetime import date
from decimal import Decimal

from minori.core.money import shown
from minori.core.text import Language, Text
from minori.query.evaluate import Value

_YES, _NO = Text(ja="はい", en="yes"), Text(ja="いいえ", en="no")


def figure(value: Value, unit: object, language: Language, currency: str) -> str:
    """Write a value: a share as a percentage, money with its sign, two digits of what is below 1.

    ``unit`` is a metric's: ``share``, ``days``, ``money``, a Text or None.
    """
    if isinstance(value, bool):
        return (_YES if value else _NO)[language]
    if isinstance(value, date):
        return day(value, language)
    if value is None or isinstance(value, str):
        return value or "–"
    amount = Decimal(str(value))
    if unit == "share":
        return f"{_plain(amount * 100)}%"
    return shown(amount, currency) if unit == "money" else _plain(amount)


def day(value: date, language: Language) -> str:
    """Write a date."""
    return f"{value.year}年{value.month}月{value.day}日" if language == "ja" else f"{value.day} {value:%B %Y}"


def _plain(amount: Decimal) -> str:
    if amount == amount.to_integral_value() or abs(amount) >= 100:
        return f"{amount:,.0f}"
    if abs(amount) >= 1:
        return f"{amount:,.1f}"
    return f"{float(f'{amount:.2g}'):g}"
