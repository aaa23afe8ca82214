"""Capacity: the option or the plan above that raises a limit at the lowest price.

What is needed fills the new limit to 80 % at most; where no plan leaves such room, a plan that just holds it
will do. An option may be taken several times. At the same price the plan is offered, because it brings more,
then the option first by id.
"""

from decimal import ROUND_CEILING, Decimal

from minori.core.text import Text
from minori.offers.case import Case, Impossible, Priced
from minori.offers.choices import choices
from minori.offers.kind import OfferKind
from minori.offers.limits import ROOM, UNLIMITED, limit_now, needed
from minori.offers.present import Present, features_had, monthly
from minori.offers.target import holder_of, lifting, limit_name
from minori.offers.wording import filled, same
from minori.policy.catalog import Option
from minori.policy.words import Definition

TIMES = Text(ja="{option}×{times}", en="{times} × {option}")
NOTHING = Text(
    ja="「{limit}」を増やせるオプションも上位のプランもありません",
    en="no option and no plan above raises {limit}",
)


class Settings(Definition):
    """Which limit to raise."""

    limit: str


def make(case: Case, settings: Settings) -> Priced | Impossible:
    """Offer the cheapest way to raise the limit."""
    held = holder_of(case, settings.limit)
    if isinstance(held, Impossible):
        return held
    offers = _options(case, held, settings.limit)
    move = lifting(case, settings.limit)
    if not isinstance(move, Impossible):
        plan = Priced(move.plan.label, move.items, move.up, choices=choices(move), features=move.features)
        offers = [plan, *offers]
    if not offers:
        return Impossible(filled(NOTHING, limit=limit_name(case, settings.limit)))
    return min(offers, key=lambda offer: offer.mrr_change)


def _options(case: Case, held: Present, limit: str) -> list[Priced]:
    had, offers = features_had(case), []
    for name, option in sorted(held.product.options.items()):
        if not option.adds.get(limit) or (option.plans and held.plan_id not in option.plans):
            continue
        times = _times(case, held, limit, option)
        label = option.label if times == 1 else filled(TIMES, option=option.label, times=same(f"{times:f}"))
        items = ({"product": held.product_id, "option": name, "quantity": f"{times:f}"},)
        price = monthly(case, option.price, held.seats) * times
        offers.append(Priced(label, items, price, features=tuple(f for f in option.features if f not in had)))
    return offers


def _times(case: Case, held: Present, limit: str, option: Option) -> Decimal:
    """Return how often the option must be taken until what is needed has room."""
    now, need = limit_now(held, limit), needed(case, limit)
    if need is None or now is None or now == UNLIMITED:
        return Decimal(1)
    return max(
        Decimal(1), ((need / ROOM - now) / option.adds[limit]).to_integral_value(rounding=ROUND_CEILING)
    )


KIND = OfferKind(
    label=Text(ja="容量の追加", en="More capacity"),
    settings=Settings,
    asks_for_money=True,
    worth="sale",
    make=make,
)
