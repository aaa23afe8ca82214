"""Whose data is meant, and the texts by which they are found in the app's own tables."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote_plus

from minori.pipeline.erasing.person import Person, find
from minori.pipeline.erasing.words import GONE, Words
from minori.pipeline.workspace import Workspace

FREE = frozenset("message subject body text html words quote said talk draft preview greeting".split())
"""Parts of a stored card or context that are written for one customer; their texts go as a whole."""


@dataclass(frozen=True)
class Whose:
    """A customer with all of their users, or one user of theirs."""

    person: Person
    app_names: frozenset[str] = frozenset()  # names that only the app still holds

    @property
    def whole(self) -> bool:
        """Whether the customer as a whole is meant."""
        return self.person.user is None

    @property
    def customer_ids(self) -> frozenset[str]:
        """Ids of the customer, with those merged into it."""
        return self.person.customer_ids

    @cached_property
    def names(self) -> Words:
        """Names and addresses: they go wherever they stand."""
        return Words(self._without_ids(self.person.names | self.app_names))

    @cached_property
    def words(self) -> Words:
        """Names, and what was said: it goes from what is stored of the customer."""
        return Words(self._without_ids(self.person.names | self.app_names | self.person.words))

    def _without_ids(self, texts: Iterable[str]) -> set[str]:
        """Ids stay: past runs repeat in them."""
        return set(texts) - self.person.customer_ids - self.person.user_ids


def whose(served: Workspace, customer: str, user: str | None) -> Whose:
    """Find somebody by id or name; raises UnknownName."""
    from minori.web.models import CustomerRow

    person = find(served.lake.snapshot(), customer, user, served.now())
    rows = CustomerRow.objects.filter(customer_id__in=person.customer_ids) if user is None else ()
    return Whose(person, frozenset(row.name for row in rows if row.name != row.customer_id))


def cleaned(value: Any, words: Words, *, free: frozenset[str] = frozenset()) -> Any:
    """Return plain data without the words; below the ``free`` names no text stays at all."""
    match value:
        case str():
            return words.out_of(value) if words else value
        case list():
            return [cleaned(part, words, free=free) for part in value]
        case dict():
            return {
                words.out_of(str(name)) if words else name: _emptied(part)
                if name in free
                else cleaned(part, words, free=free)
                for name, part in value.items()
            }
        case _:
            return value


def stands_in(value: Any, words: Words) -> bool:
    """Tell whether one of the words stands in a text, also one that is written for an address, or in plain data."""
    if isinstance(value, str):
        return words.stand_in(value) or words.stand_in(unquote_plus(value))
    return words.stand_in(json.dumps(value, ensure_ascii=False))


def _emptied(value: Any) -> Any:
    match value:
        case str():
            return GONE
        case list():
            return []
        case dict():
            return {}
        case _:
            return value
