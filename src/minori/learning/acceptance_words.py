"""Why a chance is what it is, in words: which metrics raised it and which lowered it."""

from collections.abc import Sequence
from math import isnan

from minori.core.text import LANGUAGES, Language, Text
from minori.learning.acceptance_columns import OWN, Column
from minori.stats.arrays import Floats

LEAST = 0.05  # log-odds; less is not worth a word
MOST = 3  # metrics named in each direction
_UNKNOWN = Text(ja="不明", en="unknown")
_RAISED = Text(ja="見込みを上げている指標: {names}", en="raised by {names}")
_LOWERED = Text(ja="見込みを下げている指標: {names}", en="lowered by {names}")
_NEITHER = Text(
    ja="この型のこれまでの承諾率どおりで、目立って上げ下げする指標はありません",
    en="as this play was accepted so far; no metric raises or lowers it much",
)
_BETWEEN = Text(ja="、", en=", ")
_PARTS = Text(ja="。", en="; ")


def because(columns: Sequence[Column], values: Floats, added: Floats) -> Text:
    """Return the reason for one chance: ``added`` is what each column adds to the log-odds.

    That the play's condition holds, and the usual price, are the same for every proposal and no reason for this one.
    """
    spoken = [n for n, column in enumerate(columns) if column.name not in OWN]
    order = sorted(spoken, key=lambda n: (-abs(float(added[n])), columns[n].name))
    raised = [n for n in order if added[n] >= LEAST][:MOST]
    lowered = [n for n in order if added[n] <= -LEAST][:MOST]
    if not raised and not lowered:
        return _NEITHER
    words: dict[Language, str] = {}
    for language in LANGUAGES:
        parts = [
            text[language].replace("{names}", _named(columns, values, chosen, language))
            for text, chosen in ((_RAISED, raised), (_LOWERED, lowered))
            if chosen
        ]
        words[language] = _PARTS[language].join(parts)
    return Text(ja=words["ja"], en=words["en"])


def _named(columns: Sequence[Column], values: Floats, chosen: Sequence[int], language: Language) -> str:
    return _BETWEEN[language].join(_one(columns[n], float(values[n]), language) for n in chosen)


def _one(column: Column, value: float, language: Language) -> str:
    return f"{column.label[language]} ({shown(value, language, share=column.share)})"


def shown(value: float, language: Language, *, share: bool) -> str:
    """Return a value as people read it."""
    if isnan(value):
        return _UNKNOWN[language]
    if share:
        return f"{value:.0%}"
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:,.1f}"
