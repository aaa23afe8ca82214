"""Help (活用支援): showing how to get more out of what is held, free of charge.

``feature`` is one the customer can use, in a trial too. ``topic`` in both languages is how the customer
hears it; a plain id is for ourselves, and the words are those of the feature or the usual ones. The offer names
the product that it is about, so that the work step which that product ``serves`` is told. Whoever pays nothing yet
may come to pay: what that would be is kept beside it, and counts with its assumed chance.
"""

from minori.core.text import Text
from minori.offers.case import Case, Impossible, Priced
from minori.offers.kind import OfferKind
from minori.offers.present import entry_of, features_had, present, product_with
from minori.offers.target import feature_name, price_of_first_paid
from minori.offers.wording import filled
from minori.policy.words import Definition, Words

USUAL = Text(ja="ご活用のお手伝い", en="help with getting more out of it")
OF_FEATURE = Text(ja="「{feature}」のご活用のお手伝い", en="help with {feature}")
UNKNOWN = Text(
    ja="機能「{feature}」がカタログにありません", en="there is no feature {feature} in the catalogue"
)
NOT_HAD = Text(
    ja="「{feature}」は現在のご契約に含まれていないため、活用支援の対象になりません",
    en="{feature} is not in what is held, so there is nothing to help with",
)


class Settings(Definition):
    """What it is about."""

    topic: Words | str | None = None
    feature: str | None = None


def make(case: Case, settings: Settings) -> Priced | Impossible:
    """Offer help."""
    feature = settings.feature
    if feature is not None and feature not in features_had(case, trials=True):
        known = feature in case.catalog.features
        return Impossible(filled(NOT_HAD if known else UNKNOWN, feature=feature_name(case, feature)))
    label = filled(OF_FEATURE, feature=feature_name(case, feature)) if feature else USUAL
    product = _product(case, feature)
    return Priced(
        settings.topic if isinstance(settings.topic, Text) else label,
        items=({"product": product},) if product is not None else (),
        leads_to=price_of_first_paid(case),
    )


def _product(case: Case, feature: str | None) -> str | None:
    """Return the held product that brings the feature, or without one the main product held."""
    if feature is None:
        held = present(case)
        return None if isinstance(held, Impossible) else held.product_id
    entries = ((holding, entry_of(case, holding)) for holding in case.holdings)
    plans = (h.plan_id for h, entry in entries if entry is not None and feature in entry.features)
    return next((product for plan in plans if (product := product_with(case, plan)) is not None), None)


KIND = OfferKind(
    label=Text(ja="活用支援", en="Help"),
    settings=Settings,
    asks_for_money=False,
    worth="keep",
    make=make,
)
