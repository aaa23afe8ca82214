"""Numbers as people read them: evidence put into a play's reason, in both languages."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from minori.core.money import shown as money
from minori.core.text import LANGUAGES, Language, Text
from minori.offers.case import Number
from minori.policy.definitions import Policy

UNKNOWN = Text(ja="不明", en="unknown")


def because(text: Text, evidence: Mapping[str, Number], policy: Policy, currency: str) -> Text:
    """Fill a reason with its evidence."""
    filled = {
        language: text.fill(
            {name: written(name, value, language, policy, currency) for name, value in evidence.items()}
        )
        for language in LANGUAGES
    }
    return Text(ja=filled["ja"].ja, en=filled["en"].en)


def written(name: str, value: Number, language: Language, policy: Policy, currency: str) -> str:
    """Write one number: a share as a percentage, money with its sign, a date as the language writes it."""
    if value is None:
        return UNKNOWN[language]
    if isinstance(value, bool):
        return {True: Text(ja="はい", en="yes"), False: Text(ja="いいえ", en="no")}[value][language]
    if isinstance(value, date):
        return day(value, language)
    if isinstance(value, str):
        return value
    unit = _unit(name, policy)
    if unit == "share":
        return f"{value * 100:.0f}%"
    if unit == "money":
        return money(Decimal(str(value)), currency)
    return f"{value:,.0f}" if float(value).is_integer() or abs(value) >= 100 else f"{value:,.1f}"


def day(value: date, language: Language) -> str:
    """Write a date."""
    return f"{value.year}年{value.month}月{value.day}日" if language == "ja" else f"{value.day} {value:%B %Y}"


def _unit(name: str, policy: Policy) -> object:
    if name.startswith("change_"):
        return "share"
    if name == "mrr":
        return "money"
    plain = name.removeprefix("before_")
    return policy.metrics[plain].unit if plain in policy.metrics else None
