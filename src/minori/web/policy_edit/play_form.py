"""The form of a play: what its fields hold now, and which change of the play's file a filled form asks for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from minori.core.errors import DefinitionError
from minori.core.yaml_file import parse_yaml
from minori.policy.definitions import Play
from minori.policy.edit import as_yaml
from minori.policy.edit_files import FileChange, check_plain
from minori.query.condition import checked_tree, written
from minori.query.thresholds import Threshold, moved, thresholds_of
from minori.web.policy_edit.bars import TOUCHES
from minori.web.policy_edit.places import Place, play_place
from minori.web.policy_edit.present import Present

LONGEST = 4_000  # signs of one field
TEXTS = ("label", "hypothesis", "because")
LINES = ("when", "valid", "again_after", "rearm")
PRIORS = ("accept", "from", "anyway")
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
Fields = dict[str, str]


@dataclass(frozen=True)
class PlayForm:
    """The fields of one play as text, and the play as it is written in the files."""

    play: Play
    place: Place
    said: Mapping[str, Any]
    below: Mapping[str, Any]
    fields: Fields

    @property
    def thresholds(self) -> tuple[Threshold, ...]:
        """The numbers of the condition that can be moved; none while the condition cannot be read."""
        try:
            return thresholds_of(self.fields["when"])
        except DefinitionError:
            return ()

    def filled(self, posted: Mapping[str, str]) -> "PlayForm":
        """Return the form with what somebody wrote; fields that are not there keep their text."""
        boxes = {name: "yes" if name in posted else "" for name in ("on", *(f"auto_{t}" for t in TOUCHES))}
        written = {
            name: posted[name].replace("\r\n", "\n")[:LONGEST] for name in self.fields if name in posted
        }
        fields = {**self.fields, **(written | boxes if "when" in posted else written)}
        return replace(self, fields=_moved(fields, self.fields["when"], posted))

    def change(self) -> FileChange:
        """Return the change of the play's file; raises DefinitionError for a field that cannot be read."""
        first, wanted = fields_of(self.said, self.play), dict[str, Any]()
        differs = {name for name, text in self.fields.items() if text.strip() != first[name].strip()}
        for name in TEXTS:
            if differs & {f"{name}_ja", f"{name}_en"}:
                wanted[name] = {"ja": self._text(f"{name}_ja"), "en": self._text(f"{name}_en")}
        wanted |= {name: self._text(name) or None for name in LINES if name in differs}
        if changed := [name for name in PRIORS if f"prior_{name}" in differs]:
            numbers = {name: self._number(f"prior_{name}") for name in changed}
            wanted["prior"] = {**self.said.get("prior", {}), **numbers}
        if "offer" in differs:
            wanted["offer"] = self._offer()
        if "on" in differs:
            wanted["on"] = self.fields["on"] == "yes"
        if differs & {f"auto_{touch}" for touch in TOUCHES}:
            kept = [t for t in self.play.automatic if t not in TOUCHES]
            wanted["automatic"] = [*kept, *(t for t in TOUCHES if self.fields[f"auto_{t}"])]
        return self.place.changed(wanted, dict(self.below))

    def _text(self, name: str) -> str:
        return self.fields[name].strip()

    def _number(self, name: str) -> float:
        try:
            return float(self._text(name))
        except ValueError:
            raise DefinitionError(f"{name}: expected a number, read {self._text(name)!r}") from None

    def _offer(self) -> dict[str, Any]:
        check_plain(self.fields["offer"], "offer")
        data = parse_yaml(self.fields["offer"], "offer").data
        if not isinstance(data, dict) or "kind" not in data:
            raise DefinitionError("offer: expected settings with a kind, such as 'kind: seats'")
        return data


def play_form(present: Present, play: str, base: str | None = None) -> PlayForm:
    """Return the form of a play as it was when its file had the hash ``base``, by default as it is.

    Raises
    ------
    KeyError
        If there is no such play.
    Conflict
        If that version is not known.
    """
    below = present.under("plays", present.loaded.policy.plays[play].id)
    place = play_place(play, base)
    said = place.said(below)
    shown = Play.model_validate(said)
    return PlayForm(shown, place, said, below, fields_of(said, shown))


def fields_of(said: Mapping[str, Any], play: Play) -> Fields:
    """Return the fields as they stand in the files; what the files leave out is its default."""
    prior = play.prior.model_dump(by_alias=True)
    fields = {f"{name}_{code}": getattr(play, name)[code] for name in TEXTS for code in ("ja", "en")}
    spans = {"valid": play.valid, "again_after": play.again_after, "rearm": play.rearm}
    fields |= {"when": play.when}
    fields |= {
        name: str(said.get(name, "" if days is None else f"{days} days")) for name, days in spans.items()
    }
    fields |= {f"prior_{name}": f"{prior[name]:g}" for name in PRIORS}
    fields |= {"offer": as_yaml(said.get("offer", {})), "on": "yes" if play.on else ""}
    return fields | {f"auto_{touch}": "yes" if touch in play.automatic else "" for touch in TOUCHES}


def _moved(fields: Fields, before: str, posted: Mapping[str, str]) -> Fields:
    """Put moved thresholds into the condition; a condition that was itself rewritten goes before them."""
    if fields["when"].strip() != before.strip():
        return fields
    when = before
    for threshold in thresholds_of(before):
        text = posted.get(f"threshold_{threshold.place}", "").strip()
        if not text:
            continue
        try:
            value = float(text)
        except ValueError:
            raise DefinitionError(f"{threshold.what}: expected a number, read {text[:40]!r}") from None
        if value != threshold.value:
            when = with_threshold(when, threshold.place, value)
    return {**fields, "when": when}


def with_threshold(when: str, place: int, value: float) -> str:
    """Return a condition with one threshold at another value, otherwise as it was written if that can be."""
    wanted, number = moved(when, place, value), f"{value:.12g}"
    for found in _NUMBER.finditer(when):
        text = when[: found.start()] + number + when[found.end() :]
        if written(checked_tree(text)) == wanted:
            return text
    return wanted
