"""Pages: ``limit`` rows after ``after``, and where the next page begins; stable while rows come and go."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any, Generic, TypeVar

from ninja import Query, Schema

T = TypeVar("T")
MOST, USUAL = 500, 100
Limit = Annotated[int, Query(ge=1, le=MOST, description="Rows of a page.")]
After = Annotated[str | None, Query(max_length=300, description="`next` of the page before.")]


class Page(Schema, Generic[T]):
    """One page of a list; ``next`` is None on the last."""

    items: list[T]
    next: str | None


def page(
    rows: Iterable[Any], limit: int, key: Callable[[Any], str], shown: Callable[[Any], Any]
) -> dict[str, Any]:
    """Return a page of ``rows``, which hold one more than ``limit`` where there is a next page."""
    found = list(rows)
    more = len(found) > limit
    return {"items": [shown(row) for row in found[:limit]], "next": key(found[limit - 1]) if more else None}
