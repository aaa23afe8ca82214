"""Readings of figures as people read them in a terminal."""

from decimal import Decimal

from minori.core.figure import Reading, Unit
from minori.core.money import shown
from minori.core.text import Language, Text

OBSERVED = Text(
    ja="観察された数字で、抽選による比較ではありません(効果とは呼べません)。",
    en="Observational: groups that nobody drew by lot, never an effect.",
)


def told(reading: Reading, language: Language, currency: str = "") -> str:
    """Write a value with its interval; why there is none, where there is none."""
    if reading.value is None:
        return reading.missing[language] if reading.missing else "–"
    unit = reading.figure.unit
    value = number(reading.value, unit, currency)
    if reading.low is None or reading.high is None:
        return value
    return f"{value} ({number(reading.low, unit, currency)} – {number(reading.high, unit, currency)})"


def number(value: float | Decimal, unit: Unit, currency: str = "") -> str:
    """Write a number in its unit."""
    if unit == "share":
        return f"{value:.1%}"
    if unit == "money":
        return shown(Decimal(str(value)), currency)
    return (
        f"{value:,.0f}"
        if abs(float(value)) >= 1000
        else f"{value:,.3g}"
        if unit != "points"
        else f"{value:,.1f}"
    )
