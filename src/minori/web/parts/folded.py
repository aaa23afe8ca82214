"""Text as search compares it: width, case and kana do not matter."""

import unicodedata

_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}


def folded(text: str) -> str:
    """Return text in NFKC, lower case, hiragana as katakana, without spaces around."""
    return unicodedata.normalize("NFKC", text).lower().translate(_TO_KATAKANA).strip()
