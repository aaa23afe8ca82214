"""Numbers as people read them; an unknown value is said to be unknown, never left empty or zero."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone

from minori.core.money import shown as money_shown
from minori.web.company import company_file
from minori.web.language import in_words, spoken
from minori.web.say import word

register = template.Library()
UNKNOWN = "–"


@register.filter
def money(value: Any, currency: str | None = None) -> str:
    """Write an amount in the company's currency, or in ``currency``."""
    if value is None or value == "":
        return UNKNOWN
    return money_shown(Decimal(str(value)), currency or company_file().company.currency)


@register.filter
def signed_money(value: Any) -> str:
    """Write a change of money with its sign."""
    return f"+{money(value)}" if value is not None and Decimal(str(value)) > 0 else money(value)


@register.filter
def share(value: Any, decimals: int = 0) -> str:
    """Write a share as per cent."""
    return UNKNOWN if value is None or value == "" else f"{float(value):.{decimals}%}"


@register.filter
def number(value: Any, decimals: int = 0) -> str:
    """Write a number with thousands separated."""
    return UNKNOWN if value is None or value == "" else f"{float(value):,.{decimals}f}"


@register.filter
def day(value: Any) -> str:
    """Write a day: 2026-11-22 (2026年11月22日 in Japanese)."""
    if not value:
        return UNKNOWN
    found = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    found = _local(found) if isinstance(found, datetime) else found
    return f"{found.year}年{found.month}月{found.day}日" if spoken() == "ja" else f"{found:%d %b %Y}"


@register.filter
def moment(value: Any) -> str:
    """Write an instant in the company's time zone, to the minute."""
    return UNKNOWN if not value else f"{_local(value):%Y-%m-%d %H:%M}"


@register.filter
def member(value: Any) -> str:
    """Write the name of a person of the team by the id that ``customers.owner`` holds."""
    if not value:
        return UNKNOWN
    found = company_file().team.get(str(value))
    return found.name if found else str(value)


@register.filter
def named(value: Any, group: str) -> str:
    """Write a code such as a band in words: ``{{ row.band|named:"band" }}``."""
    return in_words(word(f"{group}.{value or ''}"))


@register.inclusion_tag("web/parts/spark.html")
def spark(values: Any, threshold: Any = None, label: str = "") -> dict[str, Any]:
    """Draw a line of numbers (unknown ones are gaps) with the threshold they are held against."""
    found = [None if v is None else float(v) for v in values or []]
    known = [v for v in found if v is not None] + ([float(threshold)] if threshold is not None else [])
    if len([v for v in found if v is not None]) < 2:
        return {"label": label}
    low, high = min(known), max(known)
    span = (high - low) or 1.0
    points = [
        None if v is None else (2 + 116 * i / (len(found) - 1), _y(v, low, span)) for i, v in enumerate(found)
    ]
    return {
        "label": label,
        "runs": [" ".join(f"{x:.1f},{y:.1f}" for x, y in run) for run in _runs(points)],
        "last": next((p for p in reversed(points) if p is not None), None),
        "threshold": None if threshold is None else _y(float(threshold), low, span),
    }


def _y(value: float, low: float, span: float) -> float:
    return round(28 - 24 * (value - low) / span, 1)


def _runs(points: list[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if len(run) > 1]


def _local(value: datetime) -> datetime:
    return timezone.localtime(value, ZoneInfo(company_file().company.time_zone))
