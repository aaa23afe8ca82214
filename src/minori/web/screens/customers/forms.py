"""What people write down about a customer, checked before it becomes a fact, a task or a note."""

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from minori.web.company import company_file
from minori.web.models import Person

CHANNELS = ("call", "meeting", "mail", "line", "other")
DIRECTIONS = ("out", "in")
ABOUTS = ("support", "onboarding", "proposal", "sales", "renewal", "survey", "qbr", "other")
KINDS = ("goal", "plan", "issue", "request", "cancel")
LONGEST = 5_000
_OLDEST = timedelta(days=3650)
_SOON = timedelta(minutes=5)  # clocks of browsers differ
_KEY = re.compile(r"[0-9a-f]{32}")
_MOST = Decimal(10) ** 12


class Refused(ValueError):
    """Raised when something that was written cannot be taken; ``key`` is the word that says what is wrong."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


@dataclass(frozen=True)
class Written:
    """A fact: its table, its id, and its row as plain data."""

    table: str
    key: str
    row: dict[str, Any]


def new_key() -> str:
    """Return an id that a form carries: sent twice, it is still one fact."""
    return secrets.token_hex(16)


def contact(asked: QueryDict, customer_id: str, person: Person, users: Collection[str]) -> Written:
    """Return a call, a meeting or a mail as a row of ``interactions``; raises Refused."""
    key = _key(asked)
    row = {
        "interaction_id": key,
        "customer_id": customer_id,
        "user_id": _user(asked, users),
        "channel": _one_of(asked, "channel", CHANNELS),
        "direction": _one_of(asked, "direction", DIRECTIONS),
        "about": _one_of(asked, "about", ABOUTS),
        "by": by(person),
        "occurred_at": _instant(asked.get("at", "")).isoformat(),
        "words": _words(asked, "words") or None,
    }
    return Written("interactions", key, row)


def statement(asked: QueryDict, customer_id: str, person: Person, users: Collection[str]) -> Written:
    """Return what the customer said as a row of ``statements``; raises Refused."""
    key, words = _key(asked), _words(asked, "words")
    if not words:
        raise Refused("customers.refused_words")
    amount = _amount(asked.get("amount", ""))
    row = {
        "statement_id": key,
        "customer_id": customer_id,
        "user_id": _user(asked, users),
        "kind": _one_of(asked, "kind", KINDS),
        "words": words,
        "feature": asked.get("feature", "").strip()[:100] or None,
        "amount": None if amount is None else str(amount),
        "said_at": _instant(asked.get("at", "")).isoformat(),
        "recorded_by": by(person),
    }
    return Written("statements", key, row)


def by(person: Person) -> str:
    """Return as whom somebody stands in facts: the id in the team, else one that names no address."""
    return person.member or f"person-{person.pk}"


def day(text: str) -> date | None:
    """Return a day, None if none was given; raises Refused."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused("customers.refused_day") from None


def _key(asked: QueryDict) -> str:
    key = asked.get("key", "")
    if not _KEY.fullmatch(key):
        raise Refused("customers.refused_form")
    return f"app-{key}"


def _one_of(asked: QueryDict, name: str, allowed: Collection[str]) -> str:
    value = asked.get(name, "")
    if value not in allowed:
        raise Refused("customers.refused_choice")
    return value


def _user(asked: QueryDict, users: Collection[str]) -> str | None:
    value = asked.get("user", "")
    if value and value not in users:  # a contact counts for the person it names: it must be one of theirs
        raise Refused("customers.refused_user")
    return value or None


def _words(asked: QueryDict, name: str) -> str:
    words = asked.get(name, "").replace("\r\n", "\n").replace("\x00", "").strip()
    if len(words) > LONGEST:
        raise Refused("customers.refused_long")
    return words


def _amount(text: str) -> Decimal | None:
    plain = text.strip().replace(",", "")
    if not plain:
        return None
    try:
        found = Decimal(plain)
    except InvalidOperation:
        raise Refused("customers.refused_amount") from None
    if not found.is_finite() or abs(found) >= _MOST:
        raise Refused("customers.refused_amount")
    return round(found, 6)


def _instant(text: str) -> datetime:
    """Return an instant of a day or a minute on the company's clock; it has happened, and not before ten years."""
    now, zone = timezone.now(), company_file().company.calendar.zone
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Refused("customers.refused_day") from None
    if len(text) == len("2026-11-22"):  # a day alone: noon, or now if that is not yet
        found = min(datetime.combine(found.date(), time(12), zone), max(now, _start(found.date())))
    try:
        at = (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        raise Refused("customers.refused_day") from None
    if not now - _OLDEST <= at <= now + _SOON:
        raise Refused("customers.refused_day")
    return at


def _start(of: date) -> datetime:
    return datetime.combine(of, time.min, company_file().company.calendar.zone)
