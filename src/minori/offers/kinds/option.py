"""Option: something beside the plan held, by id or by the feature it brings (the cheapest that does)."""

from collections.abc import Iterator

from pydantic import model_validator

from minori.core.text import Text
from minori.offers.beside import new_option
from minori.offers.case import Case, Impossible, Priced
from minori.offers.kind import OfferKind
from minori.offers.present import Present, features_had, present, presents
from minori.offers.target import HAS_FEATURE, feature_name
from minori.offers.wording import filled, same
from minori.policy.catalog import Option
from minori.policy.words import Definition

UNKNOWN = Text(
    ja="オプション「{option}」がカタログにありません", en="there is no option {option} in the catalogue"
)
NO_FEATURE = Text(
    ja="「{feature}」をご利用いただけるオプションがありません",
    en="no option beside the plan held brings {feature}",
)


class Settings(Definition):
    """One of the two."""

    option: str | None = None
    with_feature: str | None = None

    @model_validator(mode="after")
    def _one(self) -> "Settings":
        if (self.option is None) == (self.with_feature is None):
            raise ValueError("give one of option and with_feature")
        return self


def make(case: Case, settings: Settings) -> Priced | Impossible:
    """Offer the option."""
    held = present(case)
    if isinstance(held, Impossible):
        return held
    if settings.with_feature and settings.with_feature in features_had(case):
        return Impossible(filled(HAS_FEATURE, feature=feature_name(case, settings.with_feature)))
    tried = [new_option(one, name, option) for one, name, option in _wanted(case, settings)]
    offers = [offer for offer in tried if isinstance(offer, Priced)]
    if offers:
        return min(offers, key=lambda offer: offer.mrr_change)
    return next((offer for offer in tried if isinstance(offer, Impossible)), _none(case, settings))


def _wanted(case: Case, settings: Settings) -> Iterator[tuple[Present, str, Option]]:
    for one in presents(case):
        for name, option in sorted(one.product.options.items()):
            if name == settings.option or (settings.with_feature in option.features):
                yield one, name, option


def _none(case: Case, settings: Settings) -> Impossible:
    if settings.option:
        return Impossible(filled(UNKNOWN, option=same(settings.option)))
    return Impossible(filled(NO_FEATURE, feature=feature_name(case, settings.with_feature or "")))


KIND = OfferKind(
    label=Text(ja="オプション", en="Option"),
    settings=Settings,
    asks_for_money=True,
    worth="sale",
    make=make,
)
