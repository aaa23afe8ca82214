"""One source as drafted: which file, which facts, which select, and what is said about it."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from minori.core.text import Language, Text
from minori.sources.connecting.guess import Guess, Sureness
from minori.sources.connecting.profile import SeenFile

_WIDEST = 72  # before comments are no longer put in line


@dataclass(frozen=True)
class Condition:
    """A condition of the select, and why it is there."""

    sql: str
    why: Text


@dataclass(frozen=True)
class Draft:
    """A source of the draft."""

    id: str
    gives: str
    file: SeenFile
    guesses: tuple[Guess, ...]
    origin: str = "input"  # what stands behind from
    inputs: tuple[str, ...] = ()  # other sources, by id
    where: Condition | None = None
    group_by: str | None = None
    unused: tuple[str, ...] = ()
    notes: tuple[Text, ...] = field(default=())

    @property
    def sureness(self) -> Sureness:
        """As sure as its least sure column."""
        found = {guess.sureness for guess in self.guesses}
        return next((word for word in (Sureness.OPEN, Sureness.GUESS) if word in found), Sureness.SURE)

    def select(self, language: Language) -> list[str]:
        """Return the lines of the select, with a comment on every column."""
        last = len(self.guesses) - 1
        written = [f"  {guess.written}{',' if at < last else ''}" for at, guess in enumerate(self.guesses)]
        width = max((wide for wide in map(_width, written) if wide <= _WIDEST), default=0)
        lines = ["select"]
        for line, guess in zip(written, self.guesses, strict=True):
            lines.append(f"{line}{' ' * (width - _width(line))}  -- {_comment(guess.comment[language])}")
        lines.append(f"from {self.origin}")
        if self.where:
            lines.append(f"where {self.where.sql}  -- {_comment(self.where.why[language])}")
        return [*lines, *([f"group by {self.group_by}"] if self.group_by else [])]


def _width(line: str) -> int:
    """Width on a screen, where kanji and kana take two places."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in line)


def _comment(text: str) -> str:
    return " ".join(text.split()).replace("*/", "* /")


def unused(file: SeenFile, guesses: Sequence[Guess], *more: str) -> tuple[str, ...]:
    """Return the columns of the file that no guess uses."""
    used = {name for guess in guesses for name in guess.columns} | set(more)
    return tuple(column.name for column in file.columns if column.name not in used)
