"""A small catalogue with known prices, and cases over it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from minori.offers.case import Case, Holding, Impossible, Number, Priced
from minori.offers.combined import combined
from minori.offers.meaning import Meaning
from minori.policy.catalog import Catalog
from minori.policy.definitions import Play

TODAY = date(2026, 11, 22)


def both(text: str) -> dict[str, str]:
    return {"ja": f"{text}(日)", "en": text}


def _plan(label: str, per_seat: int, storage: int, features: list[str], **more: Any) -> dict[str, Any]:
    price = {"price": {"per_seat": per_seat}}
    limits = {"limits": {"seats": "quantity", "storage_gb": storage}}
    return {"label": both(label), "features": features, **price, **limits, **more}


CATALOG: dict[str, Any] = {
    "products": {
        "suite": {
            "label": both("Suite"),
            "plans": {
                "free": {"label": both("Free"), "most_seats": 5, "limits": {"seats": 5, "storage_gb": 5}},
                "light": _plan("Light", 1000, 50, ["csv"], most_seats=20),
                "standard": _plan(
                    "Standard", 1800, 200, ["csv", "api"], seat_step=5, benefit=both("Less work")
                ),
                "premium": _plan("Premium", 3000, 1000, ["csv", "api", "analytics"]),
            },
            "options": {
                "analytics_pack": {
                    "label": both("Analytics"),
                    "price": {"base": 12000, "per_seat": 100},
                    "features": ["analytics"],
                    "plans": ["light", "standard"],
                },
                "storage": {
                    "label": both("100 GB"),
                    "price": {"base": 5000},
                    "adds": {"storage_gb": 100},
                },
            },
        },
        "desk": {"label": both("Desk"), "plans": {"basic": _plan("Basic", 1500, 10, ["routing"])}},
        "cup": {"label": both("Cup"), "price": 500, "upper": "mug", "goes_with": ["saucer"]},
        "mug": {"label": both("Mug"), "price": 800},
        "saucer": {"label": both("Saucer"), "price": 300},
    },
    "features": {
        "csv": {"label": both("CSV")},
        "api": {"label": both("API")},
        "analytics": {"label": both("Dashboards")},
    },
    "bundles": {"set": {"label": both("Set"), "items": ["analytics_pack", "desk"], "discount": 0.1}},
    "coupons": {"thanks": {"label": both("Thanks"), "share": 0.1, "valid": "14 days"}},
    "free_shipping_from": 5000,
}


def catalog(**changes: Any) -> Catalog:
    return Catalog.model_validate({**CATALOG, **changes})


SHOWN = catalog()
NO_MEANING = Meaning()


def play(offer: dict[str, Any], when: str = "true", **more: Any) -> Play:
    words = {"label": both("Play"), "hypothesis": both("Why"), "because": both("Because")}
    return Play.model_validate({"id": "some_play", "when": when, "offer": offer, **words, **more})


def holds(plan: str, seats: int | None = 10, mrr: int | None = None, **more: Any) -> Holding:
    """A contract on the suite, unless ``product_id`` says otherwise."""
    plain = Holding(
        product_id="suite",
        plan_id=plan,
        quantity=None if seats is None else Decimal(seats),
        mrr=None if mrr is None else Decimal(mrr),
        is_option=False,
        is_trial=False,
        renews_on=None,
        term_months=1,
    )
    return replace(plain, **more)


def option(name: str, times: int = 1) -> Holding:
    return holds(name, times, is_option=True)


def case(
    offer: dict[str, Any],
    *holdings: Holding,
    when: str = "true",
    catalog: Catalog = SHOWN,
    meaning: Meaning = NO_MEANING,
    currency: str = "JPY",
    plans: dict[str, Any] | None = None,
    **numbers: Number,
) -> Case:
    """A case; ``plans`` are added above those of the suite."""
    if plans:
        suite = {**CATALOG["products"]["suite"]}
        suite["plans"] = {**suite["plans"], **plans}
        catalog = Catalog.model_validate({**CATALOG, "products": {"suite": suite}})
    return Case(
        as_of=TODAY,
        customer_id="c1",
        play=play(offer, when),
        numbers=numbers,
        holdings=holdings,
        catalog=catalog,
        currency=currency,
        gross_margin=Decimal("0.8"),
        meaning=meaning,
    )


def offered(*args: Any, **kwargs: Any) -> Priced:
    """The offer of a case; fails with the reason if there is none."""
    result = combined(case(*args, **kwargs))
    assert isinstance(result, Priced), result.why.en
    return result


def refused(*args: Any, **kwargs: Any) -> str:
    """Why there is no offer, in English."""
    result = combined(case(*args, **kwargs))
    assert isinstance(result, Impossible)
    return result.why.en
