"""The parts of an offer: the offer itself and what stands beside it in ``also``."""

from minori.core.errors import DefinitionError, UnknownName
from minori.core.yaml_file import Document, validated
from minori.offers.kind import OFFER_KINDS
from minori.policy.definitions import Offer
from minori.policy.words import Definition

ALSO = "also"


def parts_of(offer: Offer) -> tuple[Offer, ...]:
    """Return the offer without its ``also``, then each offer of that; raises DefinitionError."""
    settings = offer.settings
    beside = settings.pop(ALSO, [])
    if not isinstance(beside, list | tuple) or not all(isinstance(b, dict) and "kind" in b for b in beside):
        raise DefinitionError(f"{ALSO}: expected a list of offers, each with its kind; read {beside!r}")
    return Offer(kind=offer.kind, **settings), *(Offer.model_validate(b) for b in beside)


def settings_of(offer: Offer) -> Definition:
    """Return the checked settings of one part; raises DefinitionError with what was read and is allowed."""
    if offer.kind not in OFFER_KINDS:
        raise UnknownName("offer kind", offer.kind, OFFER_KINDS)
    try:
        return validated(OFFER_KINDS[offer.kind].settings, Document(offer.kind, offer.settings))
    except DefinitionError as e:
        raise DefinitionError(f"offer {offer.kind}: {e.problem}") from None


def check_offer(offer: Offer) -> None:
    """Check an offer and all that stands beside it; raises DefinitionError, the caller adds the place."""
    for part in parts_of(offer):
        if ALSO in part.settings:
            raise DefinitionError(f"{ALSO} stands beside an offer, not within another {ALSO}")
        settings_of(part)


def asks_for_money(offer: Offer) -> bool:
    """Return whether any part of an offer asks for money."""
    return any(OFFER_KINDS[part.kind].asks_for_money for part in parts_of(offer))
