"""Texts in which somebody's words or names may stand: found, and taken out of the sentence around them."""

import json
import re
from collections.abc import Callable, Collection, Iterable

import pyarrow as pa
import pyarrow.compute as pc

from minori.lake.rewriting import Cells, Edit
from minori.lake.suppression import SHORTEST_VALUE

GONE = "–"
"""What stands where something was: the sign for what is unknown."""


class Words:
    """Texts to be found: as the whole of another text or, unless they are very short, within it."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = {text for text in texts if text.strip()}
        within = sorted((t for t in self.texts if len(t) >= SHORTEST_VALUE), key=lambda t: (-len(t), t))
        self._within = re.compile("|".join(map(re.escape, within))) if within else None

    def __bool__(self) -> bool:
        return bool(self.texts)

    def stand_in(self, text: str) -> bool:
        """Tell whether one of them stands in the text."""
        return text.strip() in self.texts or (self._within is not None and bool(self._within.search(text)))

    def out_of(self, text: str) -> str:
        """Return the text without them."""
        if text.strip() in self.texts:
            return GONE
        return self._within.sub(GONE, text) if self._within else text

    def out_of_json(self, text: str) -> str:
        """Return JSON without them in its texts; the names of its parts stay."""
        found = json.loads(text)
        cleaned = self._cleaned(found)
        return text if cleaned == found else json.dumps(cleaned, ensure_ascii=False, sort_keys=True)

    def _cleaned(self, value: object) -> object:
        match value:
            case str():
                return self.out_of(value)
            case dict():
                return {name: self._cleaned(part) for name, part in value.items()}
            case list():
                return [self._cleaned(part) for part in value]
            case _:
                return value


Change = Callable[[str], str | None]


def editing(
    columns: Iterable[tuple[str, Change]], *, of: str | None = None, keys: Collection[int | str] = ()
) -> Edit:
    """Return an edit of text columns: each cell as its change makes it, in all rows or those of some keys.

    ``of`` is the column that the keys are of; None: every row.
    """
    changes = dict(columns)

    def change(rows: pa.Table) -> Cells:
        masked = _mask(rows, of, keys)
        if not any(masked):
            return {}
        return {name: new for name in changes if (new := _changed(rows, name, masked)) is not None}

    def _changed(rows: pa.Table, name: str, masked: list[bool]) -> pa.Array | None:
        if name not in rows.column_names:
            return None
        old = rows[name].to_pylist()
        new = [
            changes[name](value) if mine and value is not None else value
            for value, mine in zip(old, masked, strict=True)
        ]
        return None if new == old else pa.array(new, rows.schema.field(name).type)

    return Edit({*changes, *([of] if of else [])}, change)


def _mask(rows: pa.Table, of: str | None, keys: Collection[int | str]) -> list[bool]:
    if of is None:
        return [True] * rows.num_rows
    if of not in rows.column_names or not keys:
        return [False] * rows.num_rows
    wanted = pa.array(sorted(keys, key=str), rows.schema.field(of).type)
    found: list[bool] = pc.is_in(rows[of], wanted).to_pylist()
    return found
