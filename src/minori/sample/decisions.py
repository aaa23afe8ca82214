"""Decisions to be scored, whoever made them, and which hidden needs each of them answers."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"[a-z][a-z0-9_]*")
_ITEM_PARTS = ("item", "option", "plan", "product")


@dataclass(frozen=True)
class Decision:
    """One contact: to whom, with what. ``offer`` is the offer's JSON, or words that name its items."""

    customer_id: str
    kind: str  # kind of offer: seats, plan, option, help, …
    offer: str = ""
    value: float = 0.0  # expected by whoever decided; the largest are kept where the budget is short


@dataclass(frozen=True)
class Aim:
    """What a decision is about: needs it may answer (the strongest counts), and its share of the effect."""

    families: tuple[str, ...]
    gain: float = 1.0
    harm: float = 1.0


def named(offer: str) -> tuple[str, ...]:
    """Return the ids that an offer names: of its items if it is the JSON of one, else every word."""
    try:
        parsed = json.loads(offer)
    except ValueError:
        parsed = None
    if isinstance(parsed, dict) and isinstance(parsed.get("items"), list):
        return tuple(_of_items(item for item in parsed["items"] if isinstance(item, dict)))
    return tuple(_WORD.findall(offer.lower()))


def _of_items(items: Iterable[dict[str, object]]) -> Iterable[str]:
    for item in items:
        yield from (str(item[part]) for part in _ITEM_PARTS if item.get(part))
