"""Every candidate of the run with what became of it and why; nothing disappears silently."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from minori.web.language import in_words, spoken
from minori.web.screens.customers.figures import written
from minori.web.screens.customers.queries import Seen

TERMS = ("if_offered", "if_nothing", "harm", "value")
_CLEAR = ("holds", "no_data", "not_checked", "send_after")


@dataclass(frozen=True)
class Guard:
    """What one guard answered; clear answers are not listed by the run."""

    label: str
    answer: str
    until: date | None
    reason: str


@dataclass(frozen=True)
class Fate:
    """A candidate."""

    play: str
    label: str
    offer: str
    because: str
    fate: str
    reason: str
    until: date | None
    guards: tuple[Guard, ...]
    evidence: tuple[tuple[str, str], ...]
    raw: dict[str, Any]  # numbers, as the run stored them

    @property
    def terms(self) -> list[tuple[str, Any]]:
        """The terms of its value, as keys of words and amounts in the company's currency."""
        return [(f"customers.term_{name}", self.raw.get(name)) for name in TERMS]


@dataclass(frozen=True)
class Signal:
    """A spell that holds today."""

    play: str
    label: str
    since: date | None
    older: bool
    state: str
    because: str


def fates(customer: Seen) -> list[Fate]:
    """Return the candidates: proposed ones first, then by value."""
    order = {"proposed": 0, "hold_out": 1, "outranked": 2, "held": 3}
    found = [_fate(customer, raw) for raw in customer.row.detail.get("candidates", ())]
    return sorted(found, key=lambda f: (order.get(f.fate, 9), -(f.raw.get("value") or 0.0), f.play))


def signals(customer: Seen) -> list[Signal]:
    """Return what holds of this customer today, the newest first."""
    because = {c["play"]: _text(c.get("because")) for c in customer.row.detail.get("candidates", ())}
    found = [
        Signal(
            play=raw["play"],
            label=in_words(customer.called("plays", raw["play"])),
            since=_day(raw.get("since")),
            older=bool(raw.get("older")),
            state=raw.get("state", ""),
            because=because.get(raw["play"], ""),
        )
        for raw in customer.row.detail.get("signals", ())
    ]
    return sorted(found, key=lambda s: (-(s.since.toordinal() if s.since else 0), s.play))


def _fate(customer: Seen, raw: dict[str, Any]) -> Fate:
    metrics = customer.run.totals.get("names", {}).get("metrics", {})
    evidence = raw.get("evidence") or {}
    offer = (raw.get("offer") or {}).get("label")
    return Fate(
        play=raw["play"],
        label=in_words(customer.called("plays", raw["play"])),
        offer=_text(offer) or _text(raw.get("refusal")),
        because=_text(raw.get("because")),
        fate=raw.get("fate") or "",
        reason=_text(raw.get("reason")),
        until=_day(raw.get("until")),
        guards=tuple(
            Guard(in_words(customer.called("guards", g["guard"])), g["answer"], _day(g.get("until")), _text(g.get("reason")))
            for g in raw.get("guards", ())
            if g["answer"] in _CLEAR
        ),
        evidence=tuple(
            (in_words(customer.called("metrics", name)), written(value, metrics[name]))
            for name, value in evidence.items()
            if name in metrics and value is not None
        ),
        raw=raw,
    )  # fmt: skip


def _text(text: Any) -> str:
    return (text.get(spoken()) or "") if isinstance(text, dict) else ""


def _day(value: Any) -> date | None:
    return date.fromisoformat(value[:10]) if isinstance(value, str) and value else None
