"""What the value of an offer rests on that nobody has measured, each by its name: beliefs are settings, not facts."""

from collections.abc import Iterator
from decimal import Decimal

from minori.core.text import LANGUAGES, Text
from minori.offers.case import Case, Priced
from minori.offers.figures import figure
from minori.offers.kind import OFFER_KINDS
from minori.offers.wording import counted, filled, same

MARGIN = Text(ja="粗利率: {share}%(仮定)", en="gross margin: {share}% (assumed)")
TRIALS = Text(
    ja="お試しから契約に至る割合: {share}%(仮定)",
    en="share of trials that become a contract: {share}% (assumed)",
)
BECOMES_PAID = Text(
    ja="無料でご利用の方が有料プランに移る見込み: {share}%(仮定)",
    en="chance that who pays nothing comes to pay: {share}% (assumed)",
)
FIRST_ORDER = Text(ja="{label}: {amount}(仮定)", en="{label}: {amount} (assumed)")


def share_that_follows(case: Case) -> Decimal:
    """Return the chance that a yes leads on to what the offer does not ask for (``leads_to``).

    For help and rescue the play's prior of becoming a paying customer, for a trial or a referral ``trials_taken``.
    """
    ranking, own = case.ranking, case.play.prior.becomes_paid
    if OFFER_KINDS[case.play.offer.kind].worth == "keep":
        return Decimal(str(ranking.free_to_paid if own is None else own))
    return Decimal(str(ranking.trials_taken))


def usual_order(case: Case) -> Decimal | None:
    """Return the amount of an order of this customer, company currency; None if nothing says."""
    measured = case.exact(case.ranking.usual_order or "")
    if measured is not None and measured > 0:
        return measured
    assumed = case.catalog.assumptions.get(case.ranking.first_order or "")
    return assumed.value if assumed else None


def assumed_of(case: Case, priced: Priced) -> tuple[Text, ...]:
    """Return the beliefs behind the value of an offer, in words."""
    return tuple(_assumed(case, priced))


def _assumed(case: Case, priced: Priced) -> Iterator[Text]:
    products = (case.catalog.products.get(item.get("product", "")) for item in priced.items)
    own = any(product is not None and product.gross_margin is not None for product in products)
    if case.catalog.gross_margin is None and not own:
        yield _share(MARGIN, case.gross_margin)
    if priced.leads_to:
        keeps = OFFER_KINDS[case.play.offer.kind].worth == "keep"
        yield _share(BECOMES_PAID if keeps else TRIALS, share_that_follows(case))
    if priced.next_order is not None and not case.exact(case.ranking.usual_order or ""):
        assumption = case.catalog.assumptions[case.ranking.first_order or ""]
        amounts = {n: figure(assumption.value, "money", n, case.currency) for n in LANGUAGES}
        yield filled(FIRST_ORDER, label=assumption.label, amount=Text(**amounts))


def _share(text: Text, share: Decimal) -> Text:
    return filled(text, share=same(counted(share * 100)))
