"""A candidate as it is stored, with an offer of every part."""

import json
from datetime import date
from typing import Any

from minori.core.text import Text
from minori.policy.definitions import Play

TODAY = date(2026, 11, 22)
COMPANY = Text(ja="実り株式会社", en="Minori Inc.")


def both(text: str) -> dict[str, str]:
    return {"ja": f"{text}(日)", "en": text}


def play(**more: Any) -> Play:
    words = {"label": both("Play"), "hypothesis": both("Why"), "because": both("Because")}
    return Play.model_validate(
        {"id": "some_play", "when": "true", "offer": {"kind": "plan"}, **words, **more}
    )


def choice(name: str, monthly: str, difference: str, *, recommended: bool = False) -> dict[str, Any]:
    return {
        "label": both(name),
        "monthly": monthly,
        "difference": difference,
        "recommended": recommended,
        "summary": both(f"what {name} brings"),
        "plan_id": name.lower(),
    }


OFFER: dict[str, Any] = {
    "label": both("Standard"),
    "items": [{"product": "suite", "plan": "standard", "quantity": "10"}],
    "mrr_change": "8000.0000",
    "once": "0",
    "until": "2026-12-06",
    "features": ["api"],
    "choices": [
        choice("Light", "10000", "0"),
        choice("Standard", "18000", "8000", recommended=True),
        choice("Premium", "30000", "20000"),
    ],
    "benefits": [{"text": both("3 hours less"), "money": "9000", "assumptions": [both("8 minutes")]}],
}


def candidate(**changes: Any) -> dict[str, Any]:
    """A row of ``candidate``; changes are to its offer."""
    return {
        "offer": json.dumps({**OFFER, **changes}),
        "because": json.dumps(both("9 of 10 seats are in use")),
    }
