"""Renewal: the contract goes on; ``with_upgrade`` adds the next plan in the same paper.

The offer stands until the day of renewal.
"""

from datetime import date

from minori.core.text import Text
from minori.offers.case import Case, Impossible, Priced
from minori.offers.choices import choices
from minori.offers.kind import OfferKind
from minori.offers.present import present
from minori.offers.target import next_up
from minori.offers.wording import filled
from minori.policy.words import Definition

PLAIN = Text(ja="「{plan}」のご更新", en="renewal of {plan}")
WITH_UPGRADE = Text(ja="ご更新にあわせた「{plan}」への変更", en="renewal with a change to {plan}")
NO_DATE = Text(ja="更新日が分かりません", en="the day of renewal is not known")


class Settings(Definition):
    """Whether the next plan is proposed together with the renewal."""

    with_upgrade: bool = False


def make(case: Case, settings: Settings) -> Priced | Impossible:
    """Offer to go on."""
    held = present(case)
    if isinstance(held, Impossible):
        return held
    renews_on = held.holding.renews_on or case.numbers.get("renews_on")
    if not isinstance(renews_on, date):
        return Impossible(NO_DATE)
    if not settings.with_upgrade:
        item = {"product": held.product_id, "plan": held.plan_id}
        return Priced(filled(PLAIN, plan=held.plan.label), items=(item,), until=renews_on)
    move = next_up(case)
    if isinstance(move, Impossible):
        return move
    return Priced(
        label=filled(WITH_UPGRADE, plan=move.plan.label),
        items=move.items,
        mrr_change=move.up,
        choices=choices(move),
        features=move.features,
        until=renews_on,
    )


KIND = OfferKind(
    label=Text(ja="契約更新", en="Renewal"),
    settings=Settings,
    asks_for_money=True,
    worth="sale",
    make=make,
)
