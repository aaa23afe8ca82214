"""The app's own words: each package has a ``words.py`` with ``WORDS``; a key is ``package.name``."""

import importlib
import importlib.util
import pkgutil
from functools import cache

from minori.core.text import Text

ROOMS = ("minori.web", "minori.web.screens")


@cache
def every_word() -> dict[str, Text]:
    """Return all words by key; a key that two packages claim is an error."""
    found: dict[str, Text] = {}
    for room in ROOMS:
        for package in _packages(room):
            for key, text in package.items():
                if key in found:
                    raise ValueError(f"the word {key!r} is declared twice")
                found[key] = text
    return found


def word(key: str, **values: object) -> Text:
    """Return a text by key with its values filled in; raises KeyError for a key that nobody declared."""
    text = every_word()[key]
    return text.fill({name: str(value) for name, value in values.items()}) if values else text


def _packages(room: str) -> list[dict[str, Text]]:
    path = importlib.import_module(room).__path__
    names = [f"{room}.{m.name}.words" for m in pkgutil.iter_modules(path) if m.ispkg]
    if room == "minori.web":
        names.append("minori.web.words")
    return [importlib.import_module(name).WORDS for name in names if importlib.util.find_spec(name)]
