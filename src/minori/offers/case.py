"""One customer in the situation of one play: all that a kind of offer may look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from minori.core.text import Text
from minori.offers.meaning import Meaning
from minori.policy.catalog import Catalog
from minori.policy.definitions import Play, Ranking

Number: TypeAlias = float | int | str | bool | date | None


@dataclass(frozen=True)
class Holding:
    """One contract in force."""

    product_id: str | None
    plan_id: str
    quantity: Decimal | None
    mrr: Decimal | None  # company currency; None: unknown
    is_option: bool
    is_trial: bool
    renews_on: date | None
    term_months: int | None


@dataclass(frozen=True)
class Case:
    """A customer, a play whose condition holds, and what is known of the customer at the date."""

    as_of: date
    customer_id: str
    play: Play
    numbers: Mapping[str, Number]  # every metric and customer column prepared for candidates; None: unknown
    holdings: tuple[Holding, ...]
    catalog: Catalog
    currency: str
    gross_margin: Decimal
    meaning: Meaning = field(default_factory=Meaning)
    ranking: Ranking = field(default_factory=Ranking)

    @property
    def main(self) -> Holding | None:
        """The main contract: a plan, not a trial if there is another, the dearest."""
        plans = [h for h in self.holdings if not h.is_option]
        return max(plans, key=lambda h: (not h.is_trial, h.mrr or Decimal(0), h.plan_id), default=None)

    def number(self, name: str) -> float | None:
        """Return a number, or None if it is unknown."""
        value = self.numbers.get(name)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    def exact(self, name: str) -> Decimal | None:
        """Return a number as a decimal, for money and seats; None if it is unknown."""
        value = self.number(name)
        return None if value is None else Decimal(str(value))


@dataclass(frozen=True)
class Choice:
    """One of up to three choices side by side: 梅 the present plan, 竹 the recommended, 松 the top."""

    label: Text
    monthly: Decimal
    difference: Decimal
    recommended: bool
    summary: Text
    plan_id: str | None = None


@dataclass(frozen=True)
class NextOrder:
    """An order of whatever the customer likes that a yes may bring, and what is taken off its price."""

    amount: Decimal  # the customer's usual one, company currency
    share: Decimal = Decimal(0)  # taken off, of the amount
    off: Decimal = Decimal(0)  # taken off, catalogue currency

    def margin(self, gross_margin: Decimal, rate: Decimal) -> Decimal:
        """Return what is left of the order; ``rate`` is company currency per unit of the catalogue's."""
        taken_off = min(self.amount, self.amount * self.share + self.off * rate)
        return self.amount * gross_margin - taken_off


@dataclass(frozen=True)
class Priced:
    """An offer that can be made: what changes and what it costs."""

    label: Text
    items: tuple[Mapping[str, str], ...] = ()  # {product, plan | option | item, quantity}
    mrr_change: Decimal = Decimal(0)  # catalogue currency a month
    once: Decimal = Decimal(0)  # one-time revenue, catalogue currency
    choices: tuple[Choice, ...] = ()
    features: tuple[str, ...] = ()  # features it brings that the customer does not have
    until: date | None = None  # a real limit of the offer, such as a coupon's date
    leads_to: Decimal = Decimal(0)  # monthly revenue that may follow and is not asked for
    given: Decimal = Decimal(0)  # already taken off ``once``
    next_order: NextOrder | None = None  # what a coupon for any order may bring; None: unknown


@dataclass(frozen=True)
class Impossible:
    """No offer of this kind can be made to this customer, and why."""

    why: Text
