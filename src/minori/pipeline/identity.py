"""Which identity leads to which, as known at an instant; rows themselves are never rewritten (SEMANTICS 17)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any


def known_links(links: Iterable[Mapping[str, Any]], before: datetime) -> dict[int, int]:
    """Return by key where each merged identity finally leads, from the links made and not undone before an instant.

    Parameters
    ----------
    links
        Rows of ``identity_links`` with ``from_key``, ``into_key``, ``at``, ``undone_at`` and ``_id``.
    """
    known = {
        row["from_key"]: row["into_key"]
        for row in sorted(links, key=lambda r: (r["at"], r["_id"]))
        if row["at"] < before and not (row["undone_at"] and row["undone_at"] < before)
    }
    return {key: _end(key, known) for key in sorted(known)}


def _end(key: int, links: Mapping[int, int]) -> int:
    seen = {key}
    while links.get(key, key) != key and links[key] not in seen:
        key = links[key]
        seen.add(key)
    return key
