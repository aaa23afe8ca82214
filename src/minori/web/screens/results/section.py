"""A section of the results: which parts of the proof it shows, and how its page is made of them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from minori.core.registry import Registry
from minori.core.text import Text
from minori.web.screens.results.asked import Asked
from minori.web.screens.results.blocks import Block


@dataclass(frozen=True)
class Section:
    """One page. ``parts`` are those of the proof that it shows.

    ``any_part``: one of them is enough. ``optional``: without them it is not offered at all, since not every company
    has what it is about.
    """

    label: Text
    says: Text
    parts: tuple[str, ...]
    blocks: Callable[[Asked], Sequence[Block]]
    place: int
    by_period: bool = False
    any_part: bool = False
    optional: bool = False


SECTIONS: Registry[Section] = Registry("section", "minori.web.screens.results.sections", Section)


def in_order(stored: Collection[str]) -> list[tuple[str, Section]]:
    """Return the sections that are offered, by their place; ``stored`` are the parts that are there."""
    offered = [
        (name, one) for name, one in SECTIONS.items() if not one.optional or set(one.parts) & set(stored)
    ]
    return sorted(offered, key=lambda pair: pair[1].place)
