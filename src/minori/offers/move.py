"""From the plan held to another one of the same product: seats, price, options that end, features gained."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from minori.core.text import Text
from minori.offers.case import Impossible
from minori.offers.limits import needed
from minori.offers.present import SEATS_UNKNOWN, Present, features_had, monthly
from minori.offers.wording import counted, filled, same
from minori.policy.catalog import Option, Plan

TOO_MANY_SEATS = Text(
    ja="{plan}は{most}アカウントまでのため、現在の{seats}アカウントではご利用いただけません",
    en="{plan} is for up to {most} seats, and {seats} are held",
)


@dataclass(frozen=True)
class Move:
    """A change of plan. ``up`` and ``down`` are the change of monthly price, by list price on both sides."""

    present: Present
    plan_id: str
    plan: Plan
    seats: Decimal | None

    @property
    def list_price(self) -> Decimal:
        """What the catalogue asks for the new plan a month."""
        return monthly(self.present.case, self.plan.price, self.seats)

    @property
    def up(self) -> Decimal:
        """Price difference of an upgrade: never below 0, whatever the customer negotiated."""
        return max(Decimal(0), self.list_price - self.present.list_price - self._ended_price)

    @property
    def down(self) -> Decimal:
        """Price difference of a downgrade, not above 0; a discount keeps its share."""
        plan = (self.list_price - self.present.list_price) * self.present.kept_share
        return min(Decimal(0), plan - self._ended_price)

    @property
    def ended(self) -> tuple[tuple[str, Option, Decimal], ...]:
        """Options that end: not sold beside the new plan, or all that they bring is in it."""
        return tuple(held for held in self.present.options if _ends(held[1], self.plan_id, self.plan))

    @property
    def features(self) -> tuple[str, ...]:
        """Features that the customer does not have yet."""
        had = features_had(self.present.case)
        return tuple(f for f in self.plan.features if f not in had)

    @property
    def lost(self) -> tuple[str, ...]:
        """Features that fall away, of the plan held and of options that end."""
        ended = [option for _, option, _ in self.ended]
        kept = {f for _, option, _ in self.present.options if option not in ended for f in option.features}
        before = (*self.present.plan.features, *(f for option in ended for f in option.features))
        return tuple(f for f in dict.fromkeys(before) if f not in self.plan.features and f not in kept)

    @property
    def items(self) -> tuple[Mapping[str, str], ...]:
        """The new plan, and each option that ends with quantity 0."""
        product = self.present.product_id
        new = {"product": product, "plan": self.plan_id}
        if self.seats is not None:
            new["quantity"] = f"{self.seats.normalize():f}"
        return (new, *({"product": product, "option": name, "quantity": "0"} for name, _, _ in self.ended))

    @property
    def _ended_price(self) -> Decimal:
        case, seats = self.present.case, self.present.seats
        return sum((monthly(case, option.price, seats) * n for _, option, n in self.ended), Decimal(0))


def moved(present: Present, plan_id: str) -> Move | Impossible:
    """Return the change to another plan of the product, or why it cannot be made or priced."""
    plan = present.product.plans[plan_id]
    seats = present.seats or needed(present.case, "seats")
    if seats is None and (plan.price.per_seat or present.plan.price.per_seat):
        return Impossible(SEATS_UNKNOWN)
    if seats is not None and plan.most_seats is not None and seats > plan.most_seats:
        words = {"plan": plan.label, "most": same(str(plan.most_seats)), "seats": same(counted(seats))}
        return Impossible(filled(TOO_MANY_SEATS, **words))
    return Move(present, plan_id, plan, seats)


def _ends(option: Option, plan_id: str, plan: Plan) -> bool:
    not_sold = bool(option.plans) and plan_id not in option.plans
    contained = bool(option.features) and not option.adds and set(option.features) <= set(plan.features)
    return not_sold or contained
