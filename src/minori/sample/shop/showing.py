"""What the sample shop's exports show at a date."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from minori.sample.shop.items import IDS, ITEMS
from minori.sample.view import Offer, View, rows

_UPPER = {item.id: item.upper for item in ITEMS if item.upper}
_COUPON: Offer = ("coupon", "early_access")


@dataclass
class _Seen:
    spend: float = 0.0
    days: list[str] = field(default_factory=list)
    last_item: str = ""


def view(folder: Path, as_of: date) -> View:
    """Read what could be known at the end of a day: orders so far, and who is past the usual interval."""
    seen = _seen(folder / "exports", as_of.isoformat())
    customers = tuple(sorted(seen))
    everything: tuple[Offer, ...] = (_COUPON, *(("item", item) for item in IDS))
    return View(
        as_of=as_of,
        customers=customers,
        spend={name: seen[name].spend for name in customers},
        at_limit={name: _again(seen[name]) for name in customers if _overdue(seen[name], as_of)},
        dearer={name: _dearer(seen[name]) for name in customers},
        open_offers=dict.fromkeys(customers, everything),
    )


def _seen(exports: Path, day: str) -> Mapping[str, _Seen]:
    seen = {
        row["customer_no"]: _Seen() for row in rows(exports / "customers.csv") if row["member_since"] <= day
    }
    for row in rows(exports / "orders.csv"):
        if row["placed_at"][:10] <= day:
            one = seen[row["customer_no"]]
            one.spend += float(row["total"])
            one.days.append(row["placed_at"][:10])
    for row in rows(exports / "order_lines.csv"):
        if row["placed_at"][:10] <= day:
            seen[row["customer_no"]].last_item = row["sku"]
    return seen


def _overdue(seen: _Seen, as_of: date) -> bool:
    ordered = sorted(set(seen.days))
    if len(ordered) < 2:
        return False
    first, last = date.fromisoformat(ordered[0]), date.fromisoformat(ordered[-1])
    return (as_of - last).days >= (last - first).days / (len(ordered) - 1)


def _again(seen: _Seen) -> Offer:
    return ("item", seen.last_item) if seen.last_item else _COUPON


def _dearer(seen: _Seen) -> Offer:
    return ("item", _UPPER[seen.last_item]) if seen.last_item in _UPPER else _COUPON
