"""Small types that definitions are written in: texts in two languages, spans of days, condition text."""

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from minori.core.text import Text

_SPAN = re.compile(r"^\s*(\d+)\s*(day|days|week|weeks|month|months|year|years)?\s*$")
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


class Definition(BaseModel):
    """Base of everything a workspace may write: unknown settings are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def _text(value: Any) -> Text:
    if isinstance(value, Text):
        return value
    if isinstance(value, dict) and set(value) == {"ja", "en"}:
        return Text(ja=str(value["ja"]), en=str(value["en"]))
    raise ValueError("expected a text in both languages, {ja: …, en: …}")


def _days(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    found = _SPAN.match(str(value))
    if not found:
        raise ValueError("expected a span such as '28 days', '3 months' or '1 year'")
    return int(found[1]) * _DAYS[(found[2] or "days").rstrip("s")]


Words = Annotated[Text, BeforeValidator(_text)]
"""A text in both languages: ``{ja: …, en: …}``."""

Days = Annotated[int, BeforeValidator(_days)]
"""A span of calendar days: ``28 days``, ``2 weeks``, ``3 months`` (of 30), ``1 year`` (of 365)."""
