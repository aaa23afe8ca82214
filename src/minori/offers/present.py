"""What the customer holds today, seen through the catalogue: plan, seats, options, and what it costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from minori.core.text import Text
from minori.offers.case import Case, Holding, Impossible
from minori.offers.wording import filled, same
from minori.policy.catalog import Option, Plan, Price, Product

NO_CONTRACT = Text(ja="ご契約中のプランがありません", en="there is no plan in force")
NOT_IN_CATALOGUE = Text(
    ja="ご契約中のプラン「{plan}」がカタログにありません", en="the plan held, {plan}, is not in the catalogue"
)
SEATS_UNKNOWN = Text(ja="ご契約のアカウント数が分かりません", en="the number of seats is not known")


@dataclass(frozen=True)
class Present:
    """A plan in force with the options beside it. A trial without a contract counts as paying nothing yet."""

    case: Case
    holding: Holding
    product_id: str
    product: Product
    plan: Plan
    options: tuple[tuple[str, Option, Decimal], ...]  # id, option, how many

    @property
    def plan_id(self) -> str:
        """Id of the plan held."""
        return self.holding.plan_id

    @property
    def seats(self) -> Decimal | None:
        """Seats contracted; None if nobody says."""
        return self.holding.quantity or self.case.exact("seats") or None

    @property
    def base(self) -> Decimal:
        """What the customer pays for the plan a month: their own price if known, else the list price."""
        if self.holding.is_trial:
            return Decimal(0)
        if self.holding.mrr is None or self.case.currency != self.case.catalog.currency:
            return self.list_price
        return self.holding.mrr

    @property
    def list_price(self) -> Decimal:
        """What the catalogue asks for the plan held, a month; nothing during a trial."""
        return Decimal(0) if self.holding.is_trial else monthly(self.case, self.plan.price, self.seats)

    @property
    def kept_share(self) -> Decimal:
        """Share of the list price that is paid, at most 1: a discount keeps it when less is bought."""
        return min(Decimal(1), self.base / self.list_price) if self.list_price else Decimal(1)

    @property
    def paid(self) -> Decimal:
        """What the customer pays a month for the plan and the options beside it."""
        return self.base + sum(
            (monthly(self.case, o.price, self.seats) * n for _, o, n in self.options), Decimal(0)
        )

    @property
    def ladder(self) -> tuple[tuple[str, Plan], ...]:
        """Plans of the product that can be had at the date, and the one held, the lowest first."""
        plans = self.product.plans.items()
        return tuple((n, p) for n, p in plans if n == self.plan_id or _in_force(p, self.case.as_of))

    @property
    def above(self) -> tuple[tuple[str, Plan], ...]:
        """Plans above the one held, the lowest first; during a trial alone, from the tried plan on."""
        return self.ladder[self._place + (0 if self.holding.is_trial else 1) :]

    @property
    def below(self) -> tuple[tuple[str, Plan], ...]:
        """Plans below the one held, the highest first."""
        return self.ladder[: self._place][::-1]

    @property
    def _place(self) -> int:
        return [name for name, _ in self.ladder].index(self.plan_id)


def presents(case: Case) -> tuple[Present, ...]:
    """Return every plan held that the catalogue knows, the main contract first, one for each product."""
    plans = [h for h in case.holdings if not h.is_option]
    plans.sort(key=lambda h: (h.is_trial, -(h.mrr or Decimal(0)), h.plan_id))
    found: dict[str, Present] = {}
    for holding in plans:
        for product_id, product in case.catalog.products.items():
            if holding.plan_id in product.plans and holding.product_id in (None, product_id):
                options = tuple(_options(case, product_id, product))
                here = Present(case, holding, product_id, product, product.plans[holding.plan_id], options)
                found.setdefault(product_id, here)
                break
    return tuple(found.values())


def present(case: Case) -> Present | Impossible:
    """Return the main plan held, or why nothing can be built on it."""
    held = presents(case)
    if held:
        return held[0]
    if case.main is None:
        return Impossible(NO_CONTRACT)
    return Impossible(filled(NOT_IN_CATALOGUE, plan=same(case.main.plan_id)))


def monthly(case: Case, price: Price, seats: Decimal | None) -> Decimal:
    """Return a list price a month for so many seats; metered use above what is included counts if known."""
    units = case.exact(price.metered) if price.metered else None
    return price.monthly(seats or Decimal(0), units or Decimal(0))


def features_had(case: Case, *, trials: bool = False) -> frozenset[str]:
    """Return the features that the customer's contracts bring; those of a running trial only if asked for."""
    had: set[str] = set()
    for holding in case.holdings:
        entry = entry_of(case, holding)
        if entry is not None and (trials or not holding.is_trial):
            had |= set(entry.features)
    return frozenset(had)


def entry_of(case: Case, holding: Holding) -> Plan | Option | None:
    """Return the plan or option of the catalogue that a contract is for."""
    for product_id, product in case.catalog.products.items():
        if holding.product_id in (None, product_id):
            entry = product.plans.get(holding.plan_id) or product.options.get(holding.plan_id)
            if entry is not None:
                return entry
    return None


def product_with(case: Case, name: str) -> str | None:
    """Return the product of the catalogue that a plan or an option of this id belongs to."""
    products = case.catalog.products.items()
    return next((product_id for product_id, p in products if name in p.plans or name in p.options), None)


def _options(case: Case, product_id: str, product: Product) -> Iterator[tuple[str, Option, Decimal]]:
    for holding in case.holdings:
        option = product.options.get(holding.plan_id)
        if option is not None and holding.product_id in (None, product_id) and not holding.is_trial:
            yield holding.plan_id, option, _copies(option, holding)


def _copies(option: Option, holding: Holding) -> Decimal:
    """Return how many of an option are held: of one priced by the seat the quantity says for how many seats."""
    return Decimal(1) if option.price.per_seat else holding.quantity or Decimal(1)


def _in_force(plan: Plan, day: date) -> bool:
    return plan.starts is None or plan.starts <= day
