"""What a template is given, and which shape each part of it has."""

from collections.abc import Mapping
from typing import TypeAlias

from minori.core.errors import DefinitionError, UnknownName


class TextShape:
    """Something that can be written out."""


class NumberShape:
    """A count or a flag: for comparing, and for writing out."""


class RecordShape:
    """A plain dictionary with known names."""

    def __init__(self, **fields: "Shape") -> None:
        self.fields = fields


class ListShape:
    """A list of one shape."""

    def __init__(self, item: "Shape") -> None:
        self.item = item


Shape: TypeAlias = TextShape | NumberShape | RecordShape | ListShape

TEXT, NUMBER = TextShape(), NumberShape()
CHOICE = RecordShape(label=TEXT, monthly=TEXT, difference=TEXT, recommended=NUMBER, summary=TEXT)
LOOP = RecordShape(first=NUMBER, last=NUMBER, index=NUMBER, length=NUMBER)
GIVEN: Mapping[str, Shape] = {
    "customer": TEXT,
    "sender": TEXT,
    "company": TEXT,
    "because": TEXT,
    "offer": TEXT,
    "price_difference": TEXT,
    "until": TEXT,
    "benefits": ListShape(TEXT),
    "choices": ListShape(CHOICE),
    "proof": ListShape(TEXT),
    "cases": ListShape(TEXT),
    "play": TEXT,
}
FOR_ROLE = "for_role"  # where a template wants the words for the reader's role
IN_TEMPLATE: Mapping[str, Shape] = {**GIVEN, FOR_ROLE: TEXT}
FILTERS = ("upper", "lower", "title", "join", "first", "last", "length")


def attribute(owner: Shape, name: str) -> Shape:
    """Return the shape of a part of a record; raises DefinitionError."""
    if not isinstance(owner, RecordShape):
        raise DefinitionError(f".{name} asks for a part of something that has none")
    if name not in owner.fields:
        raise UnknownName("part", name, owner.fields)
    return owner.fields[name]


def filtered(name: str, value: Shape) -> Shape:
    """Return the shape that a filter makes; raises DefinitionError if it does not fit."""
    if name not in FILTERS:
        raise UnknownName("filter", name, FILTERS)
    if name == "length":
        return NUMBER
    if name in ("first", "last", "join"):
        if not isinstance(value, ListShape):
            raise DefinitionError(f"the filter {name} needs a list")
        if name == "join" and not isinstance(value.item, TextShape):
            raise DefinitionError("the filter join needs a list of texts")
        return TEXT if name == "join" else value.item
    if not isinstance(value, TextShape):
        raise DefinitionError(f"the filter {name} needs a text")
    return TEXT
