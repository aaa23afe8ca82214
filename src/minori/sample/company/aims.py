"""Which hidden needs of a company's customer an offer answers."""

from minori.sample.company.catalogue import SECOND_PRODUCT
from minori.sample.decisions import Aim, Decision, named

_OPTIONS = {
    "analytics": "analytics",
    "connector": "connector",
    "security_pack": "security",
    "extra_storage": "storage",
    "storage_gb": "storage",
    "api_calls": "api",
    SECOND_PRODUCT: "desk",
    "desk_basic": "desk",
    "desk_pro": "desk",
    "insight_set": "analytics",
}
_PLANS = frozenset({"light", "standard", "premium", "next", "plan"})
_BY_KIND = {
    "seats": Aim(("seats",)),
    "plan": Aim(("plan",)),
    "product": Aim(("desk",)),
    "trial": Aim(("plan",), gain=0.5, harm=0.4),
    "rescue": Aim(("rescue", "help")),
    "help": Aim(("help", "rescue")),
    "downgrade": Aim(("downsell",)),
    # Nobody needs these of itself: they bring nothing here, and cost little.
    "term": Aim((), harm=0.3),
    "renewal": Aim((), harm=0.2),
    "coupon": Aim((), harm=0.3),
    "referral": Aim((), harm=0.2),
    "item": Aim((), harm=0.3),
}
OFFERS = {
    "seats": ("seats", "seats"),
    "storage": ("capacity", "extra_storage"),
    "api": ("capacity", "api_calls"),
    "analytics": ("option", "analytics"),
    "connector": ("option", "connector"),
    "security": ("option", "security_pack"),
    "desk": ("product", SECOND_PRODUCT),
    "help": ("help", ""),
    "rescue": ("rescue", ""),
    "downsell": ("downgrade", ""),
    "plan": ("plan", "next"),
}


def aim(decision: Decision) -> Aim:
    """Return what a decision is about; a kind that is not known counts as nobody's need."""
    ids = named(decision.offer)
    if decision.kind in ("option", "bundle", "capacity"):
        families = tuple(dict.fromkeys(_OPTIONS[name] for name in ids if name in _OPTIONS))
        if decision.kind == "bundle" and "insight_set" in ids:
            families = (*families, "connector")
        return Aim(families or ("plan",))
    if decision.kind == "renewal" and any(name in _PLANS for name in ids):
        return Aim(("plan",), harm=0.7)
    return _BY_KIND.get(decision.kind, Aim((), harm=0.3))
