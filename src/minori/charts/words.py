"""Numbers and names as charts write them."""

import re
from decimal import Decimal

from minori.core.money import shown
from minori.core.text import Language, Text

OBSERVED_ONLY = Text(
    ja="過去の観察であり、効果を示すものではありません。",
    en="Observed in the past; it does not show an effect.",
)
_PLAIN = 10_000  # below it every digit is written
_UNITS = {"JPY": "円", "USD": "ドル", "EUR": "ユーロ", "GBP": "ポンド", "CNY": "元", "KRW": "ウォン"}
_STEPS: dict[Language, tuple[tuple[int, str], ...]] = {
    "ja": ((10**12, "兆"), (10**8, "億"), (10**4, "万")),
    "en": ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "k")),
}


def share(value: float | None, decimals: int = 1) -> str:
    """Write a share of 0-1 as percent."""
    return "–" if value is None else f"{value:.{decimals}%}"


def span(low: float | None, high: float | None, decimals: int = 1) -> str:
    """Write an interval of shares."""
    return "–" if low is None or high is None else f"{share(low, decimals)}–{share(high, decimals)}"


def amount(value: float, currency: str, language: Language, *, signed: bool = False) -> str:
    """Write money in few signs: ``1,234万円``, ``¥12.3M``."""
    size = abs(value)
    step, unit = next(((s, u) for s, u in _STEPS[language] if size >= max(s, _PLAIN)), (1, ""))
    digits = _digits(size / step, few=step > 1)
    sign = "−" if value < 0 else "+" if signed and value > 0 else ""
    if language == "ja":
        return f"{sign}{digits}{unit}{_UNITS.get(currency, ' ' + currency)}"
    return f"{sign}{shown(Decimal(0), currency).rstrip('0.')}{digits}{unit}"


def exact(value: float | Decimal | str, currency: str) -> str:
    """Write money to its minor unit."""
    return shown(Decimal(str(value)), currency)


def money_axis(language: Language) -> str:
    """Return the Vega expression that writes an axis of money."""
    if language == "en":
        return "replace(format(datum.value, '~s'), 'G', 'B')"
    return (
        "abs(datum.value) >= 1e8 ? format(datum.value / 1e8, ',.2~f') + '億' : "
        "abs(datum.value) >= 1e4 ? format(datum.value / 1e4, ',.1~f') + '万' : format(datum.value, ',~f')"
    )


def unit_of_money(currency: str, language: Language) -> str:
    """Return the currency as an axis names it."""
    return _UNITS.get(currency, currency) if language == "ja" else currency


def month(iso: str, language: Language) -> str:
    """Write the month of an ISO date."""
    year, number = iso[:4], int(iso[5:7])
    return f"{year}年{number}月" if language == "ja" else f"{_MONTHS[number - 1]} {year}"


def month_lines(name: str, language: Language) -> str:
    """Write a month (``2026-08``, or any day of it) in two lines, and any other name as it is."""
    if not _MONTH.match(name):
        return name
    number = int(name[5:7])
    return f"{number}月\n{name[:4]}年" if language == "ja" else f"{_MONTHS[number - 1]}\n{name[:4]}"


_MONTH = re.compile(r"\d{4}-\d{2}(-\d{2})?$")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def _digits(value: float, *, few: bool) -> str:
    if few and value < 10:
        return f"{value:.2f}"
    if few and value < 100:
        return f"{value:.1f}"
    return f"{value:,.0f}"
