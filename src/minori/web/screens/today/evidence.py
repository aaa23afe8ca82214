"""Why now, as a card shows it: each number with its name, and a small bar where there is something to hold it against."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from minori.web.language import in_words, spoken
from minori.web.readmodel.names import named
from minori.web.templatetags.shown import day, money, number, share

WIDTH = 120  # of a bar, pixels
MOST = 6  # pieces on a card
_HIDDEN = ("plan", "customer_id", "plans_above")
_BESIDE = ("before_", "change_", "days_since_")
_AGO = {"ja": "（{}日前）", "en": " ({} days ago)"}


@dataclass(frozen=True)
class Piece:
    """One number: its name, how it is written, and the lengths of its bars (0: none)."""

    label: str
    value: str
    now: int = 0
    before: int | None = None
    before_value: str = ""
    limit: int | None = None  # where 100 % stands


def evidence_of(card: Mapping[str, Any], names: Mapping[str, Any], metrics: Mapping[str, Any]) -> list[Piece]:
    """Return the evidence of a card; ``metrics`` are the customer's, for what stood there before."""
    found = card.get("evidence") or {}
    kept = [name for name in found if name not in _HIDDEN and not _told_beside(name, found)]
    return [_piece(name, found, names, metrics) for name in kept[:MOST]]


def _told_beside(name: str, found: Mapping[str, Any]) -> bool:
    """Say whether a piece is told together with the one it belongs to: what it was before, how long ago it was."""
    return any(name.startswith(start) and name.removeprefix(start) in found for start in _BESIDE)


def _piece(
    name: str, found: Mapping[str, Any], names: Mapping[str, Any], metrics: Mapping[str, Any]
) -> Piece:
    value, unit = found[name], names.get("metrics", {}).get(name, {}).get("unit")
    label, text = called(names, name), written(value, unit)
    before = found.get(f"before_{name}", metrics.get(f"before__{name}"))
    if (days := found.get(f"days_since_{name}")) is not None:
        return Piece(label, f"{text}{_AGO[spoken()].format(number(days))}")
    if unit == "share" and isinstance(value, int | float):
        most = max(1.0, value)
        return Piece(label, text, _length(value, most), limit=_length(1.0, most))
    if isinstance(value, int | float) and isinstance(before, int | float) and max(value, before) > 0:
        most = max(value, before)
        return Piece(label, text, _length(value, most), _length(before, most), written(before, unit))
    return Piece(label, text)


def called(names: Mapping[str, Any], name: str) -> str:
    """Return what a piece of evidence is called."""
    if name in names.get("metrics", {}):
        return in_words(named(names, "metrics", name))
    for start, words in _ABOUT.items():
        if name.startswith(start):
            return words[spoken()].format(called(names, name.removeprefix(start)))
    return _PLAIN.get(name, {}).get(spoken(), name.replace("_", " "))


def written(value: Any, unit: Any) -> str:
    """Write a value in its unit; a date as a day, an unknown value as unknown."""
    if isinstance(value, bool) or value is None:
        return "–" if value is None else str(value)
    if isinstance(value, str):
        return day(value) if len(value) == 10 and value[4:5] == "-" else value
    if unit == "share":
        return share(value)
    if unit == "money":
        return money(value)
    decimals = 0 if float(value).is_integer() or abs(value) >= 100 else 1
    words = in_words(unit) if isinstance(unit, dict) else _DAYS[spoken()] if unit == "days" else ""
    space = " " if words and spoken() == "en" else ""
    return f"{number(value, decimals)}{space}{words}"


def _length(value: float, most: float) -> int:
    return max(1, round(WIDTH * max(0.0, value) / most))


_DAYS = {"ja": "日", "en": "days"}
_ABOUT = {
    "before_": {"ja": "{}（前の期間）", "en": "{}, the period before"},
    "change_": {"ja": "{}の変化", "en": "{}, change"},
    "days_since_": {"ja": "{}からの日数", "en": "{}, days since"},
    "days_until_": {"ja": "{}までの日数", "en": "{}, days until"},
}
_PLAIN = {
    "limit_seats": {"ja": "ご契約アカウント数", "en": "Seats in the contract"},
    "limit_storage_gb": {"ja": "ご契約容量（GB）", "en": "Storage in the contract (GB)"},
    "limit_api_calls": {"ja": "API上限", "en": "API limit"},
    "tenure_days": {"ja": "ご利用日数", "en": "Days as a customer"},
    "renews_on": {"ja": "更新日", "en": "Renewal"},
    "employees": {"ja": "従業員数", "en": "Employees"},
    "mrr": {"ja": "月額", "en": "Monthly revenue"},
    "health": {"ja": "ヘルススコア", "en": "Health score"},
    "health_change": {"ja": "ヘルススコアの変化", "en": "Change of health score"},
}
