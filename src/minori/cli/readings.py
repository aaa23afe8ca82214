"""Readings as people read them: with unit, sample, or the reason why there is no number."""

from decimal import Decimal

from minori.core.figure import Reading
from minori.core.money import rounded, shown
from minori.core.text import Language


def with_sample(reading: Reading, currency: str, language: Language) -> str:
    """Write ``103.2 % (n 41)``; a dash where there is no number."""
    if reading.value is None:
        return "–"
    return (
        f"{value(reading, currency)} (n {reading.sample:,})"
        if language == "en"
        else _japanese(reading, currency)
    )


def value(reading: Reading, currency: str) -> str:
    """Write the value with its unit."""
    if reading.value is None:
        return "–"
    if reading.figure.unit == "money":
        return shown(Decimal(reading.value), currency)
    if reading.figure.unit == "share":
        return f"{100 * float(reading.value):.1f} %"
    return f"{float(reading.value):,.2f}"


def plain(reading: Reading, currency: str) -> Decimal | float | None:
    """Return the value for programs: money rounded to the currency's minor unit."""
    return rounded(reading.value, currency) if isinstance(reading.value, Decimal) else reading.value


def _japanese(reading: Reading, currency: str) -> str:
    return f"{value(reading, currency)}(n={reading.sample:,})"
