"""Seats: more accounts of the plan held, in the plan's steps.

``next_step`` is the present number and one step, or as many steps as the use needs; ``cover_use`` is enough
for the use, one step where every seat is in use; ``as_told`` is enough for the number the customer named
(``told``: a metric). Options priced by the seat grow with the seats. Beyond the plan's most seats the answer
names the plan above that holds them.
"""

from decimal import ROUND_CEILING, Decimal
from typing import Literal

from pydantic import model_validator

from minori.core.text import Text
from minori.offers.case import Case, Impossible, Priced
from minori.offers.kind import OfferKind
from minori.offers.limits import needed
from minori.offers.present import SEATS_UNKNOWN, Present, present
from minori.offers.seats import by_seat, seats_price
from minori.offers.wording import counted, filled, same
from minori.policy.words import Definition

LABEL = Text(ja="アカウントの追加({more}アカウント、合計{total}アカウント)", en="{total} seats ({more} more)")
NOT_BY_SEAT = Text(
    ja="「{plan}」はアカウント数を増やせるプランではありません", en="{plan} is not sold by the seat"
)
USE_UNKNOWN = Text(ja="ご利用中のアカウント数が分かりません", en="the number of seats in use is not known")
TOLD_UNKNOWN = Text(
    ja="ご予定のアカウント数を伺っていません", en="the customer has not named a number of seats"
)
ENOUGH = Text(ja="現在の{seats}アカウントで足りています", en="the {seats} seats held are enough")
TOO_MANY = Text(
    ja="「{plan}」は{most}アカウントまでです。{wanted}アカウントには「{upper}」が合います",
    en="{plan} ends at {most} seats; {upper} holds {wanted}",
)
TOO_MANY_FOR_ALL = Text(
    ja="「{plan}」は{most}アカウントまでで、{wanted}アカウントに合う上位のプランがありません",
    en="{plan} ends at {most} seats, and no plan above holds {wanted}",
)


class Settings(Definition):
    """How many seats to suggest."""

    suggest: Literal["next_step", "cover_use", "as_told"] = "next_step"
    told: str | None = None

    @model_validator(mode="after")
    def _told(self) -> "Settings":
        if (self.suggest == "as_told") != (self.told is not None):
            raise ValueError("suggest: as_told goes with told: the metric that holds the number")
        return self


def make(case: Case, settings: Settings) -> Priced | Impossible:
    """Offer so many more seats."""
    held = present(case)
    if isinstance(held, Impossible):
        return held
    wanted = _wanted(case, held, settings)
    if isinstance(wanted, Impossible):
        return wanted
    most, seats = held.plan.most_seats, held.seats or Decimal(0)
    if most is not None and wanted > most:
        return _too_many(held, wanted)
    if not by_seat(held.plan):
        return Impossible(filled(NOT_BY_SEAT, plan=held.plan.label))
    return Priced(
        label=filled(LABEL, more=counted(wanted - seats), total=counted(wanted)),
        items=({"product": held.product_id, "plan": held.plan_id, "quantity": f"{wanted.normalize():f}"},),
        mrr_change=max(Decimal(0), seats_price(held, wanted) - seats_price(held, seats)),
    )


def _wanted(case: Case, held: Present, settings: Settings) -> Decimal | Impossible:
    if held.seats is None:
        return Impossible(SEATS_UNKNOWN)
    step = Decimal(held.plan.seat_step)
    if settings.suggest == "next_step":
        need = needed(case, "seats") or Decimal(0)
        return held.seats + step * max(Decimal(1), _steps(held.seats, need, step))
    need_or_none = case.exact(settings.told) if settings.told else needed(case, "seats")
    if need_or_none is None:
        return Impossible(TOLD_UNKNOWN if settings.told else USE_UNKNOWN)
    full = need_or_none == held.seats and settings.suggest == "cover_use"
    if need_or_none <= held.seats and not full:
        return Impossible(filled(ENOUGH, seats=counted(held.seats)))
    return held.seats + step * max(Decimal(1), _steps(held.seats, need_or_none, step))


def _steps(seats: Decimal, need: Decimal, step: Decimal) -> Decimal:
    return ((need - seats) / step).to_integral_value(rounding=ROUND_CEILING)


def _too_many(held: Present, wanted: Decimal) -> Impossible:
    words = {
        "plan": held.plan.label,
        "most": same(str(held.plan.most_seats)),
        "wanted": same(counted(wanted)),
    }
    for _, plan in held.above:
        if plan.most_seats is None or plan.most_seats >= wanted:
            return Impossible(filled(TOO_MANY, upper=plan.label, **words))
    return Impossible(filled(TOO_MANY_FOR_ALL, **words))


KIND = OfferKind(
    label=Text(ja="アカウントの追加", en="More seats"),
    settings=Settings,
    asks_for_money=True,
    worth="sale",
    make=make,
)
