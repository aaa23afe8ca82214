"""One JSON object as columns of text: values keep their writing, inner objects stay JSON."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from minori.core.text import Text

DEEPEST = 100
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|["\[\]{}]', re.DOTALL)  # a lone quote opens a string without end
STEP = {"[": 1, "{": 1, "]": -1, "}": -1}
_HIDDEN_CONTROL = re.compile(r"(?<!\\)(?:\\\\)*\\(?:u00(?:0[0-8bcef]|1[0-9a-f]|7f)|[bf])", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n]*+")


class JSONRowError(ValueError):
    """Raised when a text is no JSON object that can become a row; carries what to tell people."""

    def __init__(self, reason: Text, key: str | None = None, value: str | None = None) -> None:
        super().__init__(reason.en)
        self.reason, self.key, self.value = reason, key, value


def parse_object(text: str, is_read: Callable[[str], bool] = lambda _key: True) -> dict[str, str | None]:
    """Return each key's value as text; raises JSONRowError.

    Control signs within an inner object are an error only where its key is read.
    """
    if depth_of(text) > DEEPEST:
        raise JSONRowError(
            Text(ja=f"入れ子が{DEEPEST}段を超えています", en=f"nested deeper than {DEEPEST} levels")
        )
    try:
        pairs = _DECODER.decode(text.strip())
    except json.JSONDecodeError as e:
        raise JSONRowError(
            Text(ja=f"JSONとして読めません（{e.colno}文字目）", en=f"not JSON at sign {e.colno}: {e.msg}")
        ) from None
    if not isinstance(pairs, tuple):
        raise JSONRowError(Text(ja="JSONオブジェクトではありません", en="not a JSON object"))
    inner = any(isinstance(value, tuple | list) for _, value in pairs)
    written = dict(_slices(text)) if inner else {}
    row = {key: _as_text(key, value, written, is_read) for key, value in pairs}
    if len(row) != len(pairs):
        raise JSONRowError(Text(ja="同じキーが2回あります", en="a key stands twice"))
    return row


def depth_of(text: str) -> int:
    """Return how deeply brackets are nested, as far as it matters."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return 0
    deepest = depth = 0
    for token in TOKEN.finditer(text):
        depth += STEP.get(token[0], 0)
        deepest = max(deepest, depth)
    return deepest


def _as_text(key: str, value: Any, written: dict[str, str], is_read: Callable[[str], bool]) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    text = written[key]
    if _HIDDEN_CONTROL.search(text) and is_read(key):
        raise JSONRowError(
            Text(ja="制御文字が含まれています", en="control sign in the value"),
            key,
            text,
        )
    return text


def _slices(text: str) -> Iterator[tuple[str, str]]:
    """Yield each key of a valid object with its value exactly as written."""
    at = _after_space(text, text.index("{") + 1)
    while text[at] != "}":
        key, at = _DECODER.raw_decode(text, at)
        start = _after_space(text, text.index(":", at) + 1)
        _, end = _DECODER.raw_decode(text, start)
        yield key, text[start:end]
        at = _after_space(text, end)
        if text[at] == ",":
            at = _after_space(text, at + 1)


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _no_constant(name: str) -> Any:
    raise json.JSONDecodeError(f"{name} is not JSON", name, 0)


# Numbers as they are written: an id of 19 digits or a price must not pass through a double.
_DECODER = json.JSONDecoder(
    parse_int=str, parse_float=str, parse_constant=_no_constant, object_pairs_hook=tuple
)
