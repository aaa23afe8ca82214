"""Which fact table a file gives: what it is called, and how well its columns fit."""

from dataclasses import dataclass
from itertools import pairwise

from minori.schema.facts import FACTS
from minori.schema.table import Table
from minori.sources.connecting.match import Match, matches
from minori.sources.connecting.profile import SeenFile
from minori.sources.connecting.spelling import spelled
from minori.sources.connecting.words import file_words, tables

_NAMED_SO, _NAMED_PARTLY = 4.0, 3.0
_OWN_ID, _TIME, _REQUIRED, _OTHER, _LINK = 2.0, 1.0, 1.0, 0.7, 0.3
_MISSING = 1.5
_ENOUGH = 3.5
_CERTAIN = 5.5
WITHOUT_CUSTOMER = ("rates", "identity_links")


@dataclass(frozen=True)
class Choice:
    """A fact table for a file, and how its columns would be fed."""

    table: Table
    matches: dict[str, Match]
    score: float

    @property
    def certain(self) -> bool:
        """Whether the file is most likely what it seems."""
        return self.score >= _CERTAIN

    @property
    def has_customer(self) -> bool:
        """Whether rows can be told to belong to a customer, directly or by their user."""
        return bool({"customer_id", "user_id"} & self.matches.keys())


def choices(file: SeenFile) -> list[Choice]:
    """Return the tables that the file may give, the likeliest first; none if it is like no table."""
    found = [Choice(FACTS[name], fed, _score(file, FACTS[name], fed)) for name, fed in _fed(file)]
    likely = [choice for choice in found if choice.score >= _ENOUGH]
    return sorted(likely, key=lambda choice: -choice.score)


def _fed(file: SeenFile) -> list[tuple[str, dict[str, Match]]]:
    return [(name, matches(file, FACTS[name])) for name in tables()]


def _score(file: SeenFile, table: Table, fed: dict[str, Match]) -> float:
    score = _called(file, table.name)
    for target in table.columns:
        match = fed.get(target.name)
        if match is not None:
            score += match.score * _weight(table, target.name, required=target.required)
        elif target.required and target.name != "customer_id":
            score -= _MISSING
    own = fed.get(table.key[0])
    if table.name == "customers" and (own is None or own.column.distinct < own.column.filled):
        score -= _OWN_ID + _MISSING
    if table.name == "order_lines" and _lines_of_orders(fed):
        score += _OWN_ID
    return score


def _lines_of_orders(fed: dict[str, Match]) -> bool:
    """An order that stands in several rows, each with an item, is a file of lines."""
    order = fed.get("order_id")
    return order is not None and "product_id" in fed and order.column.distinct < order.column.filled


def _weight(table: Table, name: str, *, required: bool) -> float:
    if name == table.key[0] and (
        name not in ("customer_id", "user_id") or table.name in ("customers", "users")
    ):
        return _OWN_ID
    if name in ("customer_id", "user_id", "currency"):
        return _LINK
    if name == table.at:
        return _TIME
    return _REQUIRED if required else _OTHER


def _called(file: SeenFile, table: str) -> float:
    stem, words = spelled(file.stem), file_words(table)
    parts = stem.split("_")
    trimmed = "_".join(part for part in parts if not part.isdigit())
    if trimmed in words:
        return _NAMED_SO
    pairs = {"_".join(pair) for pair in pairwise(parts)}
    japanese = any(not word.isascii() and word in stem for word in words)
    return _NAMED_PARTLY if japanese or words & {*parts, *pairs} else 0.0
