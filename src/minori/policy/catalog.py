"""``catalog.yaml``: what can be offered - products, plans in order, options, bundles, coupons, cases."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from minori.policy.words import Days, Definition, Words


class Price(Definition):
    """Monthly price: ``base + per_seat × seats + per_unit × units above included``, in catalogue currency."""

    base: Decimal = Decimal(0)
    per_seat: Decimal = Decimal(0)
    metered: str | None = None  # metric whose value a month is billed
    per_unit: Decimal = Decimal(0)
    included: Decimal = Decimal(0)

    def monthly(self, seats: Decimal, units: Decimal = Decimal(0)) -> Decimal:
        """Return the monthly price for so many seats and metered units."""
        above = max(Decimal(0), units - self.included)
        return self.base + self.per_seat * seats + self.per_unit * above


class PerSeat(Definition):
    """A limit that grows with the seats contracted."""

    per_seat: Decimal


Limit = Decimal | PerSeat | Literal["quantity"]


class Plan(Definition):
    """One plan. The order in the file is the order 梅 → 竹 → 松, the lowest first."""

    label: Words
    price: Price = Price()
    model: Literal["flat", "per_seat", "tiered", "metered", "freemium"] = "flat"
    seat_step: int = Field(1, ge=1)
    most_seats: int | None = None
    limits: dict[str, Limit] = {}
    features: tuple[str, ...] = ()
    growth_stages: tuple[str, ...] = ()  # ids of segments.yaml growth_stages that the plan is made for
    benefit: Words | None = None  # what it does for the customer, in their terms
    starts: date | None = Field(None, alias="from")


class Option(Definition):
    """Something that stands beside a plan."""

    label: Words
    price: Price = Price()
    features: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()  # plans it can stand beside; none: all
    adds: dict[str, Decimal] = {}  # limits it raises: storage_gb: 100
    benefit: Words | None = None


class Product(Definition):
    """A product with its plans and options; in a shop, an item or a kind of items."""

    label: Words
    plans: dict[str, Plan] = {}
    options: dict[str, Option] = {}
    price: Decimal | None = None  # one-time price of an item
    upper: str | None = None  # the next better item
    goes_with: tuple[str, ...] = ()
    serves: Words | None = None  # the work step (業務プロセス) it helps
    bottleneck: str | None = None  # the event that shows the step is a bottleneck
    gross_margin: float | None = Field(None, ge=0, le=1)
    introduction: Days = 90  # paid offers wait so long after the customer's start
    benefit: Words | None = None


class Feature(Definition):
    """A feature as people call it; ``lead`` marks 指標機能."""

    label: Words
    lead: bool = False


class Bundle(Definition):
    """Products or options sold together at a discount."""

    label: Words
    items: tuple[str, ...]
    discount: float = Field(0.0, ge=0, lt=1)


class Coupon(Definition):
    """A dated reduction; the date is real, counted from the proposal."""

    label: Words
    share: float | None = Field(None, gt=0, le=1)
    amount: Decimal | None = None
    valid: Days = 14


class Case(Definition):
    """A released case: authored proof, marked apart from computed proof."""

    label: Words
    industry: str | None = None
    issue: str | None = None  # topic or feature
    plan: str | None = None
    result: Words
    permission: bool = False
    until: date | None = None


class Assumption(Definition):
    """A number behind a benefit: told by the customer, measured, or the company's default."""

    label: Words
    value: Decimal
    unit: Words


class Benefit(Definition):
    """A benefit computed from the customer's own numbers; without its inputs it is not shown."""

    feature: str | None = None  # shown when the offer brings this feature
    plays: tuple[str, ...] = ()  # or for these plays
    says: Words  # "{before_hours}時間 → {after_hours}時間"; names are values below, metrics or assumptions
    values: dict[str, str] = {}  # name: formula over metrics and assumptions
    money: str | None = None  # formula of what it is worth a month, in company currency
    assumptions: tuple[str, ...] = ()


class Catalog(Definition):
    """Everything in ``catalog.yaml``."""

    currency: str = Field("JPY", pattern="^[A-Z]{3}$")
    gross_margin: float | None = Field(None, ge=0, le=1)  # none: 0.8, marked "assumed"
    option_counts_as: Literal["cross_sell", "upsell"] = "cross_sell"
    products: dict[str, Product] = {}
    features: dict[str, Feature] = {}
    bundles: dict[str, Bundle] = {}
    coupons: dict[str, Coupon] = {}
    cases: dict[str, Case] = {}
    assumptions: dict[str, Assumption] = {}
    benefits: dict[str, Benefit] = {}
    free_shipping_from: Decimal | None = None

    def plan(self, product: str | None, plan: str) -> Plan | None:
        """Return a plan of a product, or of any product if none is named."""
        for product_id, entry in self.products.items():
            if product in (None, product_id) and plan in entry.plans:
                return entry.plans[plan]
        return None
