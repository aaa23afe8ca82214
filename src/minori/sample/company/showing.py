"""What the sample company's exports show at a date."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from minori.sample.company.catalogue import OPTIONS, PLANS, PRODUCT, SECOND_PRODUCT
from minori.sample.view import Offer, View, rows

_OPTION_OFFERS = {
    "connector": ("option", "connector"),
    "security_pack": ("option", "security_pack"),
    "extra_storage": ("capacity", "extra_storage"),
    "analytics": ("option", "analytics"),
}


@dataclass
class _Held:
    spend: float = 0.0
    seats: float = 0.0
    plan: str = ""
    others: set[str] = field(default_factory=set)


def view(folder: Path, as_of: date) -> View:
    """Read what could be known at the end of a day: contracts in force and the newest levels."""
    held = _held(folder / "exports" / "subscriptions.csv", as_of.isoformat())
    used = _seats_used(folder / "exports" / "gauges.csv", as_of.isoformat())
    customers = tuple(sorted(held))
    full = [name for name in customers if 0 < held[name].seats <= used.get(name, 0.0)]
    return View(
        as_of=as_of,
        customers=customers,
        spend={name: held[name].spend for name in customers},
        at_limit=dict.fromkeys(full, ("seats", "seats")),
        dearer={name: _dearer(held[name]) for name in customers},
        open_offers={name: _open_offers(held[name]) for name in customers},
    )


def _held(path: Path, day: str) -> dict[str, _Held]:
    held: dict[str, _Held] = {}
    for row in rows(path):
        if row["valid_from"] > day or (row["valid_to"] and row["valid_to"] <= day):
            continue
        one = held.setdefault(row["account_id"], _Held())
        one.spend += float(row["monthly_fee"])
        plan = row["plan"].lower()
        if row["product"] == PRODUCT and plan in PLANS:
            one.seats, one.plan = float(row["units"]), plan
        else:
            one.others.add(plan if plan in OPTIONS else row["product"])
    return held


def _seats_used(path: Path, day: str) -> dict[str, float]:
    """Return the newest number of accounts per customer; the export is in order of time."""
    return {
        row["account_id"]: float(row["level"])
        for row in rows(path)
        if row["metric"] == "seats_used" and row["measured_at"][:10] <= day
    }


def _dearer(held: _Held) -> Offer:
    return ("plan", "next") if held.plan != PLANS[-1] else ("product", SECOND_PRODUCT)


def _open_offers(held: _Held) -> tuple[Offer, ...]:
    offers: list[Offer] = [("seats", "seats")]
    offers += [offer for option, offer in _OPTION_OFFERS.items() if option not in held.others]
    if SECOND_PRODUCT not in held.others:
        offers.append(("product", SECOND_PRODUCT))
    if held.plan != PLANS[-1]:
        offers.append(("plan", "next"))
    return tuple(offers)
