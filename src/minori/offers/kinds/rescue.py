"""Rescue: a person hears what went wrong. Asks for nothing.

``topic`` in both languages is how the customer hears it; a plain id is for ourselves, and the words are the
usual ones. Whoever pays nothing yet may come to pay: what that would be counts with its assumed chance.
"""

from minori.core.text import Text
from minori.offers.case import Case, Impossible, Priced
from minori.offers.kind import OfferKind
from minori.offers.present import NO_CONTRACT
from minori.offers.target import price_of_first_paid
from minori.policy.words import Definition, Words

USUAL = Text(ja="ご利用についてのご相談", en="how things are going")


class Settings(Definition):
    """What it is about."""

    topic: Words | str | None = None


def make(case: Case, settings: Settings) -> Priced | Impossible:
    """Offer to listen; where plans are sold, to who holds one."""
    if not case.holdings and any(p.plans for p in case.catalog.products.values()):
        return Impossible(NO_CONTRACT)
    topic = settings.topic if isinstance(settings.topic, Text) else USUAL
    return Priced(topic, leads_to=price_of_first_paid(case))


KIND = OfferKind(
    label=Text(ja="解約防止", en="Rescue"),
    settings=Settings,
    asks_for_money=False,
    worth="keep",
    make=make,
)
