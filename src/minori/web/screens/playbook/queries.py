"""Every play with what it did: the definitions, the newest run and the proof side by side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from minori.core.text import Text
from minori.offers.kind import OFFER_KINDS
from minori.policy.definitions import Play, Policy
from minori.web.language import in_words
from minori.web.models import CurveRow, PlayRow, Run
from minori.web.parts.folded import folded
from minori.web.readmodel.shown import plays as rows_of_plays
from minori.web.screens.playbook.readings import Proven, proven

WORLDS = ("limits", "success", "said", "time", "trouble", "shop")
STATES = ("on", "off", "no_facts", "automatic")


@dataclass(frozen=True)
class Line:
    """One play: its definition, what it did in the run (None: it was not there), what the proof says."""

    play: Play
    did: PlayRow | None
    proven: Proven

    @property
    def kind(self) -> Text:
        """What it offers, in words."""
        return OFFER_KINDS[self.play.offer.kind].label

    @property
    def state(self) -> str:
        """on, off, or no_facts: its facts are not there."""
        if not self.play.on:
            return "off"
        return "no_facts" if self.did is not None and self.did.off_because else "on"

    @property
    def held(self) -> int:
        """How many of its candidates were held."""
        return sum(self.did.held.values()) if self.did else 0

    @property
    def held_by(self) -> list[tuple[str, int]]:
        """By which guards, the most frequent first."""
        return sorted(self.did.held.items(), key=lambda item: (-item[1], item[0])) if self.did else []


def lines(policy: Policy, run: Run | None) -> list[Line]:
    """Return a line per play, in the order of their worlds and names."""
    did = {row.play: row for row in rows_of_plays(run)} if run else {}
    _, found = proven(policy.plays)
    every = sorted(policy.plays.values(), key=lambda play: (WORLDS.index(play.world), play.id))
    return [Line(play, did.get(play.id), found[play.id]) for play in every]


_ORDERS: Mapping[str, Callable[[Line], Any]] = {
    "name": lambda line: in_words(line.play.label),
    "signals": lambda line: line.did.signals if line.did else None,
    "candidates": lambda line: line.did.candidates if line.did else None,
    "proposed": lambda line: line.did.proposed if line.did else None,
    "held": lambda line: line.held if line.did else None,
    "outranked": lambda line: line.did.outranked if line.did else None,
    "hold_out": lambda line: line.did.hold_out if line.did else None,
    "accepted": lambda line: _value(line.proven.accepted),
    "gain": lambda line: _value(line.proven.gain),
    "pushiness": lambda line: _value(line.proven.pushiness),
}


def asked(every: list[Line], address: QueryDict) -> list[Line]:
    """Return the lines that an address asks for, in its order; what it does not know changes nothing."""
    words = folded(address.get("q", "")[:200])
    world, state, order = (address.get(name, "") for name in ("world", "state", "order"))
    kept = [
        line
        for line in every
        if (not words or words in folded(f"{line.play.id} {line.play.label.ja} {line.play.label.en}"))
        and (world not in WORLDS or line.play.world == world)
        and (state not in STATES or _is(line, state))
    ]
    by = _ORDERS.get(order.removeprefix("-"))
    if by is None:
        return kept
    known = [line for line in kept if by(line) is not None]
    known.sort(key=lambda line: (by(line), line.play.id), reverse=order.startswith("-"))
    return [*known, *(line for line in kept if by(line) is None)]  # unknown always comes last


def stored_curve(proof: Any, play: str) -> list[dict[str, Any]]:
    """Return the play's stored curve as plain rows; empty if there is none."""
    if proof is None:
        return []
    rows = CurveRow.objects.filter(proof=proof, play=play)
    return [dict(row) for row in rows.order_by("threshold_place", "outcome", "threshold").values()]


@dataclass(frozen=True)
class Slider:
    """One threshold of a condition with everything that was computed for its other values."""

    place: int
    what: str
    comparison: str
    outcome: str
    rows: list[dict[str, Any]]

    @property
    def at(self) -> int:
        """Which of the rows is the present one; the first if none is."""
        return next((place for place, row in enumerate(self.rows) if row["current"]), 0)

    @property
    def last(self) -> int:
        """The place of the last row."""
        return len(self.rows) - 1


def sliders(curve: list[dict[str, Any]], play: Play) -> list[Slider]:
    """Return a slider for every threshold that was moved, for what the play is for."""
    keeps = OFFER_KINDS[play.offer.kind].worth == "keep"
    known = {row["outcome"] for row in curve}
    order = ("churned", "bought") if keeps else ("expanded", "bought", "churned")
    outcome = next((name for name in order if name in known), None)
    chosen = [row for row in curve if row["outcome"] == outcome]
    places = sorted({row["threshold_place"] for row in chosen})
    found = []
    for place in places:
        rows = sorted(
            (row for row in chosen if row["threshold_place"] == place), key=lambda row: row["threshold"]
        )
        if len(rows) > 1:
            first = rows[0]
            found.append(Slider(place, first["threshold_name"], first["comparison"], str(outcome), rows))
    return found


def _is(line: Line, state: str) -> bool:
    return bool(line.play.automatic) if state == "automatic" else line.state == state


def _value(shown: Any) -> float | None:
    return shown.row.value if shown.known else None
