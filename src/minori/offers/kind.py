"""What a kind of offer is: its settings, whether it asks for money, and how it makes an offer of a case."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from minori.core.registry import Registry
from minori.core.text import Text
from minori.offers.case import Case, Impossible, Priced
from minori.policy.words import Definition


@dataclass(frozen=True)
class OfferKind:
    """A kind of offer.

    ``worth`` says how it earns: ``sale`` by the change of price; ``keep`` by the customer staying longer (help,
    rescue, downgrade), see SEMANTICS 10.
    """

    label: Text
    settings: type[Definition]
    asks_for_money: bool
    worth: Literal["sale", "keep"]
    make: Callable[[Case, Any], Priced | Impossible]


OFFER_KINDS: Registry[OfferKind] = Registry("offer kind", "minori.offers.kinds", OfferKind)
