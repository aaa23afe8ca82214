"""How names are compared: whatever the case, the joints and the width of letters."""

import re
import unicodedata
from collections.abc import Collection

_JOINT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_WORD = re.compile(r"[\W_]+")
_BESIDE_KANJI = re.compile(r"(?<=[^\x00-\x7f])_|_(?=[^\x00-\x7f])")
EXACT, OWN_NOUN, PART = 1.0, 0.9, 0.7


def spelled(name: str) -> str:
    """Return the name as compared: ``CustomerID`` → ``customer_id``, ``顧客 ＩＤ`` → ``顧客id``."""
    plain = unicodedata.normalize("NFKC", name).strip()
    joined = _NOT_WORD.sub("_", _JOINT.sub("_", plain).lower()).strip("_")
    return _BESIDE_KANJI.sub("", joined)


def likeness(name: str, synonyms: Collection[str], nouns: Collection[str] = ()) -> float:
    """Return how well a spelled name fits a list of spelled synonyms, 0 to 1.

    ``nouns`` are words that the table itself is called by: ``ticket_priority`` is ``priority`` there.
    A part of a name counts only if it is two words or more, or Japanese: ``birth_date`` is not ``date``.
    """
    if name in synonyms or name.replace("_", "") in {word.replace("_", "") for word in synonyms}:
        return EXACT
    for noun in nouns:
        rest = name.removeprefix(f"{noun}_") if name.isascii() else name.removeprefix(noun)
        if rest != name and rest in synonyms:
            return OWN_NOUN
    return PART if any(_is_part(word, name) for word in synonyms) else 0.0


def _is_part(word: str, name: str) -> bool:
    if word.isascii():
        return "_" in word and f"_{word}_" in f"_{name}_"
    return len(word) >= 2 and word in name
