"""What every figure means, by its id, from where it is declared."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache

from minori.core.figure import Figure

ROOMS = ("minori.kpis", "minori.learning", "minori.outcomes", "minori.pipeline.proof")


@cache
def meanings() -> Mapping[str, Figure]:
    """Return every declared figure by id; imports the rooms that declare some, so it is for jobs alone."""
    found: dict[str, Figure] = {}
    for room in ROOMS:
        package = importlib.import_module(room)
        for module in pkgutil.walk_packages(package.__path__, f"{room}."):
            for value in vars(importlib.import_module(module.name)).values():
                found.update({figure.id: figure for figure in _figures(value)})
    return found


def _figures(value: object) -> Iterator[Figure]:
    match value:
        case Figure():
            yield value
        case Mapping():
            for held in value.values():
                yield from _figures(held)
        case tuple() | list():
            for held in value:
                yield from _figures(held)
