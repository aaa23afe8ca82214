"""Text in lines that fit: Vega does not break lines, so they are broken here."""

import re
import unicodedata

_NEVER_FIRST = "、。,.:;!?)]}」』)】・ー%%"
_WORDS = re.compile(r"\s+|[^\s\u2e80-\uffef]+|.")
_LETTER, _WIDE = 0.56, 1.0  # of the font's size; digits and Latin letters on average


def wide(text: str, size: float) -> float:
    """Return about how many pixels a text takes."""
    return sum(_WIDE if unicodedata.east_asian_width(sign) in "WF" else _LETTER for sign in text) * size


def lines(text: str, width: float, size: float) -> list[str]:
    """Break a text into lines of at most ``width`` pixels: between words, in Japanese between characters.

    A line never begins with a closing mark; a word that is too long stands alone. Line ends in the text are kept.
    """
    return [line for paragraph in text.split("\n") for line in _broken(paragraph, width, size)]


def _broken(text: str, width: float, size: float) -> list[str]:
    found, line = list[str](), ""
    for part in _WORDS.findall(text):
        if not line or wide(line + part.rstrip(), size) <= width or part[0] in _NEVER_FIRST:
            line += part
        else:
            found.append(line.rstrip())
            line = part.lstrip()
    return [*found, line.rstrip()]
