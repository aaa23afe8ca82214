"""Where a definition of the company's own stands: its file, and its place within, as of the version that a form shows."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from minori.core.yaml_file import Document, parse_yaml
from minori.policy.edit import as_yaml, with_settings
from minori.policy.edit_files import FileChange, digest, known_file, read_definition
from minori.policy.load import FOLDER
from minori.web.policy_edit import history
from minori.web.policy_edit.conflict import Conflict
from minori.web.policy_edit.present import Present

PLAYS = f"{FOLDER}/plays/"


@dataclass(frozen=True)
class Place:
    """An entry of a file: ``path`` within the file, ``text`` of the file (empty: there is none yet)."""

    file: str
    text: str
    path: tuple[str | int, ...]
    play: str = ""  # whose new file it would be

    @property
    def base(self) -> str:
        """What names the version that is shown; a form sends it back."""
        return digest(self.text)

    def changed(self, wanted: dict[str, Any], below: dict[str, Any]) -> FileChange:
        """Return the change of the file by which the entry has the wanted settings; None takes one away."""
        after = with_settings(self._begun, self.path, wanted, below) if wanted else self.text
        return FileChange(self.file, self.text, after)

    def said(self, below: dict[str, Any]) -> dict[str, Any]:
        """Return what holds of the entry: what is below it with the company's own over it."""
        own: Any = parse_yaml(self.text, self.file).data if self.text.strip() else None
        for step in self.path:
            own = _below(own, step)
        merged = Document(self.file, below).merged(Document(self.file, own if isinstance(own, dict) else {}))
        found: dict[str, Any] = merged.data
        return found

    @property
    def _begun(self) -> str:
        """The text, or the first line of a play's new file."""
        if self.text or not self.play:
            return self.text
        return f"id: {as_yaml(self.play)}\n"


def text_at(file: str, base: str | None) -> str:
    """Return a file's text as it was when its hash was ``base``, by default now; raises Conflict for an unknown one."""
    now = read_definition(settings.WORKSPACE, file)
    if base is None or digest(now) == base:
        return now
    before = history.version(file, base)
    if before is None:
        raise Conflict(file)
    return before


def play_place(play: str, base: str | None = None) -> Place:
    """Return where the company's own definition of a play stands, or where it would be written."""
    file = _file_of(play)
    text = text_at(file, base)
    return Place(file, text, (_within(text, file, play) or ()) if text.strip() else (), play)


def part_place(part: str, *path: str, base: str | None = None) -> Place:
    """Return where an entry of ``metrics``, ``health``, ``guards`` … stands in the company's own file."""
    file = f"{FOLDER}/{part}.yaml"
    return Place(file, text_at(file, base), path)


def message_place(language: str, name: str, base: str | None = None) -> Place:
    """Return the file of a template of the company's own."""
    file = f"{FOLDER}/messages/{language}/{name}.md"
    return Place(file, text_at(file, base), ())


def template_name(present: Present, play: str) -> str:
    """Return the template that an edit of a play's words writes: the one it names, else one of its own."""
    return present.loaded.policy.plays[play].message or play


def _file_of(play: str) -> str:
    for path in sorted((settings.WORKSPACE / FOLDER / "plays").glob("*.yaml")):
        file = f"{PLAYS}{path.name}"
        if known_file(file) and _within(read_definition(settings.WORKSPACE, file), file, play) is not None:
            return file
    file = f"{PLAYS}{play}.yaml"
    return (
        file if known_file(file) else f"{PLAYS}play_{digest(play)[:12]}.yaml"
    )  # an id need not be a file's name


def _below(own: Any, step: str | int) -> Any:
    """Return what stands below a step of a path; None where there is nothing."""
    if isinstance(own, list) and isinstance(step, int):
        return own[step]
    return own.get(step) if isinstance(own, dict) else None


def _within(text: str, file: str, play: str) -> tuple[str | int, ...] | None:
    data = parse_yaml(text, file).data
    if isinstance(data, dict) and str(data.get("id")) == play:
        return ()
    for number, entry in enumerate(data if isinstance(data, list) else ()):
        if isinstance(entry, dict) and str(entry.get("id")) == play:
            return (number,)
    return None
