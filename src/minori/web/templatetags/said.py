"""``{% say "today.send" name=customer.name %}``: a word of the app in the language of the request."""

from typing import Any

from django import template

from minori.core.text import Text
from minori.web.language import in_words
from minori.web.say import word

register = template.Library()


@register.simple_tag
def say(key: str, **values: object) -> str:
    """Return a word by its key; Django escapes it as it does every value."""
    return in_words(word(key, **values))


@register.filter
def spoken(text: Any) -> str:
    """Return a ``Text`` or a stored ``{"ja": …, "en": …}`` in the language of the request."""
    if isinstance(text, Text) or (isinstance(text, dict) and {"ja", "en"} <= text.keys()):
        return in_words(text)
    return "" if text is None else str(text)
