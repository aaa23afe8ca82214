"""What pages show of a whole run without reading its rows: counts and revenue by band, stage, touch, owner."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from minori.web.models import CustomerRow, ProposalRow

BY = ("band", "stage", "touch", "segment", "owner", "sales_owner")
RENEWAL_DAYS = (30, 60, 90)


@dataclass
class Sum:
    """How many, and their monthly revenue in company currency; ``without`` is how many have no revenue known."""

    count: int = 0
    mrr: Decimal = Decimal(0)
    without: int = 0

    def add(self, mrr: Decimal | None) -> None:
        """Count one more."""
        self.count += 1
        self.mrr += mrr or 0
        self.without += mrr is None

    def as_dict(self) -> dict[str, Any]:
        """Return plain data; money as exact text."""
        return {"count": self.count, "mrr": str(self.mrr), "without": self.without}


@dataclass
class Totals:
    """Adds up rows as they are made."""

    as_of: date
    customers: Sum = field(default_factory=Sum)
    by: dict[str, dict[str, Sum]] = field(default_factory=lambda: {name: {} for name in BY})
    renewals: dict[int, Sum] = field(default_factory=lambda: {days: Sum() for days in RENEWAL_DAYS})
    proposals: int = 0
    asked: int = 0  # of them: ask for money
    mrr_change: Decimal = Decimal(0)
    once: Decimal = Decimal(0)
    value: float = 0.0
    proposals_by_owner: dict[str, int] = field(default_factory=dict)

    def add_customers(self, rows: Iterable[CustomerRow]) -> None:
        """Count customers."""
        for row in rows:
            self.customers.add(row.mrr)
            for name in BY:
                self.by[name].setdefault(getattr(row, name), Sum()).add(row.mrr)
            for days, found in self.renewals.items():
                if row.renews_on and self.as_of < row.renews_on <= self.as_of + timedelta(days=days):
                    found.add(row.mrr)

    def add_proposals(self, rows: Iterable[ProposalRow]) -> None:
        """Count proposals."""
        for row in rows:
            self.proposals += 1
            self.asked += row.asks_for_money
            self.mrr_change += row.mrr_change or 0
            self.once += row.once or 0
            self.value += row.value
            doer = row.card.get("owner") or row.owner
            self.proposals_by_owner[doer] = self.proposals_by_owner.get(doer, 0) + 1

    def as_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "customers": self.customers.count,
            "mrr": str(self.customers.mrr),
            "mrr_unknown": self.customers.without,
            "by": {
                name: {key: found.as_dict() for key, found in sorted(of.items())}
                for name, of in self.by.items()
            },
            "renewals": {str(days): found.as_dict() for days, found in self.renewals.items()},
            "proposals": {
                "count": self.proposals,
                "asks_for_money": self.asked,
                "mrr_change": str(self.mrr_change),
                "once": str(self.once),
                "value": round(self.value, 4),
                "by_owner": dict(sorted(self.proposals_by_owner.items())),
            },
        }
