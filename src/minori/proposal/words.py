"""What a template is given: a candidate's offer, reason and proof, written out in both languages."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from minori.core.money import shown
from minori.core.text import LANGUAGES, Language, Text
from minori.policy.definitions import Play
from minori.proposal.proof import NO_PROOF, Proof
from minori.proposal.shapes import FOR_ROLE

A_MONTH = Text(ja="月額{amount}", en="{amount} a month")
ONCE = Text(ja="{amount}(1回のお支払い)", en="{amount} once")
NAMELESS = Text(ja="ご利用者", en="customer")
LONGEST_NAME = 200  # signs
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def context_of(
    candidate: Mapping[str, Any],
    play: Play,
    *,
    customer: str | None,
    sender: str | None,
    company: Text,
    currency: str,
    proof: Proof = NO_PROOF,
    anchor: bool = False,
) -> dict[Language, dict[str, Any]]:
    """Return what templates are given, by language: plain texts, flags and lists of them, nothing else.

    Parameters
    ----------
    candidate
        A row of ``candidate`` with an offer; ``offer`` and ``because`` as JSON or parsed.
    customer, sender
        Names of the customer and of who writes; without them a polite word, and nothing.
    anchor
        Dearest choice first: a variant under test, never a default.
    """
    offer, because = _parsed(candidate["offer"]), _parsed(candidate["because"])
    return {
        language: {
            "customer": _name(customer) or NAMELESS[language],
            "sender": _name(sender),
            "company": company[language],
            "because": because[language],
            "offer": offer["label"][language],
            "price_difference": price_difference(offer, currency)[language],
            "until": day(date.fromisoformat(offer["until"]), language) if offer["until"] else "",
            "benefits": [benefit["text"][language] for benefit in offer["benefits"]],
            "choices": _choices(offer["choices"], language, currency, anchor=anchor),
            "proof": [counted.text[language] for counted in proof.counted],
            "cases": [text[language] for _, text in proof.released],
            "play": play.label[language],
            FOR_ROLE: "",
        }
        for language in LANGUAGES
    }


def price_difference(offer: Mapping[str, Any], currency: str) -> dict[Language, str]:
    """Return what changes in price, a month or once; empty where nothing does."""
    monthly, once = Decimal(offer["mrr_change"]), Decimal(offer["once"])
    if monthly:
        text = A_MONTH.fill({"amount": _signed(monthly, currency)})
    elif once:
        text = ONCE.fill({"amount": shown(once, currency)})
    else:
        return dict.fromkeys(LANGUAGES, "")
    return {language: text[language] for language in LANGUAGES}


def day(value: date, language: Language) -> str:
    """Write a date."""
    if language == "ja":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def _choices(
    choices: list[Mapping[str, Any]], language: Language, currency: str, *, anchor: bool
) -> list[dict[str, Any]]:
    listed = sorted(choices, key=lambda c: Decimal(c["monthly"]), reverse=True) if anchor else choices
    return [
        {
            "label": choice["label"][language],
            "monthly": A_MONTH.fill({"amount": shown(Decimal(choice["monthly"]), currency)})[language],
            "difference": _signed(Decimal(choice["difference"]), currency),
            "recommended": bool(choice["recommended"]),
            "summary": choice["summary"][language],
        }
        for choice in listed
    ]


def _signed(amount: Decimal, currency: str) -> str:
    """Write a difference with its sign; nothing for no difference."""
    if not amount:
        return ""
    return f"+{shown(amount, currency)}" if amount > 0 else shown(amount, currency)


def _parsed(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _name(name: str | None) -> str:
    """Keep a name on one line and in bounds: it comes from outside and stands in subjects."""
    return " ".join((name or "").split())[:LONGEST_NAME]
