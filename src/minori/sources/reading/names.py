"""Names of columns: from a header or from keys, made unique, and said where they were changed."""

import unicodedata
from collections.abc import Iterable, Sequence

from minori.core.text import Text
from minori.sources.kind import Note

_OURS = ("_row", "_file")


class Names:
    """Gives every position or key of one file a column name of its own.

    Names that differ only in case count as the same, as they do in SQL.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._taken = {name.lower() for name in _OURS}
        self._changed: list[tuple[str, str]] = []

    def give(self, written: str, position: int) -> str:
        """Return the column name for what is written at this position (from 1)."""
        clean = _clean(written)
        name = base = clean or f"column_{position}"
        suffix = 2
        while name.lower() in self._taken:
            name = f"{base}_{suffix}"
            suffix += 1
        self._taken.add(name.lower())
        if name != clean:
            self._changed.append((clean, name))
        return name

    @property
    def notes(self) -> tuple[Note, ...]:
        """What a person should know: which names were empty or doubled, and how they are called now."""
        if not self._changed:
            return ()
        shown = ", ".join(f"{old!r} → {new!r}" for old, new in self._changed[:20])
        return (
            Note(
                self._file,
                Text(
                    ja=f"空または重複する列名を変更しました：{shown}",
                    en=f"empty or repeated column names were changed: {shown}",
                ),
            ),
        )


def named(file: str, written: Sequence[str]) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """Return unique names for a header, and notes on those that were changed."""
    names = Names(file)
    given = tuple(names.give(name, position) for position, name in enumerate(written, 1))
    return given, names.notes


def _clean(written: str) -> str:
    return "".join(_letters(written)).strip().strip("\ufeff")


def _letters(written: str) -> Iterable[str]:
    for letter in written:
        yield " " if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter
