"""What stands beside a plan: whether an option can be had, what it costs, what a new product would cost."""

from decimal import Decimal

from minori.core.text import Text
from minori.offers.case import Case, Impossible, Priced
from minori.offers.present import SEATS_UNKNOWN, Present, features_had, monthly, present
from minori.offers.wording import filled
from minori.policy.catalog import Option, Plan, Product

HELD = Text(ja="「{name}」はすでにご契約いただいています", en="{name} is held already")
CONTAINED = Text(
    ja="「{name}」の機能は現在のプランに含まれています", en="the plan held contains what {name} brings"
)
NOT_BESIDE = Text(
    ja="「{name}」は「{plan}」と組み合わせてご利用いただけません", en="{name} is not sold beside {plan}"
)
NO_PRICE = Text(ja="「{name}」の価格がカタログにありません", en="the catalogue has no price for {name}")
OF_PRODUCT = Text(ja="{product}({plan})", en="{product} ({plan})")


def sold_beside(held: Present, name: str, option: Option) -> Impossible | None:
    """Return why an option cannot be had beside the plan held; None if it can."""
    words = {"name": option.label, "plan": held.plan.label}
    if any(name == other for other, _, _ in held.options):
        return Impossible(filled(HELD, **words))
    if option.plans and held.plan_id not in option.plans:
        contained = option.features and set(option.features) <= set(held.plan.features)
        return Impossible(filled(CONTAINED if contained else NOT_BESIDE, **words))
    if option.features and not option.adds and set(option.features) <= features_had(held.case):
        return Impossible(filled(CONTAINED, **words))
    return Impossible(SEATS_UNKNOWN) if option.price.per_seat and held.seats is None else None


def new_option(held: Present, name: str, option: Option) -> Priced | Impossible:
    """Offer an option beside the plan held."""
    refusal = sold_beside(held, name, option)
    if refusal is not None:
        return refusal
    had = features_had(held.case)
    return Priced(
        label=option.label,
        items=({"product": held.product_id, "option": name, "quantity": "1"},),
        mrr_change=monthly(held.case, option.price, held.seats),
        features=tuple(f for f in option.features if f not in had),
    )


def new_product(case: Case, name: str, product: Product) -> Priced | Impossible:
    """Offer a product that is not held.

    Its plan is the one made for the customer's growth stage, else the lowest that is paid. An item without
    plans is sold once, at its price.
    """
    if any(h.product_id == name and not h.is_trial for h in case.holdings):
        return Impossible(filled(HELD, name=product.label))
    if not product.plans:
        if product.price is None:
            return Impossible(filled(NO_PRICE, name=product.label))
        return Priced(product.label, ({"product": name, "item": name, "quantity": "1"},), once=product.price)
    plan_id, plan = _plan_for(case, product)
    held = present(case)
    seats = case.exact("seats") if isinstance(held, Impossible) else held.seats
    if plan.price.per_seat and not seats:
        return Impossible(SEATS_UNKNOWN)
    had = features_had(case)
    one = len(product.plans) == 1
    return Priced(
        label=product.label if one else filled(OF_PRODUCT, product=product.label, plan=plan.label),
        items=({"product": name, "plan": plan_id, "quantity": f"{(seats or Decimal(1)).normalize():f}"},),
        mrr_change=monthly(case, plan.price, seats),
        features=tuple(f for f in plan.features if f not in had),
    )


def _plan_for(case: Case, product: Product) -> tuple[str, Plan]:
    stage = case.numbers.get("growth_stage")
    plans = list(product.plans.items())
    paid = [p for p in plans if p[1].model != "freemium"] or plans
    return next((p for p in paid if stage in p[1].growth_stages), paid[0])
