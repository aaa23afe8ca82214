"""Downgrade: less, for less money than today, or there is none.

``previous`` is the plan below. ``cover_use`` is only as many seats as are used; where seats are not what is
sold, the plan below if the use fits into it. A discount that the customer negotiated keeps its share.
"""

from decimal import ROUND_FLOOR, Decimal
from typing import Literal

from minori.core.text import Text
from minori.offers.case import Case, Impossible, Priced
from minori.offers.choices import smaller_choices
from minori.offers.kind import OfferKind
from minori.offers.limits import covers, limit_of, needed
from minori.offers.move import moved
from minori.offers.present import SEATS_UNKNOWN, Present, present
from minori.offers.seats import by_seat, seats_price
from minori.offers.wording import counted, filled
from minori.policy.words import Definition

FEWER = Text(ja="アカウント数の見直し({seats}→{fewer}アカウント)", en="{fewer} seats instead of {seats}")
LOWEST = Text(ja="「{plan}」より下位のプランがありません", en="there is no plan below {plan}")
NOT_CHEAPER = Text(ja="「{plan}」に変更してもお支払いは減りません", en="{plan} would cost no less")
TOO_SMALL = Text(ja="現在のご利用量は「{plan}」の上限に収まりません", en="{plan} does not hold what is used")
USE_UNKNOWN = Text(ja="ご利用中のアカウント数が分かりません", en="the number of seats in use is not known")
ALL_USED = Text(ja="減らせるアカウントがありません", en="there are no seats to spare")


class Settings(Definition):
    """To the plan below, or only as far as the use allows."""

    to: Literal["previous", "cover_use"] = "previous"


def make(case: Case, settings: Settings) -> Priced | Impossible:
    """Offer less, for less."""
    held = present(case)
    if isinstance(held, Impossible):
        return held
    if settings.to == "previous":
        return _previous(held)
    return _fewer_seats(case, held) if by_seat(held.plan) else _still_enough(case, held)


def _still_enough(case: Case, held: Present) -> Priced | Impossible:
    """Offer the plan below if its limits hold what is used, as far as that is known."""
    for name in held.below[0][1].limits if held.below else ():
        if not covers(limit_of(held.below[0][1], name, held.seats), needed(case, name)):
            return Impossible(filled(TOO_SMALL, plan=held.below[0][1].label))
    return _previous(held)


def _previous(held: Present) -> Priced | Impossible:
    if not held.below:
        return Impossible(filled(LOWEST, plan=held.plan.label))
    move = moved(held, held.below[0][0])
    if isinstance(move, Impossible):
        return move
    if move.down >= 0:
        return Impossible(filled(NOT_CHEAPER, plan=move.plan.label))
    return Priced(move.plan.label, items=move.items, mrr_change=move.down, choices=smaller_choices(move))


def _fewer_seats(case: Case, held: Present) -> Priced | Impossible:
    used = needed(case, "seats")
    if held.seats is None or used is None:
        return Impossible(SEATS_UNKNOWN if held.seats is None else USE_UNKNOWN)
    step = Decimal(held.plan.seat_step)
    spare = ((held.seats - max(used, Decimal(1))) / step).to_integral_value(rounding=ROUND_FLOOR)
    if spare < 1:
        return Impossible(ALL_USED)
    fewer = held.seats - spare * step
    saved = (seats_price(held, fewer) - seats_price(held, held.seats)) * held.kept_share
    if saved >= 0:
        return Impossible(filled(NOT_CHEAPER, plan=held.plan.label))
    return Priced(
        label=filled(FEWER, seats=counted(held.seats), fewer=counted(fewer)),
        items=({"product": held.product_id, "plan": held.plan_id, "quantity": f"{fewer.normalize():f}"},),
        mrr_change=saved,
    )


KIND = OfferKind(
    label=Text(ja="ご契約の見直し(縮小)", en="Smaller contract"),
    settings=Settings,
    asks_for_money=False,
    worth="keep",
    make=make,
)
