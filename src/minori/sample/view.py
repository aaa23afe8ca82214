"""What the exports show at a date: all that a policy may look at."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

Offer = tuple[str, str]  # kind and words that name the items


@dataclass(frozen=True)
class View:
    """Customers in the order of their ids, and what naive policies go by."""

    as_of: date
    customers: tuple[str, ...]
    spend: Mapping[str, float]
    at_limit: Mapping[
        str, Offer
    ]  # customers at a limit (in a shop: past their usual interval), what to offer
    dearer: Mapping[str, Offer]  # the next dearer thing for each
    open_offers: Mapping[str, tuple[Offer, ...]]  # everything that could be offered to each


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Read an export row by row."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
