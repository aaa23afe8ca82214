"""Readings as people read them: the value in its unit, the interval, the sample, or why there is no number.

The only place that puts a reading into words; the command line and the web app print what it returns.
"""

from dataclasses import dataclass
from decimal import Decimal

from minori.core.counted import agreeing
from minori.core.figure import NOT_ENOUGH, Reading, Unit
from minori.core.money import shown
from minori.core.text import Language, Text

DASH = "–"
OBSERVED = Text(
    ja="観察された数字で、抽選による比較ではありません(効果とは呼べません)。",
    en="Observational: groups that nobody drew by lot, never an effect.",
)
_NOUNS: dict[Unit, Text] = {
    "days": Text(ja="日", en=" days"),
    "months": Text(ja="か月", en=" months"),
    "points": Text(ja="点", en=" points"),
}
_SIGNS: dict[Unit, Text] = {"ratio": Text(ja="倍", en="×")}
_DECIMALS: dict[Unit, int] = {"share": 1, "days": 0, "months": 1, "points": 1, "count": 0}
_SMALLEST = 0.001  # of a plain number; one below it is not written as 0


@dataclass(frozen=True)
class Readable:
    """A reading in one language, in parts for a page that lays them out itself.

    ``value`` tells why there is no number where it is not ``known``; ``interval`` has its brackets, and is empty
    where there is none; ``sample`` is such as ``n 41``.
    """

    value: str
    interval: str
    sample: str
    known: bool
    language: Language

    def text(self, *, sample: bool = False) -> str:
        """Return ``2.1% [1.2% – 3.3%]``, with ``(n 485)`` if asked for; the reason where there is no number."""
        return self._joined(self.sample if sample else "")

    def cell(self, *, sample: bool = False) -> str:
        """Return the same for a cell of a table: a mere dash where there is no number."""
        return self.text(sample=sample) if self.known else DASH

    def _joined(self, sample: str) -> str:
        text = f"{self.value} {self.interval}" if self.interval else self.value
        if not sample:
            return text
        return f"{text}({sample})" if self.language == "ja" else f"{text} ({sample})"


def readable(reading: Reading, language: Language, currency: str = "") -> Readable:
    """
    Put a reading into words.

    Parameters
    ----------
    currency
        ISO code of the currency that a figure of money is in.

    Raises
    ------
    ValueError
        If the figure is money and no currency is named.
    """
    value, interval, known = _parts(reading, language, currency)
    sample = Text(ja=f"n={reading.sample:,}", en=f"n {reading.sample:,}")
    return Readable(value, interval, sample[language], known, language)


def _parts(reading: Reading, language: Language, currency: str) -> tuple[str, str, bool]:
    unit, low, high = reading.figure.unit, reading.low, reading.high
    if reading.value is not None:
        value = number(reading.value, unit, language, currency)
        if low is None or high is None:
            return value, "", True
        return value, interval(low, high, unit, language, currency, like=reading.value), True
    if low is not None:
        end = number(low, unit, language, currency)
        return Text(ja=f"{end}以上", en=f"at least {end}")[language], "", True
    return (reading.missing or NOT_ENOUGH)[language], "", False


def number(value: float | Decimal, unit: Unit, language: Language, currency: str = "") -> str:
    """Write a number in its unit: ``12.3%``, ``¥1,200``, ``3 days``, ``4.1×``, ``0.731``."""
    written = _written(value, unit, language, currency, value)
    return agreeing(f"{written}{_NOUNS[unit][language]}") if unit in _NOUNS else written


def interval(
    low: float | Decimal,
    high: float | Decimal,
    unit: Unit,
    language: Language,
    currency: str = "",
    *,
    like: float | Decimal | None = None,
) -> str:
    """Write ``[8.4× – 14.3×]``, as exactly as a value of ``like``; days, months and points are not said again."""
    of_low, of_high = (low, high) if like is None else (like, like)
    return bracketed(
        _written(low, unit, language, currency, of_low),
        _written(high, unit, language, currency, of_high),
        language,
    )


def bracketed(low: str, high: str, language: Language) -> str:
    """Write two ends of an interval that are written already."""
    return Text(ja=f"[{low}〜{high}]", en=f"[{low} – {high}]")[language]


def _written(
    value: float | Decimal, unit: Unit, language: Language, currency: str, like: float | Decimal
) -> str:
    if unit == "money":
        if not currency:
            raise ValueError("an amount of money needs its currency")
        return shown(Decimal(str(value)), currency)
    decimals = _DECIMALS.get(unit, _exact(abs(float(like)), unit))
    if unit == "share":
        return f"{float(value):z,.{decimals}%}"
    if unit == "number" and 0 < value < _SMALLEST / 2:
        return f"<{_SMALLEST}"
    sign = _SIGNS[unit][language] if unit in _SIGNS else ""
    return f"{float(value):z,.{decimals}f}{sign}"


def _exact(size: float, unit: Unit) -> int:
    """Return the decimals that leave about three digits: of a ratio two below 2, and one above."""
    if unit == "ratio":
        return 2 if size < 2 else 1
    return next((decimals for below, decimals in ((1, 3), (10, 2), (1000, 1)) if size < below), 0)
