"""English after a count of one: "about 1 hours" becomes "about 1 hour"; Japanese has no such difference."""

import re

_NOUNS = """
    account action ad answer call change checkout click column contract coupon customer dashboard date day department
    device download error feature file friend goal hour import introduction invitation item line login member minute
    month offer order piece point product project proposal question report request return row seat share sign-up site
    subscription survey system task team ticket time unit user value view visit week year
""".split()
_SINGULAR = {
    **{f"{noun}s": noun for noun in _NOUNS},
    "people": "person",
    "companies": "company",
    "deliveries": "delivery",
    "enquiries": "enquiry",
}
_VERBS = {"are": "is", "were": "was", "have": "has", "do": "does"}
_PLURALS = "|".join(sorted(_SINGULAR, key=len, reverse=True))
# At most one word stands between, as in "1 different items", and none that begins a new phrase.
_ONE = re.compile(
    rf"(?P<of>\bof )?(?<![\d.,])1 (?P<between>(?!(?:of|and|or|in|to|a|an|the)\b)[a-z-]+ )?(?P<noun>{_PLURALS})\b"
    rf"(?: (?P<verb>{'|'.join(_VERBS)})\b)?"
)


def agreeing(english: str) -> str:
    """Return the text with nouns (and a verb right behind them) in the singular after a plain 1."""
    return _ONE.sub(_singular, english)


def _singular(found: re.Match[str]) -> str:
    verb = found["verb"] or ""
    if not found["of"]:  # in "9 of 1 seats are in use" the verb belongs to the 9
        verb = _VERBS.get(verb, verb)
    words = f"{found['of'] or ''}1 {found['between'] or ''}{_SINGULAR[found['noun']]}"
    return f"{words} {verb}" if verb else words
