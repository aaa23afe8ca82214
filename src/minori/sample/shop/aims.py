"""Which hidden needs of a shop's customer an offer answers."""

from minori.sample.decisions import Aim, Decision, named
from minori.sample.shop.items import IDS

_BY_KIND = {
    "referral": Aim(("referral",)),
    "help": Aim(("help", "rescue")),
    "rescue": Aim(("rescue", "help")),
}
OFFERS = {
    **{item: ("item", item) for item in IDS},
    "coupon": ("coupon", "early_access"),
    "referral": ("referral", "friend"),
    "help": ("help", ""),
    "rescue": ("rescue", ""),
}


def aim(decision: Decision) -> Aim:
    """Return what an offer is about; a coupon for items also answers waiting for a better price."""
    items = tuple(dict.fromkeys(name for name in named(decision.offer) if name in IDS))
    if decision.kind == "coupon":
        return Aim(("coupon", *items))
    if decision.kind in ("item", "bundle", "product") and items:
        return Aim(items)
    return _BY_KIND.get(decision.kind, Aim((), harm=0.3))
